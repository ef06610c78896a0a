"""Text with marked places, as runs that a template prints one by one; no HTML is ever made here."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tipsearch.cite.plain import one_line, without_controls

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Span = tuple[int, int]

#: A line is full, and goes on in the next one, if it has this share of a long line's length (that of the longest tenth).
#: On printed pages set ragged, lines of running text seldom fall below it; headings, lists and table rows do.
_FULL_LINE = 0.75
_LONG_LINE = 0.9
#: What begins a line of its own: a bullet, a number or letter with a stop or bracket.
_OWN_LINE = re.compile(r"\s*(?:[•▪◦●■–—*·-]\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s)")
#: Dots that lead to a page number, as in a table of contents.
_LEADERS = re.compile(r"\.{3,}|(?:\. ){3,}")
#: Scripts that are written without spaces: Thai and Lao, Burmese, Khmer, CJK (radicals to compatibility ideographs).
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ufaff]")
#: Joins two lines of such a script: it takes no room, and a line may be broken at it.
_ZERO_WIDTH_SPACE = "\u200b"
#: A query that is one phrase.
_PHRASE = re.compile(r"""["“”„«»]([^"“”„«»]+)["“”„«»]""")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that is marked, or not."""

    text: str
    marked: bool = False


def runs(text: str, spans: Sequence[Span]) -> tuple[Run, ...]:
    """The text cut at the spans (start, end in characters). Spans may overlap, touch, or lie outside the text."""
    return tuple(_runs(text, 0, len(text), _merged(spans)))


def paragraphs(text: str, spans: Sequence[Span]) -> tuple[tuple[Run, ...], ...]:
    """The text cut into paragraphs at line ends, and each of them at the spans. Empty paragraphs are left out.

    Full lines are joined first, so that a paragraph fits a screen of any width.
    """
    flowing = reflowed(text)
    merged = _merged(spans)
    cut = (tuple(_runs(flowing, start, end, merged)) for start, end in _paragraph_bounds(flowing))
    return tuple(paragraph for paragraph in cut if any(run.text.strip() for run in paragraph))


def reflowed(text: str) -> str:
    """The text with each full line joined to the next.

    It is as long as before, character by character, so that spans stay valid.
    """
    lines = text.split("\n")
    lengths = sorted(len(line) for line in lines if line.strip())
    if not lengths:
        return text
    full = _FULL_LINE * lengths[int(_LONG_LINE * (len(lengths) - 1))]
    joined = [lines[0]]
    for line, following in pairwise(lines):
        joined += [_joint(line, following) if len(line) >= full else "\n", following]
    return "".join(joined)


def _joint(line: str, following: str) -> str:
    """What stands between a full line and the next: a line end only where the next is a line of its own."""
    if not line.strip() or not following.strip() or _OWN_LINE.match(following):
        return "\n"
    if _LEADERS.search(line) or _LEADERS.search(following):
        return "\n"
    spaceless = _SPACELESS.match(line[-1]) and _SPACELESS.match(following[0])
    return _ZERO_WIDTH_SPACE if spaceless else " "


def _merged(spans: Sequence[Span]) -> list[Span]:
    """The spans in order, those that overlap or touch joined."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def _runs(text: str, first: int, last: int, merged: Sequence[Span]) -> Iterator[Run]:
    """The runs of ``text[first:last]``. Controls are stripped after cutting: spans count the original's characters."""
    at = first
    for span_start, span_end in merged[max(0, bisect_left(merged, (first, first)) - 1) :]:
        if span_start >= last:
            break
        start, end = max(span_start, at), min(span_end, last)
        if start < end:
            yield from _run(text[at:start], marked=False)
            yield from _run(text[start:end], marked=True)
            at = end
    yield from _run(text[at:last], marked=False)


def _run(text: str, *, marked: bool) -> Iterator[Run]:
    if cleaned := without_controls(text):
        yield Run(cleaned, marked)


def _paragraph_bounds(text: str) -> Iterator[Span]:
    """Start and end of each line that isn't empty, without the white space around it."""
    at = 0
    for line in text.split("\n"):
        start = at + len(line) - len(line.lstrip())
        if length := len(line.strip()):
            yield start, start + length
        at += len(line) + 1


def quotable(query: str) -> str:
    """What was typed, to be told between quotation marks: a phrase without its own, so that they aren't doubled."""
    told = one_line(query)
    phrase = _PHRASE.fullmatch(told)
    return one_line(phrase[1]) if phrase else told
