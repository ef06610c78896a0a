from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from serve.browser import visiting
from tipsearch.cite.names import STYLES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from serve.small_library import Get


def _reference(get: Get, address: str) -> str:
    (found,) = get(address).xpath('//p[@class="reference"]')
    return " ".join(found.text_content().split())


def test_each_style_is_an_address_of_the_same_page(get: Get) -> None:
    links = get("/documents/fees?q=debt").xpath('//ul[@class="inline styles"]//a')
    assert [link.text for link in links] == ["Short", *STYLES.values()]
    assert links[0].get("aria-current") == "true"
    assert links[1].get("href") == "/documents/fees?q=debt&style=apa#cite"


def test_the_style_in_the_address_is_the_one_shown(get: Get) -> None:
    page = get("/documents/fees?style=apa")
    assert page.xpath('//ul[@class="inline styles"]//a[@aria-current="true"]')[0].text == "APA"
    assert _reference(get, "/documents/fees?style=apa") == (
        "Asha Rai, & Example Institute. (2024). Who pays for the job? Example Institute. https://example.org/fees"
    )


def test_a_page_is_cited_by_its_printed_label(get: Get) -> None:
    assert "Example Institute, p. i." in _reference(
        get, "/documents/fees/pages/1?style=harvard-cite-them-right"
    )


def test_the_reference_speaks_the_readers_language(get: Get) -> None:
    assert "Disponible en:" in _reference(get, "/documents/fees?style=harvard-cite-them-right&ui=es")


@pytest.mark.parametrize("style", ["nonsense", "../apa", "%3Cscript%3E"])
def test_a_style_that_is_not_known_is_the_short_one(get: Get, style: str) -> None:
    assert _reference(get, f"/documents/fees?style={style}") == _reference(get, "/documents/fees")


@pytest.mark.parametrize("style", STYLES)
def test_markup_in_titles_stays_text_in_every_style(get: Get, style: str) -> None:
    page = get(f"/documents/evil?style={style}")
    assert "<script>" in page.xpath('string(//p[@class="reference"])').lower()
    assert not page.xpath('//p[@class="reference"]//script')


@pytest.mark.browser
def test_a_reference_is_copied_and_that_is_said(chromium: Browser, server: str) -> None:
    with visiting(chromium, server) as visitor:
        visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
        visitor.page.goto("/search?q=debt")
        visitor.page.locator(".result h3 a").first.click()
        visitor.page.get_by_role("button", name="Copy the reference").click()
        visitor.page.get_by_text("Copied.", exact=True).wait_for()
        copied = visitor.page.evaluate("navigator.clipboard.readText()")
        assert copied == visitor.page.locator("#reference").inner_text()
        assert not visitor.complaints


@pytest.mark.browser
def test_without_scripts_there_is_no_button_that_does_nothing(chromium: Browser, server: str) -> None:
    with visiting(chromium, server, scripts=False) as visitor:
        visitor.page.goto("/search?q=debt")
        visitor.page.locator(".result h3 a").first.click()
        visitor.page.locator("#reference").wait_for()
        assert not visitor.page.get_by_role("button", name="Copy the reference").is_visible()
