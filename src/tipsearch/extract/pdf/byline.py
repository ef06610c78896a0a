"""The line below a title that names the publisher and the date: ``International Labour Office · September 2021``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tipsearch.extract.dates import iso_date
from tipsearch.extract.pdf.title_words import lone_date
from tipsearch.model import Evidence, Fact, Field, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipsearch.model import Page

#: A byline stands among the first lines and is short; a name has fewer words than a sentence.
_LINES, _MAX_LINE, _MAX_NAME_WORDS = 12, 120, 9
_PARTS = re.compile(r"\s+[·•|–—-]\s+|\s*\|\s*")
_ISO_MONTH = re.compile(r"(?:19|20)\d\d-\d\d(?:-\d\d)?")
_ARABIC = re.compile(r"[\u0600-\u06ff]")


def find_byline(page: Page) -> Iterator[Fact]:
    """Date, and publisher if the line names one, from the first line that is a name and a date.

    A bare year is not enough for a date: ``Chapter 2 – 2019`` is no byline.
    """
    for line in page.text.split("\n", _LINES)[:_LINES]:
        parts = [part.strip() for part in _PARTS.split(line.strip())]
        if len(parts) != 2 or len(line) > _MAX_LINE:  # noqa: PLR2004  a name and a date
            continue
        for name, date in (parts, reversed(parts)):
            found = _month(date)
            if found and name and not any(map(str.isdigit, name)):
                yield from _facts(line.strip(), name, found, page)
                return


def _month(text: str) -> str | None:
    date = iso_date(text) if _ISO_MONTH.fullmatch(text) else lone_date(text)
    return date if date and len(date) > len("2023") else None


def _facts(line: str, name: str, date: str, page: Page) -> Iterator[Fact]:
    evidence = (Evidence("byline", line[:200], pages=(page.number,)),)
    yield Fact(Field.DATE, date, Origin.SOURCE, 0.85, evidence)
    # In a right-to-left page PDFium gives the words of a Latin name in reverse.
    reversed_name = name.isascii() and _ARABIC.search(page.text)
    if len(name.split()) <= _MAX_NAME_WORDS and not reversed_name:
        yield Fact(Field.PUBLISHER, name, Origin.SOURCE, 0.65, evidence)
