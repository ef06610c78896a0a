"""The facet values that a request selects, in the vocabulary's own words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tipsearch import query
from tipsearch.engines.base import Filter, YearRange
from tipsearch.errors import BadRequest
from tipsearch.publishers import identify
from tipsearch.query.wording import Notice
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
        labels: facet and text of each of these to what its value is called, in the reader's language where that is known.
        remarks: what could not be understood in the query's own filters.
    """

    chosen: Mapping[str, tuple[Filter | YearRange, tuple[str, ...]]] = field(default_factory=dict)
    typed: tuple[Filter | YearRange, ...] = ()
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    remarks: tuple[Notice, ...] = ()

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
    reader = _TypedReader(vocabularies, request.ui)
    for facet, text in typed:
        reader.read(facet, text)
    return Selection(chosen, reader.filters(), reader.labels, tuple(reader.remarks))


class _TypedReader:
    """Reads the filters that a query's text holds; those of one facet are alternatives, so they make one filter."""

    def __init__(self, vocabularies: Vocabularies, language: str) -> None:
        self._vocabularies = vocabularies
        self._language = language
        self._values: dict[str, dict[str, None]] = {}
        self._years: list[str] = []
        self.labels: dict[tuple[str, str], str] = {}
        self.remarks: list[Notice] = []

    def read(self, facet: str, text: str) -> None:
        """Take one in, or keep a remark why not."""
        found = _years(text) if facet == "year" else _look_up(facet, text, self._vocabularies)
        if isinstance(found, Notice):
            self.remarks.append(Notice.of("left_out", condition=f"{facet}:{text}", why=found))
        elif isinstance(found, YearRange):
            self._years.append(text)
            self.labels[facet, text] = text
        else:
            self._values.setdefault(facet, {}).update(dict.fromkeys(found))
            self.labels[facet, text] = self._label(facet, text, found)

    def filters(self) -> tuple[Filter | YearRange, ...]:
        """One filter for each facet."""
        facets = facets_of(self._vocabularies)
        filters: list[Filter | YearRange] = [facets[one].filter(named) for one, named in self._values.items()]
        if self._years:
            ranges, undated = read_years(self._years)
            filters.append(_in_years(ranges, undated=undated))
        return tuple(filters)

    def _label(self, facet: str, text: str, values: Sequence[str]) -> str:
        """What one value is called; a group of several is called as it was typed."""
        tree = facets_of(self._vocabularies)[facet].vocabulary
        return tree.label(values[0], self._language or "en") if tree and len(values) == 1 else text


def _in_years(ranges: Sequence[YearRange], *, undated: bool) -> Filter | YearRange:
    """One filter for several ranges of years, and for undated documents if those are wanted."""
    if len(ranges) == 1 and not undated:
        return ranges[0]
    years = sorted({year for one in _merged(ranges) for year in one})
    return Filter("year", (*map(year_value, years), *([UNDATED] if undated else [])))


def _merged(ranges: Sequence[YearRange]) -> list[range]:
    """The ranges of years within the known ones, those that overlap or touch as one."""
    merged: list[range] = []
    for first, end in sorted(_ends(one) for one in ranges):
        if merged and first <= merged[-1].stop:
            merged[-1] = range(merged[-1].start, max(merged[-1].stop, end))
        elif first < end:
            merged.append(range(first, end))
    return merged


def _ends(years: YearRange) -> tuple[int, int]:
    first = _FIRST_YEAR if years.first is None else max(years.first, _FIRST_YEAR)
    return first, 1 + (_LAST_YEAR if years.last is None else min(years.last, _LAST_YEAR))


def known_values(facet: str, text: str, vocabularies: Vocabularies) -> tuple[str, ...]:
    """The facet's values that are meant: a slug, code or name, or the name of a group (``MENA``).

    A publisher's name is any of those that it has, if it is listed.

    Raises:
        BadRequest: nothing is called so, or what is belongs to another facet.
    """
    found = _look_up(facet, text, vocabularies)
    if isinstance(found, Notice):
        raise BadRequest(facet, str(found), found)
    return found


def _look_up(facet: str, text: str, vocabularies: Vocabularies) -> tuple[str, ...] | Notice:
    """The values as of `known_values`, or why there are none."""
    here = facets_of(vocabularies)[facet]
    tree = here.vocabulary
    if tree is None:
        publisher = identify(text) if facet == "publisher" else None
        return (publisher.name if publisher and publisher.listed else text,)
    values = tree.resolve_all(text, fuzzy=False)
    if not values:
        near = tuple(tree.label(one) for one in tree.resolve_all(text))
        kind = Notice.of(f"facet_{here.kind}")
        if near:
            return Notice.of("near_value", facet=kind, value=text, near=near)
        return Notice.of("unknown_value", facet=kind, value=text)
    for value in values:
        if not here.holds(value):
            other = facet_of_topic(vocabularies, value)
            this = Notice.of(f"facet_{facet}")
            return Notice.of("other_facet", label=tree.label(value), facet=this, other=other, value=value)
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
    found = _years(text)
    if isinstance(found, Notice):
        raise BadRequest("year", str(found), found)
    return found


def _years(text: str) -> YearRange | Notice:
    """A range of years, all of them for what is no year but undated, or why it is none."""
    if is_undated(text):
        return YearRange()
    years = query.parse_years(text)
    if years is None:
        return Notice.of("years_form", value=text)
    first, last = years
    if first is not None and last is not None and first > last:
        return Notice.of("years_order", value=text, right=f"{last}..{first}")
    return YearRange(first, last)
