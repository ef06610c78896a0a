"""Decisions that are wanted, and what came of them: all in one transaction, or nothing."""

from __future__ import annotations

import dataclasses
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.decisions.values import FIELDS, values_of
from tipsearch.errors import NotFound
from tipsearch.model import Origin
from tipsearch.vocabulary import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tipsearch.catalogue import Catalogue, Change
    from tipsearch.catalogue.decisions import Decided as Standing
    from tipsearch.catalogue.words import Meanings
    from tipsearch.model import Document, Field
    from tipsearch.vocabulary import Vocabularies

#: Documents in one question: SQLite takes 32,766 values in a statement at most.
_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of one field.

    Attributes:
        values: what it is to be, None to go on from what stands.
        added, removed: values that come and go.
        undone: take decisions back; nothing else counts then.
    """

    values: tuple[str, ...] | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    undone: bool = False

    def of(self, present: tuple[str, ...]) -> tuple[str, ...]:
        """What the field is to be, given what stands."""
        start = present if self.values is None else self.values
        return tuple(one for one in dict.fromkeys((*start, *self.added)) if one not in self.removed)

    @property
    def only_removes(self) -> bool:
        """Is nothing said but what is to go?"""
        return self.values is None and not self.added and not self.undone


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of one document, or of all that carry a tag.

    Attributes:
        document: its id; empty for a tag.
        tag: a word of sources; empty for a document.
        wishes: by field.
    """

    document: str = ""
    tag: str = ""
    wishes: Mapping[Field, Wish] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a field was before and is now.

    Attributes:
        before, after: its values.
        origin: who says what it is now, None if it has no value and nobody said so.
        decided: was a decision logged? Not if it stood already, or there was none to take back.
    """

    field: Field
    before: tuple[str, ...]
    after: tuple[str, ...]
    origin: Origin | None
    decided: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of one order.

    Attributes:
        document, tag: as ordered, None for the other.
        title: the document's title now; empty for a tag.
        documents: how many documents it is about.
        changes: the fields ordered.
    """

    document: str | None
    tag: str | None
    title: str
    documents: int
    changes: tuple[FieldChange, ...]


class _Withdrawn(Exception):
    """No error: it ends a transaction that was only to be tried."""


def carry_out(
    catalogue: Catalogue,
    orders: Sequence[Order],
    author: str,
    vocabularies: Vocabularies,
    *,
    dry_run: bool = False,
) -> tuple[Decided, ...]:
    """Log all decisions and compose the documents anew, in one transaction.

    Args:
        catalogue: the library's.
        orders: about documents that there are.
        author: who decides.
        vocabularies: by which words are understood that nobody has decided on.
        dry_run: see what would come of it, and write nothing.

    Raises:
        NotFound: a document has left the library meanwhile; nothing was written.
        LibraryError: nothing can be written; nothing was.
    """
    done: list[Decided] = []
    with _withdrawing(), catalogue.change() as change:
        before = _State(change, orders)
        for order in orders:
            if order.document and order.document not in before.documents:
                raise NotFound(
                    f"the document {order.document!r} has just left the library; nothing was written"
                )
        logged = [_log(change, order, author, before, vocabularies) for order in orders]
        change.settle()
        states = before, _State(change, orders)
        done += [
            _outcome(change, order, fields, states, vocabularies)
            for order, fields in zip(orders, logged, strict=True)
        ]
        if dry_run:
            raise _Withdrawn
    return tuple(done)


@contextmanager
def _withdrawing() -> Iterator[None]:
    try:
        yield
    except _Withdrawn:
        return


class _State:
    """What stands of the documents and words of some orders."""

    def __init__(self, change: Change, orders: Sequence[Order]) -> None:
        ids = [order.document for order in orders if order.document]
        self.documents: dict[str, Document] = {}
        for begin in range(0, len(ids), _AT_ONCE):
            self.documents |= change.view.documents(ids[begin : begin + _AT_ONCE])
        for id_ in {*ids} - self.documents.keys():
            shown = change.view.shown_as(id_)  # it has become part of another one
            if shown and (document := change.view.documents([shown]).get(shown)):
                self.documents[id_] = document
        self.decided: dict[str, Standing] = change.view.decided(ids)
        self.meanings: Meanings = change.view.meanings()

    def standing(self, order: Order) -> Standing:
        """What librarians have decided of what an order is about."""
        if order.tag:
            return self.meanings.get(fold_name(order.tag), {})
        return self.decided.get(order.document, {})

    def values(self, order: Order, field: Field, vocabularies: Vocabularies) -> tuple[str, ...]:
        """What a field is, whoever says so."""
        if order.document:
            return values_of(self.documents[order.document], field)
        known = self.standing(order).get(field)
        vocabulary = vocabularies.get(field)
        return vocabulary.resolve_all(order.tag) if known is None and vocabulary else known or ()

    def origin(self, order: Order, field: Field) -> Origin | None:
        """Who says what a field is."""
        if field in self.standing(order):
            return Origin.LIBRARIAN
        if order.tag:
            return None
        document = self.documents[order.document]
        tags = {"type": document.types, "region": document.regions, "topic": document.topics}
        tags["role"] = document.roles
        if field in tags:
            return max((tag.origin for tag in tags[field]), key=tuple(Origin).index, default=None)
        return next((one.origin for one in document.basis if one.field is field), None)


def _log(
    change: Change, order: Order, author: str, state: _State, vocabularies: Vocabularies
) -> frozenset[Field]:
    """Write what is new of an order; the fields of which something was."""
    standing, logged = state.standing(order), set()
    for field, wish in order.wishes.items():
        present = state.values(order, field, vocabularies)
        values = None if wish.undone else wish.of(present)
        if values == standing.get(field) or (wish.only_removes and values == present):
            continue
        if order.tag:
            change.decide_word(order.tag, field, values, author)
        else:
            change.decide(order.document, field, values, author)
        logged.add(field)
    return frozenset(logged)


def _outcome(
    change: Change,
    order: Order,
    logged: frozenset[Field],
    states: tuple[_State, _State],
    vocabularies: Vocabularies,
) -> Decided:
    before, after = states
    changes = tuple(
        FieldChange(
            field,
            before.values(order, field, vocabularies),
            after.values(order, field, vocabularies),
            after.origin(order, field),
            field in logged,
        )
        for field in sorted(order.wishes, key=FIELDS.index)
    )
    if order.tag:
        return Decided(None, order.tag, "", len(change.view.carriers(order.tag)), changes)
    return Decided(order.document, None, after.documents[order.document].title, 1, changes)
