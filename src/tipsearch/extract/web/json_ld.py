"""The JSON-LD objects of a page (https://schema.org), as far as they speak of an article or a report."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from tipsearch.extract.dates import publication_date
from tipsearch.extract.facts import fact, resolve
from tipsearch.model import Fact, Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: A longer block is a product catalogue, not an article.
_MAX_BLOCK = 1_000_000
_MAX_OBJECTS = 1000
_MAX_KEYWORDS = 30
#: Properties with a date and their weight, the most telling first; `dateModified` is none of publication.
_DATES = {"datePublished": 0.5, "dateCreated": 0.3, "copyrightYear": 0.3}
_PDF = re.compile(r"\.pdf(?:$|[?#])", re.IGNORECASE)
_WRAPPER = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")
_TRAILING_COMMA = re.compile(r",\s*([\]}])")
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
            if not set(types).isdisjoint(_types(thing)):
                return {name: _resolved(value, by_id) for name, value in thing.items()}
    return {}


def is_text(thing: Thing) -> bool:
    """Whether it describes a text of its own, not just the page of a site."""
    return any(not set(types).isdisjoint(_types(thing)) for types in _TYPES[:2])


def article_facts(thing: Thing, base: str | None) -> list[Fact]:
    """Date, categories, tags and file that it states; `base` is the page's own address."""
    facts = list(islice(_dates(thing), 1))
    facts += [
        fact(Field.CATEGORY, name, "metadata", weight=0.5) for name in names(thing.get("articleSection"))
    ]
    keywords = (word for name in names(thing.get("keywords")) for word in name.split(","))
    facts += [
        fact(Field.TAG, word, "metadata", weight=0.4)
        for word in islice(keywords, _MAX_KEYWORDS)
        if word.strip()
    ]
    media = [one for name in ("encoding", "associatedMedia") for one in as_list(thing.get(name))]
    hrefs = [one.get("contentUrl") or one.get("url") for one in media if isinstance(one, dict)]
    files = (resolve(href, base) for href in hrefs if isinstance(href, str) and _PDF.search(href))
    return [*facts, *(fact(Field.FILE_URL, file, "metadata", weight=0.8) for file in files if file)]


def _dates(thing: Thing) -> Iterator[Fact]:
    """Dates that it states, the most telling first."""
    for name, weight in _DATES.items():
        said = str(thing.get(name) or "")
        if date := publication_date(said):
            yield fact(Field.DATE, date, "metadata", weight=weight, quote=f"{name}: {said}")


def languages(thing: Thing) -> list[str]:
    """What it says about its language: a code, or an object with a code or a name."""
    said = as_list(thing.get("inLanguage"))
    codes = (one.get("alternateName") or one.get("name") if isinstance(one, dict) else one for one in said)
    return [code for code in codes if isinstance(code, str)]


def names(value: object) -> list[str]:
    """The names in a value: a text, an object with a name, or a list of them."""
    found = (item.get("name") if isinstance(item, dict) else item for item in as_list(value))
    return [name for name in found if isinstance(name, str) and name.strip()]


def as_list(value: object) -> list[Any]:
    """A value as a list; None is an empty one."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _types(thing: Thing) -> list[str]:
    """Its types without the vocabulary before them (``http://schema.org/Article``)."""
    return [
        one.rpartition("/")[2].rpartition(":")[2]
        for one in as_list(thing.get("@type"))
        if isinstance(one, str)
    ]


def _decode(block: str) -> object:
    """What a block says; wrappers of old days, raw line ends in texts and commas before a bracket are overlooked.

    Raises:
        ValueError: it is no JSON even so.
    """
    if len(block) > _MAX_BLOCK:
        return None
    try:
        return msgspec.json.decode(block)
    except msgspec.DecodeError:
        mended = _TRAILING_COMMA.sub(r"\1", _WRAPPER.sub("", block))
        return json.loads(mended, strict=False)


def _things(blocks: Iterable[str]) -> Iterator[Thing]:
    """All objects at the top, in a ``@graph`` or as a page's main entity."""
    count = 0
    for block in blocks:
        try:
            waiting = as_list(_decode(block))
        except (ValueError, RecursionError):
            continue
        while waiting and count < _MAX_OBJECTS:
            thing = waiting.pop(0)
            if isinstance(thing, dict):
                count += 1
                yield thing
                waiting += [*as_list(thing.get("@graph")), *as_list(thing.get("mainEntity"))]


def _resolved(value: object, by_id: dict[str, Thing]) -> object:
    """A value with ``{"@id": …}`` replaced by the object of that id."""
    if isinstance(value, list):
        return [_resolved(item, by_id) for item in value if not isinstance(item, list)]
    if isinstance(value, dict) and "name" not in value:
        reference = value.get("@id")
        return by_id.get(reference, value) if isinstance(reference, str) else value
    return value
