"""Running heads and feet: the lines that a document repeats on its pages.

They spoil snippets and the detection of languages, but name the series and the year, so one copy stays searchable.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: A line is running if it stands at the edge of so many pages, and of at least `_MIN_PAGES`: of two in the shortest
#: documents, whose first page has no head.
_MIN_SHARE = 0.3
_MIN_PAGES = 3
_SHORT, _MIN_PAGES_SHORT = 3, 2
#: Heads of country reports have up to three lines: the country, an assessment, the series.
_EDGE_LINES = 3
#: Longer lines are paragraphs that an extractor left in one piece.
_MAX_LENGTH = 200

_DIGITS = re.compile(r"\d+")


def mask(line: str) -> str:
    """A line with its numbers masked, so that ``12 Annual report`` and ``13 Annual report`` are the same head."""
    return _DIGITS.sub("#", line.strip())


def running_lines(texts: Sequence[str]) -> frozenset[str]:
    """The masked lines that run through a document: among the first or last three lines of 30 % of its pages."""
    seen: Counter[str] = Counter()
    short = len(texts) <= _SHORT
    for text in texts:
        lines = text.split("\n")
        if short and len(lines) <= 2 * _EDGE_LINES:  # there is nothing but edges
            continue
        seen.update({key for at in _edges(lines) if (key := _key(lines, at))})
    least = max(_MIN_PAGES_SHORT if short else _MIN_PAGES, len(texts) * _MIN_SHARE)
    return frozenset(key for key, count in seen.items() if count >= least)


def drop_running(texts: Sequence[str], running: frozenset[str]) -> list[str]:
    """The pages without their running lines, but for the first page on which each occurs."""
    if not running:
        return list(texts)
    kept: set[str] = set()
    return [_drop(text, running, kept) for text in texts]


def _drop(text: str, running: frozenset[str], kept: set[str]) -> str:
    lines = text.split("\n")
    keys = {at: key for at in _edges(lines) if (key := _key(lines, at)) in running}
    gone = {at for at, key in keys.items() if key in kept}
    kept.update(keys.values())
    if not gone:
        return text
    return "\n".join(line for at, line in enumerate(lines) if at not in gone)


def _edges(lines: Sequence[str]) -> Iterator[int]:
    """Positions of the first three and last three lines, each once."""
    last = len(lines) - 1
    yield from range(min(_EDGE_LINES, last + 1))
    yield from range(max(_EDGE_LINES, last - _EDGE_LINES + 1), last + 1)


def _key(lines: Sequence[str], at: int) -> str:
    """The masked line, empty if it can't be a running one."""
    line = lines[at]
    if len(line) > _MAX_LENGTH:
        return ""
    key = mask(line)
    # A bare number is the page's own only at the very edge; further in it is a cell of a table.
    return "" if key == "#" and at not in (0, len(lines) - 1) else key
