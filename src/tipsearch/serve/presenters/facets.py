"""Facets as a filter form and as chips: every value with its label, count, and the link that switches it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from tipsearch.cite.plain import one_line
from tipsearch.engines.base import YearRange
from tipsearch.query.years import UNDATED, format_years
from tipsearch.search.facets import TOPIC_FACETS, flat, without_parts
from tipsearch.search.request import SELECTED_IN, SearchRequest
from tipsearch.serve.declared import FACET_PARAMETERS
from tipsearch.serve.tongue import gettext, later

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tipsearch.search.shapes import FacetValue
    from tipsearch.serve.links import PathLinks
    from tipsearch.serve.presenters.names import Names

#: Facet name to its heading, in the order of the screen.
TITLES = {
    "region": later("Region"),
    "origin": later("Country of origin"),
    "transit": later("Country of transit"),
    "destination": later("Country of destination"),
    "form": later("Form of exploitation"),
    "context": later("Context and people"),
    "response": later("Response"),
    "sector": later("Sector"),
    "topic": later("Other topics"),
    "type": later("Type of document"),
    "language": later("Language"),
    "publisher": later("Publisher"),
}
#: Headings of chips, where they are shorter.
_ON_CHIPS = {
    "origin": later("Origin"),
    "transit": later("Transit"),
    "destination": later("Destination"),
    "form": later("Form"),
    "context": later("Context"),
    "topic": later("Topic"),
    "type": later("Type"),
}
#: The heading of topics where the thesaurus has no parts.
_UNDIVIDED = later("Topic")
_PUBLISHED, _YEAR = later("Published"), later("Year of publication")
#: Facets that stand open from the start; of the others their headings are enough.
_OPEN = frozenset(("region", "form", "sector", "type"))
#: Values at the top of a facet that a page of results shows; all of them have a page of their own.
SHOWN = 8
#: Values of a tree that it holds at most, at any depth, and of one that stands closed.
_MOST, _MOST_CLOSED = 40, 16
#: Levels of a tree on the start page.
_BROWSED = 2
_ALL = SearchRequest()


#: A label as it is shown; there are hundreds in a page, and the same ones in the next.
_shown = lru_cache(maxsize=8_192)(one_line)


@dataclass(frozen=True, slots=True)
class FacetItem:
    """One value: `is_open` says that something below it is selected; `url`, where it is a link, is the search with it switched."""

    value: str
    label: str
    count: int
    selected: bool
    is_open: bool = False
    url: str = ""
    children: tuple[FacetItem, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One facet with its values, or the most frequent of them.

    Attributes:
        name: the facet.
        parameter: of the form.
        title: its heading.
        items: the values to choose from.
        total: number of all its values, at any depth.
        chosen: number of those that are selected.
        is_open: it stands open from the start.
        all_url: the page with all values; empty where these are all.
    """

    name: str
    parameter: str
    title: str
    items: tuple[FacetItem, ...]
    total: int
    chosen: int
    is_open: bool
    all_url: str = ""


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
    """The facets that have anything to choose, in the order of `TITLES`, with all values as links.

    A topic stands in its part of the thesaurus.
    """
    return tuple(
        replace(group, items=_linked(group, group.items, request, links))
        for group in map(_group, _offers(facets, names))
    )


def filter_groups(
    facets: Mapping[str, Sequence[FacetValue]], request: SearchRequest, names: Names, links: PathLinks
) -> tuple[FacetGroup, ...]:
    """The same to be ticked beside the results: what is chosen and the most frequent values of each.

    A page costs the same however many publishers a library has.
    """
    return tuple(_cut(offer, request, links) for offer in _offers(facets, names))


def browse_groups(
    facets: Mapping[str, Sequence[FacetValue]], names: Names, links: PathLinks
) -> tuple[FacetGroup, ...]:
    """The two upper levels of the same as links to all documents of a value."""
    return tuple(
        replace(cut, items=_browsed(cut.parameter, cut.items, links, _BROWSED))
        for cut in filter_groups(facets, _ALL, names, links)
    )


