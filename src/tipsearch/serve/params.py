"""The query string of ``/search``, ``/api/v1/search`` and all that share it, from and to a `SearchRequest`.

The query string is the whole state of a search. Written by `pairs_of` it has one canonical form: parameters in the
order of `PARAMETERS`, values of a facet sorted, defaults left out.

A page of results repeats it in a hundred links, and each chosen value makes one more. So it has limits: what lies beyond
them is left out, and said to be.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote_plus, urlencode

from msgspec import UNSET

from tipsearch.engines.base import YearRange
from tipsearch.errors import BadRequest
from tipsearch.query.wording import Notice
from tipsearch.query.years import UNDATED, format_years, is_undated, parse_years
from tipsearch.search.request import SELECTED_IN, SearchRequest
from tipsearch.serve.declared import (
    FACET_PARAMETERS,
    MOST_TEXT,
    MOST_VALUES,
    Filters,
    PageSearch,
)
from tipsearch.serve.validation import Problem, converted, grouped, parameters, unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tipsearch.serve.validation import Parameter

D = TypeVar("D", bound=Filters)
#: Parameter to the request's attribute, for the facets whose values are words.
_WORDS = {FACET_PARAMETERS[facet]: attribute for facet, attribute in SELECTED_IN.items()}
#: A facet, too, but of ranges: ``2019``, ``2015..2020``, ``2015..``, or ``unknown``.
_YEAR = "year"
#: The others that are called otherwise in the request.
_RENAMED = {"q": "text", "from": "year_from", "to": "year_to", _YEAR: "years"}
#: All parameters of pages, in canonical order.
PARAMETERS = ("q", *(name for name in parameters(PageSearch) if name != "q"))
_ATTRIBUTES = {name: _WORDS.get(name) or _RENAMED.get(name, name) for name in PARAMETERS}
_SWITCHES = frozenset(
    name for name, one in parameters(PageSearch).items() if set(one.choices) == {"yes", "no"}
)
#: Bytes that the values chosen in all facets and years together take in an address, at most.
MOST_BYTES = 6_000
_DEFAULT = SearchRequest()
#: Each parameter in canonical order with its attribute, and the value that isn't written.
_IN_ORDER = tuple((name, _ATTRIBUTES[name], getattr(_DEFAULT, _ATTRIBUTES[name])) for name in PARAMETERS)


@dataclass(frozen=True, slots=True)
class Reading:
    """A query string as it was read.

    Attributes:
        request: made of all that could be read; what couldn't is at its default.
        unknown: parameters that there aren't.
        wrong: parameters with a value that can't be.
    """

    request: SearchRequest
    unknown: tuple[Problem, ...] = ()
    wrong: tuple[Problem, ...] = ()

    @property
    def excess(self) -> tuple[Problem, ...]:
        """What is wrong for no other reason than that there is too much of it."""
        return tuple(one for one in self.wrong if one.is_excess)


def read(pairs: Iterable[tuple[str, str]]) -> Reading:
    """Read what a page's address holds, decoded names and values in the order given; never raises."""
    return read_as_search(pairs, PageSearch)[0]


def read_as_search(
    pairs: Iterable[tuple[str, str]], declared: type[D], *, words: str = "q"
) -> tuple[Reading, D]:
    """Read decoded names and values, in the order given; never raises.

    Args:
        pairs: the names and values.
        declared: the type that declares the parameters.
        words: the parameter that holds what is searched for.

    Returns:
        the search, and all that was given as it is declared.
    """
    known, values = parameters(declared), grouped(pairs)
    if _YEAR in values:
        values[_YEAR] = [_plain_years(text) for text in values[_YEAR]]
    excess = _cut(values, known[words])
    told, wrong = converted(declared, values)
    arguments = _arguments(told, [known[name] for name in values if name in known], words, wrong)
    request = _request(arguments, wrong)
    return Reading(request, unknown(values.keys(), known), (*excess, *wrong)), told


def cut_text(text: str) -> str:
    """What is searched for, no longer than it may be."""
    return text.strip()[:MOST_TEXT].rstrip()


def _plain_years(text: str) -> str:
    """Years as links write them, whichever way they are written; what isn't years stays as it is."""
    if is_undated(text):
        return UNDATED
    years = parse_years(text)
    return format_years(*years) if years else text


