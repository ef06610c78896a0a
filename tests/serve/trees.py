"""Pages as trees of elements: what a reader reads in them, and what a browser would send."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def text(element: HtmlElement) -> str:
    """What it says, with single spaces."""
    return " ".join(element.text_content().split())


def one(page: HtmlElement, selector: str) -> HtmlElement:
    """The only element that the XPath finds."""
    (element,) = page.xpath(selector)
    return element


def submitted(page: HtmlElement) -> list[tuple[str, str]]:
    """What a browser would send if the search form were submitted as it stands."""
    sent = []
    for field in page.xpath('//*[@name and (ancestor::form[@id="search"] or @form="search")]'):
        if field.tag == "select":
            sent += [(field.get("name"), option.get("value")) for option in field.xpath("option[@selected]")]
        elif field.get("type") not in ("checkbox", "radio") or field.get("checked") is not None:
            sent.append((field.get("name"), field.get("value")))
    return sent
