"""A library in memory with the surface that the pages need: it finds words by comparing, and counts by counting."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tipsearch.engines.base import Sort
from tipsearch.errors import BadRequest, NotFound
from tipsearch.model import Basis, Document, Evidence, Field, Origin, Page, Section, Tag
from tipsearch.query import parse, read, spoken_language
from tipsearch.query.years import year_value
from tipsearch.search.answer import (
    LabelledTag,
    Listing,
    PageFound,
    Passage,
    Result,
    SearchAnswer,
    Understood,
)
from tipsearch.search.request import SELECTED_IN
from tipsearch.search.shapes import FacetValue
from tipsearch.search.suggest import Suggestion
from tipsearch.vocabulary.roles import ROLES, parts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from lxml.html import HtmlElement

    from tipsearch.engines.base import YearRange
    from tipsearch.search.request import SearchRequest
    from tipsearch.search.similar import Similar

    #: Gives the page at an address.
    Get = Callable[[str], HtmlElement]

PATHS = {
    "asia": ("asia",),
    "southern-asia": ("asia", "southern-asia"),
    "nepal": ("asia", "southern-asia", "nepal"),
    "africa": ("africa",),
    "ghana": ("africa", "western-africa", "ghana"),
}
ARRIVED = "2026-11-01T08:00:00+00:00"
NAMED = {"peonage": ("debt-bondage", "wages")}
PARTS = {"debt-bondage": "form", "fishing": "sector"}
LABELS = {
    "nepal": "Nepal",
    "southern-asia": "Southern Asia",
    "publication": "Publications",
    "guidance": "Guidance",
    "en": "English",
    "ar": "Arabic",
    "unknown": "Undated",
}


@dataclass(frozen=True, slots=True)
class Status:
    documents: int
    pages: int
    files: dict[str, int] = field(default_factory=lambda: {"ok": 1})
    engine: str = "memory"
    generation: int = 7
    waiting: int = 0
    changed: str | None = "2026-11-29"


class SmallLibrary:
    def __init__(self, documents: Iterable[tuple[Document, Sequence[Page]]]) -> None:
        self.entries = {document.id: (document, tuple(pages)) for document, pages in documents}
        self.files: dict[str, Path] = {}
        self.state = 7
        self.topics = "standard"
        self.notices: tuple[str, ...] = ()
        self.likes: dict[str, tuple[Similar, ...]] = {}
        self.requests: list[SearchRequest] = []
        self.arrived: dict[str, str] = {}
        self.shelf = self

    def search(self, request: SearchRequest, *, facets: Collection[str] | None = None) -> SearchAnswer:
        self.requests.append(request)
        for region in request.regions:
            if region == "atlantis":
                raise BadRequest("region", "there is no region called 'atlantis'")
        found = self._found(request)
        first = request.offset
        results = tuple(self._result(entry, request) for entry in found[first : first + request.size])
        words = f"documents with {request.match} of: {request.text}" if request.text else "all documents"
        return SearchAnswer(
            request=request,
            query=Understood(
                request.text,
                words,
                request.match,
                self.notices,
                parts=read(parse(request.text, match=request.match), request.ui).parts,
                language=spoken_language(request.ui),
            ),
            total=len(found),
            results=results,
            facets={
                name: values
                for name, values in self._facets(request).items()
                if facets is None or name in facets
            },
            took_ms=1.234,
            generation=self.state,
        )

    def listing(self, request: SearchRequest, limit: int) -> Listing:
        answer = self.search(replace(request, page=1, size=1))
        found = self._found(request)
        ids = tuple(document.id for document, _ in found[:limit])
        return Listing(request, answer.query, len(found), ids, self.state)

    def documents(self, ids: Sequence[str]) -> dict[str, Document]:
        return {one: self.entries[one][0] for one in ids if one in self.entries}

    def arrivals(self, ids: Sequence[str]) -> dict[str, str]:
        return {one: self.arrived.get(one, ARRIVED) for one in ids if one in self.entries}

    def roll(self, after: str = "", limit: int = 1_000) -> tuple[tuple[str, str], ...]:
        behind = sorted(one for one in self.entries if one > after)[:limit]
        return tuple((one, self.arrived.get(one, ARRIVED)) for one in behind)

    def document(self, document_id: str) -> Document:
        return self._entry(document_id)[0]

    def page(self, document: Document | str, number: int) -> Page:
        pages = self._entry(document)[1]
        if not 1 <= number <= len(pages):
            raise NotFound(f"the document has no page {number}; it has {len(pages)}")
        return pages[number - 1]

    def page_labels(self, document_id: str) -> tuple[str, ...]:
        return tuple(page.label or str(page.number) for page in self._entry(document_id)[1])

    def ocr_pages(self, document_id: str) -> frozenset[int]:
        return frozenset(page.number for page in self._entry(document_id)[1] if page.ocr)

    def pages_found(
        self, document: Document | str, text: str, *, expand: bool = True
    ) -> tuple[PageFound, ...]:
        hits = self.page_hits(document, text, expand=expand)
        return tuple(PageFound(hit.number, hit.whole) for hit in hits)

    def page_hits(
        self,
        document: Document | str,
        text: str,
        *,
        expand: bool = True,  # noqa: ARG002  # it knows no topics
    ) -> tuple[Passage, ...]:
        words = text.lower().replace('"', "").split()
        return tuple(
            replace(passage, whole=all(word in page.text.lower() for word in words))
            for page in self._entry(document)[1]
            if (passage := self._passage(page, text))
        )

    def best_passages(
        self, document: Document | str, text: str, *, first: int | None = None, expand: bool = True
    ) -> tuple[Passage, ...]:
        hits = sorted(
            self.page_hits(document, text, expand=expand) if text else (), key=lambda hit: -len(hit.spans)
        )
        if first:
            page = self.page(document, first)
            asked = Passage(first, page.label or str(first), page.text, self.highlight(page.text, text, None))
            hits = [asked, *(hit for hit in hits if hit.number != first)]
        return tuple(hits[:3])

    def highlight(
        self,
        text: str,
        query: str,
        _language: str | None,
        /,
        *,
        expand: bool = True,  # noqa: ARG002  # it knows no topics
    ) -> tuple[tuple[int, int], ...]:
        words = "|".join(map(re.escape, query.replace('"', "").split()))
        return tuple(match.span() for match in re.finditer(words, text, re.IGNORECASE)) if words else ()

    def similar(self, document: Document | str, limit: int = 10) -> tuple[Similar, ...]:
        return self.likes.get(self._entry(document)[0].id, ())[:limit]

    def suggest(self, text: str, limit: int = 8, language: str = "en") -> tuple[Suggestion, ...]:  # noqa: ARG002  # it speaks English
        titles = (one.title for one, _ in self.entries.values() if text and text.lower() in one.title.lower())
        return tuple(Suggestion(title, "title", title, 1) for title in titles)[:limit]

    def file(self, document_id: str) -> Path | None:
        return self.files.get(document_id)

    def status(self) -> Status:
        pages = sum(len(pages) for _, pages in self.entries.values())
        return Status(len(self.entries), pages, generation=self.state)

    def generation(self) -> int:
        return self.state

    def thesaurus(self) -> str:
        return self.topics

    def identity(self) -> str:
        return "small"

    def labels(self, facet: str, value: str, language: str = "en") -> str:  # noqa: ARG002  # it speaks English
        if facet == "role":
            role, region = parts(value)
            return f"{role.title()}: {self.labels('region', region)}"
        return LABELS.get(value, value.replace("-", " ").title() if value.islower() else value)

    def facet_of(self, topic: str) -> str:
        return PARTS.get(topic, "topic")

    def _found(self, request: SearchRequest) -> list[tuple[Document, tuple[Page, ...]]]:
        found = [entry for entry in self.entries.values() if self._matches(entry, request)]
        return sorted(found, key=lambda entry: entry[0].date or "", reverse=request.sort is not Sort.OLDEST)

    def topics_named(self, text: str) -> tuple[str, ...]:
        return NAMED.get(text.lower(), ())

    def _entry(self, document: Document | str) -> tuple[Document, tuple[Page, ...]]:
        document_id = document if isinstance(document, str) else document.id
        if document_id not in self.entries:
            raise NotFound(f"there is no document {document_id!r} in this library")
        return self.entries[document_id]

    def _matches(self, entry: tuple[Document, tuple[Page, ...]], request: SearchRequest) -> bool:
        document, pages = entry
        text = " ".join([document.title, *(page.text for page in pages)]).lower()
        words = [word in text for word in request.text.lower().split()]
        ranges = request.selected_years
        return (
            (any(words) if request.match == "any" and words else all(words))
            and all(
                set(chosen) & set(_values(document, facet))
                for facet, chosen in request.selections.items()
                if chosen
            )
            and (not (ranges or request.undated) or _in_years(document.year, ranges, undated=request.undated))
        )

    def _result(self, entry: tuple[Document, tuple[Page, ...]], request: SearchRequest) -> Result:
        document, pages = entry
        passages = [passage for page in pages if (passage := self._passage(page, request.text))][:3]
        regions = tuple(self._labelled("region", tag) for tag in document.regions)
        topics = tuple(self._labelled("topic", tag) for tag in document.topics)
        roles = tuple(self._labelled("role", tag) for tag in document.roles)
        return Result(document, 1.5, regions, topics, tuple(passages), roles)

    def _labelled(self, facet: str, tag: Tag) -> LabelledTag:
        role, _, region = tag.value.rpartition(":")
        path = PATHS.get(region, (region,))
        above = tuple(f"{role}:{one}" for one in path) if role else path
        return LabelledTag(tag.value, self.labels(facet, tag.value), above, tag.origin)

    def _passage(self, page: Page, text: str) -> Passage | None:
        spans = self.highlight(page.text, text, page.language)
        if not spans:
            return None
        start = max(0, spans[0][0] - 60)
        cut = page.text[start : start + 240]
        inside = tuple((s - start, e - start) for s, e in spans if e - start <= len(cut))
        return Passage(page.number, page.label or str(page.number), cut, inside)

    def _facets(self, request: SearchRequest) -> Mapping[str, tuple[FacetValue, ...]]:
        """Each facet's counts leave out its own selection."""
        without = {facet: replace(request, **{name: ()}) for facet, name in SELECTED_IN.items()}  # type: ignore[arg-type]  # tuples all
        without["year"] = replace(request, years=(), year_from=None, year_to=None, undated=False)
        found = {
            other: [entry[0] for entry in self.entries.values() if self._matches(entry, other)]
            for other in set(without.values())
        }
        return {
            facet: self._facet(facet, request.selections.get(facet, ()), found[other])
            for facet, other in without.items()
        }

    def _facet(self, facet: str, chosen: Sequence[str], found: Sequence[Document]) -> tuple[FacetValue, ...]:
        counts: dict[str, int] = dict.fromkeys(chosen, 0)
        for document in found:
            for value in _values(document, facet):
                counts[value] = counts.get(value, 0) + 1

        def below(parent: str | None) -> tuple[FacetValue, ...]:
            return tuple(
                FacetValue(value, self.labels(facet, value), count, value in chosen, below(value))
                for value, count in counts.items()
                if _parent(facet, value) == parent
            )

        return below(None)


