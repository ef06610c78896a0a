"""The page that makes what is pasted into other pages."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from serve.widget.trees import parts, tree
from tipsearch.version import VERSION

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from serve.widget.host import Guest


def test_the_snippet_has_the_hash_of_what_is_served(client: FlaskClient) -> None:
    page = client.get("/embed/builder").text
    served = client.get(f"/widget/{VERSION}/tip-search.js").data
    expected = base64.b64encode(hashlib.sha384(served).digest()).decode()
    assert f"sha384-{expected}" in page


def test_the_snippet_holds_the_search_its_settings_and_a_form_for_browsers_without_scripts(
    client: FlaskClient,
) -> None:
    asked = {
        "url": "http://x.example/search?q=debt&region=asia&page=4&nonsense=1",
        "facets": "type",
        "size": "3",
        "shown": "yes",
    }
    page = tree(client.get("/embed/builder", query_string=asked).text)
    pasted = page.xpath("//textarea")[0].text
    assert 'preset="q=debt&amp;region=asia" facets="type" limit="3" show-preset' in pasted
    assert 'crossorigin="anonymous" referrerpolicy="no-referrer"' in pasted
    form = parts(pasted)[1].find("form")
    assert form.get("action") == "http://localhost/search"
    assert form.fields["region"] == "asia"
    assert "nonsense" in page.get_element_by_id("made").text_content()
    assert page.xpath("//textarea")[3].text == "http://localhost/search?q=debt&region=asia"


def test_hostile_settings_stay_text_in_the_snippet(client: FlaskClient) -> None:
    evil = '"><script>alert(1)</script>'
    text = client.get(
        "/embed/builder", query_string={"url": evil, "label": evil, "theme": evil, "facets": evil}
    ).text
    assert "<script>alert" not in text
    pasted = html.unescape(tree(text).xpath("//textarea")[0].text)
    assert 'label="&quot;' in tree(text).xpath("//textarea")[0].text
    assert "theme" not in pasted


@pytest.mark.browser
def test_the_builder_shows_its_snippets_as_they_are_chosen(guest: Guest) -> None:
    guest.page.goto(f"{guest.host.library}/embed/builder")
    guest.page.get_by_label("Address of a search in this library").fill(
        f"{guest.host.library}/search?q=kafala&region=asia"
    )
    guest.page.get_by_label("shown, readers can take them away").check()
    pasted = guest.page.get_by_role("textbox", name="This version, checked")
    expect(pasted).to_have_value(re.compile(r'preset="q=kafala&amp;region=asia".* show-preset', re.DOTALL))
    guest.page.locator(".preview").scroll_into_view_if_needed()
    expect(guest.page.locator(".preview [part=title]").first).to_be_visible()
    guest.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    guest.page.get_by_role("button", name="Copy").first.click()
    expect(guest.page.locator("[data-copied]")).to_have_text("Copied")
    assert guest.page.evaluate("navigator.clipboard.readText()") == pasted.input_value()
    assert guest.complaints == []