def facet_group(
    name: str, facets: Mapping[str, Sequence[FacetValue]], request: SearchRequest, names: Names
) -> FacetGroup:
    """One facet with all its values; without any if there is nothing to choose in it."""
    if name == "year":
        items = year_items(facets.get(name, ()), request)
        chosen = sum(item.selected for item in items)
        return FacetGroup(name, name, gettext(_YEAR), items, len(items), chosen, is_open=True)
    known = next((one for one in _offers(facets, names) if one.name == name), None)
    return _group(known or _Offer(name, gettext(TITLES[name]), (), is_open=True))


@dataclass(frozen=True, slots=True)
class _Offer:
    """What can be chosen in a facet, before it is known how much of that is shown.

    Attributes:
        name: the facet.
        title: its heading.
        values: at the top.
        is_open: it stands open from the start.
        counts: documents of each value, at any depth.
        chosen: number of values that are selected.
        opened: values with a selected one below them.
    """

    name: str
    title: str
    values: Sequence[FacetValue]
    is_open: bool
    counts: Sequence[int] = ()
    chosen: int = 0
    opened: frozenset[str] = frozenset()

    def in_order(self, values: Iterable[FacetValue], least: int = 0) -> list[FacetValue]:
        """What is chosen or has something chosen below it, then what has more documents than `least`, by their number."""
        kept = [one for one in values if one.count > least or one.selected or one.value in self.opened]
        # Equals stay in the order of their labels, in which they come.
        kept.sort(key=lambda one: (not (one.selected or one.value in self.opened), -one.count))
        return kept


def _offers(facets: Mapping[str, Sequence[FacetValue]], names: Names) -> Iterator[_Offer]:
    parted = {**facets, "topic": without_parts(facets.get("topic", ()), names.facet_of)}
    undivided = not any(parted.get(name) for name in TOPIC_FACETS)
    for name, title in TITLES.items():
        values = parted.get(name, ())
        every = flat(values)
        chosen = sum(one.selected for one in every)
        opened: set[str] = set()
        if chosen:
            _open(values, opened)
        # What has no document isn't offered, unless selected.
        counts = [one.count for one in every if one.count or one.selected or one.value in opened]
        if counts:
            alone = name == "topic" and undivided
            heading = gettext(_UNDIVIDED if alone else title)
            is_open = alone or name in _OPEN or chosen > 0
            yield _Offer(name, heading, values, is_open, counts, chosen, frozenset(opened))


def _open(values: Iterable[FacetValue], opened: set[str]) -> bool:
    """Note the values that have a selected one below them; says whether any of these is selected or has."""
    found = False
    for one in values:
        below = _open(one.children, opened)
        if below:
            opened.add(one.value)
        found = found or below or one.selected
    return found


def _group(offer: _Offer) -> FacetGroup:
    """All that can be chosen."""
    return _shown_as(offer, _items(offer, offer.in_order(offer.values)))


def _cut(offer: _Offer, request: SearchRequest, links: PathLinks) -> FacetGroup:
    """What is chosen, and of the others the most frequent.

    Nothing is more frequent than what it stands below, so that no value is left without its place in the tree.
    """
    most = _MOST if offer.is_open else _MOST_CLOSED
    values = offer.in_order(offer.values)
    top = max(SHOWN, sum(one.selected or one.value in offer.opened for one in values))
    least = sorted(offer.counts, reverse=True)[most] if len(offer.counts) > most else 0
    if not least and len(values) <= top:
        return _group(offer)
    items = _items(offer, values[:top], least)
    is_cut = len(flat(items)) < len(offer.counts)
    return _shown_as(offer, items, links.facet(offer.name, request) if is_cut else "")


def _shown_as(offer: _Offer, items: tuple[FacetItem, ...], all_url: str = "") -> FacetGroup:
    parameter = FACET_PARAMETERS.get(offer.name, offer.name)
    total = len(offer.counts)
    return FacetGroup(offer.name, parameter, offer.title, items, total, offer.chosen, offer.is_open, all_url)


