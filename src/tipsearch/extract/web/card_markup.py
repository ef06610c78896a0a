"""Cards in an HTML tree: found by class name, or by a «Read more» link and the heading above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import lxml.etree

from tipsearch.extract.dates import take_date
from tipsearch.extract.facts import as_spelt, has_letters
from tipsearch.extract.web.blocks import (
    classes,
    elements,
    is_furniture,
    is_heading,
    is_related,
    lines_of,
    markup_words,
    text_of,
)
from tipsearch.extract.web.cards import (
    Card,
    clean_teaser,
    ends_in_read_more,
    is_read_more,
    is_region_tag,
    split_labels,
    split_tags,
)
from tipsearch.extract.web.labels import label_field, label_values
from tipsearch.model import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

#: What holds more characters is an article, not a card.
_MAX_CARD = 3000
#: An element around a card belongs to it (its frame, its line of tags) if it adds at most so many characters.
_MAX_MARGIN = 60
#: An element that had cards and has no more characters than this besides was their container.
_MAX_REST = 100
#: A link's text is dressed in a few elements at most.
_MAX_LINK_ELEMENTS = 4
_TOP = frozenset({"html", "body", "main"})


@dataclass(frozen=True, slots=True)
class _Count:
    """What an element holds: elements, characters, titles, and where its «Read more» links lead (two are too many)."""

    size: int = 0
    characters: int = 0
    titles: int = 0
    more: frozenset[str] = frozenset()


def take_cards(tree: HtmlElement, own: Sequence[HtmlElement]) -> list[Card]:
    """Cut the cards out of the tree, and the headings and frames that held nothing else.

    Args:
        tree: the page; changed.
        own: elements that certainly belong to the page's own publication (its title, its content): what is around them
            is no card.

    Returns:
        The cards in document order.
    """
    finder = _Finder(tree, own)
    cards: list[Card] = []
    for frame in finder.frames():
        card = _read(frame)
        if has_letters(card.title) or card.href:
            cards.append(card)
            finder.drop(frame)
    return cards


class _Finder:
    """Finds the frames of cards by what every element of the page holds."""

    def __init__(self, tree: HtmlElement, own: Sequence[HtmlElement]) -> None:
        self._tree = tree
        self._around_own = {around for element in own for around in (element, *element.iterancestors())}
        self._counts = _survey(tree)
        self._rest: dict[HtmlElement, int] = {}

    def frames(self) -> list[HtmlElement]:
        """The elements that are cards, in document order."""
        found: dict[HtmlElement, None] = {}
        # Backwards, so that what lies within another element is seen before it.
        holding: set[HtmlElement] = set()
        for element in reversed(list(elements(self._tree))):
            if element in holding or not self._is_card(element):
                continue
            frame = self._widen(element)
            found[frame] = None
            holding.update(frame.iterancestors())
            holding.update(elements(frame))
        return [frame for frame in reversed(found) if not _is_site_furniture(frame)]

    def drop(self, frame: HtmlElement) -> None:
        """Cut a frame out, and what is left empty by that."""
        before, parent = frame.getprevious(), frame.getparent()
        frame.drop_tree()
        if before is not None and is_heading(before) and before not in self._around_own:
            before.drop_tree()
        if parent is None or parent.tag in _TOP or parent in self._around_own:
            return
        rest = self._rest.get(parent, self._counts[parent].characters) - self._counts[frame].characters
        self._rest[parent] = rest
        if rest <= _MAX_REST and parent.getparent() is not None:
            parent.drop_tree()

    def _is_card(self, element: HtmlElement) -> bool:
        count = self._counts.get(element)
        if count is None or element in self._around_own or element.tag in _TOP:
            return False
        if count.characters > _MAX_CARD or len(count.more) > 1:
            return False
        return bool(count.more and count.titles) or _is_named_card(element, count)

    def _widen(self, element: HtmlElement) -> HtmlElement:
        """The outermost element that holds this card and nothing else to speak of."""
        frame, count = element, self._counts[element]
        for around in element.iterancestors():
            wider = self._counts.get(around)
            if wider is None or around in self._around_own or around.tag in _TOP:
                break
            adds = wider.characters - count.characters
            if wider.titles > max(count.titles, 1) or len(wider.more) > 1 or adds > _MAX_MARGIN:
                break
            frame = around
        return frame


def _survey(tree: HtmlElement) -> dict[HtmlElement, _Count]:
    """Counts for every element, in one pass from the leaves up."""
    counts: dict[HtmlElement, _Count] = {}
    for _, element in lxml.etree.iterwalk(tree, events=("end",)):
        if not isinstance(element.tag, str) or element.tag in markup_words().silent_elements:
            continue
        inner = [counts[child] for child in element if child in counts]
        texts = (element.text, *(child.tail for child in element))
        size = len(inner) + sum(count.size for count in inner)
        characters = sum(len(text.strip()) for text in texts if text) + sum(
            count.characters for count in inner
        )
        more = frozenset[str]().union(*(count.more for count in inner))
        if not more and size <= _MAX_LINK_ELEMENTS and _is_more_link(element, characters):
            more = frozenset({element.get("href", "")})
        titles = _is_title(element) + sum(count.titles for count in inner)
        counts[element] = _Count(size, characters, titles, frozenset(sorted(more)[:2]))
    return counts


def _is_more_link(element: HtmlElement, characters: int) -> bool:
    is_short = 0 < characters < _MAX_MARGIN * 2
    return is_short and element.tag in {"a", "span", "button"} and is_read_more(text_of(element))


def _is_title(element: HtmlElement) -> bool:
    return is_heading(element) or not markup_words().card_title_classes.isdisjoint(classes(element))


def _is_named_card(element: HtmlElement, count: _Count) -> bool:
    if element.tag == "article":
        titles = [title for title in elements(element) if _is_title(title)]
        return len(titles) == 1 and bool(_link_of(titles[0])) and "comment" not in " ".join(classes(element))
    return bool(count.titles or count.more) and not markup_words().card_classes.isdisjoint(classes(element))


def _is_site_furniture(element: HtmlElement) -> bool:
    """Whether it lies in a menu, a cookie notice or the like; blocks of related items are where cards are."""
    return any(
        is_furniture(around) and around.tag != "aside" and not is_related(around)
        for around in (element, *element.iterancestors())
    )


def _read(frame: HtmlElement) -> Card:
    title = next((e for e in elements(frame) if _is_title(e) and e is not frame), None)
    marked = {element: field for element in elements(frame) if (field := label_field(element)) is not None}
    said = [(field, value) for element, field in marked.items() for value in label_values(element)]
    known = markup_words().card_teaser_classes
    root = next((element for element in elements(frame) if not known.isdisjoint(classes(element))), frame)
    lines = [line.text for line in lines_of(root, skip={*marked, *([title] if title is not None else [])})]
    said += [one for line in lines for one in _said(line)]
    return Card(
        title=as_spelt(text_of(title)) if title is not None else "",
        teaser=_teaser(lines),
        labels=tuple(dict.fromkeys(value for field, value in said if field is Field.CATEGORY)),
        tags=tuple(dict.fromkeys(value for field, value in said if field is Field.TAG)),
        href=(_link_of(title) if title is not None else "") or _first_link(frame),
    )


def _teaser(lines: list[str]) -> str:
    """The lines that state nothing else, up to the one that ends in «Read More»: below it stand tags."""
    teaser: list[str] = []
    for line in lines:
        if not _said(line) and not _is_date(line):
            teaser.append(line)
        if ends_in_read_more(line):
            break
    return clean_teaser(" ".join(teaser))


def _said(line: str) -> list[tuple[Field, str]]:
    """Categories or tags that a line of a card states, as where no class tells them."""
    labels = split_labels(line)
    tags = split_tags(line) or ((line,) if is_region_tag(line) else ())
    return [(Field.CATEGORY, label) for label in labels] or [(Field.TAG, tag) for tag in tags]


def _is_date(line: str) -> bool:
    return len(line) <= _MAX_MARGIN and not has_letters(take_date(line)[1])


def _link_of(title: HtmlElement) -> str:
    """Where a title leads: the link in it or around it."""
    return _first_link(title) or next((around.get("href", "") for around in title.iterancestors("a")), "")


def _first_link(element: HtmlElement) -> str:
    return next((link.get("href", "") for link in elements(element, "a") if link.get("href")), "")