def _cut(values: dict[str, list[str]], words: Parameter) -> list[Problem]:
    """Take out of the values what is more than there may be; tells what that was."""
    excess = []
    longest = max(values.get(words.name, ()), key=len, default="")
    if len(longest) > MOST_TEXT:
        values[words.name] = list(map(cut_text, values[words.name]))
        excess.append(words.problem(longest))
    number = size = 0
    for name in [one for one in values if one in _WORDS or one == _YEAR]:
        given = list(dict.fromkeys(filter(None, values[name])))
        values[name] = kept = []
        for value in given:
            number, size = number + 1, size + len(quote_plus(value.encode("utf-8", "replace")))
            if number <= MOST_VALUES and size <= MOST_BYTES:
                kept.append(value)
        if len(kept) < len(given):
            detail = (
                f"{MOST_VALUES} values at most ({MOST_BYTES:,} bytes) can be chosen in all facets together"
            )
            excess.append(Problem(name, detail, is_excess=True))
    return excess


def pairs_of(request: SearchRequest) -> tuple[tuple[str, str], ...]:
    """The request as names and values in canonical order, defaults left out."""
    pairs: list[tuple[str, str]] = []
    for name, attribute, default in _IN_ORDER:
        value = getattr(request, attribute)
        if value != default:
            pairs += [(name, each) for each in _written(name, value)]
        if name == _YEAR and request.undated:
            pairs.append((name, UNDATED))
    return tuple(pairs)


def _written(name: str, value: Any) -> Iterable[str]:  # noqa: ANN401  whatever an attribute may be
    """The values of a parameter as they stand in an address."""
    if name in _WORDS:
        return sorted(set(value))
    if name == _YEAR:
        return sorted({format_years(one.first, one.last) for one in value})
    if name in _SWITCHES:
        return ("yes" if value else "no",)
    return (str(value),)


def query_string(request: SearchRequest) -> str:
    """The canonical query string, without a question mark; empty for the request that has only defaults."""
    return urlencode(pairs_of(request))


def _arguments(told: Filters, given: Iterable[Parameter], words: str, wrong: list[Problem]) -> dict[str, Any]:
    """The request's arguments that were given; what can't be together is noted in `wrong` and left out."""
    arguments: dict[str, Any] = {}
    for one in given:
        name, value = one.name, getattr(told, one.member)
        if name == words:
            arguments["text"] = value
        elif name in _WORDS:
            arguments[_WORDS[name]] = tuple(sorted(set(value)))
        elif name == _YEAR:
            arguments |= _years(value, wrong)
        elif name in _SWITCHES:
            arguments[name] = value == "yes"
        elif name in _ATTRIBUTES and name != "q" and value is not UNSET:
            arguments[_ATTRIBUTES[name]] = value
    if (arguments.get("year_from") or 0) > (arguments.get("year_to") or math.inf):
        del arguments["year_to"]
        wrong.append(Problem("to", "the last year (to) lies before the first (from)"))
    return arguments


def _years(given: Collection[str], wrong: list[Problem]) -> dict[str, object]:
    """The ranges of years among them, and whether undated documents are; one that ends before it begins is noted in `wrong`."""
    ranges = []
    for text in sorted(set(given) - {UNDATED}):
        years = _range(text)
        if (years.first or 0) <= (years.last or math.inf):
            ranges.append(years)
        else:
            notice = Notice.of("years_order", value=text, right=format_years(years.last, years.first))
            wrong.append(Problem(_YEAR, str(notice), notice))
    return {"years": tuple(ranges), "undated": UNDATED in given}


def _range(text: str) -> YearRange:
    """The range that is written so, in the one form that is declared."""
    first, dots, last = text.partition("..")
    return YearRange(int(first or 0) or None, int((last if dots else first) or 0) or None)


def _request(arguments: dict[str, object], wrong: list[Problem]) -> SearchRequest:
    """The request of these arguments; one that it refuses is noted in `wrong` and left out."""
    while True:
        try:
            return SearchRequest(**arguments)  # type: ignore[arg-type]  # the request checks its values itself
        except BadRequest as error:
            attribute = _ATTRIBUTES.get(error.parameter, "")
            if attribute not in arguments:
                raise
            del arguments[attribute]
            wrong.append(Problem(error.parameter, str(error)))
