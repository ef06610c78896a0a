"""Facets as a filter form and as chips: every value with its label, count, and the link that switches it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tipsearch.cite.plain import one_line
from tipsearch.engines.base import YearRange
from tipsearch.query.years import format_years
from tipsearch.serve.params import FACET_PARAMETERS, REPEATABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tipsearch.search.answer import FacetValue
    from tipsearch.search.request import SearchRequest
    from tipsearch.serve.links import PathLinks

    Label = Callable[[str, str], str]

#: Facet name to its heading, in the order of the screen.
TITLES = {
    "region": "Region",
    "topic": "Topic",
    "type": "Type of document",
    "language": "Language",
    "publisher": "Publisher",
}
#: Values of a facet, or of a branch of its tree, that are shown at once; the others are one click away.
SHOWN = 8


@dataclass(frozen=True, slots=True)
class FacetItem:
    """One value: `url` is the search with it switched; `is_open` says that something below it is selected."""

    value: str
    label: str
    count: int
    selected: bool
    url: str
    is_open: bool
    children: tuple[FacetItem, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One facet: its name, form parameter, heading, and values: those `shown` at once, and the `rest`."""

    name: str
    parameter: str
    title: str
    shown: tuple[FacetItem, ...]
    rest: tuple[FacetItem, ...]

    @property
    def selected_count(self) -> int:
        """Number of selected values, at any depth."""
        return sum(map(_count_selected, (*self.shown, *self.rest)))


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is in force; `without` is the request that lacks it, `url` its page."""

    facet: str
    title: str
    label: str
    without: SearchRequest
    url: str


def facet_groups(
    facets: Mapping[str, Sequence[FacetValue]], request: SearchRequest, links: PathLinks
) -> tuple[FacetGroup, ...]:
    """The facets that have anything to choose, in the order of `TITLES`."""
    groups = []
    for name, title in TITLES.items():
        items = _items(name, facets.get(name, ()), request, links)
        if items:
            parameter = FACET_PARAMETERS[name]
            chosen = sum(1 for item in items if item.selected or item.is_open)
            cut = max(SHOWN, chosen)
            groups.append(FacetGroup(name, parameter, title, items[:cut], items[cut:]))
    return tuple(groups)


def year_items(
    values: Sequence[FacetValue], request: SearchRequest, links: PathLinks
) -> tuple[FacetItem, ...]:
    """The years that documents were published in, latest first; each links to the search within that year only."""
    years = sorted(
        (value for value in values if value.value.isdecimal()), key=lambda value: -int(value.value)
    )
    return tuple(_year_item(value, request, links) for value in years)


def _year_item(value: FacetValue, request: SearchRequest, links: PathLinks) -> FacetItem:
    only = YearRange(int(value.value), int(value.value))
    narrowed = replace(request, years=(only,), page=1)
    return FacetItem(
        value=value.value,
        label=value.value,
        count=value.count,
        selected=only in request.years,
        url=links.search(narrowed),
        is_open=False,
    )


def year_ranges(request: SearchRequest, items: Sequence[FacetItem]) -> tuple[str, ...]:
    """The chosen ranges of years that none of the items stands for, as the form must send them along."""
    chosen = {format_years(one.first, one.last) for one in request.years}
    return tuple(sorted(chosen - {item.value for item in items}))


def chips(request: SearchRequest, label: Label, links: PathLinks) -> tuple[Chip, ...]:
    """The filters in force, facet by facet, the years last."""
    return tuple(_chips(request, label, links))


def _chips(request: SearchRequest, label: Label, links: PathLinks) -> Iterator[Chip]:
    for facet, values in request.selections.items():
        for value in values:
            without = toggled(request, facet, value)
            text = one_line(label(facet, value))
            yield Chip(facet, TITLES[facet].partition(" ")[0], text, without, links.search(without))
    for one in request.years:
        without = replace(request, years=tuple(other for other in request.years if other != one), page=1)
        yield Chip("year", "Published", _years(one.first, one.last), without, links.search(without))
    if request.year_from is not None or request.year_to is not None:
        without = replace(request, year_from=None, year_to=None, page=1)
        yield Chip(
            "year", "Published", _years(request.year_from, request.year_to), without, links.search(without)
        )


def without_filters(request: SearchRequest) -> SearchRequest:
    """The request with its words only."""
    cleared: dict[str, tuple[str, ...]] = dict.fromkeys(REPEATABLE.values(), ())
    return replace(request, years=(), year_from=None, year_to=None, page=1, **cleared)  # type: ignore[arg-type]  # all are tuples


def toggled(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The request, from its first page, with a facet's value switched on if it was off, off if it was on."""
    selected = request.selections[facet]
    changed = tuple(v for v in selected if v != value) if value in selected else (*selected, value)
    attribute = REPEATABLE[FACET_PARAMETERS[facet]]
    return replace(request, page=1, **{attribute: changed})  # type: ignore[arg-type]  # all of these are tuples


def _years(first: int | None, last: int | None) -> str:
    if first == last:
        return str(first)
    if last is None:
        return f"{first} or later"
    return f"{last} or earlier" if first is None else f"{first} to {last}"


def _items(
    facet: str, values: Sequence[FacetValue], request: SearchRequest, links: PathLinks
) -> tuple[FacetItem, ...]:
    """The values, selected ones first, then the most frequent; what has no document isn't offered, unless selected."""
    items = [_item(facet, value, request, links) for value in values]
    offered = (item for item in items if item.count or item.selected or item.is_open)
    return tuple(
        sorted(offered, key=lambda item: (not (item.selected or item.is_open), -item.count, item.label))
    )


def _item(facet: str, value: FacetValue, request: SearchRequest, links: PathLinks) -> FacetItem:
    children = _items(facet, value.children, request, links)
    return FacetItem(
        value=value.value,
        label=one_line(value.label),
        count=value.count,
        selected=value.selected,
        url=links.search(toggled(request, facet, value.value)),
        is_open=any(child.selected or child.is_open for child in children),
        children=children,
    )


def _count_selected(item: FacetItem) -> int:
    return item.selected + sum(map(_count_selected, item.children))
