"""The query string of ``/search``, ``/api/v1/search`` and all that share it, from and to a `SearchRequest`.

The query string is the whole state of a search. Written by `pairs_of` it has one canonical form: parameters in the
order of `PARAMETERS`, values of a facet sorted, defaults left out.

A page of results repeats it in a hundred links, and each chosen value makes one more. So it has limits: what lies beyond
them is left out, and said to be.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlencode

from tipsearch.engines.base import YearRange
from tipsearch.errors import BadRequest
from tipsearch.query.years import UNDATED, format_years, is_undated, parse_years
from tipsearch.search.request import SELECTED_IN, SearchRequest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from tipsearch.query.wording import Notice

#: Facet name to the parameter that selects in it; they differ where the interface sheet has them differ.
FACET_PARAMETERS = {facet: "lang" if facet == "language" else facet for facet in SELECTED_IN}
#: Parameter to the request's attribute, for those that may be given several times.
REPEATABLE = {FACET_PARAMETERS[facet]: attribute for facet, attribute in SELECTED_IN.items()}
_SINGLE = {
    "q": "text",
    "from": "year_from",
    "to": "year_to",
    "match": "match",
    "expand": "expand",
    "spell": "spell",
    "sort": "sort",
    "page": "page",
    "size": "size",
    "ui": "ui",
}
#: Given several times, too, but ranges and not words: ``2019``, ``2015..2020``, ``2015..``, or ``unknown``.
_YEAR = "year"
_YEARS = frozenset({"from", "to"})
_NUMBERS = _YEARS | {"page", "size"}
#: ``yes`` or ``no``.
_SWITCHES = frozenset({"expand", "spell"})
_MAX_DIGITS, _YEAR_DIGITS = 6, 4
#: Where an answer of the API is to hold no facet at all, said instead of the name of one.
NO_FACETS = "none"
#: Characters of the words searched for.
MOST_TEXT = 1_000
#: Values chosen in all facets and years together, and how many bytes they take in an address.
MOST_VALUES, MOST_BYTES = 50, 6_000
#: Parameters that there aren't, of which a reader is told.
_MOST_UNKNOWN = 10
#: All parameters, in canonical order.
PARAMETERS = (
    "q",
    *REPEATABLE,
    _YEAR,
    "from",
    "to",
    "match",
    "expand",
    "spell",
    "sort",
    "page",
    "size",
    "ui",
)
_ATTRIBUTES = {**_SINGLE, **REPEATABLE, _YEAR: "years"}
_DEFAULT = SearchRequest()
#: Each parameter in canonical order with its attribute, and the value that isn't written.
_IN_ORDER = tuple((name, _ATTRIBUTES[name], getattr(_DEFAULT, _ATTRIBUTES[name])) for name in PARAMETERS)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one parameter, in an English sentence that may be shown.

    Attributes:
        parameter: its name.
        detail: what is wrong.
        notice: the same, where it can be said in other languages.
        is_excess: it is too much, and the search without the rest of it makes sense.
    """

    parameter: str
    detail: str
    notice: Notice | None = None
    is_excess: bool = False


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


def read(pairs: Iterable[tuple[str, str]], *, also: Collection[str] = ()) -> Reading:
    """Read decoded names and values, in the order given; never raises.

    Args:
        pairs: the names and values.
        also: parameters that are read elsewhere, to be named beside ours where one is unknown.
    """
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value.strip())
    unknown = tuple(
        Problem(name, f"there is no parameter {name!r}; known are {', '.join((*PARAMETERS, *also))}")
        for name in islice((name for name in values if name not in _ATTRIBUTES), _MOST_UNKNOWN)
    )
    excess = _cut(values)
    arguments, wrong = _arguments(values)
    request = _request(arguments, wrong)
    return Reading(request, unknown, (*excess, *wrong))


def too_long(parameter: str) -> Problem:
    """What is wrong with a text of more than `MOST_TEXT` characters."""
    return Problem(parameter, f"{parameter} has {MOST_TEXT:,} characters at most", is_excess=True)


def cut_text(text: str) -> str:
    """What is searched for, no longer than it may be."""
    return text.strip()[:MOST_TEXT].rstrip()


def _cut(values: dict[str, list[str]]) -> list[Problem]:
    """Take out of the values what is more than there may be; tells what that was."""
    excess = []
    if any(len(text) > MOST_TEXT for text in values.get("q", ())):
        values["q"] = list(map(cut_text, values["q"]))
        excess.append(too_long("q"))
    number = size = 0
    for name in [one for one in values if one in REPEATABLE or one == _YEAR]:
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
    if name in REPEATABLE:
        return sorted(set(value))
    if name == _YEAR:
        return sorted({format_years(one.first, one.last) for one in value})
    return (_switch(on=value) if name in _SWITCHES else str(value),)


def query_string(request: SearchRequest) -> str:
    """The canonical query string, without a question mark; empty for the request that has only defaults."""
    return urlencode(pairs_of(request))


def _arguments(values: Mapping[str, Sequence[str]]) -> tuple[dict[str, object], list[Problem]]:
    """The request's arguments that can be read, and what is wrong with the others."""
    arguments: dict[str, object] = {}
    wrong: list[Problem] = []
    for name, given in values.items():
        filled = [value for value in given if value]
        if not filled or name not in _ATTRIBUTES:
            continue
        try:
            arguments |= _years(filled) if name == _YEAR else {_ATTRIBUTES[name]: _argument(name, filled)}
        except BadRequest as error:
            wrong.append(Problem(name, str(error)))
    if _ends_before_it_begins(arguments):
        del arguments["year_to"]
        wrong.append(Problem("to", "the last year (to) lies before the first (from)"))
    return arguments, wrong


def _argument(name: str, given: Sequence[str]) -> object:
    return tuple(sorted(set(given))) if name in REPEATABLE else _single(name, given)


def _years(given: Sequence[str]) -> dict[str, object]:
    """The ranges of years among them, and whether undated documents are."""
    ranges = {}
    dated = [text for text in given if not is_undated(text)]
    for text in dated:
        years = parse_years(text)
        if years is None:
            raise BadRequest(
                _YEAR, f"years are written 2019, 2015..2020, 2015.. or {UNDATED}, not {text[:40]!r}"
            )
        ranges[format_years(*years)] = YearRange(*years)
    return {"years": tuple(ranges[key] for key in sorted(ranges)), "undated": len(dated) < len(given)}


def _switch(*, on: bool) -> str:
    return "yes" if on else "no"


def _single(name: str, given: Sequence[str]) -> str | int:
    if len(given) > 1:
        raise BadRequest(name, f"{name} is given {len(given)} times; once is enough")
    value = given[0]
    if name in _SWITCHES:
        if value not in {"yes", "no"}:
            raise BadRequest(name, f"{name} is yes or no, not {value[:40]!r}")
        return value == "yes"
    if name not in _NUMBERS:
        return value
    if not value.isdecimal() or len(value) > _MAX_DIGITS:
        raise BadRequest(name, f"{name} is a number, not {value[:40]!r}")
    if name in _YEARS and len(value) != _YEAR_DIGITS:
        raise BadRequest(name, f"{name} is a year such as 2015, not {value!r}")
    return int(value)


def _ends_before_it_begins(arguments: Mapping[str, object]) -> bool:
    first, last = arguments.get("year_from"), arguments.get("year_to")
    return isinstance(first, int) and isinstance(last, int) and last < first


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
