"""Suggestions over HTTP: for programs, and for the search box of browsers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tipsearch.config import WebSettings
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from lxml.html import HtmlElement

    from serve.small_library import Get
    from tipsearch import Library


@pytest.fixture(scope="module")
def readers(sample: Library) -> FlaskClient:
    return create_app(sample).test_client()


def test_suggestions_have_text_kind_label_and_count(readers: FlaskClient) -> None:
    response = readers.get("/api/v1/suggest?q=region:asia+deb&limit=5")
    body: dict[str, Any] = response.get_json()
    assert body["query"] == "region:asia deb"
    assert 0 < len(body["suggestions"]) <= 5
    for one in body["suggestions"]:
        assert one.keys() == {"text", "kind", "label", "count"}
    (topic,) = [one for one in body["suggestions"] if one["label"] == "Debt bondage"]
    assert (topic["text"], topic["kind"]) == ("region:asia debt bondage", "topic")
    assert topic["count"] > 0
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "Accept-Language" in response.headers["Vary"]
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_the_readers_language_decides_whose_names_come_first(readers: FlaskClient) -> None:
    chosen = readers.get("/api/v1/suggest?q=asi&ui=fr").get_json()
    accepted = readers.get("/api/v1/suggest?q=asi", headers={"Accept-Language": "fr"}).get_json()
    assert chosen == accepted
    assert next(one["label"] for one in chosen["suggestions"] if one["kind"] == "place") == "Asie"


def test_the_same_question_again_is_answered_by_nothing_new(readers: FlaskClient) -> None:
    tag = readers.get("/api/v1/suggest?q=deb").headers["ETag"]
    assert readers.get("/api/v1/suggest?q=deb", headers={"If-None-Match": tag}).status_code == 304
    assert readers.get("/api/v1/suggest?q=deb&ui=es", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("query", ["", "q=", "q=%20", "q=%22", "q=(((", "q=%00", "q=" + "x" * 3000])
def test_what_suggests_nothing_is_no_error(readers: FlaskClient, query: str) -> None:
    response = readers.get(f"/api/v1/suggest?{query}")
    assert (response.status_code, response.get_json()["suggestions"]) == (200, [])


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("q=a&limit=0", "limit"),
        ("q=a&limit=21", "limit"),
        ("q=a&limit=" + "9" * 5000, "limit"),
        ("q=a&limit=000001" + "9" * 5000, "limit"),
        ("q=a&limit=two", "limit"),
        ("q=a&limit=1&limit=2", "limit"),
        ("q=a&size=3", "size"),
    ],
)
def test_unknown_parameters_and_senseless_limits_are_named(
    readers: FlaskClient, query: str, parameter: str
) -> None:
    response = readers.get(f"/api/v1/suggest?{query}")
    assert response.status_code == 422
    assert [one["parameter"] for one in response.get_json()["errors"]] == [parameter]


def test_browsers_get_texts_and_where_they_lead(readers: FlaskClient) -> None:
    response = readers.get("/suggest?q=nep")
    typed, texts, said, addresses = response.get_json(force=True)
    assert response.content_type == "application/x-suggestions+json"
    assert response.headers["Cache-Control"] == "no-store"
    assert (typed, texts[0]) == ("nep", "Nepal")
    assert said[0].endswith(("document", "documents"))
    assert len(texts) == len(said) == len(addresses)
    for address in addresses:
        assert address.startswith("http://localhost/search?q=")
        assert readers.get(urlsplit(address)._replace(scheme="", netloc="").geturl()).status_code == 200


def test_browsers_are_led_to_the_address_that_the_settings_name(sample: Library) -> None:
    settings = WebSettings(base_url="https://library.example/found/")
    client = create_app(sample, settings).test_client()
    answer = client.get("suggest?q=nep", base_url="http://inside:80/found/").get_json(force=True)
    assert answer[3]
    assert all(one.startswith("https://library.example/found/search?q=") for one in answer[3])


def test_the_box_names_where_to_ask_in_the_language_of_the_page(get: Get) -> None:
    def box(page: HtmlElement) -> HtmlElement:
        (found,) = page.xpath('//input[@id="q"]')
        return found

    assert box(get("/help")).get("data-suggest") == "/api/v1/suggest"
    assert box(get("/help?ui=ar")).get("data-suggest") == "/api/v1/suggest?ui=ar"
