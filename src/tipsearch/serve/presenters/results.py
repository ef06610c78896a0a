"""A document found, as a result list shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.cite.plain import one_line
from tipsearch.search.request import SearchRequest
from tipsearch.serve.presenters.text import Run, runs

if TYPE_CHECKING:
    from collections.abc import Callable

    from tipsearch.model import Document
    from tipsearch.search.answer import LabelledTag, Passage, Result
    from tipsearch.serve.links import PathLinks

    Label = Callable[[str, str], str]

#: Regions and topics that a result shows; the document's page has all.
_MAX_TAGS = 4


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage: where (``page 12 (printed 10)``), the link there, and its text in runs."""

    place: str
    url: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class TagView:
    """A region or topic: its label, and the link to all documents that carry it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ResultView:
    """A result: `facts` are publisher, year, type, language, length, as far as they are known."""

    title: str
    language: str | None
    url: str
    authors: str
    facts: tuple[str, ...]
    passages: tuple[PassageView, ...]
    tags: tuple[TagView, ...]
    file_url: str | None
    is_stub: bool


def result_view(result: Result, text: str, label: Label, links: PathLinks) -> ResultView:
    """The result of a search for `text`."""
    document = result.document
    return ResultView(
        title=one_line(document.title),
        language=document.language,
        url=links.document(document.id, text),
        authors=", ".join(map(one_line, document.authors)),
        facts=facts_of(document, label),
        passages=tuple(passage_view(document.id, passage, text, links) for passage in result.pages),
        tags=(*_tags(result.regions, "region", links), *_tags(result.topics, "topic", links)),
        file_url=links.file(document),
        is_stub=document.is_stub,
    )


def passage_view(document_id: str, passage: Passage, text: str, links: PathLinks) -> PassageView:
    """A passage of that document that answers a search for `text`."""
    url = links.page(document_id, passage.number, text)
    return PassageView(page_name(passage.number, passage.label), url, runs(passage.text, passage.spans))


def facts_of(document: Document, label: Label) -> tuple[str, ...]:
    """Publisher, year, types, language and length, in this order, as far as they are known."""
    known = (
        document.publisher,
        document.date[:4] if document.date else None,
        ", ".join(label("type", name) for name in document.types),
        label("language", document.language) if document.language else None,
        pages_in_words(document.page_count),
    )
    return tuple(one_line(fact) for fact in known if fact)


def pages_in_words(count: int) -> str | None:
    """``1 page``, ``1,204 pages``; None for a document without pages."""
    if count == 0:
        return None
    return "1 page" if count == 1 else f"{count:,} pages"


def page_name(number: int, label: str) -> str:
    """``page 12``, and what is printed on it where that differs: ``page 12 (printed 10)``."""
    printed = one_line(label)
    return f"page {number}" if printed in ("", str(number)) else f"page {number} (printed {printed})"


def tag_search(facet: str, value: str) -> SearchRequest:
    """All documents with that region or topic."""
    return SearchRequest(regions=(value,)) if facet == "region" else SearchRequest(topics=(value,))


def _tags(tags: tuple[LabelledTag, ...], facet: str, links: PathLinks) -> tuple[TagView, ...]:
    return tuple(
        TagView(one_line(tag.label), links.search(tag_search(facet, tag.value))) for tag in tags[:_MAX_TAGS]
    )
