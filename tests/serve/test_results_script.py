"""Pages of results that change in place (results.js), in a real Chromium."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from serve.browser import visiting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

    from serve.browser import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def regular(chromium: Browser, server: str) -> Iterator[Visitor]:
    with visiting(chromium, server) as one:
        yield one


@pytest.fixture
def visitor(regular: Visitor) -> Visitor:
    """A reader at a page of results that would be lost if another were loaded."""
    regular.begin_anew()
    regular.page.goto("/search?q=labour")
    regular.page.evaluate("window.stayed = true")
    return regular


def _stayed(page: Page) -> bool:
    return bool(page.evaluate("window.stayed === true"))


def _told(page: Page, words: str) -> None:
    page.locator("#told").filter(has_text=re.compile(words)).wait_for(state="attached")


def _heading(page: Page) -> str:
    return page.locator("#total").inner_text()


def test_a_ticked_filter_changes_the_page_in_place_and_keeps_the_focus(visitor: Visitor) -> None:
    page = visitor.page
    box = page.locator("input[name=region][value=asia]")
    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url(re.compile("region=asia"))
    assert _stayed(page)
    _told(page, f"^{re.escape(_heading(page))}")
    assert page.evaluate("[document.activeElement.name, document.activeElement.value]") == ["region", "asia"]
    assert page.locator("#found[aria-busy]").count() == 0


def test_what_was_unfolded_stays_unfolded(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("#facet-language > summary").click()
    page.locator("li:has(> label > [name=region][value=asia]) > details > summary").click()
    page.locator("input[name=lang][value=en]").check()
    page.wait_for_url(re.compile("lang=en"))
    assert page.locator("#facet-language[open]").count() == 1
    assert page.locator("li:has(> label > [name=region][value=asia]) > details[open]").count() == 1


def test_a_bar_of_the_years_narrows_in_place_and_the_map_stays_open(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("#map-door > summary").click()
    page.locator("#map-door svg").first.wait_for()
    page.locator(".year-chart svg a").last.dispatch_event("click")
    page.wait_for_url(re.compile("year="))
    page.locator("#map-door svg").first.wait_for()
    assert _stayed(page)
    assert page.locator(".chip").count() == 1


def test_another_page_of_results_begins_at_its_heading(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("link", name="Next", exact=True).click()
    page.wait_for_url(re.compile("page=2"))
    assert _stayed(page)
    assert page.evaluate("document.activeElement.id") == "total"
    assert "page 2" in page.title()


def test_the_order_counts_at_once_and_defaults_stay_out_of_the_address(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_label("Sort by").select_option("oldest")
    page.wait_for_url(re.compile("sort=oldest"))
    assert visitor.where == "/search?q=labour&sort=oldest"
    assert not page.get_by_role("button", name="Update").is_visible()


def test_back_fetches_the_search_that_was(visitor: Visitor) -> None:
    page = visitor.page
    before = _heading(page)
    page.locator("input[name=region][value=asia]").check()
    page.wait_for_url(re.compile("region=asia"))
    page.locator("#q").fill("children")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=children"))
    page.evaluate("history.go(-2)")
    page.get_by_role("heading", name=before).wait_for()
    assert _stayed(page)
    assert page.locator("#q").input_value() == "labour"
    assert not page.locator("input[name=region][value=asia]").is_checked()


def _hold(page: Page, pattern: str) -> list[Route]:
    """Let requests for such addresses wait; gives where they are put."""
    held: list[Route] = []

    def put(route: Route) -> None:
        held.append(route)

    page.route(re.compile(pattern), put)
    return held


def test_a_newer_search_calls_off_the_one_before(visitor: Visitor) -> None:
    page = visitor.page
    held = _hold(page, "region=asia$")
    with page.expect_event("requestfailed") as failed:
        with page.expect_request(re.compile("region=asia$")):
            page.locator("input[name=region][value=asia]").check()
        page.locator("input[name=region][value=africa]").check()
    assert failed.value == held[0].request
    page.wait_for_url(re.compile("region=africa"))
    assert page.locator(".chip").count() == 2


def test_a_slow_answer_is_announced(visitor: Visitor) -> None:
    page = visitor.page
    held = _hold(page, "region=asia")
    page.locator("input[name=region][value=asia]").check()
    _told(page, "^Searching…$")
    held[0].continue_()
    _told(page, r"^\d+ documents? for “labour”")


@pytest.mark.parametrize("failure", ["status", "connection"])
def test_where_it_fails_the_browser_goes_there_itself(visitor: Visitor, failure: str) -> None:
    page = visitor.page

    def once(route: Route) -> None:
        if route.request.resource_type != "xhr":
            route.continue_()
        elif failure == "status":
            route.fulfill(status=503, content_type="text/html", body="<p>Not now</p>")
        else:
            route.abort()

    page.route(re.compile("region=asia"), once)
    page.locator("input[name=region][value=asia]").check()
    page.wait_for_url(re.compile("region=asia"))
    page.wait_for_load_state()
    assert not _stayed(page)
    assert page.locator(".chip").count() == 1


def test_a_long_list_is_searched_by_any_word_of_its_labels(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/facets/region?q=labour")
    box = page.get_by_role("searchbox", name="Find in this list")
    box.fill("ÁSIA SOUTH")
    shown = page.locator(".every-choice .choice-label:visible").all_inner_texts()
    assert "South-eastern Asia" in shown
    assert "Africa" not in shown
    status = page.locator("[data-left]").filter(has_text="Values left: ")
    status.wait_for()
    page.keyboard.press("Enter")
    assert visitor.where.startswith("/facets/region")


def test_a_value_ticked_among_all_leads_back_to_the_search_with_it(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/facets/region?q=labour&lang=en")
    page.locator("input[name=region][value=asia]").check()
    page.get_by_role("button", name="Show the results").click()
    page.wait_for_url(re.compile("/search"))
    assert {"q=labour", "lang=en", "region=asia"} <= set(visitor.where.partition("?")[2].split("&"))


def test_nothing_is_kept_and_nothing_complained_of(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("input[name=region][value=asia]").check()
    page.wait_for_url(re.compile("region=asia"))
    kept = page.evaluate("[document.cookie, localStorage.length, sessionStorage.length, history.state]")
    assert kept == ["", 0, 0, None]
    assert visitor.complaints == []
