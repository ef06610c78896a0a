"""Suggestions as a reader meets them: with the keyboard, the mouse, a slow server, an input method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from serve.browser import visiting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page, Route

    from serve.browser import Visitor

pytestmark = pytest.mark.browser

_ASKED = "**/api/v1/suggest?*"


@pytest.fixture(scope="module")
def regular(chromium: Browser, server: str) -> Iterator[Visitor]:
    with visiting(chromium, server) as one:
        yield one


@pytest.fixture
def visitor(regular: Visitor) -> Iterator[Visitor]:
    regular.begin_anew()
    yield regular
    assert not regular.complaints
    assert not regular.outside


@pytest.fixture
def page(visitor: Visitor) -> Page:
    visitor.page.goto("/help")
    return visitor.page


def _box(page: Page) -> Locator:
    return page.locator("#q")


def _options(page: Page) -> list[str]:
    return page.locator("#suggestions [role=option]").all_text_contents()


def _type(page: Page, text: str) -> list[str]:
    """Type into the box until suggestions are shown; what they are."""
    _box(page).press_sequentially(text)
    page.locator("#suggestions").wait_for()
    return _options(page)


def _active(page: Page) -> str | None:
    """The text of the option that the box points to."""
    told: str | None = page.evaluate(
        "document.getElementById(document.querySelector('#q').getAttribute('aria-activedescendant'))?.textContent"
    )
    selected = page.locator("#suggestions [aria-selected=true]").all_text_contents()
    assert selected == ([told] if told else [])
    return told


def _searched(page: Page) -> str:
    page.wait_for_url("**/search?*")
    return parse_qs(urlsplit(page.url).query)["q"][0]


def test_the_arrows_go_round_through_the_box_which_keeps_the_focus(page: Page) -> None:
    options = _type(page, "forced la")
    assert len(options) > 1
    assert "forced labour" in options
    assert _active(page) is None
    for expected in (*options, None, options[0]):
        page.keyboard.press("ArrowDown")
        assert _active(page) == expected
        assert page.locator("#q:focus").count() == 1
        assert _box(page).input_value() == "forced la"
    for expected in (None, options[-1]):
        page.keyboard.press("ArrowUp")
        assert _active(page) == expected
    page.keyboard.press("ArrowLeft")
    assert _active(page) is None


def test_enter_searches_for_the_option_or_for_what_was_typed(page: Page) -> None:
    options = _type(page, "forced la")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert _searched(page) == options[0]
    page.goto("/help")
    _type(page, "forced la")
    page.keyboard.press("Enter")
    assert _searched(page) == "forced la"


def test_escape_closes_the_list_and_then_empties_the_box(page: Page) -> None:
    _type(page, "forced la")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.locator("#suggestions").is_hidden()
    assert (_box(page).get_attribute("aria-expanded"), _active(page)) == ("false", None)
    assert _box(page).input_value() == "forced la"
    page.keyboard.press("ArrowDown")
    assert page.locator("#suggestions").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert _box(page).input_value() == ""
    assert page.locator("#q:focus").count() == 1


def test_tab_leaves_and_chooses_nothing(page: Page) -> None:
    _type(page, "forced la")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.locator("button:focus").count() == 1
    assert page.locator("#suggestions").is_hidden()
    assert _box(page).input_value() == "forced la"


def test_a_click_fills_the_box_and_searches(page: Page) -> None:
    options = _type(page, "debt")
    page.locator("#suggestions [role=option]").first.click()
    assert _searched(page) == options[0]


def test_the_number_of_suggestions_is_told_politely(page: Page) -> None:
    options = _type(page, "debt")
    told = page.locator("#suggested")
    told.filter(has_text="suggestion").wait_for(state="attached")
    assert told.text_content() == ("1 suggestion" if len(options) == 1 else f"{len(options)} suggestions")
    assert told.get_attribute("role") == "status"
    page.keyboard.press("Escape")
    assert told.text_content() == ""


def test_a_late_answer_is_dropped(page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        if "q=debt+b" in route.request.url:
            route.continue_()
        else:
            held.append(route)

    page.route(_ASKED, hold)
    with page.expect_request(_ASKED):
        _box(page).press_sequentially("fish")
    _box(page).fill("")
    options = _type(page, "debt b")
    assert held
    for route in held:
        route.fulfill(json={"suggestions": [{"text": "too late"}]})
    page.wait_for_timeout(200)
    assert _options(page) == options


def test_a_search_calls_the_suggestions_off(page: Page) -> None:
    held: list[Route] = []
    page.route(_ASKED, lambda route: held.append(route))  # noqa: PLW0108  playwright marks what it is given
    page.evaluate("document.querySelector('#search').addEventListener('submit', (e) => e.preventDefault())")
    with page.expect_request(_ASKED):
        _box(page).press_sequentially("fish")
    page.keyboard.press("Enter")
    held[0].fulfill(json={"suggestions": [{"text": "too late"}]})
    page.wait_for_timeout(200)
    assert page.locator("#suggestions").is_hidden()
    assert page.locator("#suggested").text_content() == ""


def test_nothing_is_asked_for_one_letter_but_for_one_character_that_is_a_word(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "suggest?" in request.url else None)
    _box(page).press_sequentially("f")
    page.wait_for_timeout(400)
    assert not asked
    _box(page).fill("")
    with page.expect_request(_ASKED):
        page.keyboard.insert_text("债")
    assert len(asked) == 1


def test_an_input_method_is_left_to_finish(visitor: Visitor, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "suggest?" in request.url else None)
    _box(page).focus()
    keyboard: Any = visitor.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "fi", "selectionStart": 2, "selectionEnd": 2})
    keyboard.send("Input.imeSetComposition", {"text": "fish", "selectionStart": 4, "selectionEnd": 4})
    page.wait_for_timeout(400)
    assert not asked
    with page.expect_request(_ASKED):
        keyboard.send("Input.insertText", {"text": "fish"})


def test_the_list_lies_over_the_page_and_moves_nothing(page: Page) -> None:
    before = page.locator("main").bounding_box()
    _type(page, "forced la")
    assert page.locator("main").bounding_box() == before


def test_what_is_asked_carries_nothing_but_the_words(page: Page) -> None:
    with page.expect_request(_ASKED) as asked:
        _box(page).press_sequentially("fish")
    headers = asked.value.all_headers()
    assert "cookie" not in headers
    assert "referer" not in headers
    assert parse_qs(urlsplit(asked.value.url).query).keys() == {"q"}


@pytest.mark.parametrize("ui", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_open_list_is_as_wide_as_the_box_and_easily_hit(visitor: Visitor, ui: str, width: int) -> None:
    page = visitor.page
    visitor.resize(width)
    page.goto(f"/help?ui={ui}")
    _type(page, "forced la")
    row, options = page.locator(".search-row").bounding_box(), page.locator("#suggestions").bounding_box()
    assert row
    assert options
    assert (options["x"], options["width"]) == (row["x"], row["width"])
    heights = page.evaluate(
        "[...document.querySelectorAll('#suggestions li')].map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 24


def test_without_scripts_the_box_is_a_plain_box(chromium: Browser, server: str) -> None:
    with visiting(chromium, server, scripts=False) as reader:
        reader.page.goto("/help")
        box = reader.page.get_by_role("searchbox", name="Search the library")
        box.press_sequentially("forced la")
        assert reader.page.locator("#suggestions").is_hidden()
        box.press("Enter")
        assert _searched(reader.page) == "forced la"
