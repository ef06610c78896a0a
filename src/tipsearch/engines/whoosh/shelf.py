"""One of the two indexes as it was at one moment: where terms occur, over all segments, without what was deleted.

Documents are numbered through all segments. A *set* of them is a large integer with one byte a document, 1 or 0: `and`,
`or`, `not` and counting are one operation each, whatever the number of documents.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import compress
from threading import Lock
from typing import TYPE_CHECKING

from tipsearch.engines.whoosh.schema import STORED
from tipsearch.engines.whoosh.segments import CODEC, opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tipsearch.engines.whoosh.files import Files
    from tipsearch.engines.whoosh.manifest import SegmentEntry
    from tipsearch.engines.whoosh.postings import PostingList

#: Number of a document to how often something occurs there.
Counts = dict[int, int]
#: Documents in a row, from the first to before the second.
Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where something occurs, and in how many documents of the whole index (about, if not all were looked at)."""

    counts: Counts
    frequency: int


class Segment:
    """A segment opened for reading, with the number of its first document."""

    def __init__(self, files: Files, index: str, entry: SegmentEntry, first: int) -> None:
        segment = opened(index, entry)
        self.first = first
        self.count = entry.count
        self.deleted = frozenset(entry.deleted)
        self.terms = CODEC.terms_reader(files, segment)
        self._columns = CODEC.per_document_reader(files, segment)

    def stored(self) -> Iterator[bytes]:
        """What is kept of each document beside its words."""
        yield from self._columns.column_reader("stored", STORED)

    def places_of(self, found: PostingList, runs: Sequence[Run] | None) -> Iterable[range]:
        """Where in a term's documents those of some runs stand; None means all."""
        if runs is None:
            return (range(len(found.docs)),)
        local = ((max(0, start - self.first), stop - self.first) for start, stop in runs)
        return (
            range(bisect_left(found.docs, start), bisect_left(found.docs, stop))
            for start, stop in local
            if stop > 0
        )

    def live(self, counts: dict[int, int]) -> Counts:
        """Counts by number in this segment, as counts by number in the index, without what was deleted."""
        if self.deleted:
            return {self.first + doc: count for doc, count in counts.items() if doc not in self.deleted}
        return dict(zip(map(self.first.__add__, counts), counts.values(), strict=True))


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The words of a field in order, with the number of documents that have each, those deleted among them."""

    words: list[str]
    counts: list[int]

    def beginning(self, prefix: str) -> list[tuple[str, int]]:
        """The words that begin so, most frequent first."""
        start = bisect_left(self.words, prefix)
        end = bisect_left(self.words, prefix + "\U0010ffff", start)
        found = zip(self.words[start:end], self.counts[start:end], strict=True)
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def runs_of(docs: Iterable[int]) -> list[Run]:
    """Documents as runs.

    >>> runs_of([7, 3, 4, 5])
    [(3, 6), (7, 8)]
    """
    runs: list[Run] = []
    for doc in sorted(docs):
        if runs and runs[-1][1] == doc:
            runs[-1] = (runs[-1][0], doc + 1)
        else:
            runs.append((doc, doc + 1))
    return runs


class Shelf:
    """One index.

    Attributes:
        size: number of documents, those deleted among them.
        all: the set of documents that aren't deleted.
        count: how many these are.
    """

    def __init__(self, files: Files, index: str, entries: Sequence[SegmentEntry]) -> None:
        self.segments: list[Segment] = []
        self.size = 0
        for entry in entries:
            self.segments.append(Segment(files, index, entry, self.size))
            self.size += entry.count
        flags = bytearray(b"\x01") * self.size
        for segment in self.segments:
            for doc in segment.deleted:
                flags[segment.first + doc] = 0
        self.all = int.from_bytes(flags, "little")
        self.count = self.all.bit_count()
        self._dictionaries: dict[str, Dictionary] = {}
        self._lock = Lock()

    def set_of(self, docs: Iterable[int]) -> int:
        """The set of these documents."""
        flags = bytearray(self.size)
        for doc in docs:
            flags[doc] = 1
        return int.from_bytes(flags, "little")

    def flags_of(self, chosen: int) -> bytes:
        """A set as bytes, one a document."""
        return chosen.to_bytes(self.size, "little")

    def numbers_of(self, chosen: int) -> Iterator[int]:
        """The numbers of a set's documents, ascending."""
        return compress(range(self.size), self.flags_of(chosen))

    def postings(self, field: str, term: str) -> Iterator[tuple[Segment, PostingList]]:
        """Where a term occurs, segment by segment."""
        key = term.encode()
        for segment in self.segments:
            found = segment.terms.posting_list(field, key)
            if found is not None:
                yield segment, found

    def occurrences(self, field: str, term: str, runs: Sequence[Run] | None = None) -> Occurrences:
        """Where a term occurs: in all documents, or in those of some runs."""
        counts: Counts = {}
        frequency = 0
        for segment, found in self.postings(field, term):
            frequency += len(found.docs)
            for part in segment.places_of(found, runs):
                some = slice(part.start, part.stop)
                counts |= segment.live(dict(zip(found.docs[some], found.counts[some], strict=True)))
        return Occurrences(counts, len(counts) if runs is None else frequency)

    def dictionary(self, field: str) -> Dictionary:
        """The words of a field; read from the files when it is wanted first."""
        with self._lock:
            found = self._dictionaries.get(field)
            if found is None:
                found = self._dictionaries[field] = self._read_dictionary(field)
        return found

    def _read_dictionary(self, field: str) -> Dictionary:
        counts: dict[bytes, int] = {}
        for segment in self.segments:
            for term, count in segment.terms.counts_from(field):
                counts[term] = counts.get(term, 0) + count
        words = sorted((term.decode(), count) for term, count in counts.items())
        return Dictionary([word for word, _ in words], [count for _, count in words])
