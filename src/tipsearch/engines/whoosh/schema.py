"""What the two Whoosh indexes hold, and how a document is put into them.

All analysis is done by `tipsearch.analysis`; Whoosh gets words, so that its own stemmers and analyzers are never asked.

::

    documents   id · title, title_stems · body, stems · publisher, author · stored
    pages       id · body, stems · stored

``body`` are the folded words of the title and of every page, with a gap between them that no phrase can bridge;
``stems`` are ``language:stem``, so that one field serves all languages, and ``:word`` for words with accents as they are
written. ``stored`` is a column of MessagePack: what is read into memory for facets, sorting and lengths.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import msgspec
from whoosh.columns import VarBytesColumn
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Existence

from tipsearch import analysis
from tipsearch.engines.base import FACETS
from tipsearch.engines.sortkeys import newest_key, oldest_key, title_key
from tipsearch.query.years import year_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.model import IndexDocument

#: Changes whenever the fields below, what goes into them, or the files change.
SCHEMA_VERSION = "1"
#: Fields of runs of words, those whose words have places, and the column.
DOCUMENT_FIELDS = ("body", "title", "stems", "title_stems", "publisher", "author")
PAGE_FIELDS = ("body", "stems")
PLACED = frozenset({"body", "title", "publisher", "author"})
STORED = VarBytesColumn()


class StoredDocument(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a document beside its words; `lengths` in the order of `DOCUMENT_FIELDS`."""

    id: str
    year: int | None
    facets: dict[str, tuple[str, ...]]
    newest: str
    oldest: str
    title: str
    languages: tuple[str, ...]
    lengths: tuple[int, ...]


class StoredPage(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a page beside its words; `lengths` in the order of `PAGE_FIELDS`."""

    id: str
    number: int
    lengths: tuple[int, ...]


@cache
def schema_of(name: str) -> Schema:
    """The schema of the index of that name: ``documents`` or ``pages``."""
    fields = DOCUMENT_FIELDS if name == "documents" else PAGE_FIELDS
    indexed = {field: FieldType(Existence(), None) for field in ("id", *fields)}
    return Schema(stored=COLUMN(STORED), **indexed)


def stem_term(stem: str, language: str) -> str:
    """A stem as it stands in the stem fields; without language, a word as it is written."""
    return f"{language}:{stem}"


@dataclass(frozen=True, slots=True)
class _Analysed:
    """A text as its fields take it: folded words, stems with their language, and the language if there are any."""

    words: list[str]
    stems: list[str]
    language: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What goes into an index for one document or page: field to runs of words, and what is stored."""

    runs: dict[str, list[list[str]]]
    stored: bytes


def entries(document: IndexDocument) -> tuple[Entry, list[Entry]]:
    """What goes into the documents index and into the pages index for one document."""
    title = _analyse(document.title, document.language)
    texts = [_analyse(page.text, page.language or document.language) for page in document.pages]
    beside = [_analyse(page.text, page.language or document.language) for page in document.beside]
    pages = [
        _page_entry(document.id, page.number, text) for page, text in zip(document.pages, texts, strict=True)
    ]
    return _document_entry(document, title, [*texts, *beside]), pages


def _analyse(text: str, language: str | None) -> _Analysed:
    surfaces = analysis.surfaces(text)
    stems = analysis.stems(surfaces, language) if language else []
    terms = [stem_term(stem, language) for stem in stems] if language else []
    spelt = [] if text.isascii() else [stem_term(word, "") for word in analysis.spelt(surfaces)]
    return _Analysed(analysis.folded(surfaces), terms + spelt, language or "" if terms else "")


def _document_entry(document: IndexDocument, title: _Analysed, texts: list[_Analysed]) -> Entry:
    everything = [title, *texts]
    runs = {
        "body": [one.words for one in everything],
        "title": [title.words],
        "stems": [one.stems for one in everything],
        "title_stems": [title.stems],
        "publisher": [analysis.words(document.publisher_text)],
        "author": [analysis.words(document.authors_text)],
    }
    stored = StoredDocument(
        id=document.id,
        year=document.year,
        facets=_facet_values(document),
        newest=newest_key(document),
        oldest=oldest_key(document),
        title=title_key(document),
        languages=tuple(sorted({one.language for one in everything} - {""})),
        lengths=tuple(_length(runs[field]) for field in DOCUMENT_FIELDS),
    )
    return Entry({"id": [[document.id]], **runs}, msgspec.msgpack.encode(stored))


def _page_entry(document_id: str, number: int, text: _Analysed) -> Entry:
    runs = {"body": [text.words], "stems": [text.stems]}
    stored = StoredPage(document_id, number, tuple(_length(runs[field]) for field in PAGE_FIELDS))
    return Entry({"id": [[document_id]], **runs}, msgspec.msgpack.encode(stored))


def _length(runs: Sequence[Sequence[str]]) -> int:
    return sum(map(len, runs))


def _facet_values(document: IndexDocument) -> dict[str, tuple[str, ...]]:
    known = {facet: tuple(dict.fromkeys(values)) for facet, values in document.facets if facet in FACETS}
    return {**known, "year": (year_value(document.year),)}
