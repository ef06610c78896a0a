"""What machines read in our pages: reference managers by Zotero's rules, search engines by schema.org's."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from serve import zotero
from tipsearch.config import WebSettings
from tipsearch.model import Document, Origin, Tag
from tipsearch.serve.app import create_app
from tipsearch.serve.presenters.coins import coins
from tipsearch.serve.presenters.metadata import doi_of

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from serve.small_library import Get, SmallLibrary


def _names(page: Any, name: str) -> list[str]:
    return [str(one) for one in page.xpath("/html/head/meta[@name=$name]/@content", name=name)]


def _linked(page: Any) -> Any:
    (text,) = page.xpath('//script[@type="application/ld+json"]/text()')
    return json.loads(text)


def test_zotero_finds_the_record_and_its_pdf(get: Get) -> None:
    item = zotero.embedded_metadata(get("/documents/fees"))
    assert item == {
        "itemType": "report",
        "title": "Who pays for the job?",
        "date": "2024/03",
        "institution": "Example Institute",
        "language": "en",
        "creators": ["Asha Rai", "Example Institute"],
        "tags": ["Debt Bondage", "Wages"],
        "attachments": [
            {"url": "http://localhost/documents/fees/file", "mimeType": "application/pdf"},
        ],
    }


def test_the_pdf_that_is_named_is_there(get: Get, client: FlaskClient) -> None:
    (pdf,) = _names(get("/documents/fees"), "citation_pdf_url")
    assert client.get(pdf).content_type == "application/pdf"


def test_only_a_pdf_that_is_there_is_named(get: Get, library: SmallLibrary) -> None:
    assert not _names(get("/documents/cocoa"), "citation_pdf_url")  # a web page
    del library.files["fees"]
    page = get("/documents/fees")
    assert not _names(page, "citation_pdf_url")
    assert "encoding" not in _linked(page)
    assert "isAccessibleForFree" not in _linked(page)


@pytest.mark.parametrize(
    ("kind", "item_type", "schema"),
    [
        ("publication", "report", "Report"),
        ("guidance", "report", "Report"),
        ("news-analysis", "newspaperArticle", "NewsArticle"),
        ("online-tool", "webpage", "WebPage"),
        ("graphics-infographics", "artwork", "CreativeWork"),
        ("standards-codes-of-conduct", "document", "CreativeWork"),
    ],
)
def test_each_kind_of_document_keeps_its_kind(
    get: Get, library: SmallLibrary, kind: str, item_type: str, schema: str
) -> None:
    document, pages = library.entries["fees"]
    library.entries["fees"] = (replace(document, types=(Tag(kind, Origin.SOURCE),)), pages)
    page = get("/documents/fees")
    assert zotero.embedded_metadata(page)["itemType"] == item_type
    assert _linked(page)["@type"] == schema
    (item,) = [one for one in zotero.coins(get("/search?q=worker")) if one["title"] == document.title]
    assert item["itemType"] == item_type


def test_search_engines_read_the_record_in_their_words(get: Get) -> None:
    record = _linked(get("/documents/fees"))
    assert record == {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": "http://localhost/documents/fees",
        "url": "http://localhost/documents/fees",
        "name": "Who pays for the job?",
        "headline": "Who pays for the job?",
        "author": ["Asha Rai", "Example Institute"],
        "publisher": {"@type": "Organization", "name": "Example Institute"},
        "datePublished": "2024-03",
        "inLanguage": "en",
        "about": [
            {"@type": "DefinedTerm", "name": "Debt Bondage"},
            {"@type": "DefinedTerm", "name": "Wages"},
        ],
        "keywords": ["Debt Bondage", "Wages", "Nepal"],
        "spatialCoverage": [{"@type": "Place", "name": "Nepal"}],
        "sameAs": ["https://example.org/fees"],
        "isAccessibleForFree": True,
        "isPartOf": {"@type": "Collection", "name": "tipsearch"},
        "encoding": {
            "@type": "MediaObject",
            "contentUrl": "http://localhost/documents/fees/file",
            "encodingFormat": "application/pdf",
        },
    }


def test_open_graph_and_dublin_core_say_the_same(get: Get) -> None:
    page = get("/documents/fees")
    assert page.xpath('//meta[@property="og:title"]/@content') == _names(page, "DC.title")
    assert page.xpath('//meta[@property="og:url"]/@content') == _names(page, "DC.identifier")
    assert _names(page, "DC.coverage") == ["Nepal"]
    assert _names(page, "citation_abstract_html_url") == ["http://localhost/documents/fees"]


def test_addresses_begin_at_the_base_of_the_settings(library: SmallLibrary) -> None:
    client = create_app(library, WebSettings(base_url="https://library.example")).test_client()
    text = client.get("/documents/fees").text
    assert 'content="https://library.example/documents/fees/file"' in text
    assert "http://localhost" not in text


def test_no_title_ends_the_script_or_a_tag(client: FlaskClient, get: Get) -> None:
    text = client.get("/documents/evil").text
    data = text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert "<" not in data
    record = json.loads(data)
    assert record["name"] == "<script>alert(1)</script>gnp.exe"
    assert "sameAs" not in record
    page = get("/documents/evil")
    assert _names(page, "citation_title") == [record["name"]]
    assert "javascript:" not in text.partition("</head>")[0]


@pytest.mark.parametrize(
    ("url", "doi"),
    [
        ("https://doi.org/10.1000/xyz-123", "10.1000/xyz-123"),
        ("http://dx.doi.org/10.1000.5/a/b", "10.1000.5/a/b"),
        ("https://example.org/10.1000/xyz", None),
        ("https://doi.org/", None),
        ("https://[broken", None),
        (None, None),
    ],
)
def test_a_doi_is_told_by_its_address(url: str | None, doi: str | None) -> None:
    assert doi_of(Document("d", "Title", url=url)) == doi


def test_zotero_finds_every_result_in_a_list(get: Get, client: FlaskClient) -> None:
    page = get("/search?q=debt")
    titles = page.xpath("//article//h3/a/text()")
    assert [item["title"] for item in zotero.coins(page)] == titles
    server, ids = zotero.unapi(page)
    records = [client.get(f"{server}?id={one}&format=ris").text for one in ids]
    assert len(records) == len(titles) == 2
    for title, record in zip(titles, records, strict=True):
        assert f"TI  - {title}\r\n" in record


def test_the_start_page_says_where_its_records_are(get: Get, client: FlaskClient) -> None:
    server, ids = zotero.unapi(get("/"))
    assert ids
    assert all(client.get(f"{server}?id={one}&format=ris").status_code == 200 for one in ids)


def test_a_document_s_page_leaves_the_word_to_its_own_tags(get: Get) -> None:
    page = get("/documents/fees?q=debt")
    assert not page.xpath('//link[@rel="unapi-server"]')
    assert not page.xpath('//span[@class="Z3988"]')


def test_a_result_is_read_as_it_is_whatever_its_title_holds() -> None:
    title = 'A & B = "C"; <d> 100% عمل'
    document = Document("d", title, authors=("Rai, Asha",), url="javascript:alert(1)", date="2020-05")
    item = zotero._context_object(coins(document))
    assert item == {"itemType": "document", "creators": ["Rai, Asha"], "title": title, "date": "2020-05"}
