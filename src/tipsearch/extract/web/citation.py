"""The line by which a publication page cites what it offers: ``TITLE - PUBLISHER, Month YYYY DOWNLOAD``.

Every part may be missing, so the line is read from its right end: the text of the download link, the year, the month,
and then a split at the last dash that stands between spaces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tipsearch.extract.dates import take_date
from tipsearch.extract.facts import has_letters
from tipsearch.extract.words import page_words

_YEAR_AT_END = re.compile(r"\d\d")
_DASH = re.compile(r"\s+[-–—]\s+")
_TRIM = " \t\n,;:|-–—"
#: A longer line is a paragraph that happens to end in a link; a longer publisher is half a sentence.
MAX_LINE = 400
_MAX_PUBLISHER = 150
#: The words of a link stand within so many characters of the end, a year within so many.
_TAIL = 120
_YEAR_TAIL = 8


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation line says; None for what it leaves out.

    Attributes:
        title: of the publication.
        publisher: without comma and without the full stop of «STOP., May 2023».
        date: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
        marked: it ends in the words of a download or website link.
    """

    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    marked: bool = False

    @property
    def is_telling(self) -> bool:
        """Whether it says more than «DOWNLOAD»."""
        return bool(self.title or self.publisher or self.date)


def parse_citation(line: str, known_title: str | None = None) -> Citation:
    """Read a citation line.

    Args:
        line: the line, with or without the words of its link.
        known_title: the title as the page's heading gives it; if the line begins with it, dashes in it don't split.

    Returns:
        What it says. A line without any date, dash or link says nothing.
    """
    text = " ".join(line.split())
    if len(text) > MAX_LINE:
        return Citation()
    text, marked = strip_link_words(text)
    date, rest = take_date(text)
    title, publisher = _split(rest.lstrip(" ,;:|").rstrip(" ,;:|(["), known_title)
    if title is None and text.endswith(")"):
        # «Findings (2021)»: the year belongs to the title, and nothing else is said.
        return Citation(title=text, marked=marked) if marked else Citation()
    if title is None and date is None:
        publisher = None
    if publisher and len(publisher) > _MAX_PUBLISHER:
        return Citation(marked=marked)
    return Citation(title, publisher, date, marked)


def may_cite(line: str) -> bool:
    """Whether a line may be a citation line: a quick look at its end, which of a hundred lines leaves one or two."""
    return _YEAR_AT_END.search(line, max(0, len(line) - _YEAR_TAIL)) is not None or bool(
        _hint().search(line, max(0, len(line) - _TAIL))
    )


def strip_link_words(text: str) -> tuple[str, bool]:
    """The text without «DOWNLOAD», «Click here to go to the website» and the like at its end, and whether there were any."""
    stripped = text
    while match := _link_words().search(stripped):
        stripped = stripped[: match.start()].rstrip(" \t\n|([")
    return stripped, stripped != text


def is_link_words(text: str) -> bool:
    """Whether a line says «DOWNLOAD» or «Click here …» and nothing else."""
    if len(text) > MAX_LINE or not may_cite(text):
        return False
    rest, marked = strip_link_words(text)
    return marked and not has_letters(rest)


def says_download(text: str) -> bool:
    """Whether the text of a link promises the publication's file."""
    return _download().fullmatch(text.strip()) is not None


@cache
def _hint() -> re.Pattern[str]:
    return re.compile(
        "|".join(map(re.escape, (*page_words().download_words, *page_words().website_phrases))), re.IGNORECASE
    )


@cache
def _download() -> re.Pattern[str]:
    words = "|".join(map(re.escape, page_words().download_words))
    # What follows the word says what is loaded: «DOWNLOAD FULL REPORT (PDF, 2.3 MB)».
    return re.compile(rf"(?:{words})\b(?:\s+[^\W\d_]+){{0,3}}(?:\s*[(\[][^)\]]{{0,40}}[)\]])?", re.IGNORECASE)


@cache
def _link_words() -> re.Pattern[str]:
    phrases = "|".join(map(re.escape, page_words().website_phrases))
    return re.compile(
        rf"(?:^|(?<=[\s\d|(\[.,;]))(?:{_download().pattern}|(?:{phrases})\b[^.]{{0,60}})[.!]?$", re.IGNORECASE
    )


def _split(text: str, known_title: str | None) -> tuple[str | None, str | None]:
    if known_title and text[: len(known_title)].casefold() == known_title.casefold():
        rest = text[len(known_title) :]
        if not rest or _DASH.match(f" {rest.lstrip()} ") or rest[0] in " ,;:.":
            return text[: len(known_title)], clean_publisher(rest)
    dashes = list(_DASH.finditer(f"{text} "))
    if not dashes:
        return None, clean_publisher(text)
    last = dashes[-1]
    return text[: last.start()].strip() or None, clean_publisher(text[last.end() :])


def clean_publisher(text: str) -> str | None:
    """A publisher's name without the marks around it; the full stop of an abbreviation («U.S.», «Inc.») stays."""
    name = text.strip(_TRIM)
    if not name.endswith("."):
        return name or None
    last = name.split()[-1]
    is_abbreviation = "." in last[:-1] or last.casefold() in page_words().publisher_abbreviations
    return name if is_abbreviation else name.rstrip(". ,") or None
