from __future__ import annotations

from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

from tipsearch.config import WebSettings
from tipsearch.errors import ConfigError
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from serve.small_library import SmallLibrary

_SCRIPT = "<script>alert(1)</script>"
_ADDRESSES = [
    "/",
    "/search?q=zebra",
    "/documents/evil?q=zebra",
    "/documents/evil/pages/1?q=zebra",
    "/search?q=%3Cscript%3Ealert(1)%3C/script%3E&region=%22%3E%3Cimg+src=x+onerror=alert(1)%3E",
    "/search?%3Cscript%3Ealert(1)%3C/script%3E=1",
    "/search?page=%3Cscript%3Ealert(1)%3C/script%3E",
    "/documents/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "/documents/evil?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
]


def _tree(text: str) -> Any:
    return lxml.html.document_fromstring(text)


@pytest.mark.parametrize("address", _ADDRESSES)
def test_no_text_of_others_becomes_markup(client: FlaskClient, address: str) -> None:
    text = client.get(address).text
    page = _tree(text)
    scripts = page.xpath('//script[not(@type="application/ld+json")]')
    assert all(one.get("src", "").startswith("/static/") for one in scripts)
    assert not page.xpath("//img")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    assert not page.xpath("//@style")
    assert _SCRIPT not in text


@pytest.mark.parametrize("address", _ADDRESSES)
def test_links_are_paths_or_web_addresses(client: FlaskClient, address: str) -> None:
    page = _tree(client.get(address).text)
    # oEmbed wants whole addresses; they are the library's own.
    described = page.xpath('//link[contains(@type, "+oembed")]')
    for link in described:
        assert link.get("href").startswith("http://localhost/oembed?")
        link.drop_tree()
    links = [*page.xpath("//@href"), *page.xpath("//@src"), *page.xpath("//@action")]
    assert links
    assert all(link.startswith(("/", "#", "https://")) and not link.startswith("//") for link in links)


@pytest.mark.parametrize("address", _ADDRESSES[:4])
def test_characters_that_reorder_text_are_not_shown(client: FlaskClient, address: str) -> None:
    text = client.get(address).text
    assert not {"\u202e", "\u2066"} & set(text)


def test_marks_stay_in_their_places_when_characters_are_taken_out(client: FlaskClient) -> None:
    page = _tree(client.get("/documents/evil/pages/1?q=zebra").text)
    (paragraph,) = page.xpath('//article[@class="leaf"]/p')
    assert paragraph.text_content() == f"zebra {_SCRIPT} zebra & <b>"
    assert [mark.text for mark in paragraph.iter("mark")] == ["zebra", "zebra"]


def test_the_way_out_must_lead_to_a_web_address(library: SmallLibrary) -> None:
    with pytest.raises(ConfigError, match="exit_url"):
        create_app(library, WebSettings(exit_url="javascript:alert(1)"))
