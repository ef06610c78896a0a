"""A document's own page: its record, tags and why it has them, outline, pages, and the pages that answer a query."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypedDict

from tipsearch.cite import FORMATS
from tipsearch.cite.plain import one_line
from tipsearch.cite.reference import reference
from tipsearch.engines.base import YearRange
from tipsearch.model import Field, Origin
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
from tipsearch.serve.presenters.similar import SimilarGroup, similar_groups

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tipsearch.model import Basis, Document, Evidence, Section, Tag
    from tipsearch.search.answer import Passage
    from tipsearch.search.similar import Similar
    from tipsearch.serve.links import PathLinks
    from tipsearch.serve.presenters.names import Names

_ORIGINS = {
    Origin.DETECTED: "found in the text",
    Origin.SOURCE: "given by the source",
    Origin.LIBRARIAN: "set by a librarian",
}
#: Places of evidence whose names alone don't tell readers enough; the others are "in the …".
_PLACES = {
    "attachment": "in a file attached to it",
    "byline": "in the line below its title",
    "card": "on a listing",
    "category": "as a category of its source",
    "citation": "in its citation",
    "layout": "by how the page is set",
    "link": "in a link",
    "metadata": "in what the file says of itself",
    "tag": "as a tag of its source",
}
#: Formats offered for one document.
CITE_FORMATS = ("ris", "bibtex", "csl-json")
#: Outlines are indented to this depth.
_MAX_LEVEL = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the record: name, value, where the value leads, if anywhere, who says so, and why."""

    name: str
    value: str
    url: str | None = None
    origin: str = ""
    evidence: tuple[EvidenceView, ...] = ()


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
    """A region, topic or role with the link to all documents that carry it, who says so, and why."""

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
    warning: str
    text: str
    rows: tuple[Row, ...]
    regions: tuple[TagDetail, ...]
    roles: tuple[TagDetail, ...]
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
    is_stub: bool
    similar: tuple[SimilarGroup, ...]


def document_page(
    document: Document,
    *,
    page_labels: Sequence[str],
    text: str,
    hits: Sequence[Passage],
    similar: Sequence[Similar],
    names: Names,
    links: PathLinks,
    has_file: bool,
) -> DocumentPage:
    """The page of a document.

    Args:
        document: the document.
        page_labels: the printed label of each of its pages, in order.
        text: the query that led here, empty if none.
        hits: the pages that answer it.
        similar: the documents most like it.
        names: what values are called.
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
        warning=one_line(document.warning or ""),
        text=text,
        rows=tuple(_rows(document, names, links)),
        regions=tuple(_tag(tag, "region", document, names, links) for tag in document.regions),
        roles=tuple(_tag(tag, "role", document, names, links) for tag in document.roles),
        topics=tuple(_tag(tag, "topic", document, names, links) for tag in document.topics),
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
        back_url=links.search(SearchRequest(text, expand=links.expand)),
        canonical_url=links.document(document.id),
        is_stub=document.is_stub,
        similar=similar_groups(similar, names, links),
    )


def cite_links(document: Document, links: PathLinks) -> Iterator[Row]:
    """Each citation format's name and link."""
    for name in CITE_FORMATS:
        form = FORMATS[name]
        yield Row(name, form.title, links.cite(document.id, form.extension))


def _rows(document: Document, names: Names, links: PathLinks) -> Iterator[Row]:
    """The record line by line. What the title is stands above it; here stands what it rests on."""
    based = {one.field: one for one in document.basis}

    def row(name: str, value: str, request: SearchRequest, ground: Tag | Basis | None) -> Row:
        shown = Row(name, one_line(value), links.search(request))
        return replace(shown, **_ground(ground, document, links)) if ground else shown

    if ground := based.get(Field.TITLE):
        yield Row("Title", "", **_ground(ground, document, links))
    else:
        yield Row("Title", "", origin="made from the name of its file or from its address")
    if document.authors:
        yield Row(
            "Author" if len(document.authors) == 1 else "Authors", ", ".join(map(one_line, document.authors))
        )
    if document.publisher:
        same = SearchRequest(publishers=(document.publisher,))
        yield row("Publisher", document.publisher, same, based.get(Field.PUBLISHER))
    if document.date:
        same = SearchRequest(years=(YearRange(document.year, document.year),))
        yield row("Date", document.date, same, based.get(Field.DATE))
    for tag in document.types:
        yield row("Type", names.label("type", tag.value), SearchRequest(types=(tag.value,)), tag)
    if document.language:
        same = SearchRequest(languages=(document.language,))
        yield row("Language", names.label("language", document.language), same, based.get(Field.LANGUAGE))
    if form := extent(document):
        yield Row("Form", form)


class _Ground(TypedDict):
    origin: str
    evidence: tuple[EvidenceView, ...]


def _ground(ground: Tag | Basis, document: Document, links: PathLinks) -> _Ground:
    """Who says so, and why."""
    evidence = tuple(_evidence(item, document, links) for item in ground.evidence)
    return {"origin": _ORIGINS[ground.origin], "evidence": evidence}


def _tag(tag: Tag, facet: str, document: Document, names: Names, links: PathLinks) -> TagDetail:
    return TagDetail(
        label=one_line(names.label(facet, tag.value)),
        url=links.search(tag_search(facet, tag.value, names)),
        **_ground(tag, document, links),
    )


def _evidence(evidence: Evidence, document: Document, links: PathLinks) -> EvidenceView:
    times = "" if evidence.count == 1 else f", {evidence.count:,} times"
    # As a phrase: the words of the evidence are to be marked, not read as operators.
    words = one_line(evidence.quote.replace('"', " "))
    text = f'"{words}"' if words else ""
    pages = tuple(
        PageRef(number, str(number), links.page(document.id, number, text)) for number in evidence.pages
    )
    where = _PLACES.get(evidence.where) or f"in the {one_line(evidence.where)}"
    return EvidenceView(one_line(evidence.quote), f"{where}{times}", pages)


def _outline_entry(document_id: str, section: Section, text: str, links: PathLinks) -> OutlineEntry:
    url = links.page(document_id, section.page, text) if section.page else None
    return OutlineEntry(one_line(section.heading), min(section.level, _MAX_LEVEL), url)
