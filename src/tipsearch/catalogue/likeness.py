"""Which records have the same text: found by their sketches, settled by the texts, remembered in couples.

Couples are looked for when a record comes, and again for those that a going record leaves, so a record needs no couple
with each other one of the same text: it is enough that they hang together.
"""

from __future__ import annotations

import struct
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, or_, select

from tipsearch.analysis import sameness, sketch
from tipsearch.catalogue import codec
from tipsearch.catalogue.compose import PDF
from tipsearch.catalogue.naming import stated_title
from tipsearch.catalogue.schema import alike, bands, files, pages, records
from tipsearch.catalogue.titles import years
from tipsearch.catalogue.union import Union
from tipsearch.model import Sketch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Select

#: Texts whose sketches resemble one another less aren't looked at (hyphens and heads cost 0.1 at most).
_LEAST_RESEMBLANCE = 0.8
#: A band that so many documents share is one of a series' stock phrases and tells nothing.
_MOST_DOCUMENTS = 64
#: Texts that resembled and were others, after which the search ends: the series is one of forms.
_MOST_FAILURES = 12
#: … of those that hang together, so many; and texts held in memory to be compared with the next.
_MOST_OF_A_GROUP = 2
_MOST_TEXTS = 8
#: A text of fewer words is the same only if each letter is, and the title.
_SHORT = 100


@dataclass(frozen=True, slots=True)
class _Whole:
    """A record with its text."""

    pages: tuple[str, ...]
    title: str
    media_type: str

    @property
    def letters(self) -> str:
        """Of all pages."""
        return "".join(map(sameness.letters, self.pages))


def pack(marks: Sequence[int]) -> bytes:
    """A sketch's marks as the catalogue keeps them: 32 bits each."""
    return struct.pack(f">{len(marks)}I", *marks)


def unpack(words: int, data: bytes) -> Sketch:
    """The reverse of `pack`."""
    return Sketch(words, struct.unpack(f">{len(data) // 4}I", data))


def neighbours(connection: Connection, ids: Collection[int] | Select[int]) -> set[tuple[int, int]]:
    """Known couples of the same text in which any of these records stands."""
    query = select(alike.c.record_id, alike.c.other_id).where(_has(ids))
    return {(row.record_id, row.other_id) for row in connection.execute(query)}


def forget(connection: Connection, ids: Select[int]) -> set[int]:
    """Take records out of all couples; who stood in them, to be looked at again if it stays."""
    met = {one for couple in neighbours(connection, ids) for one in couple}
    connection.execute(delete(alike).where(_has(ids)))
    connection.execute(delete(bands).where(bands.c.record_id.in_(ids)))
    return met


def _has(ids: Collection[int] | Select[int]) -> ColumnElement[bool]:
    return or_(alike.c.record_id.in_(ids), alike.c.other_id.in_(ids))


def connect(connection: Connection, looked: Mapping[int, Sketch | None]) -> None:
    """Find the records that have the same text as these, and remember the couples.

    Args:
        connection: to the catalogue.
        looked: numbers of records, and the sketches of those that are new.
    """
    if not looked:
        return
    known = {id_: one for id_, one in looked.items() if one}
    cut = {id_: sketch.bands(one) for id_, one in known.items()}
    if rows := [{"band": band, "record_id": id_} for id_, some in cut.items() for band in set(some)]:
        connection.execute(insert(bands), rows)
    known |= (old := _sketches(connection, looked.keys() - known.keys()))
    met = _meetings(connection, cut | {id_: sketch.bands(one) for id_, one in old.items()})
    known |= _sketches(connection, {other for some in met.values() for other in some} - known.keys())
    together: Union[int] = Union()
    for couple in neighbours(connection, list(known)) if met else ():
        together.join(*couple)
    texts = _Texts(connection)
    for one, others in sorted(met.items()):
        for other in _same(one, others & known.keys(), known, together, texts):
            together.join(one, other)
            row = {"record_id": min(one, other), "other_id": max(one, other)}
            connection.execute(insert(alike).values(row))


