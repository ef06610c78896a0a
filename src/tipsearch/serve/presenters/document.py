"""A document's own page: its record, tags and why it has them, outline, pages, and the pages that answer a query."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypedDict

from tipsearch.cite import FORMATS
from tipsearch.cite.plain import one_line
from tipsearch.cite.said import summary_of
from tipsearch.engines.base import YearRange
from tipsearch.model import Field, Origin
from tipsearch.search.request import SearchRequest
from tipsearch.search.service import MOST_PAGES
from tipsearch.serve.presenters.page_list import PageRef, page_groups
from tipsearch.serve.presenters.results import (
    PassageView,
    extent,
    facts_of,
    file_name,
    passage_view,
    tag_search,
)
from tipsearch.serve.presenters.text import quotable
from tipsearch.serve.tongue import gettext, later, listed, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tipsearch.model import Basis, Document, Evidence, Section, Tag
    from tipsearch.search.answer import Passage
    from tipsearch.serve.links import PathLinks
    from tipsearch.serve.presenters.citing import Citation
    from tipsearch.serve.presenters.names import Names
    from tipsearch.serve.presenters.opened import Opened
    from tipsearch.serve.presenters.page_list import PageGroup

_ORIGINS = {
    Origin.DETECTED: later("found in the text"),
    Origin.SOURCE: later("given by the source"),
    Origin.LIBRARIAN: later("set by a librarian"),
}
#: Of what was detected elsewhere than in the text.
_DETECTED_IN = {
    "metadata": later("from the file’s own data"),
    **dict.fromkeys(("length", "link", "url"), later("worked out by the program")),
}
#: Places of evidence in words of readers; of others their own name is shown.
_PLACES = {
    "attachment": later("in a file attached to it"),
    "beginning": later("in the beginning"),
    "byline": later("in the line below its title"),
    "card": later("on a listing"),
    "category": later("as a category of its source"),
    "citation": later("in its citation"),
    "heading": later("in a heading"),
    "layout": later("by how the page is set"),
    "length": later("by its length"),
    "link": later("in a link"),
    "metadata": later("in what the file says of itself"),
    "tag": later("as a tag of its source"),
    "text": later("in the text"),
    "title": later("in the title"),
    "url": later("in its address"),
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
    """All that the document page shows; `hits` hold all that was asked, `partial_hits` some of it."""

    id: str
    title: str
    language: str | None
    abstract: str
    warning: str
    text: str
    asked: str
    rows: tuple[Row, ...]
    regions: tuple[TagDetail, ...]
    roles: tuple[TagDetail, ...]
    topics: tuple[TagDetail, ...]
    outline: tuple[OutlineEntry, ...]
    pages: tuple[PageGroup, ...]
    page_count: int
    hits: tuple[PassageView, ...]
    partial_hits: tuple[PassageView, ...]
    hits_cut: bool
    facts: tuple[str, ...]
    citation: Citation
    cites: tuple[Row, ...]
    source_url: str | None
    file_url: str | None
    file_name: str
    viewer_url: str | None
    back_url: str | None
    canonical_url: str
    is_stub: bool
    similar_url: str


def document_page(opened: Opened, hits: Sequence[Passage], names: Names) -> DocumentPage:
    """The page of a document.

    Args:
        opened: the document.
        hits: the pages that answer the query that led here.
        names: what values are called.
    """
    document, text, links = opened.document, opened.text, opened.links
    # What a listing says of a document is its summary here, and no page of it.
    in_order = [] if document.is_stub else sorted(hits, key=lambda passage: passage.number)
    whole, partial = (tuple(hit for hit in in_order if hit.whole is wanted) for wanted in (True, False))
    shown_labels = () if document.is_stub else opened.page_labels
    return DocumentPage(
        id=document.id,
        title=one_line(document.title),
        language=document.language,
        abstract=summary_of(document),
        warning=one_line(document.warning or ""),
        text=text,
        asked=quotable(text),
        rows=tuple(_rows(document, names, links)),
        regions=tuple(_tag(tag, "region", document, names, links) for tag in document.regions),
        roles=tuple(_tag(tag, "role", document, names, links) for tag in document.roles),
        topics=tuple(_tag(tag, "topic", document, names, links) for tag in document.topics),
        outline=tuple(_outline_entry(opened, section) for section in document.outline),
        pages=page_groups(document.id, shown_labels, {hit.number for hit in in_order}, text, links),
        page_count=len(shown_labels),
        hits=tuple(passage_view(document.id, passage, text, links) for passage in whole),
        partial_hits=tuple(passage_view(document.id, passage, text, links) for passage in partial),
        hits_cut=len(in_order) >= MOST_PAGES,
        facts=facts_of(document, names),
        citation=opened.citation(links.document(document.id, text)),
        cites=tuple(cite_links(document, links)),
        source_url=links.outside(document.url),
        file_url=opened.file_url,
        file_name=file_name(document),
        viewer_url=opened.viewer_url((whole or partial)[0].number if in_order else 1),
        back_url=links.back(text),
        canonical_url=links.alone().document(document.id),
        is_stub=document.is_stub,
        similar_url=links.similar(document.id),
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
        yield Row(gettext("Title"), "", **_ground(ground, document, links))
    else:
        yield Row(gettext("Title"), "", origin=gettext("made from the name of its file or from its address"))
    if document.authors:
        name = ngettext("Author", "Authors", len(document.authors))
        yield Row(name, listed(map(one_line, document.authors)))
    if document.publisher:
        same = SearchRequest(publishers=(document.publisher,))
        yield row(gettext("Publisher"), document.publisher, same, based.get(Field.PUBLISHER))
    if document.date:
        same = SearchRequest(years=(YearRange(document.year, document.year),))
        yield row(gettext("Date"), document.date, same, based.get(Field.DATE))
    for tag in document.types:
        yield row(gettext("Type"), names.label("type", tag.value), SearchRequest(types=(tag.value,)), tag)
    if document.language:
        same = SearchRequest(languages=(document.language,))
        yield row(
            gettext("Language"), names.label("language", document.language), same, based.get(Field.LANGUAGE)
        )
    if form := extent(document):
        yield Row(gettext("Format"), form)
    if document.duplicates:
        # Files' own names without their folders, which are nobody's business.
        copies = (one_line(path.rpartition("/")[2]) for path in document.duplicates)
        yield Row(gettext("Copies"), listed(dict.fromkeys(copies)))


class _Ground(TypedDict):
    origin: str
    evidence: tuple[EvidenceView, ...]


def _ground(ground: Tag | Basis, document: Document, links: PathLinks) -> _Ground:
    """Who says so, and why."""
    evidence = tuple(_evidence(item, document, links) for item in ground.evidence)
    return {"origin": gettext(_origin(ground)), "evidence": evidence}


def _origin(ground: Tag | Basis) -> str:
    """In words of readers; of what was detected, whether the text itself says so."""
    places = {_DETECTED_IN.get(one.where) for one in ground.evidence}
    elsewhere = next(iter(places)) if len(places) == 1 and ground.origin is Origin.DETECTED else None
    return elsewhere or _ORIGINS[ground.origin]


def _tag(tag: Tag, facet: str, document: Document, names: Names, links: PathLinks) -> TagDetail:
    return TagDetail(
        label=one_line(names.label(facet, tag.value)),
        url=links.search(tag_search(facet, tag.value, names)),
        **_ground(tag, document, links),
    )


def _evidence(evidence: Evidence, document: Document, links: PathLinks) -> EvidenceView:
    # As a phrase: the words of the evidence are to be marked, not read as operators.
    words = one_line(evidence.quote.replace('"', " "))
    text = f'"{words}"' if words else ""
    pages = tuple(
        PageRef(number, str(number), links.page(document.id, number, text)) for number in evidence.pages
    )
    return EvidenceView(one_line(evidence.quote), _place(evidence), pages)


def _place(evidence: Evidence) -> str:
    """Where, and how often."""
    known = _PLACES.get(evidence.where)
    where = gettext(known) if known else gettext("in the %(place)s", place=one_line(evidence.where))
    if evidence.count == 1:
        return where
    # Translators may turn the two round.
    return ngettext("%(where)s, %(count)s time", "%(where)s, %(count)s times", evidence.count, where=where)


def _outline_entry(opened: Opened, section: Section) -> OutlineEntry:
    url = opened.page_url(section.page) if section.page else None
    return OutlineEntry(one_line(section.heading), min(section.level, _MAX_LEVEL), url)
