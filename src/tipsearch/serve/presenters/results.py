"""A document found, as a result list shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tipsearch.cite.plain import one_line
from tipsearch.model import PDF
from tipsearch.search.request import SELECTED_IN, SearchRequest
from tipsearch.serve.declared import FACET_PARAMETERS
from tipsearch.serve.presenters.coins import coins
from tipsearch.serve.presenters.text import Run, runs
from tipsearch.serve.tongue import gettext, later, listed, ngettext
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
_WEB_PAGE = "text/html"
_FILE = later("Original file")
_FILE_NAMES = {PDF: later("Original file (PDF)"), _WEB_PAGE: later("Saved web page")}
#: The place on a document's page from which it is cited.
CITATION = "cite"


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
    """A result.

    Attributes:
        id: the document's, to pick it by.
        title, language, url, authors: the document's.
        facts: publisher, year, type, language, form and length, as far as they are known.
        passages: pieces of its pages that answer the query, the best first.
        tags: some of its regions and topics.
        file_url: its file; opened at the page of the best passage where browsers can do that.
        file_name: what the link to the file is called.
        cite_url: where it can be cited from.
        is_stub: it is known from a listing only.
        coins: the record as a ContextObject in a span, for reference managers.
        warning: what may distress in it; the passages are shown only to those who open them.
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
    file_name: str
    cite_url: str
    is_stub: bool
    coins: str
    warning: str = ""


def result_view(result: Result, text: str, names: Names, links: PathLinks) -> ResultView:
    """The result of a search for `text`."""
    document = result.document
    file_url, name = _opened_file(result, links)
    url = links.document(document.id, text)
    return ResultView(
        id=document.id,
        title=one_line(document.title),
        language=document.language,
        url=url,
        authors=listed(map(one_line, document.authors)),
        facts=facts_of(document, names),
        passages=tuple(_passage_of(document, passage, text, links) for passage in result.pages),
        tags=tuple(
            TagView(one_line(tag.label), _tag_url(facet, tag.value, names, links))
            for facet, tags in (("region", result.regions), ("topic", result.topics))
            for tag in tags[:_MAX_TAGS]
        ),
        file_url=file_url,
        file_name=name,
        cite_url=f"{url}#{CITATION}",
        is_stub=document.is_stub,
        coins=coins(document),
        warning=one_line(document.warning or ""),
    )


def _opened_file(result: Result, links: PathLinks) -> tuple[str | None, str]:
    """The link to the document's file and its words; a PDF opens at the page of the best passage."""
    document = result.document
    url = links.file(document)
    if url is None or document.media_type != PDF or not result.pages:
        return url, file_name(document)
    page = result.pages[0].number
    return f"{url}#page={page}", gettext("PDF at page %(page)s", page=page)


def _tag_url(facet: str, value: str, names: Names, links: PathLinks) -> str:
    facet = names.facet_of(value) if facet == "topic" else facet
    return links.chosen(FACET_PARAMETERS[facet], value)


def passage_view(document_id: str, passage: Passage, text: str, links: PathLinks) -> PassageView:
    """A passage of that document that answers a search for `text`."""
    url = links.page(document_id, passage.number, text)
    shown = tuple(Run(_LEADERS.sub("… ", run.text), run.marked) for run in runs(passage.text, passage.spans))
    return PassageView(page_name(passage.number, passage.label), url, shown)


def _passage_of(document: Document, passage: Passage, text: str, links: PathLinks) -> PassageView:
    view = passage_view(document.id, passage, text, links)
    if not document.is_stub:
        return view
    return replace(view, place=gettext("From the listing"), url=links.document(document.id, text))


def facts_of(document: Document, names: Names) -> tuple[str, ...]:
    """Publisher, year, types, language, form and length, in this order, as far as they are known."""
    known = (
        document.publisher,
        document.date[:4] if document.date else None,
        listed(names.label("type", tag.value) for tag in document.types),
        names.label("language", document.language) if document.language else None,
        extent(document),
    )
    return tuple(one_line(fact) for fact in known if fact)


def extent(document: Document) -> str | None:
    """Form and length: ``PDF, 1,204 pages``, ``web page``, ``1 page``; None where the library has no text of it."""
    if document.is_stub or document.page_count == 0:
        return None
    if document.media_type == _WEB_PAGE:
        return gettext("web page")
    if document.media_type == PDF:
        return ngettext("PDF, %(count)s page", "PDF, %(count)s pages", document.page_count)
    return ngettext("%(count)s page", "%(count)s pages", document.page_count)


def file_name(document: Document) -> str:
    """What the document's file is called where a link leads to it."""
    return gettext(_FILE_NAMES.get(document.media_type or "", _FILE))


def page_name(number: int, label: str) -> str:
    """``page 12``, and what is printed on it where that differs: ``page 12 (printed 10)``."""
    printed = one_line(label)
    if printed in ("", str(number)):
        return gettext("page %(number)s", number=number)
    return gettext("page %(number)s (printed %(label)s)", number=number, label=printed)


def tag_search(facet: str, value: str, names: Names) -> SearchRequest:
    """All documents with that region, topic or role, chosen in the facet in which readers find it."""
    if facet == "role":
        facet, value = parts(value)
    elif facet == "topic":
        facet = names.facet_of(value)
    chosen: dict[str, tuple[str, ...]] = {SELECTED_IN[facet]: (value,)}
    return SearchRequest(**chosen)  # type: ignore[arg-type]  # all of these are tuples of values
