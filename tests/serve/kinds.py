"""An address of every kind of page, and how a reader comes to the states of a page that have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from serve.browser import Visitor
    from tipsearch import Library

#: Words that are a topic with other names.
_QUERY = "q=forced+labour"
#: Every kind of page.
PAGES = (
    "home",
    "results",
    "browse",
    "filtered",
    "empty",
    "meant",
    "facet",
    "years",
    "map",
    "record",
    "document",
    "similar",
    "listed",
    "page",
    "arabic",
    "about",
    "help",
    "safety",
    "missing",
    "wrong",
)
#: States of these that look otherwise in places.
STATES = ("suggesting", "undated", "cited")


def addresses_of(library: Library) -> dict[str, str]:
    """An address of each kind in the sample library, with a question mark in it."""
    from tipsearch import SearchRequest

    def found(text: str, size: int = 10) -> list[tuple[str, bool, int]]:
        results = library.search(SearchRequest(text, size=size)).results
        return [(one.document.id, one.document.is_stub, one.document.page_count) for one in results]

    report = next(id_ for id_, _, pages in found("forced labour sea") if pages > 1)
    arabic = next(id_ for id_, _, pages in found("الاتجار") if pages > 1)
    listed = next(id_ for id_, is_stub, _ in found("", 100) if is_stub)
    return {
        "home": "/?",
        "results": "/search?q=forced+labour+fishing",
        "suggesting": "/search?q=debt",
        "browse": "/search?",
        "filtered": "/search?q=labour&region=asia&region=europe&topic=fishing&from=2018&year=unknown",
        "undated": "/search?q=labour&from=2018&year=unknown",
        "empty": "/search?q=kafala+unicorn&region=asia",
        "meant": "/search?q=forsed+labour",
        "facet": "/facets/region?q=labour",
        "years": "/facets/year?q=labour&year=unknown",
        "map": f"/map?{_QUERY}",
        "record": f"/search/record?{_QUERY}&region=asia",
        "document": f"/documents/{report}?{_QUERY}",
        "cited": f"/documents/{report}?{_QUERY}&style=apa",
        "similar": f"/documents/{report}/similar?",
        "listed": f"/documents/{listed}?",
        "page": f"/documents/{report}/pages/1?{_QUERY}",
        "arabic": f"/documents/{arabic}/pages/1?q=الاتجار",
        "about": "/about?",
        "help": "/help?",
        "safety": "/safety?country=bg",
        "missing": "/nowhere?",
        "wrong": "/search?q=labour&region=atlantis",
    }


def arrive(visitor: Visitor, kind: str, address: str) -> None:
    """Go to a page and bring it to the state that is meant."""
    visitor.page.goto(address)
    if kind == "suggesting":
        box = visitor.page.locator("#q")
        box.fill("")
        box.press_sequentially("forced la")
        visitor.page.locator("#suggestions").wait_for()
        visitor.page.keyboard.press("ArrowDown")
    if kind == "view":
        visitor.page.locator(".textLayer .highlight").first.wait_for()
