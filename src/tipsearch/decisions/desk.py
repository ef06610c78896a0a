"""A librarian's desk: decisions come in here, and what wants one lies here."""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.decisions.names import Names
from tipsearch.decisions.orders import Decided, Order, Wish, carry_out
from tipsearch.decisions.review import Review, review
from tipsearch.decisions.table import Reading, read_table, write_table
from tipsearch.decisions.values import FIELDS, MULTIPLE, OF_WORDS, Values, field_named
from tipsearch.errors import BadDecision, NotFound
from tipsearch.extract.facts import one_line
from tipsearch.vocabulary import fold_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from typing import TypeAlias

    from tipsearch.catalogue import Catalogue
    from tipsearch.catalogue.decisions import Decision
    from tipsearch.decisions.wanted import Kind
    from tipsearch.model import Field
    from tipsearch.vocabulary import Vocabularies

    #: One text, or several for fields with several values; none at all for «it has none».
    Texts: TypeAlias = str | Sequence[str]

_LONGEST_AUTHOR = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of some orders.

    Attributes:
        decided: an entry an order.
        waiting: why searches don't show it yet, empty if they do; the decisions are kept in any case.
    """

    decided: tuple[Decided, ...]
    waiting: str


class Desk:
    """All that librarians do with a library's decisions.

    Args:
        catalogue: the library's.
        vocabularies: its own.
        author: who decides where nobody is named; the system's name of the user if empty.
        writing: gives the right to write.
        follow: brings the index up to the catalogue; why it couldn't, empty if it could.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        vocabularies: Vocabularies,
        *,
        author: str,
        writing: Callable[[], AbstractContextManager[None]],
        follow: Callable[[], str],
    ) -> None:
        self.values = Values(vocabularies)
        self._catalogue = catalogue
        self._vocabularies = vocabularies
        self._author = author
        self._writing = writing
        self._follow = follow

    def order(
        self,
        document: str = "",
        values: Mapping[str, Texts] | None = None,
        *,
        tag: str = "",
        add: Mapping[str, Texts] | None = None,
        remove: Mapping[str, Texts] | None = None,
        undo: Iterable[str] = (),
    ) -> Order:
        """An order, read and checked; nothing is written.

        Args:
            document: its id, a file's name or path, or an address; or
            tag: a word of sources, of which all is decided that it means.
            values: field to what it is to be; an empty text is none at all.
            add: field to values that come to what stands.
            remove: field to values that go from it.
            undo: fields of which decisions are taken back; ``all`` for every one.

        Raises:
            NotFound: there is no such document.
            BadDecision: something can't be understood; names everything that can't.
        """
        among = OF_WORDS if tag else FIELDS
        given, added, removed = (
            {name: _texts(texts) for name, texts in (some or {}).items()} for some in (values, add, remove)
        )
        problems: list[str] = []
        wishes: dict[Field, Wish] = {}
        for name in dict.fromkeys((*given, *added, *removed)):
            try:
                field = field_named(name, among)
                wishes[field] = self._wish(
                    field, given.get(name), added.get(name), removed.get(name), tag=tag
                )
            except BadDecision as error:
                problems.append(str(error))
        for name in undo:
            try:
                undone = among if name.strip().casefold() == "all" else (field_named(name, among),)
            except BadDecision as error:
                problems.append(str(error))
                continue
            problems += (f"{one} can't be set and taken back at once" for one in undone if one in wishes)
            wishes |= dict.fromkeys(undone, Wish(undone=True))
        if tag and not fold_name(tag):
            problems.append(f"{tag!r} is no tag: there is no letter in it")
        if problems:
            raise BadDecision("\n  ".join(["nothing was written:", *problems] if problems[1:] else problems))
        return Order("" if tag else self._id_of(document), one_line(tag), wishes)

    def carry_out(self, orders: Sequence[Order], *, author: str = "", dry_run: bool = False) -> Outcome:
        """Log decisions, all or none, and let the index follow.

        Args:
            orders: what is wanted.
            author: who decides.
            dry_run: only say what would come of it.

        Raises:
            LibraryLocked: another process is writing.
            LibraryError: nothing can be written.
        """
        name = self._name(author)
        with self._writing():
            done = carry_out(self._catalogue, orders, name, self._vocabularies, dry_run=dry_run)
            changed = any(change.decided for one in done for change in one.changes)
            return Outcome(done, self._follow() if changed and not dry_run else "")

    def log(self, document: str | None = None) -> tuple[Decision, ...]:
        """All that was ever decided, the oldest first; on one document, or on all and on tags.

        Raises:
            NotFound: nothing was ever decided on such a document, and there is none.
        """
        with self._catalogue.view() as view:
            if document is None:
                return view.decisions()
            if not document.isprintable():  # half a character can't even be looked up
                raise NotFound(f"there is no document {document!a} in this library")
            return view.decisions(document) or view.decisions(Names(view).id_of(document))

    def read_table(self, data: bytes) -> Reading:
        """What a table of decisions says, and what is wrong with it."""
        with self._catalogue.view() as view:
            return read_table(data, Names(view), self.values)

    def table(self) -> str:
        """What stands of all decisions, as a table that `read_table` reads."""
        with self._catalogue.view() as view:
            decided, spelt = view.decided(), view.spellings()
            documents = {one.id: one for one in view.living() if one.id in decided}
            tags = {spelt[word]: fields for word, fields in view.meanings().items()}
        return write_table(documents, decided, tags)

    def review(self, kinds: Collection[Kind] = (), most: int | None = None) -> Review:
        """What wants a decision; see `Kind`."""
        with self._catalogue.view() as view:
            return review(view, self._vocabularies, kinds=kinds, most=most)

    def _id_of(self, document: str) -> str:
        with self._catalogue.view() as view:
            if document.isprintable() and view.documents([document]):
                return document
            return Names(view).id_of(document)

    def _wish(
        self,
        field: Field,
        given: Sequence[str] | None,
        added: Sequence[str] | None,
        removed: Sequence[str] | None,
        *,
        tag: str,
    ) -> Wish:
        if (added or removed) and field not in MULTIPLE:
            raise BadDecision(f"{field} has one value; say {field}=…")
        if (added or removed) and tag:
            raise BadDecision(f"of a tag all is said that it means; say {field}=…")
        return Wish(
            None if given is None else self.values.read(field, given),
            self.values.read(field, added) if added else (),
            self.values.read(field, removed) if removed else (),
        )

    def _name(self, author: str) -> str:
        name = one_line(author or self._author or _user())[:_LONGEST_AUTHOR]
        if not name:
            raise BadDecision("every decision is logged with its author; say who you are: --author NAME")
        return name


def _texts(texts: Texts) -> Sequence[str]:
    """Of no texts an empty one, which stands for no value."""
    return [texts] if isinstance(texts, str) else list(texts) or [""]


def _user() -> str:
    """The system's name of who runs this."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run as a number without a name
        return f"user {os.getuid()}"
