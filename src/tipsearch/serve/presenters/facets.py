"""Facets as a filter form and as chips: every value with its label, count, and the link that switches it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from tipsearch.cite.plain import one_line
from tipsearch.engines.base import YearRange
from tipsearch.query.years import UNDATED, format_years
from tipsearch.search.facets import TOPIC_FACETS, without_parts
from tipsearch.search.request import SELECTED_IN
from tipsearch.serve.params import FACET_PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tipsearch.search.answer import FacetValue
    from tipsearch.search.request import SearchRequest
    from tipsearch.serve.links import PathLinks
    from tipsearch.serve.presenters.names import Names

#: Facet name to its heading, in the order of the screen.
TITLES = {
    "region": "Region",
    "origin": "Country of origin",
    "transit": "Country of transit",
    "destination": "Country of destination",
    "form": "Form of exploitation",
    "context": "Context and people",
    "response": "Response",
    "sector": "Sector",
    "topic": "Other topics",
    "type": "Type of document",
    "language": "Language",
    "publisher": "Publisher",
}
#: Headings of chips, where they are shorter.
_ON_CHIPS = {
    "origin": "Origin",
    "transit": "Transit",
    "destination": "Destination",
    "form": "Form",
    "context": "Context",
    "topic": "Topic",
    "type": "Type",
}
#: Facets that stand open from the start; of the others their headings are enough.
_OPEN = frozenset(("region", "form", "sector", "type"))
#: Values of a facet, or of a branch of its tree, that are shown at once; the others are one click away.
SHOWN = 8


@dataclass(frozen=True, slots=True)
class FacetItem:
    """One value; `is_open` says that something below it is selected.

    `address` makes its `url`: a page of results has hundreds of values, and shows boxes for most of them.
    """

    value: str
    label: str
    count: int
    selected: bool
    address: Callable[[], str] = field(repr=False, compare=False)
    is_open: bool
    children: tuple[FacetItem, ...] = ()

    @property
    def url(self) -> str:
        """The search with this value switched; of a year, the search in that year only."""
        return self.address()


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One facet: its name, form parameter, heading, and values: those `shown` at once, and the `rest`."""

    name: str
    parameter: str
    title: str
    shown: tuple[FacetItem, ...]
    rest: tuple[FacetItem, ...]
    is_open: bool

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
    facets: Mapping[str, Sequence[FacetValue]], request: SearchRequest, names: Names, links: PathLinks
) -> tuple[FacetGroup, ...]:
    """The facets that have anything to choose, in the order of `TITLES`; a topic stands in its part of the thesaurus."""
    parted = {**facets, "topic": without_parts(facets.get("topic", ()), names.facet_of)}
    groups = {
        name: _group(name, items, title)
        for name, title in TITLES.items()
        if (items := _items(name, parted.get(name, ()), request, links))
    }
    if "topic" in groups and not groups.keys() & set(TOPIC_FACETS):
        groups["topic"] = replace(groups["topic"], title="Topic", is_open=True)
    return tuple(groups.values())


def _group(name: str, items: tuple[FacetItem, ...], title: str) -> FacetGroup:
    chosen = sum(1 for item in items if item.selected or item.is_open)
    cut = max(SHOWN, chosen)
    is_open = name in _OPEN or chosen > 0
    return FacetGroup(name, FACET_PARAMETERS[name], title, items[:cut], items[cut:], is_open)


def year_items(
    values: Sequence[FacetValue], request: SearchRequest, links: PathLinks
) -> tuple[FacetItem, ...]:
    """The years that documents were published in, latest first, the undated at the end; each links to itself only."""
    return tuple(_year_item(value, request, links) for value in values)


def _year_item(value: FacetValue, request: SearchRequest, links: PathLinks) -> FacetItem:
    plain = replace(request, years=(), year_from=None, year_to=None, undated=False, page=1)
    if value.value == UNDATED:
        selected, narrowed = request.undated, replace(plain, undated=True)
    else:
        only = YearRange(int(value.value), int(value.value))
        selected, narrowed = only in request.years, replace(plain, years=(only,))
    return FacetItem(
        value=value.value,
        label=one_line(value.label),
        count=value.count,
        selected=selected,
        address=partial(links.search, narrowed),
        is_open=False,
    )


def kept(request: SearchRequest, years: Sequence[FacetItem], names: Names) -> tuple[tuple[str, str], ...]:
    """What is chosen and has no box: ranges of years, topics of a part of the thesaurus chosen as topics, switches.

    Each is a name and value, as the form must send them along.
    """
    topics = [("topic", one) for one in request.topics if names.facet_of(one) != "topic"]
    ranges = {format_years(one.first, one.last) for one in request.years} - {item.value for item in years}
    switches = [(name, "no") for name in ("expand", "spell") if not getattr(request, name)]
    return (*topics, *(("year", one) for one in sorted(ranges)), *switches)


def chips(request: SearchRequest, names: Names, links: PathLinks) -> tuple[Chip, ...]:
    """The filters in force, facet by facet, the years last."""
    return tuple(_chips(request, names, links))


def _chips(request: SearchRequest, names: Names, links: PathLinks) -> Iterator[Chip]:
    for facet, values in request.selections.items():
        for value in values:
            without = toggled(request, facet, value)
            title, text = _ON_CHIPS.get(facet, TITLES[facet]), one_line(names.label(facet, value))
            yield Chip(facet, title, text, without, links.search(without))
    for one in request.years:
        without = replace(request, years=tuple(other for other in request.years if other != one), page=1)
        yield Chip("year", "Published", _years(one.first, one.last), without, links.search(without))
    if request.year_from is not None or request.year_to is not None:
        without = replace(request, year_from=None, year_to=None, page=1)
        yield Chip(
            "year", "Published", _years(request.year_from, request.year_to), without, links.search(without)
        )

    if request.undated:
        without = replace(request, undated=False, page=1)
        yield Chip("year", "Published", "undated", without, links.search(without))


def without_filters(request: SearchRequest) -> SearchRequest:
    """The request with its words only."""
    cleared: dict[str, tuple[str, ...]] = dict.fromkeys(SELECTED_IN.values(), ())
    return replace(request, years=(), year_from=None, year_to=None, undated=False, page=1, **cleared)  # type: ignore[arg-type]  # all are tuples


def toggled(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The request, from its first page, with a facet's value switched on if it was off, off if it was on."""
    selected = request.selections[facet]
    changed = tuple(v for v in selected if v != value) if value in selected else (*selected, value)
    return replace(request, page=1, **{SELECTED_IN[facet]: changed})  # type: ignore[arg-type]  # all of these are tuples


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
        address=partial(_switched, facet, value.value, request, links),
        is_open=any(child.selected or child.is_open for child in children),
        children=children,
    )


def _switched(facet: str, value: str, request: SearchRequest, links: PathLinks) -> str:
    return links.search(toggled(request, facet, value))


def _count_selected(item: FacetItem) -> int:
    return item.selected + sum(map(_count_selected, item.children))
