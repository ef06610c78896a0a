"""The JSON-LD objects of a page (https://schema.org), as far as they speak of an article or a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: A longer block is a product catalogue, not an article.
_MAX_BLOCK = 1_000_000
_MAX_OBJECTS = 1000
#: Types that describe a text, the most telling first.
_TYPES = (
    ("Report", "ScholarlyArticle", "Book", "Thesis", "PublicationIssue", "Legislation"),
    ("NewsArticle", "BlogPosting", "Article", "TechArticle", "CreativeWork"),
    ("WebPage", "AboutPage", "ItemPage"),
)

Thing = dict[str, Any]


def read_json_ld(blocks: Iterable[str]) -> Thing:
    """The object that describes the page's text best, references inside the page resolved one step; empty if there is none.

    Args:
        blocks: the contents of the page's ``application/ld+json`` scripts; broken ones are left out.
    """
    things = list(_things(blocks))
    by_id = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str)}
    for types in _TYPES:
        for thing in things:
            if not set(types).isdisjoint(as_list(thing.get("@type"))):
                return {name: _resolved(value, by_id) for name, value in thing.items()}
    return {}


def names(value: object) -> list[str]:
    """The names in a value: a text, an object with a name, or a list of them."""
    found = (item.get("name") if isinstance(item, dict) else item for item in as_list(value))
    return [name for name in found if isinstance(name, str) and name.strip()]


def as_list(value: object) -> list[Any]:
    """A value as a list; None is an empty one."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _things(blocks: Iterable[str]) -> Iterator[Thing]:
    """All objects at the top or in a ``@graph``."""
    count = 0
    for block in blocks:
        try:
            waiting = as_list(msgspec.json.decode(block)) if len(block) <= _MAX_BLOCK else []
        except (msgspec.DecodeError, RecursionError):
            continue
        while waiting and count < _MAX_OBJECTS:
            thing = waiting.pop(0)
            if isinstance(thing, dict):
                count += 1
                yield thing
                waiting += as_list(thing.get("@graph"))


def _resolved(value: object, by_id: dict[str, Thing]) -> object:
    """A value with ``{"@id": …}`` replaced by the object of that id."""
    if isinstance(value, list):
        return [_resolved(item, by_id) for item in value if not isinstance(item, list)]
    if isinstance(value, dict) and "name" not in value:
        reference = value.get("@id")
        return by_id.get(reference, value) if isinstance(reference, str) else value
    return value
