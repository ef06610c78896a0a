"""Years of publication as people write them."""

from __future__ import annotations

import re

#: Stands for the year of documents without a date.
UNDATED = "unknown"
_UNDATED = frozenset({UNDATED, "undated", "none"})
_YEAR = r"(\d{4})"
_ONE = re.compile(_YEAR)
_BETWEEN = re.compile(rf"{_YEAR}?\s*(?:\.\.+|…|[-–—])\s*{_YEAR}?")
_FROM = re.compile(rf"(>=?|=>)\s*{_YEAR}")
_UNTIL = re.compile(rf"(<=?|=<)\s*{_YEAR}")


def parse_years(text: str) -> tuple[int | None, int | None] | None:
    """First and last year, both included, None for an open end; None alone if it isn't a range of years.

    >>> parse_years("2015..2020"), parse_years(">2018"), parse_years("2019"), parse_years("recent")
    ((2015, 2020), (2019, None), (2019, 2019), None)
    """
    text = text.strip()
    if not text.isascii() and not any(dash in text for dash in "–—…"):
        return None
    if found := _ONE.fullmatch(text):
        return int(found[1]), int(found[1])
    if (found := _BETWEEN.fullmatch(text)) and (found[1] or found[2]):
        return _number(found[1]), _number(found[2])
    if found := _FROM.fullmatch(text):
        return int(found[2]) + (found[1] == ">"), None
    if found := _UNTIL.fullmatch(text):
        return None, int(found[2]) - (found[1] == "<")
    return None


def is_undated(text: str) -> bool:
    """Whether documents without a date are meant."""
    return text.strip().lower() in _UNDATED


def year_value(year: int | None) -> str:
    """A year as a value of the facet: four digits, or `UNDATED`."""
    return UNDATED if year is None else f"{year:04d}"


def format_years(first: int | None, last: int | None) -> str:
    """A range in the one form that links and filters use: ``2015``, ``2015..2020``, ``2015..``, ``..2020``."""
    if first is not None and first == last:
        return year_value(first)
    return f"{'' if first is None else year_value(first)}..{'' if last is None else year_value(last)}"


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None
