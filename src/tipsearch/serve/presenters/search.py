"""The result page: the list, what was understood, filters, ways to turn the page, and ways out of an empty list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tipsearch.engines.base import Sort
from tipsearch.query.years import UNDATED
from tipsearch.search.paging import reachable_pages
from tipsearch.serve.presenters.charts import YearChart, year_chart
from tipsearch.serve.presenters.facets import (
    SHOWN,
    Chip,
    FacetGroup,
    FacetItem,
    chips,
    filter_groups,
    kept,
    without_filters,
    year_items,
)
from tipsearch.serve.presenters.reading import ReadingView, reading_view
from tipsearch.serve.presenters.results import ResultView, result_view
from tipsearch.serve.presenters.text import quotable
from tipsearch.serve.presenters.wordings import WordingsView, wordings_view
from tipsearch.serve.tongue import gettext, later, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipsearch.search.answer import SearchAnswer, Understood
    from tipsearch.search.request import SearchRequest
    from tipsearch.serve.links import PathLinks
    from tipsearch.serve.presenters.names import Names

#: Sizes to choose from; others can be asked for in the address.
SIZES = (10, 25, 50, 100)
#: Page numbers shown to each side of the present one.
_NEIGHBOURS = 2
_RELEVANCE, _NEWEST = later("Relevance"), later("Newest first")


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a select."""

    value: str
    label: str
    selected: bool


@dataclass(frozen=True, slots=True)
class PageLink:
    """A numbered result page; a `number` of None is a gap between numbers."""

    number: int | None
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class WayOut:
    """Something to try when nothing was found, with the number of documents that it finds."""

    text: str
    url: str
    total: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """All that the result page shows.

    `kept` is what is chosen and has no box, so that the form must send it along; `years_url` the page with all years,
    empty where `years` are all.
    """

    request: SearchRequest
    query: Understood
    reading: ReadingView
    total: int
    heading: str
    position: str
    results: tuple[ResultView, ...]
    groups: tuple[FacetGroup, ...]
    years: tuple[FacetItem, ...]
    years_url: str
    undated: tuple[FacetItem, ...]
    year_chart: YearChart | None
    map_url: str
    kept: tuple[tuple[str, str], ...]
    chips: tuple[Chip, ...]
    clear_url: str
    wordings: WordingsView
    sorts: tuple[Option, ...]
    sizes: tuple[Option, ...]
    pages: tuple[PageLink, ...]
    previous_url: str | None
    next_url: str | None
    canonical_url: str
    ways_out: tuple[WayOut, ...] = ()


def search_page(
    answer: SearchAnswer, names: Names, links: PathLinks, ways_out: tuple[WayOut, ...] = ()
) -> SearchPage:
    """The page that shows this answer. `ways_out`, from `find_ways_out`, are for an answer without documents."""
    request, text = answer.request, answer.query.searched
    shown = links.led_by(replace(request, text=text))
    last = reachable_pages(answer)
    years = year_items(answer.facets.get("year", ()), request)
    dated = tuple(sorted((one for one in years if one.value != UNDATED), key=lambda one: not one.selected))
    shown_years = max(SHOWN, sum(one.selected for one in dated))
    return SearchPage(
        request=request,
        query=answer.query,
        reading=reading_view(answer.query, request, links),
        total=answer.total,
        heading=heading(answer),
        position=_position(answer),
        results=tuple(result_view(result, text, names, shown) for result in answer.results),
        groups=filter_groups(answer.facets, request, names, links),
        years=dated[:shown_years],
        years_url=links.facet("year", request) if dated[shown_years:] else "",
        undated=tuple(item for item in years if item.value == UNDATED),
        year_chart=year_chart(answer.facets.get("year", ()), request, links),
        map_url=links.map(request),
        kept=kept(request, years, names),
        chips=chips(request, names, links),
        clear_url=links.search(without_filters(request)),
        wordings=wordings_view(answer, links),
        sorts=_sorts(request),
        sizes=_sizes(request),
        pages=tuple(_page_links(request, last, links)),
        previous_url=_turned(request, request.page - 1, last, links),
        next_url=_turned(request, request.page + 1, last, links),
        canonical_url=links.search(request),
        ways_out=ways_out,
    )


def heading(answer: SearchAnswer) -> str:
    """How many documents were found for what."""
    text = quotable(answer.query.searched)
    if not text:
        return ngettext("%(count)s document", "%(count)s documents", answer.total)
    return ngettext(
        "%(count)s document for “%(words)s”", "%(count)s documents for “%(words)s”", answer.total, words=text
    )


def _position(answer: SearchAnswer) -> str:
    if not answer.total:
        return gettext("No documents found")
    if not answer.results:
        return gettext("Nothing on this page")
    first = (answer.request.page - 1) * answer.request.size + 1
    last = first + len(answer.results) - 1
    return gettext(
        "%(first)s to %(last)s of %(total)s",
        first=number(first),
        last=number(last),
        total=number(answer.total),
    )


def _sorts(request: SearchRequest) -> tuple[Option, ...]:
    """Without words there is no relevance: the default order is then the newest first, and says so."""
    labels = {
        Sort.RELEVANCE: _RELEVANCE if request.text else _NEWEST,
        Sort.NEWEST: _NEWEST,
        Sort.OLDEST: later("Oldest first"),
        Sort.TITLE: later("Title"),
    }
    hidden = Sort.NEWEST if not request.text and request.sort is not Sort.NEWEST else None
    return tuple(
        Option(str(sort), gettext(label), sort is request.sort)
        for sort, label in labels.items()
        if sort is not hidden
    )


def _sizes(request: SearchRequest) -> tuple[Option, ...]:
    sizes = sorted({*SIZES, request.size})
    return tuple(
        Option(str(size), ngettext("%(count)s per page", "%(count)s per page", size), size == request.size)
        for size in sizes
    )


def _turned(request: SearchRequest, page: int, last: int, links: PathLinks) -> str | None:
    return links.search(replace(request, page=page)) if 1 <= page <= last else None


def _page_links(request: SearchRequest, last: int, links: PathLinks) -> Iterator[PageLink]:
    """First, last and neighbouring pages with gaps between; nothing where there is one page only."""
    if last == 1:
        return
    near = range(request.page - _NEIGHBOURS, request.page + _NEIGHBOURS + 1)
    shown = sorted({1, last, *(page for page in near if 1 <= page <= last)})
    before = 0
    for page in shown:
        if page > before + 1:
            yield PageLink(None)
        yield PageLink(page, links.search(replace(request, page=page)), page == request.page)
        before = page
