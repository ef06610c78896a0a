"""Which item each record of a file speaks of, by addresses and places, so that ids stay what they are when files change.

An item is shown as the document of its id, unless it was found to be the same as another (`grouping`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from tipsearch.catalogue import identity
from tipsearch.catalogue.schema import facts, keys, records
from tipsearch.model import Field

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from tipsearch.model import Record


@dataclass(frozen=True, slots=True)
class Before:
    """What a file said when it was last read.

    Attributes:
        by_key: an address, or the title of a card, to the item it named.
        by_place: number and kind of a record to its item and the record's keys.
        shown: each item to the document that it was shown as.
        ids: numbers of the records.
        names: by which others may have looked for them (`around`).
    """

    by_key: dict[str, str] = field(default_factory=dict)
    by_place: dict[tuple[int, str], tuple[str, frozenset[str]]] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    ids: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


def before(connection: Connection, file: int) -> Before:
    """What the catalogue holds of a file."""
    query = (
        select(
            records.c.id,
            records.c.number,
            records.c.kind,
            records.c.item,
            records.c.document_id,
            keys.c.key,
        )
        .outerjoin(keys, keys.c.record_id == records.c.id)
        .where(records.c.file_id == file)
    )
    found = Before()
    for row in connection.execute(query):
        place = (row.number, row.kind)
        _, names = found.by_place.get(place, ("", frozenset()))
        found.by_place[place] = row.item, names | ({row.key} if row.key else set())
        found.shown[row.item] = row.document_id
        found.ids.add(row.id)
        if row.key and row.key.startswith(("title:", "link:")):  # yearly reports share theirs
            found.names.add(row.key)
        elif row.key:
            found.by_key[row.key] = row.item
    return found


class Naming:
    """Finds the items of one file's records.

    Args:
        connection: to the catalogue, from which the file's own records have been taken.
        before: what they were.
        seeds: what tells the file from others: its hash, its path.
    """

    def __init__(self, connection: Connection, before: Before, seeds: Sequence[str]) -> None:
        self._connection = connection
        self._before = before
        self._seeds = seeds
        self._here: dict[str, str] = {}
        self._shown = dict(before.shown)
        self._taken: set[str] = set()

    def shown(self, item: str) -> str:
        """The document that an item is part of, as far as is known."""
        return self._shown.get(item, item)

    def items(self, found: Sequence[Record]) -> Iterator[tuple[tuple[str, ...], str]]:
        """For each record its keys and its item.

        It is the item that another record names as well; else the one that this file gave that name before, or
        had in that place; else a new one.
        """
        named = [identity.keys(record) for record in found]
        kept = [self._kept(names) for names in named]
        self._taken.update(one for one in kept if one)
        for record, names, mine in zip(found, named, kept, strict=True):
            document = (
                self._shared(names, record)
                or mine
                or self._in_place(record, names)
                or self._new(record, names)
            )
            self._taken.add(document)
            self._here |= dict.fromkeys(names, document)
            yield names, document

    def _kept(self, names: Sequence[str]) -> str | None:
        return next((self._before.by_key[name] for name in names if name in self._before.by_key), None)

    def _in_place(self, record: Record, names: Sequence[str]) -> str | None:
        document, old = self._before.by_place.get((record.number, record.kind.value), (None, frozenset()))
        addresses = [{name for name in some if name.startswith("url:")} for some in (old, names)]
        # Another address is another item, and what lines or cards further down are known by is theirs.
        if document in self._taken or (all(addresses) and addresses[0] != addresses[1]):
            return None
        # So is what other files know by an address that this record has no more.
        return None if document and self._is_held(document) else document

    def _new(self, record: Record, names: Sequence[str]) -> str:
        own = identity.own_id(record)
        if own and not self._in_use(own):
            return own
        seeds = (f"{seed}#{record.number}" for seed in self._seeds)
        more = (f"{self._seeds[-1]}#{record.number}#{number}" for number in count())
        for seed in (*names[:1], *seeds):
            if not self._in_use(document := identity.new_id(seed)):
                return document
        return next(one for one in map(identity.new_id, more) if not self._in_use(one))

    def _is_held(self, item: str) -> bool:
        query = select(records.c.id).where(records.c.item == item).limit(1)
        return self._connection.scalar(query) is not None

    def _in_use(self, document: str) -> bool:
        is_it = or_(records.c.document_id == document, records.c.item == document)
        query = select(records.c.id).where(is_it).limit(1)
        return document in self._taken or self._connection.scalar(query) is not None

    def _shared(self, names: Sequence[str], record: Record) -> str | None:
        """The item that another record of the same name speaks of: in this very file, or in any."""
        wanted = identity.wanted(names)
        if not wanted:
            return None
        for name in wanted:
            if name in self._here:
                return self._here[name]
        query = (
            select(records.c.item, records.c.document_id, records.c.id)
            .join(keys, keys.c.record_id == records.c.id)
            .where(keys.c.key.in_(wanted))
            .order_by(records.c.id)
        )
        for row in self._connection.execute(query).all():
            titles = (record.first(Field.TITLE), stated_title(self._connection, row.id))
            if identity.same(names, self._keys(row.id), titles):
                self._shown[row.item] = row.document_id
                return str(row.item)
        return None

    def _keys(self, record_id: int) -> Sequence[str]:
        return self._connection.scalars(select(keys.c.key).where(keys.c.record_id == record_id)).all()


def stated_title(connection: Connection, record: int) -> str | None:
    """A record's title, the weightiest that it states."""
    query = (
        select(facts.c.value)
        .where(facts.c.record_id == record, facts.c.field == Field.TITLE.value)
        .order_by(facts.c.weight.desc(), facts.c.number)
    )
    return connection.scalar(query.limit(1))
