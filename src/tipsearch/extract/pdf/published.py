"""When a PDF was published: by what its first page prints, its title says, its imprint states; the file's age last.

======  ========  ===============================================================================
weight  origin    what speaks
======  ========  ===============================================================================
0.85    source    a line of the first page that is a date, or a name and a date (`byline`)
0.8     source    a year in the title; the first of a plan's span, the last of others
0.75    source    the imprint's ``First published …``; the latest edition counts
0.7     source    a date alone in a line of the imprint
0.65    source    the year of a copyright notice
0.62    source    ``dc:date`` or ``prism:publicationDate``, unless it is the file's own
0.3     detected  the end of a copyright's long span, which moves on with the years
0.3     detected  the month in which the file was made, if the text knows that year or the one before
0.25    detected  the year in a series' head: that of which the report speaks
0.2     detected  the same if the text knows no year at all, or the series' year is long before
0.2     detected  a year in the title long before those that the text speaks of
======  ========  ===============================================================================

What a publication page posts as its own date has 0.6 at most (`web.meta`), as it may offer something older; its citation
line has 1. The date of a download, a visit, a print-out, a scan or a change is none of these, and a file's age alone, with
a text that speaks of older years only, is no date: an unknown date is better than a wrong one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from tipsearch.extract.dates import find_date, has_come, other_purpose, publication_date
from tipsearch.extract.lexicon import lexicon
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
#: The text of a report knows the year in which it comes out, or the one before.
_MAX_YEARS_BEFORE = 1
#: A title's year lies further back from the file's than this, and the text mentions the latter so often: it is history.
_HISTORY, _MENTIONS = 5, 3
#: A copyright of more years is renewed, as a site's is.
_LONG_SPAN = 5
_YEAR = r"(?:19|20)\d\d"
_ANY_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_EXACT = len("2023-05")
_TITLE_YEAR = re.compile(rf"\b({_YEAR})(?:\s*[-–/]\s*({_YEAR}|\d\d))?\b")
#: «la loi française du 27 mars 2017»: the law stands at most so many words before its year.
_LAW_WITHIN = 6
#: A year after a stroke is part of a picture's number (``© Agency/0123/2014``).
_COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|copyright)[^\n]{{0,80}}?(?<![/\d])({_YEAR})(?:\s?[-–]\s?({_YEAR}))?\b[^\n]{{0,80}}",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"\d[./-]\d")


def find_dates(
    declared: Declared, title: Fact | None, pages: Sequence[Page], imprints: Sequence[Page]
) -> Iterator[Fact]:
    """All that speaks for a date of publication, weighted as above.

    Args:
        declared: what the metadata say.
        title: the document's.
        pages: from the first that has text on.
        imprints: those of them that are `imprint_pages`.
    """
    yield from _printed(pages[0])
    made = _Made(declared, pages, title)
    yield from made.of_title()
    yield from _imprint(pages[0], imprints)
    if (stated := publication_date(declared.published)) is not None:
        evidence = (Evidence("metadata", f"dc:date: {declared.published}"[:200]),)
        yield Fact(Field.DATE, stated, Origin.SOURCE, 0.62, evidence)
    yield from made.of_file()


class _Made:
    """What the year in a title and the age of a file say, each beside the other and the years that the text knows.

    Args:
        declared: what the metadata say.
        pages: the document's.
        title: its title.
    """

    def __init__(self, declared: Declared, pages: Sequence[Page], title: Fact | None) -> None:
        # A text that was read from pictures is that of a scan, and so is the file's age.
        self._created = None if pages[0].ocr else declared.created
        self._quote = declared.created_quote
        self._pages = pages
        self._title = title
        self._year = _title_year(title.value) if title else None
        self._is_series = title is not None and title.evidence[0].where == "running head"
        #: By how many years the file is younger than the title says.
        self._late = int(self._created[:4]) - int(self._year) if self._created and self._year else None

    def of_title(self) -> Iterator[Fact]:
        """The year of a title, or of the head of a series."""
        if not self._title or not self._year:
            return
        evidence = (Evidence("title", self._title.value[:200]),)
        if self._is_series or self._is_history():
            weight = 0.25 if self._is_series else 0.2
            yield Fact(Field.DATE, self._year, Origin.DETECTED, weight, evidence)
        else:
            yield Fact(Field.DATE, self._year, Origin.SOURCE, 0.8, evidence)

    def of_file(self) -> Iterator[Fact]:
        """The month in which the file was made; the day is hardly ever that of publication."""
        if not self._created:
            return
        fits_title = self._late is not None and 0 <= self._late <= _MAX_YEARS_LATE
        known = fits_title or self._mentions(most=1)
        if known or not any(_ANY_YEAR.search(page.text) for page in self._pages):
            evidence = (Evidence("metadata", self._quote[:200]),)
            is_late = (self._late or 0) > _MAX_YEARS_LATE and not self._is_history()
            weight = 0.3 if known and not is_late else 0.2
            yield Fact(Field.DATE, self._created[:_EXACT], Origin.DETECTED, weight, evidence)

    def _is_history(self) -> bool:
        """Whether the title's year lies long before those of the text: ``The mines of Ruritania 1930-1953``."""
        long_ago = not self._is_series and (self._late or 0) > _HISTORY
        return long_ago and self._mentions() >= _MENTIONS

    def _mentions(self, most: int = _MENTIONS) -> int:
        """How often the text names the year in which the file was made or the one before, counted so far; no spans."""
        year = int((self._created or "0")[:4])
        years = "|".join(str(year - before) for before in range(_MAX_YEARS_BEFORE + 1))
        pattern = re.compile(rf"(?<![\d–-])(?:{years})(?!\d)")
        found = (match for page in self._pages for match in pattern.finditer(page.text))
        return sum(1 for _ in islice(found, most))


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
    """The year a title is about, the last of a span (of a plan's the first); not a law's, nor one to come (``Agenda 2030``)."""
    words = re.findall(r"\w+", title.casefold())
    is_plan = not lexicon().plan_words.isdisjoint(words)
    for match in _TITLE_YEAR.finditer(title):
        before = re.findall(r"\w+", title[: match.start()].casefold())[-_LAW_WITHIN:]
        if not lexicon().law_words.isdisjoint(before):
            continue
        first, last = match.groups()
        end = first if not last else first[: 4 - len(last)] + last
        year = first if is_plan else end
        if first <= end and has_come(year):
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
    lines = page.text.split("\n")
    for at, line in enumerate(lines):
        date = lone_date(line)
        if date and has_come(date) and not other_purpose(line) and not _is_print_out(lines, at):
            yield line.strip(), date


def _is_print_out(lines: Sequence[str], at: int) -> bool:
    """Whether a date in numbers stands beside a web address, as browsers print the day of printing."""
    near = " ".join(lines[max(0, at - 1) : at + 2])
    return "://" in near and _NUMERIC.search(lines[at]) is not None


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
                yield _copyright(notice, year, page)
                return


def _copyright(notice: re.Match[str], year: str, page: Page) -> Fact:
    fact = _fact(year, 0.65, notice[0], page, "imprint")
    is_renewed = int(year) - int(notice[1]) > _LONG_SPAN
    return replace(fact, origin=Origin.DETECTED, weight=0.3) if is_renewed else fact


def _statements(text: str) -> Iterator[tuple[str, str]]:
    """Lines that begin with words such as ``First published``, with the date that follows."""
    for found in _published_on().finditer(text):
        other = other_purpose(found[1])
        date = find_date(found[1][: other.start()] if other else found[1])
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
