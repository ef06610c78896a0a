"""Are two texts the same, however they are set? The last word, for couples that sketches have found.

Compared are letters and digits alone, folded and without any space: lines, columns, hyphens and quotation marks are the
typesetter's. A letter counts as the other text's if any of the runs of `_RUN` letters around it stands there, wherever: so
footnotes may have moved to the end. What is left over must be a typesetter's as well: lines that stand, or are missing,
where a page ends and the next begins, as running heads, feet and page numbers do; and nothing may stand there in place of
something else. A form filled in differently, another year's edition, another country's report differ within the page, and
a translation everywhere.

Between the text of 16 languages, set in one column and in two, nothing is left over but heads, feet and numbers, where
the extractor gives letters in their order.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, chain, islice, pairwise, takewhile
from typing import TYPE_CHECKING, TypeAlias

from tipsearch.analysis.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

#: Three or four words: long enough that hardly any but stock phrases occur twice, short beside the gap between two heads.
_RUN = 16
#: Lines at a page's top and bottom that may be its head and foot, if they have so few letters.
_EDGE_LINES = 3
_MOST_LETTERS_OF_A_HEAD = 100
#: Heads and feet are less of a text than this share.
_MOST_LEFT_OVER = 0.05
#: Longer texts are the same letter by letter or not at all: their runs would take more than 200 MB.
_LONGEST = 2_000_000
#: … and so are those of more pages. The longest report known to us has 3,000.
_MOST_PAGES = 20_000
#: Even of so many pages one has a head and the other hasn't; what differs in more places is no typesetter's doing.
_MOST_PLACES = 20_000

_LETTERS = re.compile(r"[^\W_]+")
#: A number at a page's end is its own if it is that of the page, give or take a cover and a table of contents.
_PAGE_NUMBER = re.compile(r"\D{0,12}(\d{1,4})(?:\D{1,6}\d{1,4})?\D{0,12}")
_MOST_UNNUMBERED = 20
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")

#: From where to where something reaches in a text's letters.
_Span: TypeAlias = tuple[int, int]
#: Where a page begins, where its top ends, where its bottom begins, where it ends.
_Page: TypeAlias = tuple[int, int, int, int]
#: Letters next to something: after it (or before), and which.
_Beside: TypeAlias = tuple[bool, str]


def letters(text: str) -> str:
    """Letters and digits of a text, folded, without anything between them."""
    return "".join(_LETTERS.findall(fold(text)))


def same_text(one: Sequence[str], other: Sequence[str]) -> bool:
    """Do two files, given as the texts of their pages, say the same?"""
    mine, theirs = _text(one), _text(other)
    if mine.letters == theirs.letters:
        return bool(mine.letters)
    if max(len(mine.letters), len(theirs.letters)) > _LONGEST or max(len(one), len(other)) > _MOST_PAGES:
        return False
    added, missing = _left_over(mine, theirs), _left_over(theirs, mine)
    if added is None or missing is None:
        return False
    # Two heads that only one of them has are two editions, and so is anything in place of something else.
    if (added.is_said and missing.is_said) or added.heads & missing.gaps or missing.heads & added.gaps:
        return False
    if added.beside & missing.beside:
        return False
    return _same_numbers((mine, added.spans), (theirs, missing.spans))


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as it is compared.

    Attributes:
        letters: of all pages.
        words, lines: where each begins in them, and where the last ends.
        edges: what may be the foot of a page and the head of the next, from before the first page to after the last.
        breaks: the last lines of a page and the first ones of the next, whatever they are.
        numbers: how often each stands in it.
    """

    letters: str
    words: tuple[int, ...]
    lines: tuple[int, ...]
    edges: tuple[_Span, ...]
    breaks: tuple[_Span, ...]
    numbers: Counter[str]

    def touched(self, starts: Sequence[int], spans: Iterable[_Span]) -> Iterator[str]:
        """The words or lines, given by where they start, that any of these spans touches."""
        for first, last in spans:
            at = max(bisect_right(starts, max(first, 0)) - 1, 0)
            while at + 1 < len(starts) and starts[at] < last:
                yield self.letters[starts[at] : starts[at + 1]]
                at += 1


