"""A page as lines, taken apart into its own text and the cards below it.

Nothing is assumed about class names: a leaked list of post types ends the page's own text, and a card is known by its
line of labels and its «...Read More».
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tipsearch.extract.facts import has_letters
from tipsearch.extract.web.cards import (
    Card,
    clean_teaser,
    ends_in_read_more,
    is_cut_teaser,
    is_region_tag,
    split_labels,
    split_tags,
)
from tipsearch.extract.web.citation import parse_citation
from tipsearch.extract.web.leaked import Leak, find_leak

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.extract.web.lines import Line

#: A title of more characters is a paragraph.
_MAX_TITLE = 300
#: A title may be broken into so many lines.
_MAX_TITLE_LINES = 3
#: Teasers have about 250 characters; what is much longer is text of the page.
_MAX_TEASER = 1500


@dataclass(frozen=True, slots=True)
class Parts:
    """A page taken apart.

    Attributes:
        own: the lines of its own text, citation line and tags included.
        cards: its cards, in order.
    """

    own: tuple[Line, ...]
    cards: tuple[Card, ...] = ()


def split_page(lines: Sequence[Line]) -> Parts:
    """Take a page apart.

    Args:
        lines: all lines of the page, or those that are left once cards known by their markup are taken out.
    """
    leak = find_leak([line.text for line in lines])
    if leak is None:
        return _split_cards(lines, own_first=True)
    before = _before(lines, leak)
    if not any(has_letters(line.text) for line in before):
        # The list stands above the text: only the list itself goes.
        return split_page(lines[leak.end :])
    parts = _split_cards(before, own_first=True)
    below = _split_cards(lines[leak.end :], own_first=False)
    return Parts(parts.own, parts.cards + below.cards)


def _before(lines: Sequence[Line], leak: Leak) -> list[Line]:
    before = list(lines[: leak.line])
    if leak.offset:
        line = lines[leak.line]
        before.append(replace(line, text=line.text[: leak.offset].rstrip()))
    return before


def _split_cards(lines: Sequence[Line], *, own_first: bool) -> Parts:
    """Cut lines after each «Read More» and the tags that follow it; the first piece may begin with the page's own text."""
    cards: list[Card] = []
    own: Sequence[Line] = lines if own_first else ()
    start = 0
    for index, line in enumerate(lines):
        if index < start or not ends_in_read_more(line.text):
            continue
        piece = _piece(lines, start, index, may_have_own=own_first and not cards)
        if piece is None:
            continue
        first, card = piece
        if own_first and not cards:
            own = lines[:first]
        tags, start = _tags_after(lines, index + 1)
        cards.append(replace(card, tags=tags))
    return Parts(tuple(own), tuple(cards))


def _piece(lines: Sequence[Line], start: int, end: int, *, may_have_own: bool) -> tuple[int, Card] | None:
    """The card that ends in line ``end``: the index of its first line, and the card; None if it is no card.

    Without a line of labels, a «Read more» belongs to a card only if it follows a teaser that was cut.
    """
    labels_at = _labels_at(lines, start, end)
    if labels_at is None and not is_cut_teaser(lines[end].text):
        return None
    teaser_at = _paragraph_start(lines, start, end) if labels_at is None else labels_at + 1
    above = teaser_at if labels_at is None else labels_at
    title_at = _title_start(lines, start, above, may_have_own=may_have_own)
    title = " ".join(line.text for line in lines[title_at:above])
    card = Card(
        title=title,
        teaser=clean_teaser(" ".join(line.text for line in lines[teaser_at : end + 1])),
        labels=() if labels_at is None else split_labels(lines[labels_at].text),
        href=_href([*lines[title_at:above], lines[end]]),
    )
    return title_at, card


def _labels_at(lines: Sequence[Line], start: int, end: int) -> int | None:
    """Where the line of labels stands that belongs to the teaser ending in line ``end``."""
    length = len(lines[end].text)
    for index in range(end - 1, start - 1, -1):
        if split_labels(lines[index].text):
            return index
        length += len(lines[index].text)
        if length > _MAX_TEASER:
            break
    return None


def _paragraph_start(lines: Sequence[Line], start: int, end: int) -> int:
    index = end
    while index > start and not lines[index].starts:
        index -= 1
    return index


def _title_start(lines: Sequence[Line], start: int, end: int, *, may_have_own: bool) -> int:
    """Where the title begins that ends before line ``end``; ``end`` itself if there is none."""
    if end == start or not _can_be_title(lines[end - 1]):
        return end
    if may_have_own and not lines[end - 1].heading and any(line.heading for line in lines[end:]):
        # Titles are headings on this page, and this one has an empty one: above it stands the page's own text.
        return end
    # Below other cards all that is left between two of them is the title; below the page's own text it is one line.
    short = end - start <= _MAX_TITLE_LINES and sum(len(line.text) for line in lines[start:end]) <= _MAX_TITLE
    return start if short and not may_have_own else end - 1


def _can_be_title(line: Line) -> bool:
    if line.text.startswith(("http://", "https://", "www.")):
        return False
    return len(line.text) <= _MAX_TITLE and not parse_citation(line.text).marked


def _tags_after(lines: Sequence[Line], index: int) -> tuple[tuple[str, ...], int]:
    """The tags in the line after a card, and the index of the line after them."""
    if index >= len(lines):
        return (), index
    text = lines[index].text
    tags = split_tags(text) or ((text.strip(),) if is_region_tag(text) else ())
    return tags, index + bool(tags)


def _href(lines: Sequence[Line]) -> str:
    """The link of the title or of «Read more»; those of the labels lead to categories."""
    return next((link.href for line in lines for link in line.links), "")
