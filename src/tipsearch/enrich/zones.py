"""Which part of a document a word stands in: its beginning, a heading, the body, or the list of sources.

What a summary or heading names is what a text is about; what a list of sources names isn't.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from tipsearch.enrich.matcher import flatten
from tipsearch.paths import data_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tipsearch.model import Page

#: Where evidence stands, as it is shown to readers.
TITLE: Final = "title"
BEGINNING: Final = "beginning"
HEADING: Final = "heading"
TEXT: Final = "text"
#: Characters that are the beginning, at most: a summary is about so long,
BEGINNING_LENGTH = 2_000
#: … and no more than this share of the text: of a page that is its own summary, no part says more than another.
BEGINNING_SHARE = 0.2
#: Of a page without end, as a text file of a whole archive, so many characters say what it is about.
MAX_PAGE = 400_000
#: A line is no heading if it is longer (characters).
MAX_HEADING = 80
#: Share of a document before which no list of sources begins that ends it.
_SOURCES_FROM = 0.3
#: Pages at the front on which authors and their institutes may stand.
_FRONT_PAGES = 2
#: Characters that a line with an author's institute has at most.
_LONGEST_ADDRESS = 160
#: Characters after the heading in which signs of sources are looked for, and how many there must be.
_PROOF, _SIGNS = 700, 3
_SIGN = re.compile(
    r"https?://|www\.|\bdoi\b|\b(?:19|20)\d\d[a-z]?\b|\bpp?\. ?\d|^\s*\[?\d{1,3}[.\]]?\s", re.MULTILINE
)
#: What may stand around the words of such a heading: its number, a colon.
_AROUND_HEADING = " \t\r\u00a0.:0123456789"
_ENDS_A_SENTENCE = re.compile(r"[.,;:!?]['\")\]»”]?\s*$")
#: Ends of a line that a heading may follow.
_BEFORE_HEADING = ".:!?"
_BEGINS_LIKE_A_HEADING = re.compile(r"\s*(?:[\dIVXA-Z]{1,4}[.)]\s+|\d+(?:\.\d+)+\s+)?[^\W\d_a-zà-ÿа-я]")
_ADDRESS = re.compile(r"@|\bORCID\b|[Cc]orrespond(?:ing|ence)")


class _Words(msgspec.Struct, frozen=True):
    """``zones.json``: words, in any language, by which zones are told.

    Attributes:
        sources: headings of lists of sources.
        after_sources: first words of headings of what may follow them.
        affiliations: words of a line that says where an author works.
    """

    sources: tuple[str, ...]
    after_sources: tuple[str, ...]
    affiliations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """One page without what isn't its text.

    Attributes:
        page: its number.
        language: its language, None if unknown.
        lines: its text with its lines, cut where the document's list of sources begins.
        text: the same, line ends as spaces (see `matcher.flatten`); positions are the same.
        offset: characters of the pages before.
        beginning: characters of the document that are its beginning.
        is_front: authors and their institutes may stand on it.
        headings: where each of its headings begins and ends, in order.
    """

    page: int
    language: str | None
    lines: str
    text: str
    offset: int
    beginning: int
    is_front: bool
    headings: tuple[int, ...] = ()

    def where(self, start: int, end: int) -> str:
        """Where a name stands: `BEGINNING`, `HEADING` or `TEXT`."""
        if self.offset + start < self.beginning:
            return BEGINNING
        place = bisect_right(self.headings, start)
        return HEADING if place % 2 and end <= self.headings[place] else TEXT

    def is_affiliation(self, start: int, end: int) -> bool:
        """Whether a name only says where an author works."""
        if not self.is_front:
            return False
        line = self._short_line(start, end)
        return bool(_ADDRESS.search(line) or _affiliation().search(line))

    def _short_line(self, start: int, end: int) -> str:
        """The line of a name, if it is as short as an address is; a paragraph in one line is none."""
        first = self.lines.rfind("\n", max(0, start - _LONGEST_ADDRESS), start) + 1
        last = self.lines.find("\n", end, end + _LONGEST_ADDRESS)
        if (first == 0 and start > _LONGEST_ADDRESS) or (
            last < 0 and len(self.lines) > end + _LONGEST_ADDRESS
        ):
            return ""
        line = self.lines[first : last if last >= 0 else len(self.lines)]
        return line if len(line) <= _LONGEST_ADDRESS else ""


def bodies(pages: Sequence[Page]) -> tuple[Body, ...]:
    """The pages of a document without its list of sources, and without those that hold nothing else."""
    total = sum(len(page.text) for page in pages)
    return tuple(_bodies(pages, total))


def _bodies(pages: Sequence[Page], total: int) -> Iterator[Body]:
    offset, in_sources = 0, False
    beginning = min(BEGINNING_LENGTH, int(BEGINNING_SHARE * total))
    for place, page in enumerate(pages):
        text = page.text[:MAX_PAGE]
        start, end = 0, len(text)
        if in_sources:
            after = _after_sources().search(text)
            start, in_sources = (after.start(), False) if after else (end, True)
            if in_sources and len(_SIGN.findall(text, 0, _PROOF)) < _SIGNS and len(text) > _PROOF:
                start, in_sources = 0, False  # the notes of a chapter have ended with it
        if not in_sources:
            heading = _sources_heading(text, start, max(0, int(_SOURCES_FROM * total) - offset))
            end, in_sources = (heading, True) if heading is not None else (end, False)
        if start < end:
            lines = " " * start + text[start:end]
            yield Body(
                page.number,
                page.language,
                lines,
                flatten(lines),
                offset,
                beginning,
                is_front=place < _FRONT_PAGES,
                headings=tuple(_headings(lines)),
            )
        offset += len(text)


def _headings(text: str) -> Iterator[int]:
    """Where each heading begins and ends: a short line that begins like one, after the end of a sentence or an empty line."""
    position, before = 0, ""
    for line in text.split("\n"):
        if (
            len(line) <= MAX_HEADING
            and (not before or before[-1] in _BEFORE_HEADING)
            and _BEGINS_LIKE_A_HEADING.match(line)
            and not _ENDS_A_SENTENCE.search(line)
        ):
            yield from (position, position + len(line))
        position, before = position + len(line) + 1, line.rstrip()


def _sources_heading(text: str, start: int, earliest: int) -> int | None:
    """Where a list of sources begins, which what follows must bear out."""
    position = 0
    for line in text.split("\n"):
        if (
            position >= max(start, earliest)
            and len(line) <= MAX_HEADING
            and line.strip(_AROUND_HEADING).casefold() in _sources()
            and len(_SIGN.findall(text, position + len(line), position + len(line) + _PROOF)) >= _SIGNS
        ):
            return position
        position += len(line) + 1
    return None


@cache
def _words() -> _Words:
    return msgspec.json.decode(data_file("zones.json").read_bytes(), type=_Words)


@cache
def _sources() -> frozenset[str]:
    return frozenset(word.casefold() for word in _words().sources)


@cache
def _after_sources() -> re.Pattern[str]:
    words = "|".join(map(re.escape, _words().after_sources))
    return re.compile(rf"^[ \t]*(?:{words})\b.{{0,70}}$", re.MULTILINE)


@cache
def _affiliation() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _words().affiliations))})")


def warm_up() -> None:
    """Read the words and build their patterns."""
    _sources()
    _after_sources()
    _affiliation()