def _parent(facet: str, value: str) -> str | None:
    for path in PATHS.values() if facet in ("region", *ROLES) else ():
        if value in path[1:]:
            return path[path.index(value) - 1]
    return None


def _in_years(year: int | None, ranges: Sequence[YearRange], *, undated: bool) -> bool:
    if year is None:
        return undated
    return any((one.first or 0) <= year <= (one.last or 9999) for one in ranges)


def _values(document: Document, facet: str) -> tuple[str, ...]:
    if facet == "region":
        return _with_ancestors(tag.value for tag in document.regions)
    if facet in ROLES:
        places = (parts(tag.value) for tag in document.roles)
        return _with_ancestors(region for role, region in places if role == facet)
    if facet in ("language", "publisher", "year"):
        value = year_value(document.year) if facet == "year" else getattr(document, facet)
        return (value,) if value else ()
    tags = document.types if facet == "type" else document.topics
    return tuple(tag.value for tag in tags if facet in ("type", "topic", PARTS.get(tag.value)))


def _with_ancestors(regions: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for one in regions for value in PATHS.get(one, (one,))))


def fees_report() -> tuple[Document, tuple[Page, ...]]:
    """A report of three pages with Roman and other printed labels, an outline, and tags with evidence."""
    pages = (
        Page(
            1,
            "Who pays for the job?\n\nRecruitment fees and debt bondage in Nepal.",
            label="i",
            language="en",
        ),
        Page(
            2,
            "A worker who pays for a job starts it in debt.\n\nThe debt is due first.",
            label="1",
            language="en",
        ),
        Page(3, "Insurance, visas and photographs are related costs.", label="2", language="en"),
    )
    evidence = (Evidence("title", "Nepal", 1), Evidence("text", "Nepal", 3, (1, 2)))
    document = Document(
        id="fees",
        title="Who pays for the job?",
        url="https://example.org/fees",
        publisher="Example Institute",
        authors=("Asha Rai", "Example Institute"),
        date="2024-03",
        language="en",
        types=(Tag("publication", Origin.SOURCE),),
        regions=(Tag("nepal", Origin.DETECTED, 0.9, evidence),),
        topics=(Tag("debt-bondage", Origin.LIBRARIAN), Tag("wages", Origin.DETECTED)),
        roles=(Tag("origin:nepal", Origin.DETECTED, 0.8, (Evidence("text", "leave Nepal", 2, (1,)),)),),
        page_count=3,
        path="reports/fees.pdf",
        media_type="application/pdf",
        outline=(Section("How a fee becomes a chain", 0, 2), Section("Costs", 1, 3)),
        basis=(
            Basis(Field.TITLE, Origin.DETECTED, 0.9, (Evidence("layout", "Who pays", 1, (1,)),)),
            Basis(Field.DATE, Origin.SOURCE),
            Basis(Field.LANGUAGE, Origin.LIBRARIAN),
        ),
    )
    return document, pages


