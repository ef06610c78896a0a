"""A document's own page: its record, tags and why it has them, outline, pages, and the pages that answer a query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.cite import FORMATS
from tipsearch.cite.plain import one_line
from tipsearch.cite.reference import reference
from tipsearch.engines.base import YearRange
from tipsearch.model import Origin
from tipsearch.search.request import SearchRequest
from tipsearch.search.service import MOST_PAGES
from tipsearch.serve.presenters.results import (
    PassageView,
    extent,
    file_name,
    page_name,
    passage_view,
    tag_search,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tipsearch.model import Document, Evidence, Section, Tag
    from tipsearch.search.answer import Passage
    from tipsearch.serve.links import PathLinks

    Label = Callable[[str, str], str]

_ORIGINS = {
    Origin.DETECTED: "found in the text",
    Origin.SOURCE: "given by the source",
    Origin.LIBRARIAN: "set by a librarian",
}
#: Formats offered for one document.
CITE_FORMATS = ("ris", "bibtex", "csl-json")
#: Outlines are indented to this depth.
_MAX_LEVEL = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the record: name, value, and where the value leads, if anywhere."""

    name: str
    value: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class PageRef:
    """A link to a page: as its number alone (for lists), and in words."""

    number: int
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One reason for a tag: the words found, where and how often, and the first pages they are on."""

    quote: str
    where: str
    pages: tuple[PageRef, ...]


@dataclass(frozen=True, slots=True)
class TagDetail:
    """A region or topic with the link to all documents that carry it, who says so, and why."""

    label: str
    url: str
    origin: str
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading of the document, its depth from 0 to 5, and the page it stands on."""

    heading: str
    level: int
    url: str | None


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """All that the document page shows."""

    id: str
    title: str
    language: str | None
    abstract: str
    text: str
    rows: tuple[Row, ...]
    regions: tuple[TagDetail, ...]
    topics: tuple[TagDetail, ...]
    outline: tuple[OutlineEntry, ...]
    pages: tuple[PageRef, ...]
    hits: tuple[PassageView, ...]
    hits_cut: bool
    reference: str
    cites: tuple[Row, ...]
    source_url: str | None
    file_url: str | None
    file_name: str
    back_url: str
    canonical_url: str
    meta: tuple[tuple[str, str], ...]
    is_stub: bool


def document_page(
    document: Document,
    *,
    page_labels: Sequence[str],
    text: str,
    hits: Sequence[Passage],
    label: Label,
    links: PathLinks,
    has_file: bool,
) -> DocumentPage:
    """The page of a document.

    Args:
        document: the document.
        page_labels: the printed label of each of its pages, in order.
        text: the query that led here, empty if none.
        hits: the pages that answer it.
        label: facet name and value to the value's label.
        links: where things are.
        has_file: is the original file still there?
    """
    # What a listing says of a document is its summary here, and no page of it.
    in_order = [] if document.is_stub else sorted(hits, key=lambda passage: passage.number)
    shown_labels = () if document.is_stub else page_labels
    return DocumentPage(
        id=document.id,
        title=one_line(document.title),
        language=document.language,
        abstract=one_line(document.abstract or ""),
        text=text,
        rows=tuple(_rows(document, label, links)),
        regions=tuple(_tag(tag, "region", document, label, links) for tag in document.regions),
        topics=tuple(_tag(tag, "topic", document, label, links) for tag in document.topics),
        outline=tuple(_outline_entry(document.id, section, text, links) for section in document.outline),
        pages=tuple(
            PageRef(number, page_name(number, printed), links.page(document.id, number, text))
            for number, printed in enumerate(shown_labels, start=1)
        ),
        hits=tuple(passage_view(document.id, passage, text, links) for passage in in_order),
        hits_cut=len(in_order) >= MOST_PAGES,
        reference=reference(document),
        cites=tuple(cite_links(document, links)),
        source_url=links.outside(document.url),
        file_url=links.file(document) if has_file else None,
        file_name=file_name(document),
        back_url=links.search(SearchRequest(text)),
        canonical_url=links.document(document.id),
        meta=tuple(_meta(document)),
        is_stub=document.is_stub,
    )


def cite_links(document: Document, links: PathLinks) -> Iterator[Row]:
    """Each citation format's name and link."""
    for name in CITE_FORMATS:
        form = FORMATS[name]
        yield Row(name, form.title, links.cite(document.id, form.extension))


def _rows(document: Document, label: Label, links: PathLinks) -> Iterator[Row]:
    if document.authors:
        yield Row(
            "Author" if len(document.authors) == 1 else "Authors", ", ".join(map(one_line, document.authors))
        )
    if document.publisher:
        request = SearchRequest(publishers=(document.publisher,))
        yield Row("Publisher", one_line(document.publisher), links.search(request))
    if document.date:
        year = document.year
        yield Row("Date", document.date, links.search(SearchRequest(years=(YearRange(year, year),))))
    for tag in document.types:
        yield Row("Type", one_line(label("type", tag.value)), links.search(SearchRequest(types=(tag.value,))))
    if document.language:
        request = SearchRequest(languages=(document.language,))
        yield Row("Language", one_line(label("language", document.language)), links.search(request))
    if form := extent(document):
        yield Row("Form", form)


def _tag(tag: Tag, facet: str, document: Document, label: Label, links: PathLinks) -> TagDetail:
    return TagDetail(
        label=one_line(label(facet, tag.value)),
        url=links.search(tag_search(facet, tag.value)),
        origin=_ORIGINS[tag.origin],
        evidence=tuple(_evidence(item, document, links) for item in tag.evidence),
    )


def _evidence(evidence: Evidence, document: Document, links: PathLinks) -> EvidenceView:
    times = "" if evidence.count == 1 else f", {evidence.count:,} times"
    # As a phrase: the words of the evidence are to be marked, not read as operators.
    words = one_line(evidence.quote.replace('"', " "))
    text = f'"{words}"' if words else ""
    pages = tuple(
        PageRef(number, str(number), links.page(document.id, number, text)) for number in evidence.pages
    )
    return EvidenceView(one_line(evidence.quote), f"in the {one_line(evidence.where)}{times}", pages)


def _outline_entry(document_id: str, section: Section, text: str, links: PathLinks) -> OutlineEntry:
    url = links.page(document_id, section.page, text) if section.page else None
    return OutlineEntry(one_line(section.heading), min(section.level, _MAX_LEVEL), url)


def _meta(document: Document) -> Iterator[tuple[str, str]]:
    """Highwire Press tags, by which reference managers recognise a document page (Google Scholar's guide names them)."""
    yield "citation_title", one_line(document.title)
    for author in document.authors:
        yield "citation_author", one_line(author)
    if document.date:
        yield "citation_publication_date", document.date.replace("-", "/")
    if document.publisher:
        yield "citation_technical_report_institution", one_line(document.publisher)
    if document.language:
        yield "citation_language", document.language
