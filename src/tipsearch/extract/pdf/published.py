"""When a PDF was published: by what its first page prints, its title says, its imprint states; the file's age last."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from tipsearch.extract.dates import find_date
from tipsearch.extract.lexicon import lexicon
from tipsearch.extract.pdf.meta import has_come, parse_info_date
from tipsearch.extract.pdf.title_words import lone_date
from tipsearch.model import Evidence, Fact, Field, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tipsearch.extract.pdf.meta import Declared
    from tipsearch.model import Page

#: The imprint stands on the first pages or on the last.
_FIRST_PAGES, _LAST_PAGES = 3, 2
#: A first page with less text is a cover.
_MAX_COVER = 800
#: A report on a year comes out in that year or the next; a file made later than that was saved again.
_MAX_YEARS_LATE = 1
_YEAR = r"(?:19|20)\d\d"
_EXACT = len("2023-05")
_TITLE_YEAR = re.compile(rf"\b({_YEAR})(?:\s*[-–/]\s*({_YEAR}|\d\d))?\b")
#: «la loi française du 27 mars 2017»: the law stands at most so many words before its year.
_LAW_WITHIN = 6
#: A year after a stroke is part of a picture's number (``© Agency/0123/2014``).
_COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|copyright)[^\n]{{0,80}}?(?<![/\d])({_YEAR})(?:\s?[-–]\s?({_YEAR}))?\b[^\n]{{0,80}}",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d:\d\d")


def find_dates(
    declared: Declared, title: Fact | None, first: Page, imprints: Sequence[Page]
) -> Iterator[Fact]:
    """All that speaks for a date of publication, weighted.

    The strongest are a line of the first page that is nothing but a date, then the year in a title, then the imprint.
    The creation date is a last resort: it tells when the file was saved, so it is only `Origin.DETECTED`. The year of a
    series head is that of which the report speaks; it yields to a creation date that fits it.

    Args:
        declared: what the metadata say.
        title: the document's.
        first: the first page with text.
        imprints: the `imprint_pages`.
    """
    yield from _printed(first)
    year = _title_year(title.value) if title else None
    if title and year:
        evidence = (Evidence("title", title.value[:200]),)
        if title.evidence[0].where == "running head":
            yield Fact(Field.DATE, year, Origin.DETECTED, 0.25, evidence)
        else:
            yield Fact(Field.DATE, year, Origin.SOURCE, 0.8, evidence)
    yield from _imprint(first, imprints)
    if (stated := parse_info_date(declared.published)) is not None:
        evidence = (Evidence("metadata", declared.published[:200]),)
        yield Fact(Field.DATE, stated, Origin.SOURCE, 0.5, evidence)
    if declared.created:
        late = year is not None and int(declared.created[:4]) - int(year) > _MAX_YEARS_LATE
        evidence = (Evidence("metadata", declared.created_quote[:200]),)
        # The day on which a file was saved is hardly ever that of publication; the month may be.
        yield Fact(Field.DATE, declared.created[:_EXACT], Origin.DETECTED, 0.2 if late else 0.3, evidence)


def imprint_pages(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages on which an imprint may stand and on which words of one do: ``©``, ``ISBN``, ``All rights reserved``."""
    last = max(len(pages) - _LAST_PAGES, _FIRST_PAGES)
    return tuple(page for page in (*pages[:_FIRST_PAGES], *pages[last:]) if _bears_imprint(page.text))


def _bears_imprint(text: str) -> bool:
    marks = _ascii_marks() if text.isascii() else lexicon().imprint_marks
    folded = text.casefold()
    return any(mark in folded for mark in marks)


@cache
def _ascii_marks() -> tuple[str, ...]:
    """The marks that a page in plain ASCII can bear: asking for the others would take a third of the time."""
    return tuple(filter(str.isascii, lexicon().imprint_marks))


def copyrights(page: Page) -> Iterator[re.Match[str]]:
    """The copyright notices of a page that are not a picture's; group 1 is the year, group 2 the last one of a span."""
    for notice in _COPYRIGHT.finditer(page.text):
        begin = page.text.rfind("\n", 0, notice.start()) + 1
        line = page.text[begin : notice.end()].casefold()
        if not any(word in line for word in lexicon().picture_credits):
            yield notice


def _title_year(title: str) -> str | None:
    """The year a title is about, the last of a span; not that of a law, nor one to come (``Agenda 2030``)."""
    for match in _TITLE_YEAR.finditer(title):
        before = re.findall(r"\w+", title[: match.start()].casefold())[-_LAW_WITHIN:]
        if not lexicon().law_words.isdisjoint(before):
            continue
        first, last = match.groups()
        year = first if not last else first[: 4 - len(last)] + last
        if first <= year and has_come(year):
            return year
    return None


def _printed(page: Page) -> Iterator[Fact]:
    """The first date that stands alone in a line of the first page."""
    is_cover = len(page.text) < _MAX_COVER
    for line, date in _lone_dates(page):
        # On a full page a bare year is the head of a table's column.
        if is_cover or len(date) >= _EXACT:
            yield _fact(date, 0.85, line, page, "text")
            return


def _lone_dates(page: Page) -> Iterator[tuple[str, str]]:
    for line in page.text.split("\n"):
        date = lone_date(line)
        if date and has_come(date) and not _has_other_purpose(line):
            yield line.strip(), date


def _has_other_purpose(line: str) -> bool:
    """Whether a date is that of a download, a visit or a print-out, which also tells the time of day."""
    folded = line.casefold()
    return _CLOCK.search(line) is not None or any(word in folded for word in lexicon().not_publication)


def _imprint(first: Page, imprints: Sequence[Page]) -> Iterator[Fact]:
    """What the imprint states: the latest edition's date, a date that stands alone there, the year of the copyright."""
    stated = [(date, line, page) for page in imprints for line, date in _statements(page.text)]
    if stated:
        date, line, page = max(stated, key=lambda one: one[0])
        yield _fact(date, 0.75, line, page, "imprint")
    # What stands alone on the first page counts already, and for more.
    others = [page for page in imprints if page is not first]
    alone = ((line, date, page) for page in others for line, date in _lone_dates(page) if len(date) >= _EXACT)
    for line, date, page in islice(alone, 1):
        yield _fact(date, 0.7, line, page, "imprint")
    for page in imprints:
        for notice in copyrights(page):
            year = notice[2] or notice[1]
            if has_come(year):
                yield _fact(year, 0.65, notice[0], page, "imprint")
                return


def _statements(text: str) -> Iterator[tuple[str, str]]:
    """Lines that begin with words such as ``First published``, with the date that follows."""
    for found in _published_on().finditer(text):
        date = find_date(found[1])
        if date and has_come(date):
            yield found[0], date


@cache
def _published_on() -> re.Pattern[str]:
    phrases = "|".join(map(re.escape, sorted(lexicon().published_on, key=len, reverse=True)))
    return re.compile(rf"^[^\w\n]{{0,5}}(?:{phrases})\b([^\n]{{4,80}})$", re.IGNORECASE | re.MULTILINE)


def _fact(date: str, weight: float, quote: str, page: Page, where: str) -> Fact:
    return Fact(
        Field.DATE, date, Origin.SOURCE, weight, (Evidence(where, quote[:200], pages=(page.number,)),)
    )
