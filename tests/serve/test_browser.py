"""The pages as a reader meets them: a real server, a real library, a real Chromium."""

from __future__ import annotations

import re
from contextlib import contextmanager
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from serve.browser import (
    EXIT_URL,
    WIDTH,
    visiting,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

    from serve.browser import Visitor
    from tipsearch import Library

pytestmark = pytest.mark.browser

#: What axe checks: WCAG 2.2 A and AA, and what its makers hold to be good practice.
_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
_COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
_NARROW = 320
_KINDS = (
    "home",
    "search",
    "browse",
    "undated",
    "empty",
    "meant",
    "document",
    "page",
    "arabic",
    "listed",
    "help",
    "safety",
    "missing",
)


@pytest.fixture(scope="module")
def addresses(sample: Library) -> dict[str, str]:
    """An address of each kind of page."""
    report = _found(sample, "forced labour sea").id
    arabic = _found(sample, "الاتجار").id
    listed = next(one.document for one in _search(sample, "", 100) if one.document.is_stub)
    return {
        "home": "/",
        "search": "/search?q=forced+labour+fishing",
        "browse": "/search?region=asia",
        "undated": "/search?q=labour&topic=fishing&from=2018&year=unknown",
        "empty": "/search?q=kafala+unicorn&region=asia",
        "meant": "/search?q=forsed+labour",
        "document": f"/documents/{report}?q=forced+labour",
        "page": f"/documents/{report}/pages/1?q=forced+labour",
        "arabic": f"/documents/{arabic}/pages/1?q=الاتجار",
        "listed": f"/documents/{listed.id}",
        "help": "/help",
        "safety": "/safety",
        "missing": "/nowhere",
    }


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def visitor(request: pytest.FixtureRequest, chromium: Browser, server: str) -> Iterator[Visitor]:
    """A reader, once with scripts and once without."""
    with visiting(chromium, server, scripts=request.param) as one:
        yield one


@pytest.fixture(scope="module")
def reader(chromium: Browser, server: str) -> Iterator[Visitor]:
    """A reader with scripts, shared by tests that only look at pages."""
    with visiting(chromium, server) as one:
        yield one


@pytest.fixture
def scripted(chromium: Browser, server: str) -> Iterator[Visitor]:
    """A reader whose browser runs scripts."""
    with visiting(chromium, server) as one:
        yield one


def _search(library: Library, text: str, size: int) -> tuple[Any, ...]:
    from tipsearch import SearchRequest

    return library.search(SearchRequest(text, size=size)).results


def _found(library: Library, text: str) -> Any:
    """The best document of more than one page with all these words."""
    return next(one.document for one in _search(library, text, 10) if one.document.page_count > 1)


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


@pytest.mark.parametrize("kind", _KINDS)
def test_nothing_scrolls_sideways_at_320_pixels(
    reader: Visitor, addresses: dict[str, str], kind: str
) -> None:
    reader.resize(_NARROW)
    reader.page.goto(addresses[kind])
    reader.open_all()
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= _NARROW


def _click_exit(visitor: Visitor) -> None:
    visitor.page.locator(".exit").click()


def _press_shift_three_times(visitor: Visitor) -> None:
    for _ in range(3):
        visitor.page.keyboard.press("Shift")


@pytest.mark.parametrize("leave", [_click_exit, _press_shift_three_times])
def test_leaving_takes_the_page_out_of_the_history(
    scripted: Visitor, leave: Callable[[Visitor], None]
) -> None:
    page = scripted.page
    page.goto("/help")
    page.goto("/search?q=debt")
    leave(scripted)
    page.wait_for_url(EXIT_URL)
    assert scripted.outside == [EXIT_URL]
    page.go_back()
    assert scripted.where == "/help"


def test_without_scripts_the_way_out_is_a_link(chromium: Browser, server: str) -> None:
    with visiting(chromium, server, scripts=False) as visitor:
        visitor.page.goto("/search?q=debt")
        _click_exit(visitor)
        visitor.page.wait_for_url(EXIT_URL)


def test_typing_capitals_does_not_leave(scripted: Visitor) -> None:
    scripted.page.goto("/")
    scripted.page.get_by_label("Search the library").focus()
    for key in ("Shift+I", "Shift+L", "Shift+O"):
        scripted.page.keyboard.press(key)
    assert scripted.page.get_by_label("Search the library").input_value() == "ILO"
    assert scripted.where == "/"
    assert not scripted.outside


def test_a_walk_leaves_no_trace_and_asks_nobody_else(scripted: Visitor, addresses: dict[str, str]) -> None:
    page = scripted.page
    walk = [address for kind, address in addresses.items() if kind != "missing"]
    assert len(walk) == 12
    for address in walk:
        page.goto(address)
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


def test_what_has_the_focus_shows_it(scripted: Visitor) -> None:
    page = scripted.page
    page.goto("/search?q=labour")
    style = "getComputedStyle(document.activeElement)"
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate(f"{style}.outlineStyle") != "none", page.locator(":focus").inner_html()


@pytest.mark.parametrize("kind", _KINDS)
def test_axe_finds_nothing(reader: Visitor, addresses: dict[str, str], kind: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.base", reason="axe is not installed: make setup")
    page = reader.page
    page.goto(addresses[kind])
    reader.open_all()
    page.evaluate(axe.AXE_SCRIPT)
    for width, dark in product((WIDTH, _NARROW), (False, True)):
        reader.resize(width)
        page.emulate_media(color_scheme="dark" if dark else "light")
        # Another scheme is other colours and nothing else.
        rules = _COLOURS if dark else _RULES
        found = axe.AxeResults(page.evaluate("options => axe.run(options)", rules))
        assert not found.violations_count, f"{width} pixels, {dark=}: {found.generate_report()}"
