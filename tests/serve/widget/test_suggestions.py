"""What is suggested while somebody types, in a real Chromium."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from serve.widget.host import let_go, searches

if TYPE_CHECKING:
    from serve.widget.host import Guest

pytestmark = pytest.mark.browser


def _suggest(guest: Guest, text: str = "traf") -> None:
    guest.box.press_sequentially(text)
    guest.page.get_by_role("option").first.wait_for()


def test_letters_and_escape_do_not_reach_shortcuts_of_the_page(guest: Guest) -> None:
    guest.open(guest.host.element())
    guest.box.wait_for()
    guest.page.evaluate(
        "window.keys = []; document.addEventListener('keydown', event => keys.push(event.key))"
    )
    guest.box.focus()
    guest.page.keyboard.type("/xqzj")
    guest.page.keyboard.press("Escape")
    assert guest.box.input_value() == ""
    guest.page.keyboard.press("Escape")
    assert guest.page.evaluate("keys") == ["Escape"]


def test_suggestions_are_chosen_with_the_arrows_and_searched_for_with_enter(guest: Guest) -> None:
    guest.open(guest.host.element())
    guest.box.wait_for()
    _suggest(guest)
    options = guest.page.get_by_role("option")
    assert guest.box.get_attribute("aria-expanded") == "true"
    assert guest.box.get_attribute("aria-activedescendant") is None
    for step in range(options.count()):
        guest.box.press("ArrowDown")
        active = guest.box.get_attribute("aria-activedescendant")
        assert options.nth(step).get_attribute("id") == active
        assert options.nth(step).get_attribute("aria-selected") == "true"
        assert guest.page.locator("[aria-selected=true]").count() == 1
    guest.box.press("ArrowDown")
    assert guest.box.get_attribute("aria-activedescendant") is None
    guest.box.press("ArrowUp")
    guest.box.press("ArrowUp")
    guest.box.press("ArrowDown")
    chosen = options.last.locator("bdi").first.text_content()
    guest.box.press("Enter")
    expect(guest.box).to_have_value(chosen or "")
    expect(guest.box).to_have_attribute("aria-expanded", "false")
    guest.wait_for_answer()
    assert searches(guest)[-1]["q"] == [chosen]


def test_a_suggestion_can_be_clicked_and_escape_closes_the_list_first(guest: Guest) -> None:
    guest.open(guest.host.element())
    guest.box.wait_for()
    _suggest(guest)
    guest.box.press("Escape")
    assert guest.page.get_by_role("option").count() == 0
    assert guest.box.input_value() == "traf"
    _suggest(guest, "f")
    option = guest.page.get_by_role("option").first
    chosen = option.locator("bdi").first.text_content()
    option.click()
    expect(guest.box).to_have_value(chosen or "")
    guest.wait_for_answer()


def test_suggestions_that_come_after_the_search_stay_away(guest: Guest) -> None:
    guest.open(guest.host.element())
    guest.box.wait_for()
    held = guest.hold("**/api/v1/suggest?*")
    guest.box.press_sequentially("kafala")
    guest.wait_for_held(held, 1)
    guest.box.press("Enter")
    guest.wait_for_answer()
    told = guest.status.inner_text()
    let_go(held)
    guest.page.wait_for_timeout(200)
    assert guest.page.get_by_role("option").count() == 0
    assert guest.status.inner_text() == told


def test_the_number_of_suggestions_and_of_documents_is_announced(guest: Guest) -> None:
    guest.open(guest.host.element())
    guest.box.wait_for()
    _suggest(guest)
    count = guest.page.get_by_role("option").count()
    expect(guest.page.get_by_role("status").nth(1)).to_have_text(f"Suggestions: {count}")
    guest.box.press("Enter")
    guest.wait_for_answer()
    expect(guest.page.get_by_role("status").nth(1)).to_have_text("")
    expect(guest.page.get_by_role("status").first).to_have_text(re.compile("document"))
