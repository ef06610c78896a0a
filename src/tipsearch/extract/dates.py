"""Dates as pages write them: ISO 8601 in markup, «May 2023» or «12 de mayo de 2023» in prose."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from tipsearch.extract.words import page_words

_YEAR = r"(?:19|20)\d\d"
_ISO = re.compile(rf"\s*({_YEAR})(?:([-/.]?)(\d\d?)(?:\2(\d\d?))?)?(?!\d)")


def iso_date(text: str) -> str | None:
    """A date in any notation as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; None if there is none.

    The time of day is dropped. A day or month that doesn't exist is left out, the rest kept.
    """
    match = _ISO.match(text)
    if match:
        return _format(int(match[1]), int(match[3] or 0), int(match[4] or 0))
    return take_date(text)[0]


def take_date(text: str) -> tuple[str | None, str]:
    """The date at the end of a text, and the text before it.

    Year, optional month (full or abbreviated, in the languages of `page_words`), optional day; of a range of months the
    first counts, of a range of years the last.
    """
    match = _date_at_end().search(text)
    if match is None:
        return None, text
    month = page_words().months.get((match["month"] or "").casefold(), 0)
    day = match["day"] or match["late_day"] or 0
    return _format(int(match["year"]), month, int(day)), text[: match.start()]


@cache
def _date_at_end() -> re.Pattern[str]:
    names = sorted(page_words().months, key=len, reverse=True)
    month = "|".join(map(re.escape, names))
    return re.compile(
        rf"""(?:^|(?<=[\s,;(./]))
        (?:
            (?:(?:\d{{1,2}}\s?[-–]\s?)?(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|of\s+)?)?
            (?P<month>{month})\.?
            (?:\s?[-–/&]\s?(?:{month})\.?)?
            (?:\s+(?P<late_day>\d{{1,2}})(?:st|nd|rd|th)?)?
            ,?\s+(?:del?\s+|of\s+)?
        )?
        (?:{_YEAR}\s?[-–/]\s?)?
        (?P<year>{_YEAR})
        [\s).,;]*$""",
        re.IGNORECASE | re.VERBOSE,
    )


def _format(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return f"{year}-{month:02d}" if 1 <= month <= 12 else str(year)  # noqa: PLR2004 - months of a year
