"""Whoosh's codec with postings of our own, so that no file holds a pickle; its dictionary and columns are kept."""

from __future__ import annotations

import struct
from array import array
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3PerDocReader, W3TermsReader

from tipsearch.engines.whoosh.postings import Gathered, PostingList, from_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whoosh.codec.whoosh3 import W3Segment
    from whoosh.fields import Schema

#: Of a term in the dictionary: number of documents, where its postings begin and how many bytes they have.
_TERM = struct.Struct("!IQI")
#: Bytes of memory that a term and a posting cost beside their arrays' numbers, roughly.
_TERM_COST, _POSTING_COST = 450, 10


class Pool:
    """Postings of a new segment, gathered in memory; in place of Whoosh's pool, which sorts pickles on the disk.

    Attributes:
        size: bytes of memory it takes, roughly.
    """

    def __init__(self) -> None:
        self.fields: dict[str, dict[bytes, Gathered]] = defaultdict(dict)
        self.size = 0

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """Take in one posting as Whoosh's writer gives it: field, term, document, count, places."""
        field, term, doc, count, places = item
        row = self.row(field, term)
        row.docs.append(doc)
        row.counts.append(int(count))
        row.places.frombytes(places)
        self.size += _POSTING_COST + len(places)

    def extend(self, field: str, term: bytes, postings: PostingList, numbers: dict[int, int] | int) -> None:
        """Take in a term of another segment, whose documents get other numbers: looked up, or all so much higher."""
        row = self.row(field, term)
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
        self.size += _POSTING_COST * len(postings.docs) + 4 * len(postings.places)

    def row(self, field: str, term: bytes) -> Gathered:
        """What has been gathered for a term."""
        terms = self.fields[field]
        found = terms.get(term)
        if found is None:
            found = terms[term] = Gathered()
            self.size += _TERM_COST + len(term)
        return found

    def cleanup(self) -> None:
        """Forget everything."""
        self.fields.clear()


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
                    self._add(term, gathered)
            self.finish_field()

    def _add(self, term: bytes, gathered: Gathered) -> None:
        data = gathered.to_bytes()
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
