"""The lines of a page, whether they come from markup or from a text dump: what all readers of pages work on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tipsearch.extract.dehyphenate import dehyphenate, vocabulary
from tipsearch.extract.facts import one_line, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BULLET = re.compile(r"(?:[•‣◦▪*–—-]|\(?\d{1,3}[.)]|\(?[a-z]\))\s")
#: Lines up to this many characters were broken by someone; longer ones are whole paragraphs.
_WRAPPED_WIDTH = 120


@dataclass(frozen=True, slots=True)
class Link:
    """A link's text and its address as written."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page.

    Attributes:
        text: without leading, trailing or doubled white space.
        starts: a new paragraph begins with it.
        heading: the markup calls it a heading.
        links: the links in it.
    """

    text: str
    starts: bool = True
    heading: bool = False
    links: tuple[Link, ...] = ()


def lines_of_text(text: str) -> list[Line]:
    """The lines of plain text, without the empty ones; a line after an empty one starts a paragraph."""
    lines: list[Line] = []
    after_empty = True
    for raw in text.splitlines():
        stripped = squeeze(raw)
        if stripped:
            lines.append(Line(stripped, starts=after_empty))
        after_empty = not stripped
    return lines


def group(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines by paragraph."""
    groups: list[list[Line]] = []
    for line in lines:
        if line.starts or not groups:
            groups.append([])
        groups[-1].append(line)
    return groups


def paragraphs(lines: Iterable[Line]) -> list[str]:
    """The paragraphs of a page, with lines rejoined that were broken inside a paragraph and broken words mended."""
    found = [
        paragraph
        for lines_of_one in group(lines)
        for paragraph in _rejoin([line.text for line in lines_of_one])
    ]
    cleaned = list(filter(None, map(one_line, found)))
    known = vocabulary(cleaned)
    return [dehyphenate(paragraph, known) for paragraph in cleaned]


def _rejoin(lines: Sequence[str]) -> list[str]:
    """Lines of a block as paragraphs: a break is kept before a bullet, after a whole paragraph, and after a short last line."""
    width = max(map(len, lines))
    joined = [[lines[0]]]
    for before, line in pairwise(lines):
        if _breaks(before, line, width):
            joined.append([])
        joined[-1].append(line)
    return [" ".join(parts) for parts in joined]


def _breaks(before: str, line: str, width: int) -> bool:
    if _BULLET.match(line):
        return True
    ends = before.endswith((".", "!", "?", ":", "。", "؟", "।"))
    if width > _WRAPPED_WIDTH:
        return ends and not line[:1].islower()
    return ends and len(before) < width * 0.6