def _same(
    one: int, others: Collection[int], known: Mapping[int, Sketch], together: Union[int], texts: _Texts
) -> Iterator[int]:
    """Those whose text is the same, the likeliest first, one of those that hang together."""
    likely = [(sketch.resemblance(known[one], known[other]), other) for other in others]
    failed: Counter[int] = Counter()
    for resemblance, other in sorted(likely, key=lambda couple: (-couple[0], couple[1])):
        group = together.find(other)
        if resemblance < _LEAST_RESEMBLANCE or failed.total() >= _MOST_FAILURES:
            return
        if group == together.find(one) or failed[group] >= _MOST_OF_A_GROUP:
            continue
        if texts.same(one, other, is_short=min(known[one].words, known[other].words) < _SHORT):
            yield other
        else:
            failed[group] += 1


def _sketches(connection: Connection, ids: Collection[int]) -> dict[int, Sketch]:
    if not ids:
        return {}
    query = select(records.c.id, records.c.words, records.c.sketch)
    query = query.where(records.c.id.in_(ids), records.c.sketch.is_not(None))
    return {row.id: unpack(row.words, row.sketch) for row in connection.execute(query)}


def _meetings(connection: Connection, wanted: Mapping[int, Sequence[int]]) -> dict[int, set[int]]:
    """The records that share a band with each of these, where there are any."""
    holders = _holders(connection, {band for some in wanted.values() for band in some})
    met = {id_: set().union(*(holders[band] for band in some)) - {id_} for id_, some in wanted.items()}
    return {id_: others for id_, others in met.items() if others}


def _holders(connection: Connection, wanted: Collection[int]) -> dict[int, set[int]]:
    """The records that have these bands, where there are several, but not too many."""
    holders: dict[int, set[int]] = defaultdict(set)
    counted = select(bands.c.band).where(bands.c.band.in_(wanted)).group_by(bands.c.band)
    shared = list(connection.scalars(counted.having(func.count() > 1)))
    if not shared:
        return holders
    of_documents = func.count(func.distinct(records.c.document_id))
    counted = select(bands.c.band).join(records, records.c.id == bands.c.record_id)
    counted = counted.where(bands.c.band.in_(shared)).group_by(bands.c.band)
    telling = counted.having(of_documents <= _MOST_DOCUMENTS).scalar_subquery()
    query = select(bands.c.band, bands.c.record_id).where(bands.c.band.in_(telling))
    for band, record in connection.execute(query):
        holders[band].add(record)
    return holders


class _Texts:
    """Reads texts that are to be compared, each once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[int, _Whole] = {}

    def same(self, one: int, other: int, *, is_short: bool) -> bool:
        """Have two records the same text, and no title that tells them apart?"""
        mine, theirs = self._whole(one), self._whole(other)
        if is_short:
            titles = {sameness.letters(mine.title), sameness.letters(theirs.title)}
            return mine.letters == theirs.letters and len(titles) == 1 and titles != {""}
        return _titles_fit(mine, theirs) and sameness.same_text(_headed(mine, theirs), _headed(theirs, mine))

    def _whole(self, record: int) -> _Whole:
        if record not in self._read:
            self._read = dict(list(self._read.items())[-_MOST_TEXTS:])
            self._read[record] = self._load(record)
        return self._read[record]

    def _load(self, record: int) -> _Whole:
        of_record = pages.c.record_id == record
        packed = self._connection.scalars(select(pages.c.text).where(of_record).order_by(pages.c.number))
        texts = tuple(codec.unpack_text(one) for one in packed)
        media_type = self._connection.scalar(
            select(files.c.media_type)
            .join(records, records.c.file_id == files.c.id)
            .where(records.c.id == record)
        )
        return _Whole(texts, stated_title(self._connection, record) or "", media_type or "")


def _titles_fit(one: _Whole, other: _Whole) -> bool:
    """Does no title tell two equal texts apart?

    A PDF's title stands in its text, or is what some program made of a file's name. A page's stands above its text, so
    that the same words may be said of many countries.
    """
    said = [years(some.title) for some in (one, other)]
    if all(said) and not said[0] & said[1]:
        return False
    return all(
        (title := sameness.letters(mine.title)) == sameness.letters(theirs.title) or title in theirs.letters
        for mine, theirs in ((one, other), (other, one))
        if mine.media_type != PDF
    )


def _headed(one: _Whole, other: _Whole) -> tuple[str, ...]:
    """The pages of a text, below its title if the other has that in its text."""
    title = sameness.letters(one.title)
    if title and title in other.letters and title not in one.letters:
        return (f"{one.title}\n{one.pages[0]}", *one.pages[1:])
    return one.pages
