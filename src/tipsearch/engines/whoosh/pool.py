"""Postings of a new segment, gathered in memory; in place of Whoosh's pool, which sorts pickles on the disk."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from tipsearch.query.slop import MAX_SLOP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.engines.whoosh.postings import PostingList

#: Places left free between title and pages: more than any phrase may skip.
_GAP = MAX_SLOP + 1
#: Bytes of memory that a term, a posting and a place cost, roughly.
_TERM_COST, _POSTING_COST, _PLACE_COST = 450, 9, 5


class Gathered:
    """A term's postings; documents come in ascending order.

    Attributes:
        docs, counts, places: as in `PostingList`.
        last: the last document, -1 before the first.
    """

    __slots__ = ("counts", "docs", "last", "places")

    def __init__(self) -> None:
        self.docs = array("I")
        self.counts = array("I")
        self.places = array("I")
        self.last = -1


class Pool:
    """All terms of a new segment by field.

    Attributes:
        fields: field to term to where it occurs.
        size: bytes of memory it takes, roughly.
    """

    def __init__(self) -> None:
        self.fields: dict[str, dict[str, Gathered]] = defaultdict(dict)
        self.size = 0

    def count(self, field: str, doc: int, runs: Sequence[Sequence[str]]) -> None:
        """Take in the terms of a document's field with their counts."""
        terms = self.fields[field]
        counts = Counter(chain.from_iterable(runs))
        for term, count in counts.items():
            row = terms.get(term) or self._new(terms, term)
            row.docs.append(doc)
            row.counts.append(count)
        self.size += _POSTING_COST * len(counts)

    def place(self, field: str, doc: int, runs: Sequence[Sequence[str]]) -> None:
        """Take in the terms of a document's field with their places; no phrase crosses from one run into the next."""
        terms = self.fields[field]
        start = 0
        for run in runs:
            for place, term in enumerate(run, start):
                row = terms.get(term) or self._new(terms, term)
                if row.last == doc:
                    row.counts[-1] += 1
                else:
                    row.last = doc
                    row.docs.append(doc)
                    row.counts.append(1)
                row.places.append(place)
            start += len(run) + _GAP
            self.size += (_PLACE_COST + _POSTING_COST // 2) * len(run)

    def extend(self, field: str, term: str, postings: PostingList, numbers: dict[int, int] | int) -> None:
        """Take in a term of another segment, whose documents get other numbers: looked up, or all so much higher."""
        terms = self.fields[field]
        row = terms.get(term) or self._new(terms, term)
        if isinstance(numbers, int):
            row.docs.extend(map(numbers.__add__, postings.docs))
            row.counts.extend(array("I", postings.counts))
            row.places.extend(array("I", postings.places))
        else:
            for doc, count in zip(postings.docs, postings.counts, strict=True):
                if doc in numbers:
                    row.docs.append(numbers[doc])
                    row.counts.append(count)
                    row.places.extend(array("I", postings.places_in(doc)))
        self.size += _POSTING_COST * len(postings.docs) + _PLACE_COST * len(postings.places)

    def cleanup(self) -> None:
        """Forget everything."""
        self.fields.clear()

    def _new(self, terms: dict[str, Gathered], term: str) -> Gathered:
        self.size += _TERM_COST + len(term)
        row = terms[term] = Gathered()
        return row
