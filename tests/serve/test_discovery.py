"""How browsers, search engines and reference managers find what is here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lxml import etree

from serve.small_library import SmallLibrary, fees_report
from tipsearch.config import WebSettings
from tipsearch.serve import discovery
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    import pytest
    from flask.testing import FlaskClient

    from tipsearch import Library

OPENSEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def _xml(client: FlaskClient, address: str, media_type: str = "application/xml") -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.text
    assert response.content_type == f"{media_type}; charset=utf-8"
    return etree.fromstring(response.data)


def _description(client: FlaskClient) -> Any:
    return _xml(client, "/opensearch.xml", "application/opensearchdescription+xml")


def test_the_description_has_what_its_standard_asks_for_within_its_bounds(library: SmallLibrary) -> None:
    name = "The library of a rather long name & <more> than that, which no browser would show"
    tree = _description(create_app(library, WebSettings(name=name)).test_client())
    short, long, about = (
        tree.find(f"o:{one}", OPENSEARCH).text for one in ("ShortName", "LongName", "Description")
    )
    assert 0 < len(short) <= 16
    assert 0 < len(long) <= 48
    assert 0 < len(about) <= 1024


def test_every_way_of_searching_that_is_described_answers(client: FlaskClient) -> None:
    found = {}
    for url in _description(client).findall("o:Url", OPENSEARCH):
        if url.get("rel") != "suggestions":
            template = url.get("template").replace("{searchTerms}", "debt")
            address = template.replace("{startPage?}", "1").replace("{count?}", "")
            response = client.get(address)
            found[url.get("type")] = (response.status_code, response.mimetype)
    assert found == {
        kind: (200, kind)
        for kind in (
            "text/html",
            "application/atom+xml",
            "application/json",
            "application/opensearchdescription+xml",
        )
    }


def test_every_page_leads_to_the_description(client: FlaskClient) -> None:
    for address in ("/", "/search?q=debt", "/documents/fees", "/help"):
        tree: Any = etree.HTML(client.get(address).text)
        (link,) = tree.xpath('//link[@rel="search"]')
        assert link.get("type") == "application/opensearchdescription+xml"
        assert client.get(link.get("href")).status_code == 200


def test_the_sitemap_names_every_document_with_its_day(client: FlaskClient) -> None:
    index = _xml(client, "/sitemap.xml")
    (part,) = index.xpath("s:sitemap/s:loc/text()", namespaces=SITEMAP)
    tree = _xml(client, part)
    places = tree.xpath("s:url/s:loc/text()", namespaces=SITEMAP)
    assert places == [f"http://localhost/documents/{one}" for one in ("cocoa", "evil", "fees")]
    assert set(tree.xpath("s:url/s:lastmod/text()", namespaces=SITEMAP)) == {"2026-11-01T08:00:00+00:00"}
    assert client.get("/sitemap-2.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_a_long_sitemap_comes_in_parts_that_lack_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "PART", 7)
    monkeypatch.setattr(discovery, "_BATCH", 3)
    document, pages = fees_report()
    library = SmallLibrary([(type(document)(f"d{n:02}", "Title"), pages) for n in range(17)])
    client = create_app(library).test_client()
    parts = _xml(client, "/sitemap.xml").xpath("s:sitemap/s:loc/text()", namespaces=SITEMAP)
    told = [_xml(client, part).xpath("s:url/s:loc/text()", namespaces=SITEMAP) for part in parts]
    assert [len(part) for part in told] == [7, 7, 3]
    assert [place.rpartition("/")[2] for part in told for place in part] == sorted(library.entries)


def test_the_sitemap_of_a_real_library_leads_to_documents(sample: Library) -> None:
    client = create_app(sample).test_client()
    places = _xml(client, "/sitemap-1.xml").xpath("s:url/s:loc/text()", namespaces=SITEMAP)
    assert len(places) == sample.status().documents
    assert {client.get(place).status_code for place in places[:10]} == {200}


def test_search_engines_are_led_to_documents_and_kept_from_searches(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert "Sitemap: http://localhost/sitemap.xml" in lines
    for path in ("/search", "/export.", "/feed.atom", "/api/", "/oembed", "/embed?", "/embed/documents/"):
        assert f"Disallow: {path}" in lines
    assert not any(line.startswith("Disallow: /documents") for line in lines)


def test_where_the_library_is_mounted_below_the_root_all_addresses_say_so(library: SmallLibrary) -> None:
    client = create_app(library).test_client()
    below = "https://library.example/found/"
    robots = client.get("robots.txt", base_url=below).text
    assert "Sitemap: https://library.example/found/sitemap.xml" in robots
    assert "Disallow: /found/search" in robots
    part = client.get("sitemap-1.xml", base_url=below).text
    assert "<loc>https://library.example/found/documents/fees</loc>" in part
    templates = client.get("opensearch.xml", base_url=below).text
    assert 'template="https://library.example/found/search?q={searchTerms}' in templates


def test_unapi_tells_its_formats_a_document_s_and_gives_the_record(client: FlaskClient) -> None:
    tree = _xml(client, "/unapi")
    assert tree.xpath("/formats/format/@name") == ["ris", "bibtex", "csl-json"]
    response = client.get("/unapi?id=fees")
    assert response.status_code == 300
    assert etree.fromstring(response.data).get("id") == "fees"
    ris = client.get("/unapi?id=fees&format=ris")
    assert ris.content_type == "application/x-research-info-systems; charset=utf-8"
    assert "TI  - Who pays for the job?\r\n" in ris.text
    assert "L1  - http://localhost/documents/fees/file\r\n" in ris.text
    (item,) = json.loads(client.get("/unapi?id=fees&format=csl-json").text)
    assert item["id"] == "fees"


def test_unapi_knows_no_strange_documents_and_no_strange_formats(client: FlaskClient) -> None:
    assert client.get("/unapi?id=nobody").status_code == 404
    assert client.get("/unapi?id=nobody&format=ris").status_code == 404
    assert client.get("/unapi?id=fees&format=exe").status_code == 406
