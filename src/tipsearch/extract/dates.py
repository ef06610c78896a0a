"""Dates as pages write them: ISO 8601 in markup, «May 2023», «12 de mayo de 2023» or «2023年5月» in prose.

A date is ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, as exact as the text is sure about it: of ``03/04/2021`` that is the
year, as half of the world writes the day first and the other half the month; ``28/04/2021`` is sure.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from tipsearch.extract.lexicon import lexicon
from tipsearch.extract.words import page_words

#: Of publications; printing dates from before 1900 would be those of sources that a text speaks of.
_YEAR = r"(?:19|20)\d\d"
_ISO = re.compile(rf"\s*({_YEAR})(?:([-/.]?)(\d\d?)(?:\2(\d\d?))?)?(?!\d)")
_ISO_WITHIN = re.compile(rf"(?<!\d)({_YEAR})(-)(\d\d)(?:-(\d\d))?(?!\d)")
#: What may stand after a date at the end of a line.
_END = r"[\s).,;]*$"
#: Most lines don't end in a year, and looking for that first costs a tenth.
_YEAR_AT_END = re.compile(rf"{_YEAR}{_END}")
_NUMERIC = (
    rf"(?<![\d./-])(?P<one>\d{{1,2}})(?P<mark>[./-])\s?(?P<two>\d{{1,2}})(?P=mark)\s?(?P<year>{_YEAR})(?!\d)"
)
_NUMERIC_WITHIN, _NUMERIC_AT_END = re.compile(_NUMERIC), re.compile(_NUMERIC + _END)
#: Chinese, Japanese and Korean dates.
_CJK = re.compile(
    rf"(?<!\d)(?P<year>{_YEAR})\s?[年년](?:\s?(?P<month>\d{{1,2}})\s?[月월](?:\s?(?P<day>\d{{1,2}})\s?[日일])?)?"
)
_CJK_AT_END = re.compile(_CJK.pattern + _END)
#: Eastern Arabic, Persian and Devanagari digits.
_DIGITS = str.maketrans(
    {ord(zero) + value: str(value) for zero in "\u0660\u06f0\u0966" for value in range(10)}
)
_MONTHS = 12
_TIME_OF_DAY = re.compile(r"\d:\d\d")
_FIRST_YEAR = "1900"
#: What clocks say that were never set, and programs where they know no date: the beginning of their time.
_CLOCK_UNSET = re.compile(r"(?:19[078]0|1904|2000|2001)-01-01")


def iso_date(text: str) -> str | None:
    """A date in any notation as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; None if there is none.

    The time of day is dropped. A day or month that doesn't exist is left out, the rest kept.
    """
    match = None if _is_cjk(text) else _ISO.match(text)
    if match:
        return _read_iso(match)
    return take_date(text)[0]


def publication_date(text: str) -> str | None:
    """As `iso_date`, of what a file or page declares: None as well for a date to come and for that of an unset clock."""
    date = iso_date(text)
    return date if date and has_come(date) and not _CLOCK_UNSET.fullmatch(date) else None


def has_come(date: str) -> bool:
    """Whether a date can be one of publication: not before 1900, nor still to come anywhere on earth."""
    # It is tomorrow already where clocks are ahead of Greenwich.
    latest = dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=1)
    return _FIRST_YEAR <= date <= latest.isoformat()[: len(date)]


def other_purpose(text: str) -> re.Match[str] | None:
    """Where words beside a date say that it is that of a download, a visit, a print-out or a change; None if none do."""
    return _TIME_OF_DAY.search(text) or _other_purposes().search(text)


@cache
def _other_purposes() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, lexicon().not_publication)), re.IGNORECASE)


def take_date(text: str) -> tuple[str | None, str]:
    """The date at the end of a text, and the text before it.

    Year, optional month (full or abbreviated, in the languages of `page_words`), optional day; of a range of months the
    first counts, of a range of years the last.
    """
    western = _western(text)
    if _is_cjk(text) and (match := _CJK_AT_END.search(western)):
        return _read_cjk(match), text[: match.start()]
    if _YEAR_AT_END.search(western) is None:
        return None, text
    if match := _NUMERIC_AT_END.search(western):
        return _read_numeric(match), text[: match.start()]
    match = _date_at_end().search(western)
    return (_read_named(match), text[: match.start()]) if match else (None, text)


def find_date(text: str) -> str | None:
    """The first date within a text, however it is written; None if there is none."""
    text = _western(text)
    found = [
        (match.start(), read(match))
        for pattern, read in (
            (_ISO_WITHIN, _read_iso),
            (_NUMERIC_WITHIN, _read_numeric),
            (_date_within(), _read_named),
            (_CJK, _read_cjk),
        )
        if (match := pattern.search(text))
    ]
    # Of readings that begin at the same place the exactest: a bare year is also the beginning of ``2023年5月``.
    return min(found, key=lambda one: (one[0], -len(one[1])))[1] if found else None


def _western(text: str) -> str:
    return text if text.isascii() else text.translate(_DIGITS)


def _is_cjk(text: str) -> bool:
    return "年" in text or "년" in text


def _read_iso(match: re.Match[str]) -> str:
    return _format(int(match[1]), int(match[3] or 0), int(match[4] or 0))


def _read_cjk(match: re.Match[str]) -> str:
    return _format(int(match["year"]), int(match["month"] or 0), int(match["day"] or 0))


def _read_numeric(match: re.Match[str]) -> str:
    """Day and month where only one reading is possible, else the year alone."""
    one, two = int(match["one"]), int(match["two"])
    if one == two or one > _MONTHS >= two:
        return _format(int(match["year"]), two, one)
    return _format(int(match["year"]), one, two) if two > _MONTHS >= one else match["year"]


def _read_named(match: re.Match[str]) -> str:
    month = page_words().months.get((match["month"] or "").casefold(), 0)
    # Of «No. 28 February 7, 2011» the day after the month counts: both would be one too many.
    day = match["late_day"] or match["day"] or 0
    return _format(int(match["year"]), month, int(day))


@cache
def _date_at_end() -> re.Pattern[str]:
    return re.compile(r"(?:^|(?<=[\s,;(./]))" + _named() + _END, re.IGNORECASE | re.VERBOSE)


@cache
def _date_within() -> re.Pattern[str]:
    return re.compile(r"(?:^|(?<=[\s,;:(©]))" + _named() + r"(?![\d/])", re.IGNORECASE | re.VERBOSE)


def _named() -> str:
    names = sorted(page_words().months, key=len, reverse=True)
    month = "|".join(map(re.escape, names))
    return rf"""
        (?:
            (?:(?:\d{{1,2}}\s?[-–]\s?)?(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|of\s+)?)?
            (?P<month>{month})\.?
            (?:\s?[-–/&]\s?(?:{month})\.?)?
            (?:\s+(?P<late_day>\d{{1,2}})(?:st|nd|rd|th)?)?
            ,?\s+(?:del?\s+|of\s+)?
        )?
        (?:{_YEAR}\s?[-–/]\s?)?
        (?P<year>{_YEAR})"""


def _format(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return f"{year}-{month:02d}" if 1 <= month <= _MONTHS else str(year)
