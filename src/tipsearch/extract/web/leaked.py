"""The list of WordPress post types that some themes print into the page by mistake.

Its length varies with the plug-ins of the day (13 to 22 names were seen), so no fixed text is looked for but the first
run of at least `RUN` known names; what follows it is never the page's own text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.extract.words import page_words

if TYPE_CHECKING:
    from collections.abc import Sequence

#: So many known names in a row are a leak; the first ones alone (post, page, …) are ordinary words.
RUN = 4

_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Leak:
    """Where a leaked list lies.

    Attributes:
        line: index of the line in which it begins.
        offset: where in that line, in characters.
        end: index of the first line after it.
    """

    line: int
    offset: int
    end: int


def find_leak(lines: Sequence[str]) -> Leak | None:
    """The first leaked list: names on lines of their own (empty lines between them allowed), or in a row on one line."""
    start = count = 0
    for index, line in enumerate(lines):
        names = _names(line)
        if names:
            start = start if count else index
            count += names
        elif line.strip():
            if count >= RUN:
                return Leak(start, 0, index)
            count = 0
            offset = _run_within(line)
            if offset is not None:
                return Leak(index, offset, _end_of_names(lines, index + 1))
    return Leak(start, 0, len(lines)) if count >= RUN else None


def _names(line: str) -> int:
    """How many names the line holds if it holds nothing else; 0 otherwise."""
    tokens = line.split()
    known = page_words().leaked_post_types
    return len(tokens) if all(token.casefold() in known for token in tokens) else 0


def _run_within(line: str) -> int | None:
    """Where a run of names begins in a line that has other words too; one of them must be no ordinary word."""
    if "_" not in line and "acf-" not in line:
        return None
    known = page_words().leaked_post_types
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(line):
        if token[0].casefold() in known:
            run.append(token)
            if len(run) >= RUN and any("_" in name[0] or "-" in name[0] for name in run):
                return run[0].start()
        else:
            run = []
    return None


def _end_of_names(lines: Sequence[str], index: int) -> int:
    while index < len(lines) and (not lines[index].strip() or _names(lines[index])):
        index += 1
    return index
