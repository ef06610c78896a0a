"""What the markup of the page's own part states: categories, tags, date, makers and the file that it shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import lxml.etree

from tipsearch.extract.dates import other_purpose, publication_date
from tipsearch.extract.facts import fact
from tipsearch.extract.web.blocks import classes, elements, text_of
from tipsearch.extract.web.labels import is_category, is_region_link, label_field, label_values
from tipsearch.extract.web.own import is_foreign
from tipsearch.extract.words import page_words
from tipsearch.model import Fact, Field

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lxml.html import HtmlElement

    from tipsearch.extract.web.own import OwnPart

_CATEGORY_CLASS = re.compile(r"category-([a-z0-9-]+)")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
#: Properties of microdata (https://schema.org/Report) that are no meta elements.
_ITEMS = {"datePublished": Field.DATE, "author": Field.AUTHOR, "publisher": Field.PUBLISHER}
_FRAMES = frozenset({"iframe", "object", "embed"})
_EMBEDDED_PDF = re.compile(r"(?:(?:https?:)?//|/)[^\s?#=&]+\.pdf\b", re.IGNORECASE)
_MAX_ADDRESS = 2000
#: What says of what a date is stands so close before it, in characters.
_LABEL = 40


def marked_facts(part: OwnPart, linked: Collection[str] | None = None) -> list[Fact]:
    """Categories, tags, the date, makers and the embedded file that the markup of the article states.

    Args:
        part: the page's own part.
        linked: where cards stand in it that no markup sets apart, the addresses that its own lines link to: what links
            elsewhere is said of a card.
    """
    facts = [
        fact(Field.CATEGORY, category, "class", weight=0.8) for category in _categories_of_classes(part.scope)
    ]
    for element in _marked(part.scope):
        if linked is None or _links_within(element, linked):
            facts += _stated(element)
    dates = sorted((one for one in facts if one.field is Field.DATE), key=lambda one: -one.weight)
    return [one for one in facts if one.field is not Field.DATE] + dates[:1]


def _marked(scope: HtmlElement) -> Iterator[HtmlElement]:
    """Elements that state something, those of menus and related items left out."""
    walk = lxml.etree.iterwalk(scope, events=("start",))
    for _, element in walk:
        if not isinstance(element.tag, str) or (element is not scope and is_foreign(element)):
            walk.skip_subtree()
        elif _states(element):
            yield element


def _states(element: HtmlElement) -> bool:
    return (
        element.tag == "time"
        or element.tag in _FRAMES
        or element.get("itemprop") in _ITEMS
        or label_field(element) is not None
        or is_region_link(element)
    )


def _stated(element: HtmlElement) -> list[Fact]:
    if element.tag in _FRAMES:
        return _embedded(element)
    if element.get("itemprop") in _ITEMS:
        return _of_item(element)
    if element.tag == "time":
        return _of_time(element)
    field = label_field(element) or Field.TAG
    return [fact(field, value, "class") for value in label_values(element)]


def _of_item(element: HtmlElement) -> list[Fact]:
    field = _ITEMS[element.get("itemprop", "")]
    said = element.get("content") or element.get("datetime") or text_of(element)
    value = publication_date(said) if field is Field.DATE else said
    return [fact(field, value, "metadata", weight=0.5)] if value else []


def _of_time(element: HtmlElement) -> list[Fact]:
    """The day of a post; not that of its last change or a visit, which themes write beside it."""
    date = None if is_other_time(element) else publication_date(element.get("datetime") or "")
    return [fact(Field.DATE, date, "metadata", weight=0.3)] if date else []


def is_other_time(element: HtmlElement) -> bool:
    """Whether a ``time`` is that of a change or a visit, by its markup or the words before it."""
    is_change = element.get("itemprop") == "dateModified" or (
        "updated" in classes(element) and "published" not in classes(element)
    )
    return is_change or other_purpose(_before(element)) is not None


def _before(element: HtmlElement) -> str:
    """The words right before an element, in the same one."""
    sibling, parent = element.getprevious(), element.getparent()
    said = sibling.tail if sibling is not None else parent.text if parent is not None else None
    return (said or "")[-_LABEL:]


def _links_within(element: HtmlElement, linked: Collection[str]) -> bool:
    hrefs = [link.get("href") or "" for link in elements(element, "a")]
    return bool(hrefs) and all(href in linked for href in hrefs)


def _embedded(frame: HtmlElement) -> list[Fact]:
    """The file that a frame shows, as it is or in a viewer (``viewer.html?file=report.pdf``)."""
    source = frame.get("src") or frame.get("data") or ""
    match = _EMBEDDED_PDF.search(unquote(source[:_MAX_ADDRESS]))
    return [fact(Field.FILE_URL, match[0], "link", weight=0.7)] if match else []


def _categories_of_classes(scope: HtmlElement) -> list[str]:
    """Categories in the classes of a post (``category-good-practices``), by their label where it is known."""
    if scope.tag != "article":
        return []
    labels = {
        _NOT_SLUG.sub("-", label.casefold()).strip("-"): label for label in page_words().category_labels
    }
    slugs = [match[1] for name in sorted(classes(scope)) if (match := _CATEGORY_CLASS.fullmatch(name))]
    found = (labels.get(slug, slug.replace("-", " ")) for slug in slugs)
    return [category for category in found if is_category(category)]
