"""A headline's words as the page's text has them: whole, in reading order, with their spaces.

Fonts and tags tell which letters are a title; their words come out of PDFium's text better, above all from right to left,
in scripts whose letters combine, and where a font leaves out ligatures.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from tipsearch.extract.clean import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Full-width punctuation, which is how Chinese and Japanese are spelt; searching folds it (NFKC), a title keeps it.
_WIDE_MARKS = re.compile("([\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\uff5e])")
_WIDE_END = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff01-\uff60]$")
#: Lines alike to that degree (`rapidfuzz.fuzz.ratio`, 0..100) are the same, one of them with letters gone astray.
_ALIKE = 80


def as_printed(lines: Sequence[str], text: str) -> str:
    """The lines of a headline in one, in the words of the page's text where that has them.

    Args:
        lines: as fonts or tags give them.
        text: the page's cleaned text.
    """
    own = join_lines(lines)
    page = text.split("\n")
    printed = join_lines(_same_run(_letters(own), page) or [_same_line(line, page) for line in lines])
    return own if _WIDE_MARKS.search(own) and _unspaced(clean(own)) == _unspaced(printed) else printed


def join_lines(lines: Sequence[str]) -> str:
    """The lines of a headline in one: words parted at a line's end made whole, ideographs without a space."""
    title = ""
    for line in lines:
        if title.endswith("-") and line[:1].islower():
            title = title[:-1] + line
        elif not title or _WIDE_END.search(title):
            title += line
        else:
            title += " " + line
    return title


def _same_run(wanted: str, page: Sequence[str]) -> Sequence[str]:
    """The lines of the page that together have just these letters in this order; none if there are none."""
    letters = [_letters(line) for line in page]
    for first, begin in enumerate(letters):
        run, last = begin, first
        while run and run != wanted and wanted.startswith(run) and last + 1 < len(page):
            last += 1
            run += letters[last]
        if run and run == wanted:
            return page[first : last + 1]
    return ()


def _same_line(line: str, page: Sequence[str]) -> str:
    """The page's line with the same letters in any order, else the one that is most alike, else the line itself."""
    wanted = sorted(_letters(line))
    for other in page:
        if len(other) >= len(wanted) and sorted(_letters(other)) == wanted:
            return other
    near = process.extractOne(line, page, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return near[0] if near else line


def _letters(line: str) -> str:
    return "".join(char for char in clean(line).casefold() if char.isalnum())


def _unspaced(text: str) -> str:
    return "".join(text.split())
