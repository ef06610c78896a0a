"""The facet values that a request selects, in the vocabulary's own words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tipsearch import query
from tipsearch.engines.base import Filter, YearRange
from tipsearch.errors import BadRequest
from tipsearch.publishers import identify
from tipsearch.query.years import UNDATED, is_undated, year_value
from tipsearch.search.facets import facet_of_topic, facets_of
from tipsearch.search.request import SELECTED_IN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tipsearch.search.request import SearchRequest
    from tipsearch.vocabulary import Vocabularies

#: Ends of an open range when several ranges are given: no report is older, none is from so far ahead.
_FIRST_YEAR, _LAST_YEAR = 1500, 2200


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected.

    Attributes:
        chosen: facet name to its filter and the values ticked in it; of years the single ones.
        typed: filters that the query's own text holds. They belong to the query and hold for all counts.
        notices: what could not be understood in the query's own filters.
    """

    chosen: Mapping[str, tuple[Filter | YearRange, tuple[str, ...]]] = field(default_factory=dict)
    typed: tuple[Filter | YearRange, ...] = ()
    notices: tuple[str, ...] = ()

    def filters(self, *, without: str | None = None) -> list[Filter | YearRange]:
        """All filters, or all but what is ticked in one facet."""
        return [*self.typed, *(one for facet, (one, _) in self.chosen.items() if facet != without)]

    def values(self, facet: str) -> tuple[str, ...]:
        """The values ticked in a facet."""
        return self.chosen[facet][1] if facet in self.chosen else ()


def canonical(request: SearchRequest, vocabularies: Vocabularies) -> SearchRequest:
    """The request with facet values in the vocabulary's own words, so that ``HK`` and ``hong-kong`` are one search.

    Raises:
        BadRequest: a value is unknown.
    """
    known = {
        SELECTED_IN[facet]: tuple(
            dict.fromkeys(one for value in values for one in known_values(facet, value, vocabularies))
        )
        for facet, values in request.selections.items()
        if values
    }
    return replace(request, **known)  # type: ignore[arg-type]  # all of these are tuples of values


def read_selection(
    request: SearchRequest, typed: Sequence[tuple[str, str]], vocabularies: Vocabularies
) -> Selection:
    """Turn a canonical request's selections, and filters typed in the query (``region:africa``), into filters.

    A typed value that can't be understood gives a notice; a query is never an error.
    """
    facets = facets_of(vocabularies)
    chosen: dict[str, tuple[Filter | YearRange, tuple[str, ...]]] = {
        facet: (facets[facet].filter(values), values)
        for facet, values in request.selections.items()
        if values
    }
    ranges = request.selected_years
    if ranges or request.undated:
        single = [year_value(one.first) for one in ranges if one.first is not None and one.first == one.last]
        ticked = (*dict.fromkeys(single), *([UNDATED] if request.undated else []))
        chosen["year"] = _in_years(ranges, undated=request.undated), ticked
    filters, notices = _typed_filters(typed, vocabularies)
    return Selection(chosen, tuple(filters), tuple(notices))


def _typed_filters(
    typed: Sequence[tuple[str, str]], vocabularies: Vocabularies
) -> tuple[list[Filter | YearRange], list[str]]:
    """One filter for each facet typed, as several values of one are alternatives, and what was left out."""
    values: dict[str, dict[str, None]] = {}
    years: list[str] = []
    notices = []
    for facet, text in typed:
        try:
            if facet == "year":
                read_years([text])
                years.append(text)
            else:
                known = known_values(facet, text, vocabularies)
                values.setdefault(facet, {}).update(dict.fromkeys(known))
        except BadRequest as error:
            notices.append(f"{facet}:{text} was left out: {error}")
    facets = facets_of(vocabularies)
    filters: list[Filter | YearRange] = [facets[facet].filter(named) for facet, named in values.items()]
    if years:
        ranges, undated = read_years(years)
        filters.append(_in_years(ranges, undated=undated))
    return filters, notices


def _in_years(ranges: Sequence[YearRange], *, undated: bool) -> Filter | YearRange:
    """One filter for several ranges of years, and for undated documents if those are wanted."""
    if len(ranges) == 1 and not undated:
        return ranges[0]
    years = {year for one in ranges for year in range(one.first or _FIRST_YEAR, (one.last or _LAST_YEAR) + 1)}
    return Filter("year", (*map(year_value, sorted(years)), *([UNDATED] if undated else [])))


def known_values(facet: str, text: str, vocabularies: Vocabularies) -> tuple[str, ...]:
    """The facet's values that are meant: a slug, code or name, or the name of a group (``MENA``).

    A publisher's name is any of those that it has, if it is listed.

    Raises:
        BadRequest: nothing is called so, or what is belongs to another facet.
    """
    here = facets_of(vocabularies)[facet]
    tree = here.vocabulary
    if tree is None:
        found = identify(text) if facet == "publisher" else None
        return (found.name if found and found.listed else text,)
    values = tree.resolve_all(text, fuzzy=False)
    if not values:
        near = [tree.label(one) for one in tree.resolve_all(text)]
        hint = f"did you mean {' or '.join(near)}?" if near else "the facet list shows the values in use"
        raise BadRequest(facet, f"there is no {here.kind} called {text!r}; {hint}")
    for value in values:
        if not here.holds(value):
            other = facet_of_topic(vocabularies, value)
            raise BadRequest(facet, f"{tree.label(value)!r} is no {facet}; choose it as {other}: {value}")
    return values


def read_years(texts: Iterable[str]) -> tuple[tuple[YearRange, ...], bool]:
    """Ranges of years, and whether undated documents are meant too.

    Args:
        texts: each ``2015..2020``, ``2015..``, ``..2020``, ``>=2018``, ``2019`` or ``unknown``.

    Raises:
        BadRequest: one is none of these.
    """
    ranges: dict[YearRange, None] = {}
    undated = False
    for text in texts:
        if is_undated(text):
            undated = True
        else:
            ranges[_range(text)] = None
    return tuple(ranges), undated


def _range(text: str) -> YearRange:
    years = query.parse_years(text)
    if years is None:
        raise BadRequest(
            "year", f"years are written 2015..2020, >=2018, 2019 or {UNDATED}, not {text[:40]!r}"
        )
    first, last = years
    if first is not None and last is not None and first > last:
        raise BadRequest(
            "year", f"years run from the earlier to the later one: {last}..{first}, not {text!r}"
        )
    return YearRange(first, last)
