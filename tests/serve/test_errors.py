from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

from tipsearch.config import WebSettings
from tipsearch.errors import EngineFailed
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from serve.small_library import SmallLibrary
    from tipsearch.search.answer import SearchAnswer
    from tipsearch.search.request import SearchRequest


def _tree(text: str) -> Any:
    return lxml.html.document_fromstring(text)


def _fail_with(library: SmallLibrary, error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def search(_request: SearchRequest, **_: object) -> SearchAnswer:
        raise error

    monkeypatch.setattr(library, "search", search)


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("/documents//fees?q=%C3%BC&a=1", "/documents/fees?q=%C3%BC&a=1"),
        ("/api/v1//search?q=a", "/api/v1/search?q=a"),
        ("/documents///fees/pages//1", "/documents/fees/pages/1"),
    ],
)
def test_a_redirect_names_no_host(app: Flask, address: str, to: str) -> None:
    client = app.test_client()
    response = client.get(address, base_url="http://inside:8000/")
    assert (response.status_code, response.headers["Location"]) == (308, to)
    assert "inside" not in response.text
    below = client.get(address, base_url="http://inside:8000/", environ_overrides={"SCRIPT_NAME": "/lib"})
    assert below.headers["Location"] == f"/lib{to}"


@pytest.mark.parametrize(
    ("method", "address", "status", "parameters"),
    [
        ("GET", "/api/v1/search?colour=red", 422, ["colour"]),
        ("GET", "/api/v1/search?q=a&page=x&colour=red&size=0", 422, ["colour", "page", "size"]),
        ("GET", "/api/v1/search?lang=en&region=atlantis", 422, ["region"]),
        ("GET", "/api/v1/documents/fees?x=1", 422, ["x"]),
        ("GET", "/api/v1/documents/none", 404, []),
        ("GET", "/api/v1/nothing", 404, []),
        ("GET", "/api/", 404, []),
        ("POST", "/api/v1/documents/fees", 405, []),
    ],
)
def test_the_api_answers_errors_with_problem_documents(
    client: FlaskClient, method: str, address: str, status: int, parameters: list[str]
) -> None:
    response = client.open(address, method=method)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    problem = response.json
    assert problem is not None
    assert set(problem) == {"type", "title", "status", "detail", "errors"}
    assert problem["status"] == status
    assert problem["detail"]
    assert [error["parameter"] for error in problem["errors"]] == parameters
    assert all(error["detail"] for error in problem["errors"])


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nowhere", 404),
        ("/documents/none", 404),
        ("/search?q=debt&page=x", 422),
        ("/search?region=atlantis", 422),
    ],
)
def test_pages_answer_errors_in_the_same_dress_with_a_way_on(
    client: FlaskClient, address: str, status: int
) -> None:
    response = client.get(address)
    page = _tree(response.text)
    assert response.status_code == status
    assert page.xpath('//form[@id="search"]')
    assert "/" in page.xpath("//main//a/@href")
    assert "/help" in page.xpath("//main//a/@href")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/search?from=abc&ui=en", "“from” is a year in digits"),
        ("/search?from=abc&ui=es", "«from» es un año en cifras"),
        ("/search?size=0&ui=fr", "est un nombre de 1 à 100"),
        ("/export.csv?colour=red&ui=es", "«colour», que aquí no significa nada"),
        ("/documents/none?ui=es", "No hay nada en esta dirección"),
    ],
)
def test_pages_tell_what_is_wrong_in_the_readers_language(
    client: FlaskClient, address: str, told: str
) -> None:
    assert told in client.get(address).text


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "can't answer at the moment"),
        ("es", "no puede responder"),
        ("fr", "ne peut pas répondre"),
        ("ar", "تستطيع"),
    ],
)
def test_the_api_tells_what_is_no_fault_of_programs_in_the_readers_language(
    client: FlaskClient,
    library: SmallLibrary,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    told: str,
) -> None:
    _fail_with(library, EngineFailed("segment 12"), monkeypatch)
    asked = [{"query_string": {"ui": language}}, {"headers": {"Accept-Language": language}}]
    for one in asked:
        response: Any = client.get("/api/v1/search", **one)
        assert told in response.json["detail"]
        assert "Accept-Language" in response.headers["Vary"]


def test_a_search_that_cannot_be_made_is_offered_without_what_is_wrong(client: FlaskClient) -> None:
    page = _tree(client.get("/search?q=debt&region=atlantis&from=2010").text)
    assert page.xpath("//main//a/@href")[0] == "/search?q=debt&from=2010"
    assert page.xpath('//input[@name="q"]/@value') == ["debt"]


def test_a_method_that_is_not_allowed_says_which_are(client: FlaskClient) -> None:
    assert "GET" in client.post("/api/v1/documents/fees").headers["Allow"]
    assert client.post("/search").status_code == 405


@pytest.mark.parametrize("address", ["/search?q=secretword", "/api/v1/search?q=secretword"])
def test_a_broken_page_tells_neither_reader_nor_log_what_was_searched(
    client: FlaskClient,
    library: SmallLibrary,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    address: str,
) -> None:
    _fail_with(library, ZeroDivisionError("while searching secretword in /srv/library"), monkeypatch)
    with caplog.at_level(logging.DEBUG):
        response = client.get(address)
    assert response.status_code == 500
    assert "/srv/library" not in response.text
    assert "secretword" not in response.text
    assert "secretword" not in caplog.text
    assert "ZeroDivisionError at " in caplog.text
    assert caplog.records[0].getMessage().split("reference ")[1][:8] in response.text


def test_an_engine_that_fails_asks_to_try_again(
    client: FlaskClient, library: SmallLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail_with(library, EngineFailed("segment 12 of secretword"), monkeypatch)
    for address in ("/search?q=debt", "/api/v1/search?q=debt"):
        response = client.get(address)
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "10"
        assert "segment" not in response.text


def test_nothing_is_logged_of_a_search_that_works(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get("/search?q=secretword")
        client.get("/documents/fees/pages/1?q=secretword")
        client.get("/api/v1/search?q=secretword&page=x")
    assert "secretword" not in caplog.text


def test_a_host_that_is_not_ours_is_refused(library: SmallLibrary) -> None:
    app: Flask = create_app(library, WebSettings(trusted_hosts=("library.example",)))
    client = app.test_client()
    assert client.get("/help", headers={"Host": "library.example"}).status_code == 200
    assert client.get("/help", headers={"Host": "evil.example"}).status_code == 400
