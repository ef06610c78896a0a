"""The quick exit in a real browser: on every kind of page, with nothing left on the screen or in the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from serve.browser import EXIT_URL, serving, visiting
from serve.small_library import SmallLibrary, cocoa_page, fees_report, hostile_page
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Request

    from serve.browser import Visitor

pytestmark = pytest.mark.browser

ADDRESSES = (
    "/",
    "/search?q=debt",
    "/documents/fees",
    "/documents/fees/pages/1",
    "/help",
    "/safety?country=ph",
    "/about",
    "/map?q=debt",
    "/nowhere",
)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving(create_app(SmallLibrary([fees_report(), cocoa_page(), hostile_page()]))) as address:
        yield address


@pytest.fixture(scope="module")
def regular(chromium: Browser, site: str) -> Iterator[Visitor]:
    """One browser for all who come, for each goes to a page of its own and counts anew there."""
    with visiting(chromium, site) as visitor:
        yield visitor


@pytest.fixture
def reader(regular: Visitor) -> Visitor:
    """The same, with nothing noted yet of what is asked for and complained of."""
    regular.begin_anew()
    return regular


@pytest.fixture(scope="module")
def unscripted(chromium: Browser, site: str) -> Iterator[Visitor]:
    """One browser without scripts."""
    with visiting(chromium, site, scripts=False) as visitor:
        yield visitor


def press_shift(reader: Visitor, times: int) -> None:
    for _ in range(times):
        reader.page.keyboard.press("Shift")


def referers(reader: Visitor) -> list[str | None]:
    """What the other site is told of where its reader came from; filled as it is asked."""
    told: list[str | None] = []

    def note(request: Request) -> None:
        if request.url == EXIT_URL:
            told.append(request.headers.get("referer"))

    reader.page.on("request", note)
    return told


def lights(reader: Visitor) -> int:
    return int(reader.page.locator("[data-exit-lights]").get_attribute("data-exit-lights") or 0)


def said(reader: Visitor) -> str:
    return reader.page.locator("[data-exit-status]").inner_text()


@pytest.mark.parametrize("address", ADDRESSES)
def test_shift_three_times_leaves_every_page_for_good(reader: Visitor, address: str) -> None:
    page = reader.page
    asked = referers(reader)
    page.goto("/help?ui=es")
    page.goto(address)
    press_shift(reader, 3)
    page.wait_for_url(EXIT_URL)
    assert asked == [None]
    page.go_back()
    assert reader.where == "/help?ui=es"


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_scripts_every_page_has_a_plain_way_out(unscripted: Visitor, address: str) -> None:
    asked = referers(unscripted)
    unscripted.page.goto(address)
    unscripted.page.locator(".exit").click()
    unscripted.page.wait_for_url(EXIT_URL)
    assert asked == [None]


def test_the_first_shortcuts_leave_too(reader: Visitor) -> None:
    reader.page.goto("/about")
    reader.press_until("Tab", ".skip [data-exit]")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(EXIT_URL)


def test_each_press_is_seen_and_announced(reader: Visitor) -> None:
    reader.page.goto("/search?q=debt")
    press_shift(reader, 1)
    assert (lights(reader), said(reader)) == (1, "Shift: press 2 more times to leave this site.")
    press_shift(reader, 1)
    assert (lights(reader), said(reader)) == (2, "Shift: press 1 more time to leave this site.")


def test_after_five_seconds_the_count_begins_again(chromium: Browser, site: str) -> None:
    with visiting(chromium, site) as visitor:  # whose clock stays where it was put
        visitor.page.clock.install()
        visitor.page.goto("/search?q=debt")
        press_shift(visitor, 2)
        visitor.page.clock.run_for(5_100)
        assert (lights(visitor), said(visitor)) == (0, "Leaving this site was called off.")
        press_shift(visitor, 2)
        assert lights(visitor) == 2
        assert visitor.where == "/search?q=debt"


@pytest.mark.parametrize("between", ["a", "Shift+Tab", "Escape"])
def test_any_other_key_begins_the_count_again(reader: Visitor, between: str) -> None:
    reader.page.goto("/help")
    press_shift(reader, 2)
    reader.page.keyboard.press(between)
    assert lights(reader) == 0
    press_shift(reader, 2)
    assert reader.where == "/help"


def test_typing_capitals_does_not_leave(reader: Visitor) -> None:
    reader.page.goto("/")
    reader.page.get_by_label("Search the library").focus()
    for key in ("Shift+I", "Shift+L", "Shift+O"):
        reader.page.keyboard.press(key)
    assert reader.page.get_by_label("Search the library").input_value() == "ILO"
    assert reader.where == "/"
    assert not reader.outside


def test_marking_text_with_shift_and_the_mouse_does_not_count(reader: Visitor) -> None:
    reader.page.goto("/help")
    for _ in range(3):
        reader.page.locator("h1").click(modifiers=["Shift"])
    assert lights(reader) == 0
    assert reader.where == "/help"


def test_nothing_is_left_on_the_screen_while_the_other_site_is_awaited(chromium: Browser, site: str) -> None:
    with visiting(chromium, site) as visitor:
        # An answer without content: the browser stays where it is, as it does while it waits.
        visitor.context.route(EXIT_URL, lambda route: route.fulfill(status=204))
        visitor.page.goto("/search?q=debt")
        press_shift(visitor, 3)
        visitor.page.wait_for_selector(".veil")
        assert visitor.page.locator("body").inner_text().strip() == "Loading …"
        assert visitor.page.title() == "Loading …"


def test_opening_the_map_brings_it_into_the_page(reader: Visitor) -> None:
    page = reader.page
    page.goto("/map?q=debt")
    page.evaluate(
        """() => {
          const door = document.createElement('details');
          door.id = 'door';
          door.dataset.load = '/map?q=debt';
          door.append(document.createElement('summary'));
          document.querySelector('main').replaceChildren(door);
          const script = document.createElement('script');
          script.src = '/static/charts.js';
          document.head.append(script);
          return new Promise(resolve => script.addEventListener('load', resolve));
        }"""
    )
    page.locator("#door summary").click()
    page.wait_for_selector("#door .map svg")
    assert "Nepal: 1 document" in page.locator("#door .map title").all_text_contents()
    assert reader.complaints == []
