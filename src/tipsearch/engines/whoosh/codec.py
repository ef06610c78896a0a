"""Whoosh's codec with postings of our own, so that no file holds a pickle; its dictionary and columns are kept."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3PerDocReader, W3TermsReader

from tipsearch.engines.whoosh.postings import PostingList, from_bytes, to_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whoosh.codec.whoosh3 import W3Segment
    from whoosh.fields import Schema

    from tipsearch.engines.whoosh.pool import Gathered, Pool

#: Of a term in the dictionary: number of documents, where its postings begin and how many bytes they have.
_TERM = struct.Struct("!IQI")


class PlainCodec(W3Codec):  # type: ignore[misc]  # Whoosh ships no types
    """Whoosh's codec without its pickles."""

    def field_writer(self, storage: Any, segment: W3Segment) -> TermsWriter:  # noqa: ANN401 (of Whoosh)
        """Writes the dictionary and the postings."""
        return TermsWriter(self, storage, segment)

    def terms_reader(self, storage: Any, segment: W3Segment) -> TermsReader:  # noqa: ANN401 (of Whoosh)
        """Reads them."""
        name = segment.make_filename(self.TERMS_EXT)
        postings = segment.open_file(storage, self.POSTS_EXT)
        return TermsReader(self, storage.open_file(name), storage.file_length(name), postings)

    def per_document_reader(self, storage: Any, segment: W3Segment) -> PerDocReader:  # noqa: ANN401 (of Whoosh)
        """Reads the columns."""
        return PerDocReader(storage, segment)


class TermsWriter(W3FieldWriter):  # type: ignore[misc]  # Whoosh ships no types
    """Writes the dictionary of a segment, and what `Pool` has gathered for each term."""

    def add_pool(self, schema: Schema, pool: Pool) -> None:
        """Write all terms in order; a term that only deleted documents had is left out."""
        for field in sorted(pool.fields):
            self.start_field(field, schema[field])
            for term in sorted(pool.fields[field]):
                gathered = pool.fields[field][term]
                if gathered.docs:
                    self._add(term.encode(), gathered)
            self.finish_field()

    def _add(self, term: bytes, gathered: Gathered) -> None:
        data = to_bytes(gathered.docs, gathered.counts, gathered.places)
        entry = _TERM.pack(len(gathered.docs), self._postfile.tell(), len(data))
        self._postfile.write(data)
        self._tindex.add(struct.pack("!H", self._fieldid) + term, entry)


class TermsReader(W3TermsReader):  # type: ignore[misc]  # Whoosh ships no types
    """Reads the dictionary of a segment, and where its terms occur; by many threads at once."""

    def posting_list(self, field: str, term: bytes) -> PostingList | None:
        """Where a term occurs; None if it isn't in the dictionary."""
        try:
            start, length = self._range_for_key(field, term)
        except KeyError:
            return None
        count, offset, size = _TERM.unpack(self._dbfile.get(start, length))
        return from_bytes(self._postfile.get(offset, size), count)

    def counts_from(self, field: str, prefix: bytes = b"") -> Iterator[tuple[bytes, int]]:
        """The terms of a field that begin so, in order, with the number of their documents."""
        start = self._keycoder(field, prefix)
        for key, entry in self._tindex.items_from(start):
            if not key.startswith(start):
                return
            yield key[2:], _TERM.unpack(entry)[0]


class PerDocReader(W3PerDocReader):  # type: ignore[misc]  # Whoosh ships no types
    """Reads the columns of a segment."""

    def stored_fields(self, docnum: int) -> dict[str, object]:
        """Nothing: Whoosh's stored fields are pickles, and this engine has none."""
        del docnum
        return {}
