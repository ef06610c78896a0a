"""The page that makes what is pasted into other pages."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from serve.small_library import SmallLibrary, fees_report
from serve.widget.pasted import PASTED
from serve.widget.trees import parts, tree
from tipsearch.config import WebSettings
from tipsearch.serve.app import create_app
from tipsearch.serve.presenters.builder import search_pairs
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
        "url": "http://localhost/search?q=debt&region=asia&page=4&nonsense=1&ui=fr",
        "facets": "type",
        "size": "3",
        "shown": "yes",
    }
    page = tree(client.get("/embed/builder", query_string=asked).text)
    pasted = page.xpath("//textarea")[0].text
    assert 'preset="q=debt&amp;region=asia" facets="type" limit="3" lang="fr" show-preset' in pasted
    assert 'crossorigin="anonymous" referrerpolicy="no-referrer"' in pasted
    form = parts(pasted)[1].find("form")
    assert form.get("action") == "http://localhost/search"
    assert dict(form.fields) == {"q": "debt", "region": "asia", "ui": "fr"}
    assert "nonsense" in page.get_element_by_id("url-wrong").text_content()
    address = "http://localhost/embed?q=debt&region=asia&facets=type&size=3&ui=fr&theme=light&shown=yes"
    assert page.xpath("//textarea")[3].text == address


def test_hostile_settings_stay_text_in_the_snippet(client: FlaskClient) -> None:
    evil = '"><script>alert(1)</script>'
    text = client.get(
        "/embed/builder", query_string={"url": evil, "label": evil, "theme": evil, "facets": evil}
    ).text
    assert "<script>alert" not in text
    pasted = html.unescape(tree(text).xpath("//textarea")[0].text)
    assert 'label="&quot;' in tree(text).xpath("//textarea")[0].text
    assert "theme" not in pasted


@pytest.mark.parametrize(("text", "asked"), PASTED)
def test_what_is_pasted_is_read_as_the_element_reads_its_preset(text: str, asked: dict[str, str]) -> None:
    assert dict(search_pairs(text)) == asked


def _built(client: FlaskClient, url: str, **more: str) -> Any:
    return tree(client.get("/embed/builder", query_string={"url": url, **more}).text)


def _told(page: Any, field: str = "url") -> list[str]:
    """What is told of a field, where a screen reader finds it."""
    [asked] = page.xpath(f'//*[@id="{field}"]')
    [place] = page.xpath(f'//*[@id="{field}-wrong"]')
    assert place.get("id") in asked.get("aria-describedby").split()
    assert place.get("role") == "status"
    assert (asked.get("aria-invalid") == "true") == bool(len(place))
    return [one.text_content() for one in place]


def _snippets(page: Any) -> list[str]:
    return [one.text for one in page.xpath("//textarea")]


@pytest.mark.parametrize(
    ("url", "names"),
    [
        (
            "http://elsewhere.example/search?q=debt",
            "“http://elsewhere.example/search?q=debt” isn’t in this library",
        ),
        ("elsewhere.example/search?q=debt", "which is at http://localhost/"),
        ("http://[", "isn’t in this library"),
        ("http://localhost/help", "no search and no document at “/help”"),
        ("/documents/fees/view/1", "no search and no document at “/documents/fees/view/1”"),
        ("http://localhost/documents/none", "no document “none”"),
        ("/documents/fees/pages/9999", "“Who pays for the job?” has no page 9,999: its last is 3."),
        ("/documents/fees/pages/0", "has no page 0"),
        ("/documents/fees/pages/ii", "no search and no document at “/documents/fees/pages/ii”"),
        ("www.google.com", "“http://www.google.com” isn’t in this library"),
        ("mailto:someone@example.org", "“mailto:someone@example.org” isn’t in this library"),
        ("javascript:alert(1)", "“javascript:alert(1)” isn’t in this library"),
        ("ftp://example.org/a", "isn’t in this library"),
    ],
)
def test_an_address_with_nothing_to_embed_is_told_and_gives_no_snippet(
    client: FlaskClient, url: str, names: str
) -> None:
    page = _built(client, url)
    [told] = _told(page)
    assert names in told
    assert "opy " in told
    assert _snippets(page) == []
    assert page.xpath("//tip-search | //iframe") == []


def test_what_of_a_search_cannot_be_had_is_told_by_its_value_and_left_out(client: FlaskClient) -> None:
    page = _built(client, "http://localhost/search?q=debt&region=atlantis&from=soon&colour=red")
    told = _told(page)
    assert len(told) == 3
    assert told[0] == "“colour” means nothing here and was left out."
    assert "such as 2015" in told[1]
    assert told[1].endswith("“from=soon” was left out.")
    assert told[2].endswith("“region=atlantis” was left out.")
    assert _snippets(page)[3] == "http://localhost/embed?q=debt&theme=light"


@pytest.mark.parametrize(
    "url",
    [
        *("", "debt bondage", "C#", "http://localhost", "/search?q=debt", "localhost/search?q=debt"),
        *("wages=low in Asia", "forms: a review", "/embed?q=debt&mode=list&passages=1&theme=dark"),
    ],
)
def test_nothing_is_told_of_what_can_be_read(client: FlaskClient, url: str) -> None:
    page = _built(client, url)
    assert _told(page) == _told(page, "size") == []
    assert len(_snippets(page)) == 4


@pytest.mark.parametrize(
    ("text", "preset"),
    [
        ("wages=low in Asia", "q=wages%3Dlow+in+Asia"),
        ("region=asia", "region=asia"),
        ("?wages=low", ""),
        ("wages=low&q=debt", "q=debt"),
    ],
)
def test_words_may_hold_the_sign_of_a_query_string(client: FlaskClient, text: str, preset: str) -> None:
    [element] = _built(client, text).xpath("//tip-search")
    assert element.get("preset", "") == preset


@pytest.mark.parametrize(("size", "taken"), [("50", "20"), ("0", "1"), ("many", "5")])
def test_another_number_of_results_than_was_asked_for_is_told(
    client: FlaskClient, size: str, taken: str
) -> None:
    page = _built(client, "debt", size=size)
    [told] = _told(page, "size")
    assert f"{taken} was taken instead of “{size}”" in told
    assert page.get_element_by_id("size").get("value") == taken
    assert page.get_element_by_id("size").get("max") == "20"


def test_the_address_of_a_document_gives_a_frame_with_its_card(client: FlaskClient) -> None:
    for url, asked in (
        ("http://localhost/documents/fees?q=debt", "q=debt"),
        ("/documents/fees/pages/2?q=debt", "page=2&q=debt"),
    ):
        page = _built(client, url, theme="dark", ui="es")
        assert _told(page) == []
        frame, address = _snippets(page)
        [written, script] = parts(frame)
        assert written.get("src") == f"http://localhost/embed/documents/fees?{asked}&theme=dark&ui=es"
        assert written.get("title") == "Who pays for the job?"
        assert script.get("src") == "http://localhost/widget/v1/frame.js"
        assert address == written.get("src")
        [shown] = page.xpath("//iframe")
        assert shown.get("src") == f"/embed/documents/fees?{asked}&theme=dark&ui=es"
        assert page.get_element_by_id("of-searches").get("hidden") is not None


def test_frames_are_light_where_no_colours_are_chosen(client: FlaskClient) -> None:
    search, document = _built(client, "debt"), _built(client, "/documents/fees")
    for text in (*_snippets(search)[2:], *_snippets(document)):
        assert "theme=light" in text
    assert "theme" not in _snippets(search)[0]
    assert "theme=dark" in _snippets(_built(client, "debt", theme="dark"))[2]
    assert search.get_element_by_id("of-searches").get("hidden") is None


def test_a_frame_is_called_what_it_shows(client: FlaskClient) -> None:
    [frame, _] = parts(_snippets(_built(client, "debt"))[2])
    assert frame.get("title") == "“debt” in tipsearch"
    [frame, _] = parts(_snippets(_built(client, "?region=asia"))[2])
    assert frame.get("title") == "tipsearch"
    settings = WebSettings(name="Trafficking library", neutral_titles=True)
    neutral = create_app(SmallLibrary([fees_report()]), settings).test_client()
    for url in ("debt", "/documents/fees"):
        [frame, _] = parts(_snippets(_built(neutral, url))[-2])
        assert frame.get("title") == "Library"


def test_a_list_is_built_with_a_link_for_browsers_without_scripts(client: FlaskClient) -> None:
    page = _built(client, "/search?sort=newest&ui=fr", mode="list", passages="0", label="Les <nouveaux>")
    pinned, _, frame, address = _snippets(page)
    assert 'passages="0" mode="list" lang="fr"' in pinned
    [element] = parts(pinned)[1:]
    assert element.find("form") is None
    assert element.find("p/a").get("href") == "http://localhost/search?sort=newest&ui=fr"
    assert element.find("p/a").text == "Les <nouveaux>"
    assert "passages=0&mode=list&ui=fr" in address
    assert parts(frame)[0].get("src") == address
    [preview] = page.xpath("//tip-search")
    assert (preview.get("mode"), preview.get("heading")) == ("list", "4")


@pytest.mark.parametrize(
    ("lang", "label", "button"),
    [
        ("es", "Buscar en la biblioteca", "Buscar"),
        ("fr", None, "Rechercher"),
        ("pt", None, "Search"),
        ("en", None, "Search"),
    ],
)
def test_the_form_of_a_snippet_speaks_the_language_of_its_element(
    client: FlaskClient, lang: str, label: str | None, button: str
) -> None:
    page = _built(client, f"/search?q=debt&ui={lang}")
    [element] = parts(_snippets(page)[0])[1:]
    assert element.get("lang") == lang
    assert element.find("form/button").text == button
    if label:
        assert (element.find("form/label").text or "").strip() == label
    # The page itself goes on in its own.
    assert page.xpath("//h1")[0].text == "Embed a search"
    assert page.xpath("//h2")[-1].text == "What to paste"


def test_the_note_on_a_version_that_may_change_stands_before_its_snippet(client: FlaskClient) -> None:
    text = client.get("/embed/builder?url=debt").text
    assert text.index("isn’t released yet") < text.index("<textarea")


@pytest.mark.browser
def test_the_builder_shows_a_document_as_its_card_and_tells_what_is_none(guest: Guest) -> None:
    library = guest.host.library
    found = guest.page.request.get(f"{library}/api/v1/search?q=kafala").json()["results"][0]
    guest.page.goto(f"{library}/embed/builder")
    box = guest.page.get_by_label("Address of a search or a document in this library")
    box.fill(f"{library}/documents/{found['id']}")
    card = guest.page.frame_locator(".preview iframe")
    expect(card.get_by_role("heading")).to_have_text(found["title"])
    expect(guest.page.locator(".preview iframe")).not_to_have_attribute("height", "320")
    expect(guest.page.get_by_label("Results at a time")).to_be_hidden()
    expect(guest.page.get_by_label("Colours")).to_be_visible()
    box.fill(f"{library}/search?q=debt&region=nowhere")
    expect(guest.page.get_by_role("status").filter(has_text="nowhere")).to_be_visible()
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_accessible_description(
        re.compile(r"called 'nowhere'.*\. “region=nowhere” was left out\.")
    )
    box.fill("debt")
    expect(box).not_to_have_attribute("aria-invalid", "true")
    expect(guest.page.get_by_label("Results at a time")).to_be_visible()
    assert "facets" in guest.page.get_by_role("textbox", name="This version, checked").input_value()
    assert guest.complaints == []


@pytest.mark.browser
def test_the_builder_shows_its_snippets_as_they_are_chosen(guest: Guest) -> None:
    guest.page.goto(f"{guest.host.library}/embed/builder")
    guest.page.get_by_label("Address of a search or a document in this library").fill(
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
