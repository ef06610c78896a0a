"""Both indexes as they were at one moment, with what is kept of each document in memory: facets, sort keys, lengths."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, compress
from typing import TYPE_CHECKING

import msgspec

from tipsearch.engines.base import FACETS, Filter, Sort
from tipsearch.engines.whoosh.files import Files
from tipsearch.engines.whoosh.schema import (
    DOCUMENT_FIELDS,
    PAGE_FIELDS,
    StoredDocument,
    StoredPage,
)
from tipsearch.engines.whoosh.shelf import Shelf
from tipsearch.errors import UnsupportedQuery

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tipsearch.engines.base import YearRange
    from tipsearch.engines.whoosh.manifest import OpenFiles

_LAST_YEAR = 9_999


class Documents(Shelf):
    """The index of documents, with arrays of what is kept of them."""

    def __init__(self, opened: OpenFiles) -> None:
        super().__init__(Files(opened.maps), "documents", opened.manifest.documents)
        decoder = msgspec.msgpack.Decoder(StoredDocument)
        self.stored = [decoder.decode(one) for segment in self.segments for one in segment.stored()]
        self.ids = [one.id for one in self.stored]
        self.numbers = {self.ids[number]: number for number in self.numbers_of(self.all)}
        self.facets: Mapping[str, list[tuple[str, ...]]] = {
            facet: [one.facets.get(facet, ()) for one in self.stored] for facet in FACETS
        }
        self._orders: dict[Sort, list[int]] = {}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Languages of the stems there are."""
        live = compress(self.stored, self.flags_of(self.all))
        return tuple(sorted({language for one in live for language in one.languages}))

    @cached_property
    def lengths(self) -> Lengths:
        """How long the fields are."""
        return Lengths.of(self, DOCUMENT_FIELDS, [one.lengths for one in self.stored])

    def passing(self, one: Filter | YearRange) -> int:
        """The set of documents that pass a filter.

        Raises:
            UnsupportedQuery: it names an unknown facet.
        """
        if isinstance(one, Filter):
            wanted, values = set(one.values), self.facets[known_facet(one.facet)]
            return self.set_of(number for number, has in enumerate(values) if not wanted.isdisjoint(has))
        first, last = one.first or 0, _LAST_YEAR if one.last is None else one.last
        years = enumerate(stored.year for stored in self.stored)
        return self.set_of(number for number, year in years if year is not None and first <= year <= last)

    def values_in(self, facet: str, chosen: int) -> Mapping[str, int]:
        """How many documents of a set have each value of a facet."""
        return dict(Counter(chain.from_iterable(compress(self.facets[facet], self.flags_of(chosen)))))

    def in_order(self, sort: Sort) -> list[int]:
        """The numbers of all documents in an order; `Sort.RELEVANCE` stands for that of their ids."""
        if sort not in self._orders:
            key = {
                Sort.NEWEST: lambda number: (self.stored[number].newest, self.ids[number]),
                Sort.OLDEST: lambda number: (self.stored[number].oldest, self.ids[number]),
                Sort.TITLE: lambda number: (self.stored[number].title, self.ids[number]),
            }.get(sort, self.ids.__getitem__)
            self._orders[sort] = sorted(range(self.size), key=key)
        return self._orders[sort]


class Pages(Shelf):
    """The index of pages."""

    def __init__(self, opened: OpenFiles) -> None:
        super().__init__(Files(opened.maps), "pages", opened.manifest.pages)

    @cached_property
    def stored(self) -> list[StoredPage]:
        """Of each page its document, number and lengths."""
        decoder = msgspec.msgpack.Decoder(StoredPage)
        return [decoder.decode(one) for segment in self.segments for one in segment.stored()]

    @cached_property
    def lengths(self) -> Lengths:
        """How long the fields are."""
        return Lengths.of(self, PAGE_FIELDS, [one.lengths for one in self.stored])

    def numbered(self, first: int | None, last: int | None) -> int:
        """The set of pages with numbers from `first` to `last`, both included, None for an open end."""
        if first is None and last is None:
            return self.all
        low, high = first or 0, float("inf") if last is None else last
        return self.all & self.set_of(
            place for place, page in enumerate(self.stored) if low <= page.number <= high
        )

    def pages_of(self, document_id: str) -> Sequence[int]:
        """Where the pages of a document are."""
        return sorted(self.occurrences("id", document_id).counts)


@dataclass(frozen=True, slots=True)
class Lengths:
    """Words in each field: of each document, and on average."""

    of_field: Mapping[str, Sequence[int]]
    mean: Mapping[str, float]

    @classmethod
    def of(cls, shelf: Shelf, fields: Sequence[str], stored: Sequence[tuple[int, ...]]) -> Lengths:
        """Of the fields' lengths for each document."""
        columns = dict(zip(fields, zip(*stored, strict=True), strict=True)) if stored else {}
        live = shelf.flags_of(shelf.all)
        mean = {
            field: sum(compress(column, live)) / max(1, shelf.all.bit_count())
            for field, column in columns.items()
        }
        return cls(columns, mean)


@dataclass(frozen=True, slots=True)
class View:
    """Both indexes as they were at one moment; replaced as a whole by `refresh`."""

    opened: OpenFiles
    documents: Documents
    pages: Pages

    @classmethod
    def of(cls, opened: OpenFiles) -> View:
        """Of files that have been opened."""
        return cls(opened, Documents(opened), Pages(opened))


def known_facet(facet: str) -> str:
    """The facet's name, checked.

    Raises:
        UnsupportedQuery: there is none of that name.
    """
    if facet not in FACETS:
        raise UnsupportedQuery(
            "whoosh", f"facet {facet}", f"there is no facet {facet!r}; known: {', '.join(FACETS)}"
        )
    return facet
