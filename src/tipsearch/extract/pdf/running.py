"""Running heads and feet: the lines that a document repeats on its pages.

They spoil snippets and the detection of languages, but name the series and the year, so one copy stays searchable.
Page numbers go altogether; they become the pages' labels.

A line is running if it stands at the edge of many pages with the same words and the same numbers, or with a number that
counts the pages: «Article 7» and «Article 18» at the top of two pages are headings, «12 Annual report» and «13 Annual
report» are not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.extract.clean import HYPHEN_MARK
from tipsearch.extract.pdf.folio import folio, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

#: A line is running if it stands at the edge of so many pages, and of at least `_MIN_PAGES`: of two in the shortest
#: documents, whose first page has no head.
_MIN_SHARE = 0.3
_MIN_PAGES = 3
_SHORT, _MIN_PAGES_SHORT = 3, 2
#: Numbers that count so large a part of the pages are page numbers.
_MOST = 0.6
#: The head of a chapter stands on so many pages, and on this share of those between its first and its last, or of every
#: second of them.
_CHAPTER_PAGES, _CHAPTER_SHARE = 4, 0.8
#: Heads of country reports have up to three lines: the country, an assessment, the series. Those of chapters have two.
_EDGE_LINES, _CHAPTER_LINES = 3, 2
#: Longer lines are paragraphs that an extractor left in one piece.
_MAX_LENGTH, _MAX_NUMBERS = 200, 8

_DIGITS = re.compile(r"\d+")

#: A way in which lines of the same words are the same: which of their numbers counts the pages, and the others.
_Reading = tuple[int | None, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Running:
    """The running lines of a document.

    Attributes:
        masks: their words with numbers masked: see `mask`.
        places: by index of the page, the positions of running lines among its lines, each with what all copies of it
            share: the mask and the numbers that don't count the pages; None for a page number.
        labels: by index of the page, the number that is printed on it.
    """

    masks: frozenset[str]
    places: Mapping[int, Mapping[int, tuple[str, _Reading] | None]]
    labels: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line at the edge of a page.

    Attributes:
        page: index of its page.
        at: its position among the lines of the page.
        edge: its distance from the page's edge: 0, 1, 2 from the top, -1, -2, -3 from the bottom.
        mask: its words.
        numbers: its numbers.
        folio: the page number that it consists of, None if it is more.
    """

    page: int
    at: int
    edge: int
    mask: str
    numbers: tuple[int, ...]
    folio: str | None

    def readings(self, counting: frozenset[int]) -> Iterator[_Reading]:
        """The ways in which it can be the same as a line of another page: number by number, or one counts the pages.

        Args:
            counting: what page numbers of this document are more than the indexes of their pages.
        """
        yield None, self.numbers
        for slot, number in enumerate(self.numbers):
            if number - self.page in counting:
                yield slot, (*self.numbers[:slot], *self.numbers[slot + 1 :])


def mask(line: str) -> str:
    """A line with its numbers masked, so that ``12 Annual report`` and ``13 Annual report`` are the same head."""
    return _DIGITS.sub("#", line.strip())


def find_running(texts: Sequence[str]) -> Running:
    """The running lines of a document's pages: among the first or last three lines of 30 % of them, or of a chapter."""
    lines = [line for page, text in enumerate(texts) for line in _edge_lines(page, text, len(texts))]
    numbered = _numbered(lines, len(texts))
    counting = _counting(lines, numbered, len(texts))
    places: dict[int, dict[int, tuple[str, _Reading] | None]] = defaultdict(dict)
    labels = {}
    for line in numbered:
        places[line.page][line.at] = None
        labels[line.page] = line.folio or ""
    groups: dict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        if line.folio is None:
            groups[line.mask].append(line)
    least = _least(len(texts))
    for group in groups.values():
        for line, reading in _running(group, counting, least):
            places[line.page][line.at] = line.mask, reading
    masks = frozenset(same[0] for page in places.values() for same in page.values() if same)
    return Running(masks, places, labels)


def drop_running(texts: Sequence[str], running: Running) -> list[str]:
    """The pages without their running lines, but for the first page on which each occurs; page numbers go everywhere.

    Of lines that differ in more than the number that counts the pages («Case 12», «Case 13»), each stays once.
    """
    kept: set[tuple[str, _Reading]] = set()
    return [
        _drop(text, running.places[page], kept) if page in running.places else text
        for page, text in enumerate(texts)
    ]


def _least(pages: int) -> float:
    return max(_MIN_PAGES_SHORT if pages <= _SHORT else _MIN_PAGES, pages * _MIN_SHARE)