@dataclass(frozen=True, slots=True)
class _LeftOver:
    """What one text has and another hasn't.

    Attributes:
        spans: of its letters.
        heads: at which of its own ends of pages, page numbers apart.
        gaps: at which of the other's ends of pages it is missing.
        beside: what stands before and after each span, page numbers apart.
        is_said: is there a word in it that the other doesn't know?
    """

    spans: tuple[_Span, ...]
    heads: frozenset[int]
    gaps: frozenset[int]
    beside: frozenset[_Beside]
    is_said: bool


def _text(pages: Sequence[str]) -> _Text:
    found: list[str] = []
    lines, ends = [0], []
    for page in pages:
        rows = [row for row in map(_LETTERS.findall, fold(page).split("\n")) if row]
        found += chain.from_iterable(rows)
        lengths = [sum(map(len, row)) for row in rows]
        first = lines[-1]
        lines += islice(accumulate(lengths, initial=first), 1, None)
        ends.append(
            (_ends(lengths, first, _MOST_LETTERS_OF_A_HEAD), _ends(lengths, first, lines[-1] - first))
        )
    # A single page has a beginning and an end, but what is said there is the text's own.
    edges, breaks = (tuple(_joined(some)) for some in zip(*ends, strict=True)) if len(ends) > 1 else ((), ())
    words = tuple(accumulate(map(len, found), initial=0))
    numbers = Counter(_NUMBER.findall(" ".join(found)))
    return _Text("".join(found), words, tuple(lines), edges, breaks, numbers)