def cocoa_page() -> tuple[Document, tuple[Page, ...]]:
    """A publication page, older and about another region."""
    document = Document(
        id="cocoa",
        title="Child labour on cocoa farms",
        url="https://example.org/cocoa",
        publisher="Other Institute",
        date="2019",
        language="en",
        types=(Tag("guidance", Origin.SOURCE),),
        regions=(Tag("ghana", Origin.SOURCE),),
        page_count=1,
        path="pages/cocoa.html",
        media_type="text/html",
    )
    return document, (Page(1, "Children carry heavy loads; a debt is often the reason.", language="en"),)


def listed_guide() -> tuple[Document, tuple[Page, ...]]:
    """A document known from a card on the list only; the card's sentence is its one page."""
    document = Document(
        id="guide",
        title="A guide for inspectors",
        url="https://example.org/guide",
        abstract="Inspectors meet debt bondage seldom.",
        page_count=1,
        is_stub=True,
        path="pages/list.html",
        media_type="text/html",
    )
    return document, (Page(1, "Inspectors meet debt bondage seldom.", language="en"),)


def hostile_page() -> tuple[Document, tuple[Page, ...]]:
    """A document whose every word is an attack."""
    script = "<script>alert(1)</script>"
    document = Document(
        id="evil",
        title=f"{script}\u202egnp.exe",
        url="javascript:alert(1)",
        file_url="data:text/html,<script>alert(1)</script>",
        publisher=f'"><img src=x onerror=alert(1)>{script}',
        authors=(script,),
        date="2020",
        language="en",
        regions=(Tag("nepal", Origin.DETECTED, 1.0, (Evidence("text", script, 2, (1,)),)),),
        page_count=1,
        path="pages/evil.html",
        media_type="text/html",
        outline=(Section(script, 0, 1),),
        abstract=script,
    )
    return document, (Page(1, f"zebra {script} zebra \u2066& <b>", label="<i>", language="en"),)
