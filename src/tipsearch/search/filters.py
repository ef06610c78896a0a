"""The facet values that a request selects, in the vocabulary's own words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tipsearch import query
from tipsearch.engines.base import Filter, YearRange
from tipsearch.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tipsearch.search.request import SearchRequest
    from tipsearch.vocabulary import Vocabularies

#: Ends of an open range when several ranges are given: no report is older, none is from so far ahead.
_FIRST_YEAR, _LAST_YEAR = 1500, 2200


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected, by facet.

    Attributes:
        chosen: facet name to filters; several filters of one facet (typed and ticked) all apply.
        notices: what could not be understood in the query's own filters.
        years: the single years among the ranges selected.
    """

    chosen: Mapping[str, tuple[Filter | YearRange, ...]] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    years: tuple[str, ...] = ()

    def filters(self, *, without: str | None = None) -> list[Filter | YearRange]:
        """All filters, or all but one facet's."""
        return [one for facet, some in self.chosen.items() if facet != without for one in some]

    def values(self, facet: str) -> tuple[str, ...]:
        """The selected values of a facet; of years the single ones."""
        if facet == "year":
            return self.years
        found = (one.values for one in self.chosen.get(facet, ()) if isinstance(one, Filter))
        return tuple(dict.fromkeys(value for values in found for value in values))


def canonical(request: SearchRequest, vocabularies: Vocabularies) -> SearchRequest:
    """The request with facet values in the vocabulary's own words, so that ``HK`` and ``hong-kong`` are one search.

    Raises:
        BadRequest: a value is unknown.
    """

    def known(facet: str, values: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(known_value(facet, value, vocabularies) for value in values))

    return replace(
        request,
        regions=known("region", request.regions),
        topics=known("topic", request.topics),
        types=known("type", request.types),
        languages=known("language", request.languages),
    )


def read_selection(
    request: SearchRequest, typed: Sequence[tuple[str, str]], vocabularies: Vocabularies
) -> Selection:
    """Turn a canonical request's selections, and filters typed in the query (``region:africa``), into filters.

    A typed value that can't be understood gives a notice; a query is never an error.
    """
    chosen: dict[str, list[Filter | YearRange]] = {}
    notices: list[str] = []
    for facet, values in request.selections.items():
        if values:
            chosen[facet] = [Filter(facet, values)]
    if request.year_from is not None or request.year_to is not None:
        chosen["year"] = [YearRange(request.year_from, request.year_to)]
    if request.years:
        chosen.setdefault("year", []).append(_either(request.years))
    together: dict[str, list[str]] = {}
    for facet, text in typed:
        try:
            if facet == "year":
                years = read_years(text)
                chosen.setdefault("year", []).append(years)
            else:
                value = known_value(facet, text, vocabularies)
                together.setdefault(facet, []).append(value)
        except BadRequest as error:
            notices.append(f"{facet}:{text} was left out: {error}")
    for facet, named in together.items():
        chosen.setdefault(facet, []).append(Filter(facet, tuple(dict.fromkeys(named))))
    ranges = [YearRange(request.year_from, request.year_to), *request.years]
    single = dict.fromkeys(
        str(one.first) for one in ranges if one.first is not None and one.first == one.last
    )
    return Selection(
        {facet: tuple(filters) for facet, filters in chosen.items()}, tuple(notices), tuple(single)
    )


def _either(ranges: Sequence[YearRange]) -> Filter | YearRange:
    """One filter for several ranges of years."""
    if len(ranges) == 1:
        return ranges[0]
    years = {year for one in ranges for year in range(one.first or _FIRST_YEAR, (one.last or _LAST_YEAR) + 1)}
    return Filter("year", tuple(str(year) for year in sorted(years)))


def known_value(facet: str, text: str, vocabularies: Vocabularies) -> str:
    """The facet's value that is meant: a slug, code or name; publishers are taken as they are.

    Raises:
        BadRequest: nothing is called so.
    """
    tree = vocabularies.get(facet)
    if tree is None:
        return text
    value = tree.resolve(text)
    if value is None:
        near = [tree.label(one) for one in tree.resolve_all(text)]
        hint = f"did you mean {' or '.join(near)}?" if near else "the facet list shows the values in use"
        raise BadRequest(facet, f"there is no {facet} called {text!r}; {hint}")
    return value


def read_years(text: str) -> YearRange:
    """``2015..2020``, ``2015..``, ``..2020``, ``>=2018``, ``2019`` as a range of years.

    Raises:
        BadRequest: it is none of these.
    """
    years = query.parse_years(text)
    if years is None:
        raise BadRequest("year", f"years are written 2015..2020, >=2018 or 2019, not {text!r}")
    first, last = years
    if first is not None and last is not None and first > last:
        raise BadRequest(
            "year", f"years run from the earlier to the later one: {last}..{first}, not {text!r}"
        )
    return YearRange(first, last)
