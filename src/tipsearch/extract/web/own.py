"""The page's own part of an HTML tree: its content, its heading, what stands beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tipsearch.extract.facts import fact, has_letters
from tipsearch.extract.web.blocks import classes, elements, is_furniture, lines_of, markup_words, text_of
from tipsearch.model import Fact, Field

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from tipsearch.extract.web.lines import Line

_POST_ID = re.compile(r"post-\d+")
#: Furniture of a site that is none within an article: there, such elements hold its categories and tags.
_ARTICLE_FURNITURE = frozenset({"entry-meta", "entry-footer", "post-meta"})
#: No honest page has more containers of content.
_MAX_CONTAINERS = 20
_MAX_HEADING = 500


@dataclass(frozen=True, slots=True)
class OwnPart:
    """Where the page speaks of itself.

    Attributes:
        content: the element that holds its text by its class, None if no class is known.
        heading: its title, None if there is none or it is not certain which.
        scope: the article, main element or body around them.
        is_listing: the body's classes say that it is an archive or a blog.
        is_single: the body's classes say that it is one publication.
    """

    content: HtmlElement | None
    heading: HtmlElement | None
    scope: HtmlElement
    is_listing: bool
    is_single: bool


def find_own(tree: HtmlElement) -> OwnPart:
    """Find the page's own part; the number of articles says nothing, as related posts and comments are articles too."""
    words = markup_words()
    body = next(elements(tree, "body"), tree)
    is_single = not words.single_body_classes.isdisjoint(classes(body))
    is_listing = not is_single and not words.listing_body_classes.isdisjoint(classes(body))
    content = None if is_listing else _content(tree)
    scope = _scope(content, body)
    return OwnPart(content, _heading(scope, tree), scope, is_listing, is_single)


def own_lines(part: OwnPart) -> list[Line]:
    """The lines of the content, or of the scope where no content is known."""
    skip = {part.heading} if part.heading is not None else set()
    return lines_of(part.scope if part.content is None else part.content, skip=skip)


def lines_beside(part: OwnPart) -> list[Line]:
    """The lines of the article around the content, where themes put citation and links that aren't part of the text."""
    if part.content is None or part.scope.tag == "body":
        return []
    skip = {part.content, *([part.heading] if part.heading is not None else [])}
    return lines_of(part.scope, skip=skip)


def heading_facts(part: OwnPart) -> list[Fact]:
    """The title as the page's heading gives it."""
    if part.heading is None:
        return []
    weight = 0.9 if "entry-title" in classes(part.heading) else 0.75
    return [fact(Field.TITLE, text_of(part.heading)[:_MAX_HEADING], "heading", weight=weight)]


def _content(tree: HtmlElement) -> HtmlElement | None:
    """The container of the text: the longest of those in the page's own post, or of all."""
    known = markup_words().content_classes
    found = islice(
        (e for e in elements(tree) if e.get("itemprop") == "articleBody" or not known.isdisjoint(classes(e))),
        _MAX_CONTAINERS,
    )
    containers = [
        element for element in found if not any(map(is_foreign, (element, *element.iterancestors())))
    ]
    post = next((e for e in elements(tree, "article", "div") if _POST_ID.fullmatch(e.get("id") or "")), None)
    inside = [element for element in containers if post is not None and post in element.iterancestors()]
    return max(inside or containers, key=lambda element: len(element.text_content()), default=None)


def _scope(content: HtmlElement | None, body: HtmlElement) -> HtmlElement:
    if content is not None:
        return next(filter(_is_frame, content.iterancestors()), content)
    articles = list(islice(elements(body, "article"), 2))
    main = next(elements(body, "main"), None)
    if main is None:
        main = next((element for element in elements(body) if element.get("role") == "main"), None)
    if len(articles) == 1:
        return articles[0]
    return body if main is None else main


def _is_frame(element: HtmlElement) -> bool:
    """Whether an element around the content is the whole of the publication: an article, or an item with its heading."""
    if element.tag in {"article", "main"}:
        return True
    is_item = element.tag == "div" or (element.get("itemscope") is not None and element.tag != "html")
    return is_item and next(element.iter("h1"), None) is not None


def _heading(scope: HtmlElement, tree: HtmlElement) -> HtmlElement | None:
    """The page's title: the heading of its class, else the only h1 of its scope, else of the page."""
    for root in (scope, tree):
        headings = [h for h in islice(elements(root, "h1"), _MAX_CONTAINERS) if has_letters(h.text_content())]
        titled = [heading for heading in headings if "entry-title" in classes(heading)]
        if titled or len(headings) == 1:
            return (titled or headings)[0]
    return None


def is_foreign(element: HtmlElement) -> bool:
    """Whether it is furniture of the site, and not of the article."""
    return (
        is_furniture(element) and _ARTICLE_FURNITURE.isdisjoint(classes(element)) and element.tag != "footer"
    )
