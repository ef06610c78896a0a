"""The title of a PDF: what its own information says if its first page agrees, else what its first page shows largest.

Of 618 reports only 25 have a title in their document information, and 16 of those are junk; but where the first page
confirms it, it is the author's own and costs nothing. The largest type alone gives the masthead, so mastheads, symbols
and running heads are put aside first, and bold type is preferred.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.extract.pdf.running import mask
from tipsearch.extract.pdf.title_words import (
    is_furniture,
    is_label,
    is_organisation,
    title_case,
    usable_title,
)
from tipsearch.model import Evidence, Fact, Field, Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

#: Share of a title's words that must occur on the first page.
_CONFIRMED = 0.7
_MIN_CONFIRMED_WORDS = 2
#: Titles stand in the upper two thirds of a page.
_LOWEST = 2 / 3
#: Bold type counts as this much larger; lines whose sizes differ less than that are one headline.
_BOLD_BONUS, _SAME_SIZE = 1.15, 0.1
#: A headline below running text is a section's, unless it is far larger than what stands above.
_BELOW_TEXT = 0.6
#: A line of so many characters in the page's usual size is running text.
_MIN_BODY = 30
#: The largest distance between lines of one headline, in its type size.
_LEADING = 2.0
#: Running lines this much larger than the body are titles.
_LARGE = 1.3
_MAX_HEADLINE = 250
_MAX_LINES = 6
#: So many runs back a line looks for the headline that it continues.
_COLUMNS = 4
#: A headline of so few words is a name that needs its running head; more of them if the head bears a year.
_NAME_WORDS, _NAME_WORDS_OF_SERIES = 2, 7
_MIN_HEAD_WORDS = 4
_LONG_ENOUGH = 12
_WORDS = re.compile(r"\w+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: A page number after or before a running head; years stay.
_FOLIO = re.compile(r"(?:\s+[|–-]?\s*(?:page\s+)?\d{1,3})+$|^\d{1,3}\s+[|–-]?\s*", re.IGNORECASE)
_WIDE_END = re.compile("[\u3040-\u30ff\u3400-\u9fff]$")


@dataclass(frozen=True, slots=True)
class LayoutLine:
    """A line of a page.

    Attributes:
        text: its text.
        size: its type size in points.
        bold: whether most of it is bold.
        top: distance of its base line from the page's upper edge, as a share of the page's height.
        left, right: distances of its ends from the page's left edge, in points.
    """

    text: str
    size: float
    bold: bool
    top: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What a title is judged by.

    Attributes:
        number: of the first page with text, 1-based.
        text: its cleaned text.
        running: the masked running lines of the document.
    """

    number: int
    text: str
    running: frozenset[str]


def find_title(info_title: str, page: FirstPage, layout: Callable[[], Sequence[LayoutLine]]) -> Fact | None:
    """The best title there is, with its evidence.

    Args:
        info_title: the title in the document information.
        page: the first page with text.
        layout: gives the lines of that page; called only if the information doesn't do.

    Returns:
        None if there is no plausible one; the caller then falls back to the file's name.
    """
    stated = usable_title(info_title)
    if stated and _is_confirmed(stated, page.text):
        return _fact(stated, "metadata", 0.9, page)
    shown = title_from_layout(layout(), page)
    if shown:
        return shown
    if stated and len(stated) >= _LONG_ENOUGH:
        return _fact(stated, "metadata", 0.4, page)
    line = next((line for line in _plausible_lines(page) if len(line) >= _LONG_ENOUGH), None)
    return _fact(line, "text", 0.3, page) if line else None


def title_from_layout(lines: Sequence[LayoutLine], page: FirstPage) -> Fact | None:
    """The title that a page shows: its largest headline, with the running head before it if it is a mere name."""
    texts = _by_letters(page.text)
    body = _body_size(lines)
    own = [line for line in lines if not is_furniture(line.text) and not _is_small_head(line, page, body)]
    upper = [line for line in own if line.top <= _LOWEST]
    for headline in _headlines(upper or own, body):
        # The page's text has its words parted and ordered better than its layout, above all from right to left.
        parts = [texts.get(_letters(line.text), line.text) for line in headline]
        title = usable_title(_join(parts))
        if title and not is_label(title) and len(title) <= _MAX_HEADLINE:
            return _with_head(title, page)
    return None


def _is_confirmed(title: str, text: str) -> bool:
    folded = text.casefold()
    words = _WORDS.findall(title.casefold())
    if len(words) < _MIN_CONFIRMED_WORDS and len(title) < _LONG_ENOUGH:
        return False
    # Scripts without spaces are one word to the pattern.
    if "".join(words) in "".join(_WORDS.findall(folded[: 20 * len(title) + 2000])):
        return True
    there = set(_WORDS.findall(folded))
    return sum(word in there for word in words) >= _CONFIRMED * len(words)