def _ends(lengths: Sequence[int], first: int, longest: int) -> _Page:
    """Where a page's first and last lines end and begin; from the letters of each, none of more than so many."""
    # Of a page with few lines, such as a slide's, most is no head.
    few = min(_EDGE_LINES, len(lengths) // 4)
    top, bottom = (sum(takewhile(longest.__ge__, some)) for some in (lengths[:few], lengths[::-1][:few]))
    last = first + sum(lengths)
    return first, first + top, last - bottom, last


def _joined(pages: Sequence[_Page]) -> Iterator[_Span]:
    yield pages[0][0], pages[0][1]
    for before, after in pairwise(pages):
        yield before[2], after[1]
    yield pages[-1][2], pages[-1][3]


def _left_over(text: _Text, other: _Text) -> _LeftOver | None:
    """What one text has and the other hasn't; None if that can't be the typesetter's."""
    spans = _missing(text.letters, other.letters)
    if spans is None:
        return None
    heads: set[int] = set()
    beside: set[_Beside] = set()
    within: list[_Span] = []
    for span in spans:
        lines, place = _own_lines(text, span), _edge(text, span)
        if lines is None:
            return None
        if place is None:
            within.append(lines)
        elif _is_page_number(text.letters[slice(*lines)], place):
            continue
        else:
            heads.add(place)
        beside.update(_besides(text.letters, span))
    gaps = _gaps(text, within, other)
    if gaps is None:
        return None
    known = {other.letters[start:end] for start, end in pairwise(other.words)}
    said = any(not word.isdecimal() and word not in known for word in text.touched(text.words, spans))
    return _LeftOver(spans, frozenset(heads), gaps, frozenset(beside), said)


def _missing(text: str, other: str) -> tuple[_Span, ...] | None:
    """The spans of a text of which no run of letters occurs in the other; None if they are too many or too much."""
    runs = {other[start : start + _RUN] for start in range(len(other) - _RUN + 1)}
    spans: list[_Span] = []
    room = _MOST_LEFT_OVER * len(text)
    for first, last in _uncovered(text, runs):
        spans.append((first, last))
        room -= last - first
        if room < 0 or len(spans) > _MOST_PLACES:
            return None
    return tuple(spans)


def _uncovered(text: str, runs: AbstractSet[str]) -> Iterator[_Span]:
    """What none of these runs covers; where they do, the next one mostly begins where the last has ended."""
    covered, start, last = 0, 0, len(text) - _RUN
    while start <= last:
        if text[start : start + _RUN] not in runs:
            start += 1
            continue
        if start > covered:
            yield covered, start
        covered = start + _RUN
        further = range(min(covered, last), start, -1)
        start = next((at for at in further if text[at : at + _RUN] in runs), covered + 1)
    if covered < len(text):
        yield covered, len(text)


def _edge(text: _Text, span: _Span) -> int | None:
    """Within which of the text's own ends of pages a span lies, None if in none; they stand in order."""
    at = bisect_right(text.edges, (span[0], len(text.letters))) - 1
    return at if at >= 0 and span[1] <= text.edges[at][1] else None


def _besides(letters: str, span: _Span) -> tuple[_Beside, _Beside]:
    """What stands before a span and after it, at the ends of a text less than a run."""
    first, last = span
    return (False, letters[max(first - _RUN, 0) : first]), (True, letters[last : last + _RUN])


def _own_lines(text: _Text, span: _Span) -> _Span | None:
    """The lines that are these letters or little more (the rest was met elsewhere by chance); None if they are part of others."""
    first = text.lines[bisect_right(text.lines, span[0]) - 1]
    last = text.lines[bisect_left(text.lines, span[1])]
    return (first, last) if (span[1] - span[0]) * 2 >= last - first else None


def _is_page_number(line: str, place: int) -> bool:
    found = _PAGE_NUMBER.fullmatch(line)
    return found is not None and abs(int(found[1]) - place) <= _MOST_UNNUMBERED


def _gaps(text: _Text, within: Sequence[_Span], other: _Text) -> frozenset[int] | None:
    """At which ends of the other's pages these lines are missing between two others; None if one of them is elsewhere too."""
    wanted = [_besides(text.letters, lines) for lines in within]
    sought = {one for couple in wanted for one in couple}
    found: set[_Beside] = set()
    gaps: set[int] = set()
    for at, one in _beside_lines(other, {(after, len(run)) for after, run in sought}):
        if one in sought:
            found.add(one)
            gaps.add(at)
    return frozenset(gaps) if all(found.intersection(couple) for couple in wanted) else None


def _beside_lines(text: _Text, lengths: AbstractSet[tuple[bool, int]]) -> Iterator[tuple[int, _Beside]]:
    """What stands before and after each line about the ends of pages, in so many letters, with the number of the end.

    No letters at all stand before the text's beginning and after its end alone.
    """
    whole = len(text.letters)
    for at, (first, last) in enumerate(text.breaks):
        begin, end = max(first - _RUN, 0), min(last + _RUN, whole)
        for line in text.lines[bisect_left(text.lines, begin) : bisect_right(text.lines, end)]:
            for after, length in lengths:
                start, stop = (line, line + length) if after else (line - length, line)
                if begin <= start and stop <= end and (length or line == (whole if after else 0)):
                    yield at, (after, text.letters[start:stop])


def _same_numbers(*sides: tuple[_Text, Sequence[_Span]]) -> bool:
    """Are the numbers the same but for those in what is left over and those of pages, and no year another?"""
    (mine, _), (theirs, _) = sides
    over = [mine.numbers - theirs.numbers, theirs.numbers - mine.numbers]
    if all(any(map(_YEAR.fullmatch, side)) for side in over):
        return False
    for (text, spans), side in zip(sides, over, strict=True):
        excused = list(text.touched(text.words, [(first - 1, last + 1) for first, last in spans]))
        for place, edge in enumerate(text.edges):
            # A head may stand on more pages of one than of the other, so one of them has more of its numbers.
            heads = text.touched(text.lines, [edge])
            excused += [line for line in heads if not all(over) or _is_page_number(line, place)]
        if not side.keys() <= set(_NUMBER.findall(" ".join(excused))):
            return False
    return True
