"""What every search of an element begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from serve.widget.host import searches
from serve.widget.pasted import PASTED

if TYPE_CHECKING:
    from serve.widget.host import Guest

pytestmark = pytest.mark.browser


def test_a_hidden_preset_always_holds_and_a_shown_one_can_be_taken_away(guest: Guest) -> None:
    guest.open(
        guest.host.element('facets="region type" preset="/search?q=labour&region=asia&page=3&size=50"')
    )
    guest.wait_for_answer()
    hidden = guest.status.inner_text()
    assert searches(guest)[-1] == {
        "q": ["labour"],
        "region": ["asia"],
        "page": ["1"],
        "size": ["5"],
        "facets": ["type"],
        "ui": ["en"],
    }
    assert guest.page.get_by_role("button", name="Remove filter").count() == 0
    assert guest.page.get_by_text("Region", exact=True).count() == 0
    guest.open(guest.host.element('show-preset facets="region type" preset="q=labour&region=asia"'))
    guest.wait_for_answer()
    assert guest.status.inner_text() == hidden
    guest.page.get_by_role("button", name="Remove filter: Region: Asia").click()
    expect(guest.status).not_to_have_text(hidden)
    assert "region" not in searches(guest)[-1]


def test_years_of_a_preset_cannot_be_widened(guest: Guest) -> None:
    guest.open(guest.host.element('facets="year type" preset="q=labour&from=1990&to=2030"'))
    guest.wait_for_answer()
    asked = searches(guest)[-1]
    assert (asked["facets"], asked["from"], asked["to"]) == (["type"], ["1990"], ["2030"])
    assert guest.page.get_by_text("Year", exact=True).count() == 0


def test_only_what_belongs_to_a_search_is_taken_from_a_pasted_address(guest: Guest) -> None:
    pasted = (
        f"{guest.host.library}/search?q=labour%3F&utm_source=mail&facets=topic&constructor=1#results?q=no"
    )
    guest.open(guest.host.element(f'preset="{pasted}"'))
    guest.wait_for_answer()
    assert searches(guest)[-1] == {
        "q": ["labour?"],
        "page": ["1"],
        "size": ["5"],
        "facets": ["none"],
        "ui": ["en"],
    }


def test_a_preset_is_a_query_string_or_an_address_and_its_words_may_hold_question_marks(guest: Guest) -> None:
    guest.open(guest.host.element('preset="q=labour"'))
    guest.wait_for_answer()
    for preset, asked in PASTED:
        with guest.answering():
            guest.page.evaluate(
                "preset => document.querySelector('tip-search').setAttribute('preset', preset)", preset
            )
        last = searches(guest)[-1]
        assert {name: last[name] for name in ("q", "region") if name in last} == {
            name: [value] for name, value in asked.items()
        }, preset
