"""The line below a title that names the publisher and the date: ``International Labour Office · September 2021``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tipsearch.extract.dates import has_come, iso_date, take_date
from tipsearch.extract.pdf.title_words import lone_date, names_organisation
from tipsearch.model import Evidence, Fact, Field, Origin

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tipsearch.model import Page

#: A byline stands among the first lines and is short; a name has fewer words than a sentence.
_LINES, _MAX_LINE, _MAX_NAME_WORDS = 12, 120, 9
_PARTS = re.compile(r"\s+[·•|–—-]\s+|\s*\|\s*")
_ISO_MONTH = re.compile(r"(?:19|20)\d\d-\d\d(?:-\d\d)?")
_ISO_MONTH_AT_END = re.compile(rf"\s{_ISO_MONTH.pattern}$")
_ARABIC = re.compile(r"[\u0600-\u06ff]")


def find_byline(page: Page, known: Collection[str] = ()) -> Iterator[Fact]:
    """Date, and publisher if the line names one, from the first line that is a name and a date.

    A bare year is not enough for a date: ``Chapter 2 – 2019`` is no byline. Without a mark between them, as in the head
    of a letter, the name has to be an organisation's or one that is `known` from the metadata.
    """
    for line in page.text.split("\n", _LINES)[:_LINES]:
        if len(line) > _MAX_LINE or not any(map(str.isdigit, line)):
            continue
        parts = [part.strip() for part in _PARTS.split(line.strip())]
        if len(parts) == 1:
            parts = _letterhead(line.strip(), known)
        if len(parts) != 2:  # noqa: PLR2004  a name and a date
            continue
        for name, date in (parts, reversed(parts)):
            found = _month(date)
            if found and name and not any(map(str.isdigit, name)):
                yield from _facts(line.strip(), name, found, page)
                return


def _letterhead(line: str, known: Collection[str]) -> list[str]:
    """Name and date of a line that ends in a date, if the name is a publisher's."""
    if found := _ISO_MONTH_AT_END.search(line):
        name, date = line[: found.start()].strip(), found[0].strip()
    else:
        _, name = take_date(line)
        name, date = name.strip(" ,"), line[len(name) :].strip()
    return [name, date] if name in known or names_organisation(name) else []


def _month(text: str) -> str | None:
    date = iso_date(text) if _ISO_MONTH.fullmatch(text) else lone_date(text)
    return date if date and len(date) > len("2023") and has_come(date) else None


def _facts(line: str, name: str, date: str, page: Page) -> Iterator[Fact]:
    evidence = (Evidence("byline", line[:200], pages=(page.number,)),)
    yield Fact(Field.DATE, date, Origin.SOURCE, 0.85, evidence)
    # In a right-to-left page PDFium gives the words of a Latin name in reverse.
    reversed_name = name.isascii() and _ARABIC.search(page.text)
    if len(name.split()) <= _MAX_NAME_WORDS and not reversed_name:
        yield Fact(Field.PUBLISHER, name, Origin.SOURCE, 0.65, evidence)
