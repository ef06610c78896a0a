"""Publishers that no list has, under one name each: all documents of a publisher show the spelling that the most of them have.

Spellings of one key are one publisher (`tipsearch.publishers`), and an acronym is the publisher that some document names
with it in brackets, if only one is. What is shown is a function of all documents that there are, whatever the order in
which they came; so when it changes, documents that nobody touched change as well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import delete, insert, or_, select, update

from tipsearch.catalogue.schema import publishers
from tipsearch.model import Field, Origin
from tipsearch.publishers import best_spelling, identify

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import Connection

    from tipsearch.model import Document

    Row: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Settled:
    """The names to show, by document; and others whose name is another one now."""

    names: dict[str, str]
    others: frozenset[str]


def settle(connection: Connection, touched: Sequence[str], composed: Iterable[Document]) -> Settled:
    """Take in which publishers some documents name.

    Args:
        connection: to the catalogue.
        touched: the documents that have been composed or have gone.
        composed: those that are there, with the publisher's name as their sources spell it, or as it is listed.
    """
    old = connection.execute(select(publishers).where(publishers.c.document_id.in_(touched))).all()
    new = [row for document in composed if (row := _row(document))]
    if not old and not new:
        return Settled({}, frozenset())
    connection.execute(delete(publishers).where(publishers.c.document_id.in_(touched)))
    if new:
        connection.execute(insert(publishers), new)
    names = {str(row[what]) for row in new for what in ("key", "acronym")}
    names |= {name for row in old for name in (row.key, row.acronym)}
    shown = _shown(_around(connection, names - {""}))
    changed = {document: name for document, (name, before) in shown.items() if name != before}
    for document, name in changed.items():
        connection.execute(update(publishers).where(publishers.c.document_id == document).values(shown=name))
    return Settled(
        {document: name for document, (name, _) in shown.items()}, frozenset(changed) - frozenset(touched)
    )


def _row(document: Document) -> dict[str, object] | None:
    """What a document says of a publisher that isn't listed."""
    identity = identify(document.publisher) if document.publisher else None
    if identity is None or identity.listed:
        return None
    return {
        "document_id": document.id,
        "key": identity.key,
        "spelling": identity.name,
        "acronym": identity.acronym,
        "decided": any(
            one.field is Field.PUBLISHER and one.origin is Origin.LIBRARIAN for one in document.basis
        ),
        "shown": "",
    }


def _around(connection: Connection, names: Collection[str]) -> list[Row]:
    """All that is said of publishers of these keys or acronyms, and of those that share one with them, and so on."""
    seen: set[str] = set()
    rows: dict[str, Row] = {}
    waiting = set(names)
    while waiting:
        seen |= waiting
        named = or_(publishers.c.key.in_(waiting), publishers.c.acronym.in_(waiting))
        came = connection.execute(select(publishers).where(named)).all()
        rows |= {row.document_id: row for row in came}
        waiting = {name for row in came for name in (row.key, row.acronym) if name} - seen
    return list(rows.values())


def _shown(rows: Sequence[Row]) -> dict[str, tuple[str, str]]:
    """By document the name to show, and the one shown before."""
    full: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.acronym and row.acronym != row.key:
            full[row.acronym].add(row.key)
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[_leader(row.key, full)].append(row)
    found: dict[str, tuple[str, str]] = {}
    for leader, some in groups.items():
        name = _best([row for row in some if row.key == leader])
        found |= {row.document_id: (name, row.shown) for row in some}
    return found


def _leader(key: str, full: dict[str, set[str]]) -> str:
    """The key of the only publisher that has this one as its acronym, else itself."""
    holders = full.get(key, set())
    return next(iter(holders)) if len(holders) == 1 and not holders & full.keys() else key


def _best(rows: Sequence[Row]) -> str:
    """What a librarian chose, else the best of all spellings."""
    decided = [row for row in rows if row.decided]
    return best_spelling(Counter(row.spelling for row in decided or rows))