def _headlines(lines: Sequence[LayoutLine], body: float) -> list[list[LayoutLine]]:
    """Runs of neighbouring lines in the same type, the most prominent first; what looks like body text is left out."""
    runs: list[list[LayoutLine]] = []
    for line in lines:
        # Lines of another column may stand between two lines of a headline.
        run = next(
            (run for run in runs[-_COLUMNS:] if len(run) < _MAX_LINES and _belongs(run[-1], line)), None
        )
        if run is None:
            runs.append([line])
        else:
            run.append(line)
    prominent = [run for run in runs if run[0].size > body * (1 + _SAME_SIZE) or run[0].bold]
    text_begins = min((line.top for line in lines if _is_body(line, body)), default=1.0)
    return sorted(prominent, key=lambda run: -_prominence(run[0], text_begins))


def _is_small_head(line: LayoutLine, page: FirstPage, body: float) -> bool:
    """Whether it is a running line in small type; a title in large type may well run on through the document."""
    return line.size <= _LARGE * body and mask(line.text) in page.running


def _belongs(last: LayoutLine, line: LayoutLine) -> bool:
    # The page's height is unknown here; 800 points, nearly that of A4 and Letter, is near enough for a leading.
    gap = (line.top - last.top) * 800
    alike = abs(line.size - last.size) <= _SAME_SIZE * last.size and line.bold == last.bold
    above = line.left < last.right and last.left < line.right
    return alike and above and gap <= _LEADING * last.size


def _is_body(line: LayoutLine, body: float) -> bool:
    return not line.bold and line.size <= body and len(line.text) >= _MIN_BODY


def _prominence(line: LayoutLine, text_begins: float) -> float:
    below = line.top > text_begins
    return line.size * (_BOLD_BONUS if line.bold else 1.0) * (_BELOW_TEXT if below else 1.0)


def _body_size(lines: Iterable[LayoutLine]) -> float:
    """The size of most letters that are not bold."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if not line.bold:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _with_head(title: str, page: FirstPage) -> Fact:
    """A title from the layout; a country's name alone becomes ``2018 Findings on …: North Macedonia``."""
    head = _series_head(title, page)
    if head is None:
        return _fact(title, "layout", 0.7, page)
    return _fact(f"{head}: {title}", "running head", 0.6, page)


def _series_head(title: str, page: FirstPage) -> str | None:
    """The running head that a title needs to say what it is about; one that bears a year before any other."""
    lines = [line.strip() for line in page.text.split("\n") if mask(line) in page.running]
    heads = [head for line in lines if _names_series(head := _FOLIO.sub("", line), title)]
    best = min(heads, key=lambda head: _YEAR.search(head) is None, default=None)
    return title_case(best, _acronyms(page.text)) if best and best.isupper() else best


def _names_series(head: str, title: str) -> bool:
    most = _NAME_WORDS_OF_SERIES if _YEAR.search(head) else _NAME_WORDS
    if len(_WORDS.findall(title)) > most or len(_WORDS.findall(head)) < _MIN_HEAD_WORDS:
        return False
    return (
        title.casefold() not in head.casefold()
        and not is_organisation(head)
        and usable_title(head) is not None
    )


def _acronyms(text: str) -> frozenset[str]:
    """The words in capitals within lines that aren't."""
    lines = (line for line in text.split("\n") if not line.isupper())
    return frozenset(
        word for line in lines for word in _WORDS.findall(line) if word.isupper() and len(word) > 1
    )


def _plausible_lines(page: FirstPage) -> Iterable[str]:
    for line in page.text.split("\n"):
        if len(line) <= _MAX_HEADLINE and not is_furniture(line) and mask(line) not in page.running:
            title = usable_title(line)
            if title and not is_label(title):
                yield title


def _by_letters(text: str) -> dict[str, str]:
    """The lines of a page by the letters in them, whatever their order; of lines with the same letters the first."""
    return {_letters(line): line for line in reversed(text.split("\n"))}


def _letters(line: str) -> str:
    return "".join(sorted(char for char in line.casefold() if char.isalnum()))


def _join(lines: Sequence[str]) -> str:
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


def _fact(value: str, where: str, weight: float, page: FirstPage) -> Fact:
    origin = Origin.DETECTED if where == "text" else Origin.SOURCE
    return Fact(Field.TITLE, value, origin, weight, (Evidence(where, value[:200], pages=(page.number,)),))
