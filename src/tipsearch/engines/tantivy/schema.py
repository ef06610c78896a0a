"""What the two tantivy indexes hold, and how a document is put into them.

All analysis is done by `tipsearch.analysis`; the text arrives here as words with spaces between, so that index, query
and highlighter can't disagree. That also costs less than tantivy's own analyzers: a word is stemmed once for both
indexes, and each word of the language once for all.

::

    documents   id, key · title, title_stems · body, stems · publisher, author · facet_* · year · sort_*
    pages       id, key · number · body, stems

``body`` are the folded words of the title and of every page, with a gap between them that no phrase can bridge;
``stems`` are ``language:stem``, so that one field serves all languages, and ``:word`` for words with accents as they are
written. ``year`` is the number that ranges want; ``key`` is the document's as a number, by which its pages are known: tantivy
can't give fast texts back.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import tantivy

from tipsearch import analysis
from tipsearch.engines.base import FACETS
from tipsearch.engines.sortkeys import newest_key, oldest_key, title_key
from tipsearch.query.slop import MAX_SLOP
from tipsearch.query.years import year_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipsearch.model import IndexDocument

#: Changes whenever the fields below or what goes into them change.
SCHEMA_VERSION = "4"
#: Stands between title and pages, more often than any phrase's slop; analysis never yields this sign.
GAP_SIGN = "¶"
_GAP = " " + " ".join(GAP_SIGN * (MAX_SLOP + 1)) + " "
#: Signs that typesetters put into texts which are ASCII otherwise, and what does the same there.
_SIGNS = (("’", "'"), *((sign, " ") for sign in "‘“”–—•…§\u00a0"))


@cache
def document_schema() -> tantivy.Schema:
    """The schema of the documents index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("title", "body", "publisher", "author"):
        builder.add_text_field(name, tokenizer_name="words", index_option="position")
    for name in ("title_stems", "stems"):
        builder.add_text_field(name, tokenizer_name="words", index_option="freq")
    for name in (
        "stem_languages",
        "sort_newest",
        "sort_oldest",
        "sort_title",
        *map(facet_field, FACETS),
    ):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("year", indexed=True, fast=True)
    builder.add_unsigned_field("key", fast=True)
    return builder.build()


@cache
def page_schema() -> tantivy.Schema:
    """The schema of the pages index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("key", fast=True)
    builder.add_unsigned_field("number", indexed=True, fast=True)
    builder.add_text_field("body", tokenizer_name="words", index_option="position")
    builder.add_text_field("stems", tokenizer_name="words", index_option="freq")
    return builder.build()


def facet_field(facet: str) -> str:
    """The field that holds a facet's values."""
    return f"facet_{facet}"


def stem_term(stem: str, language: str) -> str:
    """A stem as it stands in the stem fields; without language, a word as it is written."""
    return f"{language}:{stem}"


def document_key(document_id: str) -> int:
    """A document's id as a number of 64 bits; that two share one is as likely as once in 10 million libraries of a million."""
    return int.from_bytes(blake2b(document_id.encode(), digest_size=8).digest())


def register_tokenizers(index: tantivy.Index) -> None:
    """Make the index know its tokenizer; wanted after every open, or a commit fails."""
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("words", words)


@dataclass(frozen=True, slots=True)
class _Analysed:
    """A text as its fields take it: folded words, stems with their language, and the language if there are any."""

    words: str
    stems: str
    language: str


def entries(document: IndexDocument) -> tuple[tantivy.Document, list[tantivy.Document]]:
    """What goes into the documents index and into the pages index for one document."""
    title = _analyse(document.title, document.language)
    texts = [_analyse(page.text, page.language or document.language) for page in document.pages]
    pages = [
        _page_entry(document.id, page.number, text) for page, text in zip(document.pages, texts, strict=True)
    ]
    beside = [_analyse(page.text, page.language or document.language) for page in document.beside]
    return _document_entry(document, title, [*texts, *beside]), pages


def _analyse(text: str, language: str | None) -> _Analysed:
    text = _plain(text)
    surfaces = analysis.surfaces(text)
    stems = analysis.stems(surfaces, language) if language else []
    if text.isascii():  # such words are folded already
        words, spelt = surfaces, []
    else:
        words, spelt = analysis.folded(surfaces), analysis.spelt(surfaces)
    joined = " ".join((*_terms(stems, language or ""), *_terms(spelt, "")))
    return _Analysed(" ".join(words), joined, language if stems and language else "")


def _plain(text: str) -> str:
    """The text with the same words, in ASCII alone if all its letters are: that is analysed in two thirds of the time."""
    if not text.isascii():
        for sign, same in _SIGNS:
            text = text.replace(sign, same)
    return text


def _terms(words: list[str], language: str) -> Iterator[str]:
    if words:
        # The separator carries the language, which is cheaper than putting it before every stem.
        yield stem_term(f" {stem_term('', language)}".join(words), language)


def _document_entry(document: IndexDocument, title: _Analysed, texts: list[_Analysed]) -> tantivy.Document:
    everything = [title, *texts]
    entry = tantivy.Document()
    for name, text in (
        ("id", document.id),
        ("title", title.words),
        ("title_stems", title.stems),
        ("body", _GAP.join(one.words for one in everything)),
        ("stems", " ".join(one.stems for one in everything)),
        ("publisher", " ".join(analysis.words(document.publisher_text))),
        ("author", " ".join(analysis.words(document.authors_text))),
        *(("stem_languages", one) for one in sorted({one.language for one in everything} - {""})),
        *_facet_values(document),
        *_sort_keys(document),
    ):
        entry.add_text(name, text)
    entry.add_unsigned("key", document_key(document.id))
    if document.year is not None:
        entry.add_unsigned("year", document.year)
    return entry


def _page_entry(document_id: str, number: int, text: _Analysed) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_text("id", document_id)
    entry.add_unsigned("key", document_key(document_id))
    entry.add_unsigned("number", number)
    entry.add_text("body", text.words)
    entry.add_text("stems", text.stems)
    return entry


def _facet_values(document: IndexDocument) -> Iterator[tuple[str, str]]:
    yield facet_field("year"), year_value(document.year)
    for facet, values in document.facets:
        if facet in FACETS and facet != "year":
            for value in dict.fromkeys(values):
                yield facet_field(facet), value


def _sort_keys(document: IndexDocument) -> Iterator[tuple[str, str]]:
    """Keys that sort by one fast field and end in the id, so that ties are broken by it and need no document load."""
    yield "sort_newest", f"{newest_key(document)}\x00{document.id}"
    yield "sort_oldest", f"{oldest_key(document)}\x00{document.id}"
    yield "sort_title", f"{title_key(document)}\x00{document.id}"
