"""Which records might speak of the same publication: by couples of one text, by a link and a file's name, by a title."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from tipsearch.catalogue.compose import PDF
from tipsearch.catalogue.likeness import neighbours
from tipsearch.catalogue.linking import is_telling
from tipsearch.catalogue.schema import files, keys, records
from tipsearch.model import RecordKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Connection

#: A name that more records or files have is none to go by: «report.pdf», a series' title.
_MOST_OF_A_NAME = 100


@dataclass(frozen=True, slots=True)
class Member:
    """A record as grouping sees it.

    Attributes:
        item: what its addresses and its place say that it is, whatever that was found to be the same as.
        document: what it is shown as part of.
        media_type, sha256, state, reason, path: of its file.
    """

    id: int
    item: str
    document: str
    kind: str
    file_id: int
    media_type: str
    sha256: str | None
    state: str
    reason: str
    path: bytes

    @property
    def is_document(self) -> bool:
        """Is it the item itself, and no card?"""
        return self.kind == RecordKind.DOCUMENT

    @property
    def is_file(self) -> bool:
        """Is it a publication's file, and no page about it?"""
        return self.is_document and self.media_type == PDF


@dataclass(slots=True)
class Around:
    """Records and all that may belong with them.

    Attributes:
        members: by number.
        couples: of the same text.
        names: ``link:`` with a file's name, or ``title:``, to the records that have it; only such as few have.
        lying: names and paths of each file and its copies.
        own: records whose source has ids of its own.
    """

    members: dict[int, Member] = field(default_factory=dict)
    couples: set[tuple[int, int]] = field(default_factory=set)
    names: dict[str, set[int]] = field(default_factory=dict)
    lying: dict[int, list[tuple[str, bytes]]] = field(default_factory=dict)
    own: set[int] = field(default_factory=set)


def look_around(connection: Connection, documents: Iterable[str]) -> Around:
    """All records of these documents, and of those that might be the same as one of them, and so on."""
    around = Around()
    waiting, seen = set(documents), set[str]()
    while waiting:
        seen |= waiting
        came = _members(connection, waiting)
        around.members |= came
        waiting = _further(connection, around, came) - seen
    return around


def documents_named(connection: Connection, names: Collection[str]) -> set[str]:
    """The documents that have one of these names (``link:``, ``title:``), or whose file has the one of a link."""
    if not names:
        return set()
    ids = {id_ for some in _holders(connection, names).values() for id_ in some}
    return _documents(connection, ids, _files_named(connection, names))


def _further(connection: Connection, around: Around, came: dict[int, Member]) -> set[str]:
    """The documents of records that might belong with those that have just come."""
    couples = neighbours(connection, list(came))
    around.couples |= couples
    names, own = _names(connection, came)
    around.own |= own
    lying = _lying(connection, {one.file_id for one in came.values() if one.is_file})
    around.lying |= lying
    holders = _holders(connection, names | {f"link:{name}" for some in lying.values() for name, _ in some})
    around.names |= holders
    ids = {id_ for some in (*couples, *holders.values()) for id_ in some} - around.members.keys()
    return _documents(connection, ids, _files_named(connection, names))


def _members(connection: Connection, documents: Collection[str]) -> dict[int, Member]:
    query = (
        select(
            records.c.id,
            records.c.item,
            records.c.document_id.label("document"),
            records.c.kind,
            records.c.file_id,
            files.c.media_type,
            files.c.sha256,
            files.c.state,
            files.c.reason,
            files.c.path,
        )
        .join(files, files.c.id == records.c.file_id)
        .where(records.c.document_id.in_(documents))
    )
    return {row.id: Member(**row._asdict()) for row in connection.execute(query)}


def _names(connection: Connection, members: Collection[int]) -> tuple[set[str], set[int]]:
    """What these records look for others by, and those whose source has ids."""
    names, own = set(), set()
    query = select(keys.c.record_id, keys.c.key).where(keys.c.record_id.in_(members))
    for record, key in connection.execute(query):
        kind, _, value = key.partition(":")
        if kind == "id":
            own.add(record)
        elif kind == "link" or (kind == "title" and is_telling(value)):
            names.add(key)
    return names, own


def _lying(connection: Connection, file_ids: Collection[int]) -> dict[int, list[tuple[str, bytes]]]:
    found: dict[int, list[tuple[str, bytes]]] = defaultdict(list)
    if not file_ids:
        return found
    query = select(files.c.id, files.c.duplicate_of, files.c.name, files.c.path)
    query = query.where(or_(files.c.id.in_(file_ids), files.c.duplicate_of.in_(file_ids)))
    for row in connection.execute(query.order_by(files.c.path)):
        found[row.duplicate_of or row.id].append((row.name or "", row.path))
    return found


def _holders(connection: Connection, names: Collection[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    if not names:
        return found
    few = (
        select(keys.c.key)
        .where(keys.c.key.in_(names))
        .group_by(keys.c.key)
        .having(func.count() <= _MOST_OF_A_NAME)
    )
    query = select(keys.c.key, keys.c.record_id).where(keys.c.key.in_(few.scalar_subquery()))
    for key, record in connection.execute(query):
        found[key].add(record)
    return found


def _files_named(connection: Connection, names: Iterable[str]) -> set[int]:
    """The files that links of these names may lead to: those that were read, for their copies as well."""
    wanted = [name.removeprefix("link:") for name in names if name.startswith("link:")]
    if not wanted:
        return set()
    few = (
        select(files.c.name)
        .where(files.c.name.in_(wanted))
        .group_by(files.c.name)
        .having(func.count() <= _MOST_OF_A_NAME)
    )
    query = select(func.coalesce(files.c.duplicate_of, files.c.id))
    return set(connection.scalars(query.where(files.c.name.in_(few.scalar_subquery()))))


def _documents(connection: Connection, ids: Collection[int], file_ids: Collection[int]) -> set[str]:
    if not ids and not file_ids:
        return set()
    of_file = and_(records.c.file_id.in_(file_ids), records.c.kind == RecordKind.DOCUMENT.value)
    query = select(records.c.document_id).where(or_(records.c.id.in_(ids), of_file))
    return set(connection.scalars(query))