def _lines(text: str) -> list[str]:
    """The lines of a page; where its last word is parted, PDFium puts the foot right behind the mark."""
    lines = text.split("\n")
    body, marked, foot = lines[-1].rpartition(HYPHEN_MARK)
    return [*lines[:-1], body + marked, foot] if marked and foot else lines


def _edge_lines(page: int, text: str, pages: int) -> Iterator[_Line]:
    """The first three and last three lines of a page, each once."""
    lines = _lines(text)
    count = len(lines)
    if pages <= _SHORT and count <= 2 * _EDGE_LINES:  # there is nothing but edges
        return
    for at in (*range(min(_EDGE_LINES, count)), *range(max(_EDGE_LINES, count - _EDGE_LINES), count)):
        line = lines[at]
        if line and len(line) <= _MAX_LENGTH:
            # A line of more numbers is a row of a table.
            numbers = tuple(map(int, _DIGITS.findall(line)[:_MAX_NUMBERS]))
            edge = at if at < _EDGE_LINES else at - count
            yield _Line(page, at, edge, mask(line), numbers, folio(line))


def _numbered(lines: Iterable[_Line], pages: int) -> list[_Line]:
    """The lines that are nothing but the number of their page: they count the pages, at the very edge or all at one place."""
    groups: dict[tuple[int, int], list[_Line]] = defaultdict(list)
    for line in lines:
        if line.folio is not None and (pages > _SHORT or line.edge in {0, -1}):
            groups[value(line.folio) - line.page, 0 if line.edge == -1 else line.edge].append(line)
    least = min(_least(pages), _MIN_PAGES)
    return [line for group in groups.values() if len(group) >= least for line in group]


def _counting(lines: Iterable[_Line], numbered: Iterable[_Line], pages: int) -> frozenset[int]:
    """What the printed page numbers are more than the indexes of their pages.

    So much as bare page numbers say, or numbers within lines of most pages: the headings «Annex 1» to «Annex 5» of five
    pages count something else.
    """
    said: dict[int, set[int]] = defaultdict(set)
    for line in lines:
        for number in line.numbers:
            said[number - line.page].add(line.page)
    most = pages if pages <= _SHORT else max(_MIN_PAGES, pages * _MOST)
    found = {more for more, where in said.items() if len(where) >= most}
    return frozenset(found | {value(line.folio) - line.page for line in numbered if line.folio})


def _running(
    lines: Sequence[_Line], counting: frozenset[int], least: float
) -> Iterable[tuple[_Line, _Reading]]:
    """Which lines of the same words are running ones, each with the reading that it shares with most others."""
    if len(lines) < min(least, _CHAPTER_PAGES):
        return ()
    pages: dict[_Reading, set[int]] = defaultdict(set)
    for line in lines:
        for reading in line.readings(counting):
            pages[reading].add(line.page)
    enough = min(least, _MIN_PAGES)
    best = [(line, max(line.readings(counting), key=lambda one: len(pages[one]))) for line in lines]
    alike = [(line, reading) for line, reading in best if len(pages[reading]) >= enough]
    return alike if len({line.page for line, _ in alike}) >= least else _of_part(alike)


def _of_part(lines: Sequence[tuple[_Line, _Reading]]) -> Iterable[tuple[_Line, _Reading]]:
    """Lines that head every page of a part of the document, or every second one, always at the same place."""
    edges = Counter(line.edge for line, _ in lines)
    edge, count = edges.most_common(1)[0] if edges else (0, 0)
    if count < _CHAPTER_PAGES or edge not in range(-_CHAPTER_LINES, _CHAPTER_LINES):
        return ()
    found = [(line, reading) for line, reading in lines if line.edge == edge]
    pages = sorted({line.page for line, _ in found})
    step = 2 if len({page % 2 for page in pages}) == 1 else 1
    span = (pages[-1] - pages[0]) / step + 1
    return found if len(pages) >= max(_CHAPTER_PAGES, _CHAPTER_SHARE * span) else ()


def _drop(
    text: str, places: Mapping[int, tuple[str, _Reading] | None], kept: set[tuple[str, _Reading]]
) -> str:
    lines = _lines(text)
    gone = {at for at, same in places.items() if same is None or same in kept}
    kept.update(same for same in places.values() if same)
    if not gone:
        return text
    left = "\n".join(line for at, line in enumerate(lines) if at not in gone)
    return left.replace(HYPHEN_MARK + "\n", HYPHEN_MARK) if HYPHEN_MARK in left else left
