"""The title of a PDF: what it says of itself if its first page agrees, else what that page shows as its headline.

Of 618 reports only 25 have a title in their document information, and 16 of those are junk; but where the first page
confirms it, it is the author's own and costs nothing. Next come headings that are tagged as such, where the page sets
nothing else larger, and last the type and place of all lines.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from tipsearch.extract.lexicon import lexicon
from tipsearch.extract.pdf.headline import headlines
from tipsearch.extract.pdf.printed import as_printed
from tipsearch.extract.pdf.running import mask
from tipsearch.extract.pdf.series import series_head
from tipsearch.extract.pdf.title_words import (
    is_furniture,
    is_label,
    letters_worth,
    names_organisation,
    usable_title,
)
from tipsearch.model import Evidence, Fact, Field, Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tipsearch.extract.pdf.headline import LayoutLine
    from tipsearch.extract.pdf.tagged import Heading

#: Share of a title's words that must occur on the first page.
_CONFIRMED = 0.7
_MIN_CONFIRMED_WORDS = 2
_MAX_HEADLINE = 250
_LONG_ENOUGH = 12
_WORDS = re.compile(r"\w+")
#: «Congo, Democratic Republic of the», as lists of countries have it.
_INVERTED = re.compile(r"^([^,:]+), ([^,:]+ of(?: the)?)$")
_MARKS = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What a title is judged by.

    Attributes:
        number: of the first page with text, 1-based.
        text: its cleaned text.
        running: the masked running lines of the document.
        following: the texts of some pages after it.
    """

    number: int
    text: str
    running: frozenset[str]
    following: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """Two looks at the first page, each taken only if what was known before doesn't do.

    Attributes:
        headings: gives what is tagged as a heading; costs about 4 ms.
        lines: gives the lines with their type; costs about 40 ms.
    """

    headings: Callable[[], Sequence[Heading]]
    lines: Callable[[], Sequence[LayoutLine]]


def find_title(stated: Sequence[str], page: FirstPage, seen: Seen) -> Fact | None:
    """The best title there is, with its evidence.

    Args:
        stated: titles that the file's metadata give, the likeliest first.
        page: the first page with text.
        seen: further looks at that page.

    Returns:
        None if there is no plausible one; the caller then falls back to the file's name.
    """
    usable = [title for raw in stated if (title := usable_title(raw)) and not is_label(title)]
    words = _folded(page.text)
    for title in usable:
        if _is_confirmed(title, words):
            return _fact(title, "metadata", 0.9, page)
    shown = title_from_tags(seen.headings(), page) or title_from_layout(seen.lines(), page)
    if shown:
        return shown
    if unconfirmed := next((title for title in usable if letters_worth(title) >= _LONG_ENOUGH), None):
        return _fact(unconfirmed, "metadata", 0.4, page)
    line = next((line for line in _plausible_lines(page) if letters_worth(line) >= _LONG_ENOUGH), None)
    return _fact(line, "text", 0.3, page) if line else None


def title_from_tags(headings: Sequence[Heading], page: FirstPage) -> Fact | None:
    """The first tagged heading that can be a title and that nothing which can be one outdoes in size."""
    for heading in headings:
        title = _plausible(as_printed([heading.text], page.text))
        if title is None or mask(title) in page.running or names_organisation(title):
            continue
        if heading.role == "Title" or not any(map(_competes, heading.larger)):
            return _with_head(title, "tagged heading", 0.8, page)
        return None
    return None


def title_from_layout(lines: Sequence[LayoutLine], page: FirstPage) -> Fact | None:
    """The title that a page shows: its largest headline, with the running head before it if it is a mere name.

    An organisation's name in type as large as you like is a masthead if a headline stands below it.
    """
    masthead: tuple[str, float] | None = None
    for headline in map(_without_masthead, headlines(lines, page.running)):
        title = _plausible(as_printed([line.text for line in headline], page.text))
        if title is None or (masthead and headline[0].top <= masthead[1]):
            continue
        if masthead is None and names_organisation(title):
            masthead = title, headline[0].top
            continue
        return _with_head(title, "layout", 0.7, page)
    return _with_head(masthead[0], "layout", 0.7, page) if masthead else None


def _without_masthead(headline: Sequence[LayoutLine]) -> Sequence[LayoutLine]:
    """A headline without its first lines if they name organisations; a name that takes several lines stays whole."""
    if names_organisation(" ".join(line.text for line in headline)):
        return headline
    names = list(takewhile(lambda line: names_organisation(line.text), headline))
    return headline[min(len(names), len(headline) - 1) :]


def _plausible(raw: str) -> str | None:
    title = usable_title(raw)
    fits = title and not is_label(title) and not is_furniture(title) and len(title) <= _MAX_HEADLINE
    return title if fits else None


def _competes(text: str) -> bool:
    """Whether what is set larger than a heading may be the title in its place; an organisation's name isn't."""
    return _plausible(text) is not None and not names_organisation(text)


def _is_confirmed(title: str, text: str) -> bool:
    """Whether a folded text speaks of what a title says.

    After a colon stands what tells a title from others of its series; if nothing of that occurs, the title is the last
    one that was made from the same template.
    """
    words = _WORDS.findall(_folded(title))
    if len(words) < _MIN_CONFIRMED_WORDS and letters_worth(title) < _LONG_ENOUGH:
        return False
    there = set(_WORDS.findall(text))
    own = set(_WORDS.findall(_folded(title.rpartition(":")[2]))) - lexicon().small_words or words
    enough = sum(word in there for word in words) >= _CONFIRMED * len(words)
    if enough and any(word in there for word in own):
        return True
    # Scripts without spaces are one word to the pattern.
    return "".join(words) in "".join(_WORDS.findall(text[: 20 * len(title) + 2000]))


def _folded(text: str) -> str:
    """Without case and accents: ``Cote d'Ivoire`` in the metadata is ``Côte d’Ivoire`` on the page."""
    text = text.casefold()
    return text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text))


def _with_head(title: str, where: str, weight: float, page: FirstPage) -> Fact:
    """A title from the page; a country's name alone becomes ``2018 Findings on …: North Macedonia``."""
    title = _INVERTED.sub(r"\2 \1", title)
    head = series_head(title, page.text, page.running, page.following)
    if head is None:
        return _fact(title, where, weight, page)
    return _fact(f"{head}: {title}", "running head", 0.6, page)


def _plausible_lines(page: FirstPage) -> Iterator[str]:
    lines: Iterable[str] = page.text.split("\n")
    for line in lines:
        if mask(line) not in page.running and (title := _plausible(line)):
            yield title


def _fact(value: str, where: str, weight: float, page: FirstPage) -> Fact:
    origin = Origin.DETECTED if where == "text" else Origin.SOURCE
    return Fact(Field.TITLE, value, origin, weight, (Evidence(where, value[:200], pages=(page.number,)),))
