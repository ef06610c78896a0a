from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tipsearch.model import Document
from tipsearch.search.request import SearchRequest
from tipsearch.serve.links import PathLinks

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

_LINKS = PathLinks()


@pytest.mark.parametrize(
    ("link", "endpoint"),
    [
        (_LINKS.home(), "pages.home"),
        (_LINKS.help(), "about.search_help"),
        (_LINKS.safety(), "about.safety"),
        (_LINKS.search(SearchRequest("a&b", regions=("x",))), "pages.search"),
        (_LINKS.document("a-1", "q"), "documents.document"),
        (_LINKS.page("a-1", 12, "q"), "documents.page"),
        (_LINKS.file(Document(id="a-1", title="t", path="x.pdf")), "files.file"),
        (_LINKS.cite("a-1", "ris"), "documents.cite"),
        (_LINKS.api_search(SearchRequest("q")), "api.search"),
        (_LINKS.api_document("a-1"), "api.document"),
        (_LINKS.static("style.css", "1"), "static"),
    ],
)
def test_every_link_leads_to_its_view(app: Flask, link: str, endpoint: str) -> None:
    assert app.url_map.bind("localhost").match(urlsplit(link).path)[0] == endpoint


def test_an_id_cannot_leave_its_place_in_a_path() -> None:
    assert _LINKS.document("../../etc?x#y") == "/documents/..%2F..%2Fetc%3Fx%23y"


def test_a_document_known_from_a_listing_only_has_no_file() -> None:
    assert _LINKS.file(Document(id="a", title="t", path="list.html", is_stub=True)) is None


def test_only_web_addresses_lead_outside() -> None:
    urls = ["https://example.org/a", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:,x", "//x.org", "http:", "https://[", None]  # fmt: skip
    assert [_LINKS.outside(url) for url in urls] == ["https://example.org/a", *[None] * 8]


def test_links_begin_where_the_application_is_mounted(client: FlaskClient) -> None:
    page = client.get("/search?q=debt", environ_overrides={"SCRIPT_NAME": "/library"}).text
    assert 'action="/library/search"' in page
    assert 'href="/library/documents/fees?q=debt"' in page
    assert 'href="/library/static/style.css?v=' in page
    assert 'href="/search' not in page
