"""The headline of a page: which of its lines are set as a title, by size, weight and place.

The largest type alone gives the masthead, so mastheads, symbols and running heads are put aside first, and bold type is
preferred.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.extract.pdf.running import mask
from tipsearch.extract.pdf.title_words import is_furniture

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
#: A title's second half is set no smaller than this, as a part of the first half's size.
_SUBTITLE = 0.5
#: Running lines this much larger than the body are titles.
_LARGE = 1.3
_MAX_LINES = 6
#: So many runs back a line looks for the headline that it continues.
_COLUMNS = 4


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


def headlines(lines: Sequence[LayoutLine], running: frozenset[str]) -> list[list[LayoutLine]]:
    """Runs of neighbouring lines in the same type, the most prominent first; body text and furniture are left out.

    Args:
        lines: the lines of a page from top to bottom.
        running: the masked running lines of the document.
    """
    body = _body_size(lines)
    own = [line for line in lines if not is_furniture(line.text) and not _is_small_head(line, running, body)]
    upper = [line for line in own if line.top <= _LOWEST] or own
    prominent = [run for run in _runs(upper, body) if _stands_out(run[0], body)]
    text_begins = min((line.top for line in upper if _is_body(line, body)), default=1.0)
    return sorted(prominent, key=lambda run: -_prominence(run[0], text_begins))


def _runs(lines: Sequence[LayoutLine], body: float) -> list[list[LayoutLine]]:
    runs: list[list[LayoutLine]] = []
    for line in lines:
        stands_out = _stands_out(line, body)
        # Lines of another column may stand between two lines of a headline.
        near = (run for run in runs[-_COLUMNS:] if len(run) < _MAX_LINES)
        run = next(
            (run for run in near if _belongs(run[-1], line) or (stands_out and _explains(run[-1], line))),
            None,
        )
        if run is None:
            runs.append([line])
        else:
            run.append(line)
    return runs


def _stands_out(line: LayoutLine, body: float) -> bool:
    return line.bold or line.size > body * (1 + _SAME_SIZE)


def _is_small_head(line: LayoutLine, running: frozenset[str], body: float) -> bool:
    """Whether it is a running line in small type; a title in large type may well run on through the document."""
    return line.size <= _LARGE * body and mask(line.text) in running


def _belongs(last: LayoutLine, line: LayoutLine) -> bool:
    alike = abs(line.size - last.size) <= _SAME_SIZE * last.size and line.bold == last.bold
    return alike and _follows(last, line)


def _explains(last: LayoutLine, line: LayoutLine) -> bool:
    """Whether it is what a line that ends in a colon announces: a title's second half in smaller type."""
    return (
        last.text.endswith(":") and _SUBTITLE * last.size <= line.size <= last.size and _follows(last, line)
    )


def _follows(last: LayoutLine, line: LayoutLine) -> bool:
    # The page's height is unknown here; 800 points, nearly that of A4 and Letter, is near enough for a leading.
    gap = (line.top - last.top) * 800
    return line.left < last.right and last.left < line.right and gap <= _LEADING * last.size


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
