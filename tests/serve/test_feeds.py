"""Searches as Atom feeds (RFC 4287), read by a strict parser."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from serve.small_library import SmallLibrary, fees_report
from tipsearch.config import WebSettings
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tipsearch import Library

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "o": "http://a9.com/-/spec/opensearch/1.1/",
    "t": "http://purl.org/dc/terms/",
}


def _feed(client: FlaskClient, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.text
    assert response.content_type == "application/atom+xml; charset=utf-8"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    return etree.fromstring(response.data)


def _links(tree: Any) -> dict[str, str]:
    return {link.get("rel"): link.get("href") for link in tree.xpath("a:link", namespaces=NAMES)}


def _titles(tree: Any) -> list[str]:
    return [str(title) for title in tree.xpath("a:entry/a:title/text()", namespaces=NAMES)]


@pytest.mark.parametrize("address", ["/feed.atom", "/feed.atom?q=debt&region=asia", "/feed.atom?q=unicorn"])
def test_a_feed_has_what_the_standard_asks_for(client: FlaskClient, address: str) -> None:
    tree = _feed(client, address)
    for place in [tree, *tree.findall("a:entry", NAMES)]:
        for name in ("id", "title", "updated"):
            (found,) = place.findall(f"a:{name}", NAMES)
            assert found.text
        assert datetime.fromisoformat(place.find("a:updated", NAMES).text).tzinfo
        assert place.find("a:id", NAMES).text.startswith("urn:uuid:")
        alternates = place.xpath("a:link[@rel='alternate']", namespaces=NAMES)
        assert len(alternates) == 1
    assert tree.xpath("a:author/a:name/text()", namespaces=NAMES) == ["tipsearch"]
    assert _links(tree)["self"] == f"http://localhost{address}"
    ids = tree.xpath("a:entry/a:id/text()", namespaces=NAMES)
    assert len(ids) == len(set(ids))


def test_what_came_last_comes_first(client: FlaskClient, library: SmallLibrary) -> None:
    library.arrived = {"cocoa": "2026-11-20T00:00:00+00:00", "fees": "2026-11-10T00:00:00+00:00"}
    tree = _feed(client, "/feed.atom?q=debt&sort=title")
    assert _titles(tree) == ["Child labour on cocoa farms", "Who pays for the job?"]
    assert tree.find("a:updated", NAMES).text == "2026-11-20T00:00:00+00:00"


def test_an_old_report_that_came_last_comes_first_however_much_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document, pages = fees_report()
    many = [(replace(document, id=f"d{n}", date="2024"), pages[:1]) for n in range(10_001)]
    library = SmallLibrary(
        [*many, (replace(document, id="old", title="From the archive", date="1926"), pages)]
    )
    library.arrived = {"old": "2026-11-20T00:00:00+00:00"}
    monkeypatch.setattr(
        library, "_facets", lambda _: {}
    )  # a feed shows none, and counting them takes seconds
    assert _titles(_feed(create_app(library).test_client(), "/feed.atom?size=1")) == ["From the archive"]


def test_what_came_together_comes_by_its_date_of_publication(client: FlaskClient) -> None:
    assert _titles(_feed(client, "/feed.atom?q=debt")) == [
        "Who pays for the job?",
        "Child labour on cocoa farms",
    ]


def test_an_entry_leads_to_the_document_its_file_and_its_source(client: FlaskClient) -> None:
    (entry,) = _feed(client, "/feed.atom?q=worker").findall("a:entry", NAMES)
    assert _links(entry) == {
        "alternate": "http://localhost/documents/fees",
        "enclosure": "http://localhost/documents/fees/file",
        "via": "https://example.org/fees",
    }
    assert entry.xpath("a:author/a:name/text()", namespaces=NAMES) == ["Asha Rai", "Example Institute"]
    assert entry.xpath("t:issued/text()", namespaces=NAMES) == ["2024-03"]
    assert "nepal" in entry.xpath("a:category/@term", namespaces=NAMES)


def test_pages_of_a_feed_are_linked_and_counted(client: FlaskClient) -> None:
    first, second = (_feed(client, f"/feed.atom?q=debt&page={page}&size=1") for page in (1, 2))
    assert _links(first)["next"] == _links(second)["self"]
    assert _links(second)["previous"] == _links(first)["self"]
    assert "next" not in _links(second)
    assert "previous" not in _links(first)
    assert _titles(first) + _titles(second) == _titles(_feed(client, "/feed.atom?q=debt"))
    told = [second.find(f"o:{name}", NAMES).text for name in ("totalResults", "startIndex", "itemsPerPage")]
    assert told == ["2", "2", "1"]
    assert first.find("a:id", NAMES).text == second.find("a:id", NAMES).text


def test_ids_stay_the_same_wherever_the_library_is_served(library: SmallLibrary) -> None:
    def ids(**settings: Any) -> list[str]:
        client = create_app(library, WebSettings(**settings)).test_client()
        return [
            str(one) for one in _feed(client, "/feed.atom?q=debt").xpath("//a:id/text()", namespaces=NAMES)
        ]

    assert ids() == ids(base_url="https://library.example/found/", name="Another name")
    assert len(set(ids())) == 3


def test_whole_addresses_begin_at_the_base_of_the_settings(library: SmallLibrary) -> None:
    settings = WebSettings(base_url="https://library.example/found/")
    client = create_app(library, settings).test_client()
    tree: Any = etree.fromstring(client.get("feed.atom", base_url="http://inside:80/found/").data)
    links = tree.xpath("//a:link[@rel!='via']/@href", namespaces=NAMES)
    assert links
    assert all(link.startswith("https://library.example/found/") for link in links)
    assert not any("/found/found" in link for link in links)


def test_hostile_titles_are_text(client: FlaskClient) -> None:
    tree = _feed(client, "/feed.atom?q=zebra")
    assert _titles(tree) == ["<script>alert(1)</script>gnp.exe"]
    assert not tree.xpath("//*[local-name() = 'script']")
    assert "via" not in _links(tree.find("a:entry", NAMES))


@pytest.mark.parametrize("query", ["%00", "%EF%BF%BE", "%ED%A0%80", "%E2%80%AE%3C%26%22", "%1B%5B31m"])
def test_no_query_breaks_a_feed(client: FlaskClient, query: str) -> None:
    assert _feed(client, f"/feed.atom?q={query}").tag.endswith("}feed")


@pytest.mark.parametrize("query", ["colour=red", "page=0", "region=atlantis"])
def test_what_cannot_be_asked_is_an_error_page(client: FlaskClient, query: str) -> None:
    response = client.get(f"/feed.atom?{query}")
    assert (response.status_code, response.content_type) == (422, "text/html; charset=utf-8")


def test_a_real_library_feeds_all_that_it_has(sample: Library) -> None:
    client = create_app(sample).test_client()
    address: str | None = "/feed.atom?q=labour&size=10"
    found: list[str] = []
    total = ""
    while address:
        tree = _feed(client, address)
        found += tree.xpath("a:entry/a:id/text()", namespaces=NAMES)
        total = tree.find("o:totalResults", NAMES).text
        address = _links(tree).get("next")
    assert len(found) == len(set(found)) == int(total) > 10
