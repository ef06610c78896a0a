"""axe over the states of the element, in a page with rude styles and two elements, in all the ways it can be looked at."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from serve import axe
from serve.widget.host import NARROW, RUDE_STYLE, WIDE, answer_otherwise

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from serve.widget.host import Guest

pytestmark = pytest.mark.browser

_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations", "incomplete"],
}
#: Another scheme is other colours, another width another layout, and nothing else.
_LOOKS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block", "target-size"]},
    "resultTypes": ["violations", "incomplete"],
}
_SCHEMES: tuple[dict[str, Any], ...] = (
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "active"},
)


#: What axe can't tell by itself and was looked at: text below an open list of suggestions, an empty box, single characters.
_LOOKED_AT = ("overlapped by another element", "Element has no value", "Element content is too short")


def _found_by_axe(page: Page, rules: object) -> list[str]:
    """What axe finds or can't tell, each with the place and the reason, but for what was looked at."""
    found: list[str] = page.evaluate(
        "async rules => { const found = await axe.run(rules); return [...found.violations, ...found.incomplete]"
        ".flatMap(one => one.nodes.map(node => `${one.id}: ${node.target.join(' ')}: "
        "${[...node.any, ...node.all, ...node.none].map(why => why.message).join('; ')}`)); }",
        rules,
    )
    return [
        one
        for one in found
        if not (one.startswith("color-contrast") and any(known in one for known in _LOOKED_AT))
    ]


def _empty(guest: Guest) -> None:
    guest.box.wait_for()


def _suggesting(guest: Guest) -> None:
    guest.box.press_sequentially("traf")
    guest.page.get_by_role("option").first.wait_for()


def _choosing(guest: Guest) -> None:
    _suggesting(guest)
    guest.box.press("ArrowDown")


def _found(guest: Guest) -> None:
    guest.box.fill("labour")
    guest.box.press("Enter")
    guest.titles.first.wait_for()


def _warned(guest: Guest) -> None:
    def warn(answer: Any) -> None:
        answer["results"][0]["warning"] = answer["results"][1]["warning"] = "violence"

    answer_otherwise(guest, warn)
    _found(guest)
    guest.page.locator("[part=warning] > summary").first.click()


def _ticked(guest: Guest) -> None:
    _found(guest)
    guest.page.locator("[part=filters] > summary").first.click()
    guest.page.locator("[data-name=region] > summary").first.click()
    guest.page.get_by_role("checkbox").first.check()
    guest.page.locator("[part=chip]").first.wait_for()


def _searching(guest: Guest) -> None:
    guest.hold()
    guest.box.fill("labour")
    guest.box.press("Enter")
    guest.page.locator("[part=status]", has_text="…").first.wait_for()


def _nothing(guest: Guest) -> None:
    guest.box.fill("kafala fishing unicorn")
    guest.box.press("Enter")
    guest.page.wait_for_function(
        "document.querySelector('tip-search').shadowRoot.querySelector('[part=status]').textContent !== ''"
    )


def _meant(guest: Guest) -> None:
    guest.box.fill("forsed labour")
    guest.box.press("Enter")
    guest.page.locator(".note").first.wait_for()


def _failed(guest: Guest) -> None:
    guest.page.route("**/api/**", lambda route: route.abort())
    guest.box.fill("labour")
    guest.box.press("Enter")
    guest.page.locator(".note a").first.wait_for()


def _more(guest: Guest) -> None:
    _found(guest)
    guest.page.locator("[part=more]").first.click()
    guest.titles.nth(3).wait_for()


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize(
    "state",
    [_empty, _suggesting, _choosing, _found, _warned, _ticked, _searching, _nothing, _meant, _failed, _more],
    ids=lambda state: state.__name__.strip("_"),
)
def test_axe_finds_nothing(guest: Guest, state: Callable[[Guest], None], lang: str) -> None:
    page = guest.page
    two = guest.host.element('facets="region type" limit="3"') + guest.host.element('theme="dark"')
    guest.open(f"<p>Words of our own.</p>{two}", style=RUDE_STYLE, lang=lang)
    guest.box.wait_for()
    state(guest)
    axe.load(page)
    for width, scheme in product((WIDE, NARROW), _SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(**scheme)
        rules = _RULES if (width, scheme) == (WIDE, _SCHEMES[0]) else _LOOKS
        assert _found_by_axe(page, rules) == [], f"{width} pixels, {scheme}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    "address",
    [
        "/embed?q=labour&facets=region",
        "/embed?q=labour&facets=region&ui=ar",
        "/embed?sort=newest&mode=list&label=Newest&passages=1",
        "/embed/builder?url=q%3Dlabour&facets=region",
        "/embed/builder?url=sort%3Dnewest&mode=list&label=Newest",
        "/embed/builder?url=q%3Dlabour%26from%3Dsoon&size=50",
        "/embed/builder?url=https%3A%2F%2Felsewhere.example%2F",
        "/widget/demo",
        "/embed/documents/nothing",
        "/api/docs",
    ],
)
def test_axe_finds_nothing_in_pages_of_the_library_for_those_who_build_on_it(
    guest: Guest, address: str
) -> None:
    guest.page.goto(f"{guest.host.library}{address}")
    if (elements := guest.page.locator("tip-search")).count():
        elements.first.scroll_into_view_if_needed()
        guest.titles.first.wait_for()
    axe.load(guest.page)
    # Where a button's colours are forced, axe takes the colour that the page had asked for, not the one that is drawn.
    for width, scheme in product((WIDE, NARROW), _SCHEMES[:2]):
        guest.page.set_viewport_size({"width": width, "height": 900})
        guest.page.emulate_media(**scheme)
        assert _found_by_axe(guest.page, _RULES) == [], f"{width} pixels, {scheme}"
        assert guest.page.evaluate("document.documentElement.scrollWidth") <= width
