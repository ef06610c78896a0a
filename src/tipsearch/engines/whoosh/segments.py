"""Writing one index: Whoosh's writer with our pool and codec, without its TOC; and which segments are merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from whoosh.codec.whoosh3 import W3Segment
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from tipsearch.engines.whoosh.codec import PlainCodec
from tipsearch.engines.whoosh.manifest import SegmentEntry
from tipsearch.engines.whoosh.pool import Pool
from tipsearch.engines.whoosh.schema import PLACED, STORED, schema_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from whoosh.fields import Schema

    from tipsearch.engines.whoosh.codec import TermsReader
    from tipsearch.engines.whoosh.files import WritingFolder
    from tipsearch.engines.whoosh.schema import Entry

CODEC = PlainCodec()
#: Memory for postings before a segment is written, per index.
POOL_BYTES = 128_000_000
#: Bytes of memory in the pool for one on the disk, roughly.
_MEMORY_PER_BYTE = 6
#: A segment is merged with all smaller ones while it has less than so many times their bytes …
_MERGE_FACTOR = 2
#: … or less than this …
_MERGE_ALWAYS = 64_000
#: … and all have at most so many together: merging holds them in memory.
_MERGE_BYTES = 100_000_000
#: A segment is written anew when more than this part of it is deleted.
_DEAD_PART = 0.4


@dataclass(frozen=True, slots=True)
class _Toc:
    """What Whoosh's writer wants to know about the index it adds to."""

    schema: Schema
    segments: list[W3Segment]
    generation: int = 0


@dataclass(frozen=True, slots=True)
class _Index:
    """What Whoosh's writer takes for an index."""

    storage: WritingFolder
    indexname: str
    toc: _Toc

    def _read_toc(self) -> _Toc:
        return self.toc


class _Writer(SegmentWriter):  # type: ignore[misc]  # Whoosh ships no types
    """Writes one segment; which segments there are then is `finished`, and no file says so yet."""

    def __init__(self, index: _Index) -> None:
        super().__init__(index, codec=CODEC, compound=False, _lk=False)
        self.pool = Pool()
        self.finished: list[W3Segment] = []

    def add(self, entry: Entry) -> None:
        """Take a document in."""
        for field, runs in entry.runs.items():
            take = self.pool.place if field in PLACED else self.pool.count
            take(field, self.docnum, runs)
        self.perdocwriter.start_doc(self.docnum)
        self.perdocwriter.add_column_value("stored", STORED, entry.stored)
        self.perdocwriter.finish_doc()
        self.docnum += 1
        self._added = True

    def add_postings_to_pool(
        self, reader: SegmentReader, startdoc: int, docmap: dict[int, int] | None
    ) -> None:
        """Take in the postings of a segment that is merged."""
        terms: TermsReader = reader._terms  # noqa: SLF001 (Whoosh has no other way to them)
        for field in reader.indexed_field_names():
            for term, _ in terms.counts_from(field):
                postings = terms.posting_list(field, term)
                assert postings is not None, "the dictionary has just named it"
                self.pool.extend(field, term.decode(), postings, startdoc if docmap is None else docmap)

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        self.fieldwriter.add_pool(self.schema, self.pool)
        self.fieldwriter.close()

    def _commit_toc(self, segments: list[W3Segment]) -> None:
        self.finished = segments


class IndexWriter:
    """Adds documents to one of the indexes and removes them; nothing counts until the manifest names it."""

    def __init__(self, storage: WritingFolder, name: str, segments: Iterable[SegmentEntry]) -> None:
        self._storage = storage
        self._name = name
        self._segments = [opened(name, entry) for entry in segments]
        self._readers: dict[str, TermsReader] = {}
        self._writer: _Writer | None = None

    def add(self, entries: Sequence[Entry]) -> None:
        """Take documents in."""
        if not entries:
            return
        writer = self._writer = self._writer or self._new()
        for entry in entries:
            writer.add(entry)
        if writer.pool.size > POOL_BYTES:
            self._finish(lambda _, segments: segments)

    def delete(self, document_id: str) -> None:
        """Remove all that was added under an id."""
        term = document_id.encode()
        for segment in self._segments:
            found = self._reader(segment).posting_list("id", term)
            for doc in found.docs if found else ():
                segment.delete_document(doc)
        if self._writer and (added := self._writer.pool.fields["id"].get(document_id)):
            for doc in added.docs:
                self._writer.newsegment.delete_document(doc)

    def finish(self) -> tuple[SegmentEntry, ...]:
        """Write everything out, merging what is small; the segments there are now."""
        if not self._writer and any(map(_is_worn, self._segments)):
            self._writer = self._new()
        self._finish(_merged)
        self._segments = [one for one in self._segments if one.doc_count()]
        return tuple(_entry(one) for one in self._segments)

    def drop(self) -> None:
        """Forget what wasn't finished."""
        writer, self._writer = self._writer, None
        self._readers.clear()
        if writer:
            writer.cancel()

    def _new(self) -> _Writer:
        return _Writer(_Index(self._storage, self._name, _Toc(schema_of(self._name), self._segments)))

    def _finish(self, policy: object) -> None:
        if self._writer:
            self._writer.commit(mergetype=policy)
            self._segments, self._writer = self._writer.finished, None

    def _reader(self, segment: W3Segment) -> TermsReader:
        reader = self._readers.get(segment.segid)
        if reader is None:
            reader = self._readers[segment.segid] = CODEC.terms_reader(self._storage, segment)
        return reader


def opened(index: str, entry: SegmentEntry) -> W3Segment:
    """A segment as Whoosh knows it."""
    return W3Segment(CODEC, index, entry.count, entry.name, set(entry.deleted) or None)


def _entry(segment: W3Segment) -> SegmentEntry:
    return SegmentEntry(segment.segid, segment.doc_count_all(), tuple(sorted(segment.deleted_docs())))


def _merged(writer: _Writer, segments: list[W3Segment]) -> list[W3Segment]:
    """Whoosh's merge policy: merge some segments into the one being written; those that stay."""
    merge = _to_merge(writer.storage, segments, writer.pool.size // _MEMORY_PER_BYTE)
    for segment in merge:
        if segment.doc_count():
            writer.add_reader(SegmentReader(writer.storage, writer.schema, segment))
    return [segment for segment in segments if segment not in merge]


def _to_merge(storage: WritingFolder, segments: Sequence[W3Segment], new: int = 0) -> list[W3Segment]:
    """Segments to be merged with `new` bytes of postings: such that each one left is a few times larger than the next.

    So there are as many as the size of the index has digits or so, and a document is written anew as often.
    """
    merge: list[W3Segment] = []
    together = new
    for size, segment in sorted(((_size(storage, one), one) for one in segments), key=lambda pair: pair[0]):
        small = size < max(_MERGE_ALWAYS, _MERGE_FACTOR * together) and together + size <= _MERGE_BYTES
        if small or _is_worn(segment):
            merge.append(segment)
            together += size
    return merge


def _is_worn(segment: W3Segment) -> bool:
    return bool(segment.deleted_count() > _DEAD_PART * segment.doc_count_all())


def _size(storage: WritingFolder, segment: W3Segment) -> int:
    return sum(
        int(storage.file_length(segment.make_filename(ext))) for ext in (CODEC.POSTS_EXT, CODEC.TERMS_EXT)
    )
