"""Date, publisher and author of a PDF, from its document information and what its first pages print."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING

from tipsearch.extract.dates import iso_date
from tipsearch.extract.lexicon import lexicon
from tipsearch.extract.pdf.title_words import is_organisation, lone_date
from tipsearch.model import Evidence, Fact, Field, Origin, Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: The imprint stands on the first pages.
_IMPRINT_PAGES = 3
#: A first page with less text is a cover.
_MAX_COVER = 800
_MAX_NAME = 120
_MAX_PERSON_WORDS = 5
#: A report on a year comes out in that year or the next; a file made later than that was saved again.
_MAX_YEARS_LATE = 1
_YEAR = r"(?:19|20)\d\d"
_TITLE_YEAR = re.compile(rf"\b({_YEAR})(?:\s*[-–/]\s*({_YEAR}|\d\d))?\b")
#: «la loi française du 27 mars 2017»: the law stands at most so many words before its year.
_LAW_WITHIN = 6
_COPYRIGHT = re.compile(rf"(?:©|\(c\)|copyright)[^\n]{{0,80}}?\b({_YEAR})\b", re.IGNORECASE)
_TIME_OF_DAY = re.compile(r"(?<=^\d{8})\d.*")
#: The first year of computers' clocks.
_CLOCK_UNSET = "1970"


def find_dates(info_date: str, title: Fact | None, pages: Sequence[Page]) -> Iterator[Fact]:
    """All that speaks for a date of publication, weighted.

    The strongest are a line of the first page that is nothing but a date, then the year in a title, then the imprint.
    The creation date is a last resort: it tells when the file was saved, so it is only `Origin.DETECTED`. The year of a
    series head is that of which the report speaks; it yields to a creation date that fits it.
    """
    yield from _printed(pages)
    year = _title_year(title.value) if title else None
    in_head = title is not None and title.evidence[0].where == "running head"
    if title and year:
        evidence = (Evidence("title", title.value[:200]),)
        if in_head:
            yield Fact(Field.DATE, year, Origin.DETECTED, 0.35, evidence)
        else:
            yield Fact(Field.DATE, year, Origin.SOURCE, 0.8, evidence)
    yield from _imprint(pages)
    created = parse_info_date(info_date)
    if created:
        late = year is not None and int(created[:4]) - int(year) > _MAX_YEARS_LATE
        evidence = (Evidence("metadata", info_date[:200]),)
        # The day on which a file was saved is hardly ever that of publication; the month may be.
        yield Fact(Field.DATE, created[: len("2023-05")], Origin.DETECTED, 0.2 if late else 0.4, evidence)


def find_names(info_author: str, pages: Sequence[Page]) -> Iterator[Fact]:
    """The publisher, from a line such as ``Published by …`` or an organisation given as author; and a personal author."""
    name = " ".join(info_author.split())
    evidence = (Evidence("metadata", name[:200]),)
    if is_organisation(name) and len(name) <= _MAX_NAME and "@" not in name:
        yield Fact(Field.PUBLISHER, name, Origin.SOURCE, 0.6, evidence)
    else:
        yield from (Fact(Field.AUTHOR, person, Origin.SOURCE, 0.6, evidence) for person in _persons(name))
    yield from _published_by(pages)


def parse_info_date(raw: str) -> str | None:
    """A date of the document information (``D:20220909125005-04'00'``, PDF 1.7 section 7.9.4) as ``YYYY-MM-DD`` or shorter.

    Returns:
        None if it is no date, lies before 1970 (a clock that was never set) or in the future.
    """
    date = iso_date(_TIME_OF_DAY.sub("", raw.strip().removeprefix("D:")))
    return date if date and _CLOCK_UNSET < date[:4] <= _this_year() else None


def _title_year(title: str) -> str | None:
    """The year a title is about, the last of a span; not that of a law, nor one to come (``Agenda 2030``)."""
    for match in _TITLE_YEAR.finditer(title):
        before = re.findall(r"\w+", title[: match.start()].casefold())[-_LAW_WITHIN:]
        if not lexicon().law_words.isdisjoint(before):
            continue
        first, last = match.groups()
        year = first if not last else first[: 4 - len(last)] + last
        if first <= year <= _this_year():
            return year
    return None


def _this_year() -> str:
    return str(dt.datetime.now(tz=dt.UTC).year)


def _printed(pages: Sequence[Page]) -> Iterator[Fact]:
    """Dates that stand alone in a line of the first page."""
    page = pages[0]
    is_cover = len(page.text) < _MAX_COVER
    for line in page.text.split("\n"):
        date = lone_date(line)
        # On a full page a bare year is the head of a table's column.
        if date and (is_cover or len(date) > len("2023")) and not _has_other_purpose(line):
            evidence = (Evidence("text", line.strip()[:200], pages=(page.number,)),)
            yield Fact(Field.DATE, date, Origin.SOURCE, 0.85, evidence)
            return


def _has_other_purpose(line: str) -> bool:
    folded = line.casefold()
    return any(word in folded for word in lexicon().not_publication)


def _imprint(pages: Sequence[Page]) -> Iterator[Fact]:
    """The year beside a copyright sign."""
    for page in pages[:_IMPRINT_PAGES]:
        if found := _COPYRIGHT.search(page.text):
            evidence = (Evidence("imprint", found[0][:200], pages=(page.number,)),)
            yield Fact(Field.DATE, found[1], Origin.SOURCE, 0.65, evidence)
            return


def _persons(name: str) -> Iterator[str]:
    """Personal names in an author's entry: two to five words that begin in capitals; no user names."""
    for part in re.split(r"\s*;\s*|\s+(?:and|&)\s+", name):
        words = part.split()
        spelt = all(word[0].isalpha() and not word.islower() for word in words)
        alone = not re.search(r"[\d@_/\\<>]", part)
        if (
            1 < len(words) <= _MAX_PERSON_WORDS
            and spelt
            and alone
            and part.casefold() not in lexicon().user_names
        ):
            yield part


@cache
def _publisher_pattern() -> re.Pattern[str]:
    phrases = "|".join(map(re.escape, lexicon().published_by))
    return re.compile(
        rf"^(?:{phrases})\s*:?\s+(?:the\s+)?([^\n,.;]{{3,{_MAX_NAME}}})", re.IGNORECASE | re.MULTILINE
    )


def _published_by(pages: Sequence[Page]) -> Iterator[Fact]:
    for page in pages[:_IMPRINT_PAGES]:
        if found := _publisher_pattern().search(page.text):
            evidence = (Evidence("imprint", found[0][:200], pages=(page.number,)),)
            yield Fact(Field.PUBLISHER, found[1].strip(), Origin.SOURCE, 0.7, evidence)
            return
