"""The pages as a reader meets them: a real server, a real library, a real Chromium."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from serve.browser import visiting
from serve.kinds import PAGES, STATES, arrive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from serve.browser import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=[True, False], ids=["with-scripts", "without-scripts"])
def visitor(request: pytest.FixtureRequest, chromium: Browser, server: str) -> Iterator[Visitor]:
    """A reader, once with scripts and once without; the same for all walks, as none leaves anything behind."""
    with visiting(chromium, server, scripts=request.param) as one:
        yield one


@pytest.fixture
def scripted(chromium: Browser, server: str) -> Iterator[Visitor]:
    """A reader whose browser runs scripts."""
    with visiting(chromium, server) as one:
        yield one


def _type(visitor: Visitor, text: str) -> None:
    visitor.page.get_by_label("Search the library").fill(text)
    visitor.page.get_by_role("button", name="Search", exact=True).click()


def _total(visitor: Visitor) -> int:
    heading = visitor.page.locator("h2.total").inner_text()
    return int(heading.split()[0].replace(",", ""))


def _applied(visitor: Visitor, value: str) -> None:
    """Tick a filter; without scripts it has to be sent, with them the list changes in place."""
    with _changing(visitor):
        visitor.page.get_by_role("checkbox", name=value).first.check()
        apply = visitor.page.get_by_role("button", name="Apply filters")
        if apply.is_visible():
            apply.click()


@contextmanager
def _changing(visitor: Visitor) -> Iterator[None]:
    """Wait until the address has changed, and what is shown with it."""
    before = visitor.page.url
    yield
    visitor.page.wait_for_url(lambda url: url != before)
    visitor.page.locator("#found:not([aria-busy])").wait_for()


def test_a_query_on_the_start_page_leads_to_marked_words_on_a_page(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/")
    _type(visitor, "forced labour fishing")
    assert page.locator(".passage mark").first.inner_text().lower() in ("forced", "labour", "fishing")
    page.get_by_role("link", name=re.compile(r"^page \d+")).first.click()
    assert re.match(r"/documents/\w+/pages/\d+\?q=forced", visitor.where)
    assert page.locator(".leaf mark").first.is_visible()


def test_hits_lead_to_the_next_and_back(visitor: Visitor, addresses: dict[str, str]) -> None:
    page = visitor.page
    page.goto(addresses["page"])
    page.get_by_role("link", name="Next hit").first.click()
    assert visitor.where != addresses["page"]
    assert page.locator(".leaf mark").count()
    page.get_by_role("link", name="Previous hit").first.click()
    assert visitor.where == addresses["page"]


def test_a_ticked_filter_narrows_and_its_chip_takes_it_back(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/search?q=labour")
    before = _total(visitor)
    _applied(visitor, "Asia")
    assert {"q=labour", "region=asia"} <= set(visitor.where.partition("?")[2].split("&"))
    assert 0 < _total(visitor) < before
    with _changing(visitor):
        page.get_by_role("link", name="Remove filter: Region: Asia").click()
    assert _total(visitor) == before
    assert not page.get_by_role("checkbox", name="Asia").first.is_checked()


def test_undated_documents_can_be_ticked_beside_a_range_of_years(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/search?q=labour&from=2025")
    dated = _total(visitor)
    _applied(visitor, "Undated")
    both = _total(visitor)
    with _changing(visitor):
        page.get_by_role("link", name="Remove filter: Published: 2025 or later").click()
    assert both == dated + _total(visitor)
    assert "year=unknown" in visitor.where


def test_back_and_forward_show_each_search_as_it_was(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/search?q=labour")
    before = _total(visitor)
    _applied(visitor, "Asia")
    narrowed = _total(visitor)
    with _changing(visitor):
        page.go_back()
    page.get_by_role("heading", level=2, name=re.compile(f"^{before} ")).wait_for()
    assert not page.get_by_role("checkbox", name="Asia").first.is_checked()
    with _changing(visitor):
        page.go_forward()
    page.get_by_role("heading", level=2, name=re.compile(f"^{narrowed} ")).wait_for()
    assert page.get_by_role("checkbox", name="Asia").first.is_checked()


def test_the_original_opens_as_pdf(visitor: Visitor, addresses: dict[str, str]) -> None:
    page = visitor.page
    page.goto(addresses["document"])
    with page.expect_response(re.compile(r"/file$")) as asked:
        page.get_by_role("link", name="Original file (PDF)").click()
    assert asked.value.status == 200
    assert asked.value.headers["content-type"] == "application/pdf"


def test_a_walk_leaves_no_trace_and_asks_nobody_else(scripted: Visitor, addresses: dict[str, str]) -> None:
    page = scripted.page
    # Of an address that is wrong, the browser itself complains.
    for kind in (one for one in (*PAGES, *STATES) if one not in ("missing", "wrong")):
        arrive(scripted, kind, addresses[kind])
        kept = page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]")
        assert kept == ["", 0, 0]
        assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert scripted.context.cookies() == []
    assert scripted.outside == []
    assert scripted.complaints == []


def test_the_keyboard_alone_finds_the_first_result(scripted: Visitor) -> None:
    page = scripted.page
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    scripted.press_until("Tab", "#q")
    page.keyboard.type("debt bondage")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search"))
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the results"
    page.keyboard.press("Enter")
    assert scripted.press_until("Tab", ".result h3 a") < 8
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/documents/"))
