"""Elements that hold categories or tags, told by ``rel`` (https://microformats.org/wiki/rel-tag), class or address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tipsearch.extract.facts import has_letters
from tipsearch.extract.web.blocks import classes, elements, markup_words, text_of
from tipsearch.extract.web.cards import split_labels, split_tags
from tipsearch.model import Field

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_REGION_LINK = re.compile(r"/(?:region|regions|country)/[^/]+/?$")
#: What WordPress files a post under that nobody has filed.
_NO_CATEGORIES = frozenset(
    {"uncategorized", "uncategorised", "sin categoria", "sin categoría", "non classé", "sem categoria"}
)


def label_field(element: HtmlElement) -> Field | None:
    """Whether an element holds categories or tags."""
    words = markup_words()
    rel = (element.get("rel") or "").lower().split()
    if "category" in rel or not words.category_classes.isdisjoint(classes(element)):
        return Field.CATEGORY
    if "tag" in rel or not words.tag_classes.isdisjoint(classes(element)):
        return Field.TAG
    return None


def is_region_link(element: HtmlElement) -> bool:
    """Whether it is a link to the pages about a region."""
    return element.tag == "a" and _REGION_LINK.search(element.get("href") or "") is not None


def label_values(element: HtmlElement) -> tuple[str, ...]:
    """The categories or tags in such an element: known labels, the texts of its links, or what follows «TAGS:»."""
    text = text_of(element)
    links = tuple(text_of(link) for link in elements(element, "a"))
    values = split_labels(text) or links or split_tags(text) or (text,)
    return tuple(value for value in values if is_category(value))


def is_category(value: str) -> bool:
    """Whether a category says anything."""
    return has_letters(value) and value.casefold() not in _NO_CATEGORIES
