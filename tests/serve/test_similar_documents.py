"""Documents like one, on the document's page and in the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from serve.browser import serving
from tipsearch.errors import EngineFailed
from tipsearch.search.similar import Relation, Similar

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from playwright.sync_api import Browser

    from serve.small_library import Get, SmallLibrary


@pytest.fixture
def likes(library: SmallLibrary) -> None:
    """The report has one document of each relation."""
    found = [
        (relation, library.document(id_))
        for relation, id_ in zip(Relation, ("cocoa", "evil", "fees"), strict=True)
    ]
    library.likes["fees"] = tuple(Similar(one, relation, 0.5, ("debt", "fees")) for relation, one in found)


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.usefixtures("likes")
def test_the_documents_page_leads_to_those_like_it_and_says_where_they_are_taken_from(get: Get) -> None:
    (place,) = get("/documents/fees?ui=fr").xpath('//section[h2]/div[@id="likes"]')
    assert place.get("data-from") == "/documents/fees/similar?ui=fr"
    assert place.xpath(".//a/@href") == ["/documents/fees/similar?ui=fr"]


@pytest.mark.usefixtures("likes")
def test_their_page_has_a_section_with_a_heading_for_each_relation(get: Get) -> None:
    page = get("/documents/fees/similar")
    assert page.xpath("//h1/a/@href") == ["/documents/fees"]
    lists = page.xpath('//*[@id="likes"]/section[ul[@class="likes"]]')
    assert [_text(one.xpath("h3")[0]) for one in lists] == [
        "In other languages",
        "In the same series",
        "Similar documents",
    ]
    assert [one.get("aria-labelledby") for one in lists] == [one.xpath("h3/@id")[0] for one in lists]


@pytest.mark.usefixtures("likes")
def test_each_like_document_is_a_link_with_what_is_known_of_it(get: Get) -> None:
    (item,) = get("/documents/fees/similar").xpath('//section[@aria-labelledby="translation"]/ul/li')
    assert item.xpath("a/@href") == ["/documents/cocoa"]
    assert item.xpath("a/@lang") == ["en"]
    assert [_text(one) for one in item.xpath("ul/li")] == [
        "Other Institute",
        "2019",
        "Guidance",
        "English",
        "web page",
    ]


@pytest.mark.usefixtures("likes")
def test_a_similar_document_says_which_words_both_have(get: Get) -> None:
    (item,) = get("/documents/fees/similar").xpath('//section[@aria-labelledby="similar"]/ul/li')
    assert _text(item.xpath("ul/li")[-1]) == "shared words: debt, fees"


def test_where_nothing_is_like_it_the_page_says_so(get: Get) -> None:
    page = get("/documents/fees/similar")
    assert not page.xpath('//*[@class="likes"]')
    assert "Nothing in this library is like it" in _text(page.xpath('//*[@id="likes"]')[0])


def test_documents_like_one_that_is_not_there_are_not_there(client: FlaskClient) -> None:
    assert client.get("/documents/nothing/similar").status_code == 404


def test_a_document_can_be_read_while_the_index_is_broken(
    client: FlaskClient, library: SmallLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_document: str, _limit: int = 10) -> tuple[Similar, ...]:
        raise EngineFailed("the index is damaged")

    monkeypatch.setattr(library, "similar", fail)
    assert client.get("/documents/fees").status_code == 200
    assert client.get("/documents/fees/similar").status_code == 503


@pytest.mark.usefixtures("likes")
def test_they_come_once_a_reader_gets_that_far(app: Flask, chromium: Browser) -> None:
    from playwright.sync_api import expect

    with serving(app) as base, chromium.new_page() as tab:
        tab.goto(f"{base}/documents/fees")
        tab.locator("#like").scroll_into_view_if_needed()
        expect(tab.locator("#likes .likes")).to_have_count(3)
        expect(tab.locator("#likes h3").first).to_have_text("In other languages")


@pytest.mark.usefixtures("likes")
def test_the_api_answers_in_the_promised_shape(client: FlaskClient) -> None:
    response = client.get("/api/v1/documents/fees/similar?size=1")
    assert response.status_code == 200
    assert response.json == {
        "id": "fees",
        "size": 1,
        "results": [
            {
                "id": "cocoa",
                "title": "Child labour on cocoa farms",
                "url": "https://example.org/cocoa",
                "publisher": "Other Institute",
                "authors": [],
                "date": "2019",
                "year": 2019,
                "language": "en",
                "types": ["guidance"],
                "page_count": 1,
                "warning": None,
                "duplicates": [],
                "relation": "translation",
                "score": 0.5,
                "terms": ["debt", "fees"],
                "links": {
                    "self": "/api/v1/documents/cocoa",
                    "html": "/documents/cocoa",
                    "file": "/documents/cocoa/file",
                    "ris": "/documents/cocoa/cite.ris",
                    "bibtex": "/documents/cocoa/cite.bib",
                    "csl-json": "/documents/cocoa/cite.json",
                },
            }
        ],
        "links": {
            "self": "/api/v1/documents/fees/similar?size=1",
            "document": "/api/v1/documents/fees",
        },
    }


def test_the_document_leads_to_those_like_it(client: FlaskClient) -> None:
    answer: Any = client.get("/api/v1/documents/fees").json
    assert answer["links"]["similar"] == "/api/v1/documents/fees/similar"
    assert client.get(answer["links"]["similar"]).json["size"] == 10  # type: ignore[index]  # an object


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("size=0", ["size"]),
        ("size=101", ["size"]),
        ("size=many", ["size"]),
        ("size=1&size=2", ["size"]),
        ("page=2", ["page"]),
        ("q=debt&size=0", ["q", "size"]),
    ],
)
def test_unknown_parameters_and_senseless_sizes_are_named(
    client: FlaskClient, query: str, parameters: list[str]
) -> None:
    response: Any = client.get(f"/api/v1/documents/fees/similar?{query}")
    assert response.status_code == 422
    assert [one["parameter"] for one in response.json["errors"]] == parameters


def test_of_an_unknown_document_nothing_is_found(client: FlaskClient) -> None:
    response = client.get("/api/v1/documents/nothing/similar")
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"


@pytest.mark.usefixtures("likes")
def test_what_a_client_has_already_is_not_sent_again(client: FlaskClient) -> None:
    address = "/api/v1/documents/fees/similar"
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
