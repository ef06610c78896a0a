"""A document found, as a result list shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tipsearch.cite.plain import one_line
from tipsearch.search.request import SELECTED_IN, SearchRequest
from tipsearch.serve.presenters.coins import coins
from tipsearch.serve.presenters.text import Run, runs
from tipsearch.vocabulary.roles import parts

if TYPE_CHECKING:
    from tipsearch.model import Document
    from tipsearch.search.answer import Passage, Result
    from tipsearch.serve.links import PathLinks
    from tipsearch.serve.presenters.names import Names

#: Regions and topics that a result shows; the document's page has all.
_MAX_TAGS = 4
#: Dots that lead to a page number, as in a table of contents; they would fill a passage.
_LEADERS = re.compile(r"\.{4,}|(?:\. ){3,}\.?")
_PDF = "application/pdf"
_WEB_PAGE = "text/html"


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage: where (``page 12 (printed 10)``), the link there, and its text in runs.

    What a listing says of a document known only from there is no page of it: such a passage leads to the document.
    """

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
    """A result: `facts` are publisher, year, type, language, form and length, as far as they are known.

    With a `warning`, what may distress in it, the passages are shown only to those who open them.
    """

    id: str
    title: str
    language: str | None
    url: str
    authors: str
    facts: tuple[str, ...]
    passages: tuple[PassageView, ...]
    tags: tuple[TagView, ...]
    file_url: str | None
    is_stub: bool
    coins: str
    warning: str = ""


def result_view(result: Result, text: str, names: Names, links: PathLinks) -> ResultView:
    """The result of a search for `text`."""
    document = result.document
    return ResultView(
        id=document.id,
        title=one_line(document.title),
        language=document.language,
        url=links.document(document.id, text),
        authors=", ".join(map(one_line, document.authors)),
        facts=facts_of(document, names),
        passages=tuple(_passage_of(document, passage, text, links) for passage in result.pages),
        tags=tuple(
            TagView(one_line(tag.label), links.search(tag_search(facet, tag.value, names)))
            for facet, tags in (("region", result.regions), ("topic", result.topics))
            for tag in tags[:_MAX_TAGS]
        ),
        file_url=links.file(document),
        is_stub=document.is_stub,
        coins=coins(document),
        warning=one_line(document.warning or ""),
    )


def passage_view(document_id: str, passage: Passage, text: str, links: PathLinks) -> PassageView:
    """A passage of that document that answers a search for `text`."""
    url = links.page(document_id, passage.number, text)
    shown = tuple(Run(_LEADERS.sub("… ", run.text), run.marked) for run in runs(passage.text, passage.spans))
    return PassageView(page_name(passage.number, passage.label), url, shown)


def _passage_of(document: Document, passage: Passage, text: str, links: PathLinks) -> PassageView:
    view = passage_view(document.id, passage, text, links)
    if not document.is_stub:
        return view
    return replace(view, place="From the listing", url=links.document(document.id, text))


def facts_of(document: Document, names: Names) -> tuple[str, ...]:
    """Publisher, year, types, language, form and length, in this order, as far as they are known."""
    known = (
        document.publisher,
        document.date[:4] if document.date else None,
        ", ".join(names.label("type", tag.value) for tag in document.types),
        names.label("language", document.language) if document.language else None,
        extent(document),
    )
    return tuple(one_line(fact) for fact in known if fact)


def extent(document: Document) -> str | None:
    """Form and length: ``PDF, 1,204 pages``, ``web page``, ``1 page``; None where the library has no text of it."""
    if document.is_stub or document.page_count == 0:
        return None
    if document.media_type == _WEB_PAGE:
        return "web page"
    pages = "1 page" if document.page_count == 1 else f"{document.page_count:,} pages"
    return f"PDF, {pages}" if document.media_type == _PDF else pages


def file_name(document: Document) -> str:
    """What the document's file is called where a link leads to it."""
    names = {_PDF: "Original file (PDF)", _WEB_PAGE: "Saved web page"}
    return names.get(document.media_type or "", "Original file")


def page_name(number: int, label: str) -> str:
    """``page 12``, and what is printed on it where that differs: ``page 12 (printed 10)``."""
    printed = one_line(label)
    return f"page {number}" if printed in ("", str(number)) else f"page {number} (printed {printed})"


def tag_search(facet: str, value: str, names: Names) -> SearchRequest:
    """All documents with that region, topic or role, chosen in the facet in which readers find it."""
    if facet == "role":
        facet, value = parts(value)
    elif facet == "topic":
        facet = names.facet_of(value)
    chosen: dict[str, tuple[str, ...]] = {SELECTED_IN[facet]: (value,)}
    return SearchRequest(**chosen)  # type: ignore[arg-type]  # all of these are tuples of values