def _items(offer: _Offer, values: Iterable[FacetValue], least: int = 0) -> tuple[FacetItem, ...]:
    """The values as they are shown, with those below them that are chosen or have more documents than `least`."""
    return tuple(
        FacetItem(
            value=one.value,
            label=_shown(one.label),
            count=one.count,
            selected=one.selected,
            is_open=one.value in offer.opened,
            children=_items(offer, offer.in_order(one.children, least), least) if one.children else (),
        )
        for one in values
    )


def _browsed(
    parameter: str, items: Iterable[FacetItem], links: PathLinks, levels: int
) -> tuple[FacetItem, ...]:
    if not levels:
        return ()
    return tuple(
        replace(
            item,
            url=links.chosen(parameter, item.value),
            children=_browsed(parameter, item.children, links, levels - 1),
        )
        for item in items
    )


def _linked(
    group: FacetGroup, items: Iterable[FacetItem], request: SearchRequest, links: PathLinks
) -> tuple[FacetItem, ...]:
    return tuple(
        replace(
            item,
            url=links.search(toggled(request, group.name, item.value)),
            children=_linked(group, item.children, request, links),
        )
        for item in items
    )


def year_items(values: Sequence[FacetValue], request: SearchRequest) -> tuple[FacetItem, ...]:
    """The years that documents were published in, latest first, the undated at the end."""
    return tuple(_year_item(value, request) for value in values)


def year_links(values: Sequence[FacetValue], links: PathLinks) -> tuple[FacetItem, ...]:
    """The same years as links, each to all documents of it."""
    return tuple(replace(item, url=links.chosen("year", item.value)) for item in year_items(values, _ALL))


def _year_item(value: FacetValue, request: SearchRequest) -> FacetItem:
    if value.value == UNDATED:
        selected = request.undated
    else:
        selected = YearRange(int(value.value), int(value.value)) in request.years
    return FacetItem(value.value, one_line(value.label), value.count, selected)


def kept(request: SearchRequest, years: Sequence[FacetItem], names: Names) -> tuple[tuple[str, str], ...]:
    """What is chosen and has no box: ranges of years, topics of a part of the thesaurus chosen as topics, no other names.

    Each is a name and value, as the form must send them along. That words aren't to be corrected is said of these words only.
    """
    topics = [("topic", one) for one in request.topics if names.facet_of(one) != "topic"]
    ranges = {format_years(one.first, one.last) for one in request.years} - {item.value for item in years}
    switches = [] if request.expand else [("expand", "no")]
    return (*topics, *(("year", one) for one in sorted(ranges)), *switches)


def chips(request: SearchRequest, names: Names, links: PathLinks) -> tuple[Chip, ...]:
    """The filters in force, facet by facet, the years last."""
    return tuple(_chips(request, names, links))


def _chips(request: SearchRequest, names: Names, links: PathLinks) -> Iterator[Chip]:
    for facet, values in request.selections.items():
        for value in values:
            without = toggled(request, facet, value)
            title = gettext(_ON_CHIPS.get(facet, TITLES[facet]))
            text = one_line(names.label(facet, value))
            yield Chip(facet, title, text, without, links.search(without))
    for one in request.years:
        without = replace(request, years=tuple(other for other in request.years if other != one), page=1)
        yield Chip("year", gettext(_PUBLISHED), _years(one.first, one.last), without, links.search(without))
    if request.year_from is not None or request.year_to is not None:
        without = replace(request, year_from=None, year_to=None, page=1)
        told = _years(request.year_from, request.year_to)
        yield Chip("year", gettext(_PUBLISHED), told, without, links.search(without))
    if request.undated:
        without = replace(request, undated=False, page=1)
        yield Chip("year", gettext(_PUBLISHED), gettext("undated"), without, links.search(without))


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
        return gettext("%(year)s or later", year=first)
    if first is None:
        return gettext("%(year)s or earlier", year=last)
    return gettext("%(first)s to %(last)s", first=first, last=last)
