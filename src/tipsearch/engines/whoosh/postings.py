"""Where a term occurs: documents, how often in each, and at which places, as arrays of numbers.

On the disk each array is as narrow as its largest number allows; there is nothing in it to be interpreted.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from tipsearch.errors import EngineFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTHS = ("B", "H", "I")
_LIMITS = (1 << 8, 1 << 16, 1 << 32)
_HEADER = 3


class PostingList:
    """A term's documents in ascending order, with counts and places.

    Attributes:
        docs: numbers of documents within their segment.
        counts: how often the term occurs in each.
        places: of all documents in a row, as many for each as its count; empty where a field keeps none.
    """

    def __init__(self, docs: Sequence[int], counts: Sequence[int], places: Sequence[int]) -> None:
        self.docs = docs
        self.counts = counts
        self.places = places

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate(self.counts, initial=0))

    def places_in(self, doc: int) -> Sequence[int]:
        """The places in a document that has the term."""
        index = bisect_left(self.docs, doc)
        return self.places[self._starts[index] : self._starts[index + 1]]


def to_bytes(docs: array[int], counts: array[int], places: array[int]) -> bytes:
    """A term's postings as they are written: the widths of the arrays, then the arrays."""
    packed = [_narrowed(one) for one in (docs, counts, places)]
    widths = "".join(one.typecode for one in packed).encode("ascii")
    return b"".join((widths, *(one.tobytes() for one in packed)))


def from_bytes(data: bytes, count: int) -> PostingList:
    """What `to_bytes` wrote for a term of so many documents.

    Raises:
        EngineFailed: it is damaged.
    """
    widths = data[:_HEADER].decode("latin-1")
    if len(widths) != _HEADER or not set(widths) <= set(_WIDTHS):
        raise EngineFailed("the postings of a term are damaged; make the index anew with: tipsearch rebuild")
    docs, counts, places = (array(code) for code in widths)
    first = _HEADER + count * docs.itemsize
    second = first + count * counts.itemsize
    docs.frombytes(data[_HEADER:first])
    counts.frombytes(data[first:second])
    places.frombytes(data[second:])
    return PostingList(docs, counts, places)


def _narrowed(numbers: array[int]) -> array[int]:
    if not numbers:
        return array("B")
    most = max(numbers)
    width = next(code for code, limit in zip(_WIDTHS, _LIMITS, strict=True) if most < limit)
    return array(width, numbers)
