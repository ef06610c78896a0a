from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from serve.small_library import SmallLibrary, fees_report
from tipsearch.engines.base import Sort
from tipsearch.errors import BadRequest
from tipsearch.search.request import SearchRequest
from tipsearch.serve.app import create_app
from tipsearch.serve.cursor import Cursor, read, write

if TYPE_CHECKING:
    from flask.testing import FlaskClient

_REQUEST = SearchRequest(
    '"forced labour" -sea', regions=("asia",), sort=Sort.OLDEST, size=50, ui="es", start=1000
)


@pytest.fixture
def library() -> SmallLibrary:
    """More documents than can be reached by turning pages."""
    document, pages = fees_report()
    return SmallLibrary((replace(document, id=f"d{number:04}"), pages[:1]) for number in range(1_130))


@pytest.fixture
def client(library: SmallLibrary) -> FlaskClient:
    return create_app(library).test_client()


def _answer(client: FlaskClient, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.text
    return response.json


def test_a_cursor_is_the_whole_search() -> None:
    assert read(write(Cursor(_REQUEST, 1000, 1204, 7))) == Cursor(_REQUEST, 1000, 1204, 7)


@pytest.mark.parametrize(
    "text",
    ["x", "é", "e30", "A" * 40_000]
    + [base64.urlsafe_b64encode(b'[1,7,9,0,""' + b",[" * 9_000).rstrip(b"=").decode()]
    + [
        base64.urlsafe_b64encode(json.dumps(inside).encode()).rstrip(b"=").decode()
        for inside in (
            [2, 7, 9, 0, ""],
            [1, 7, 9, 9, ""],
            [1, 7, 9, 3, ""],
            [1, 7, 9, -10, ""],
            [1, 7, 9, 0, "x=1"],
            [1, 7],
        )
    ],
)
def test_what_is_no_cursor_of_ours_is_refused(client: FlaskClient, text: str) -> None:
    with pytest.raises(BadRequest, match="no cursor of ours"):
        read(text)
    response = client.get("/api/v1/search", query_string={"cursor": text})
    assert response.status_code == 422
    assert response.get_json()["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize("size", [7, 25, 77, 100])
def test_following_the_links_leads_to_the_last_result_and_meets_each_once(
    client: FlaskClient, size: int
) -> None:
    met: list[str] = []
    page = 1000 // size - 1
    address = f"/api/v1/search?q=debt&page={page}&size={size}"
    while address:
        answer = _answer(client, address)
        assert answer["links"]["self"] == address
        met += [result["id"] for result in answer["results"]]
        address = answer["links"]["next"]
    left = 1_130 - (page - 1) * size
    assert (len(met), len(set(met))) == (left, left)


def test_from_behind_it_leads_back_to_the_pages(client: FlaskClient) -> None:
    behind = _answer(client, _answer(client, "/api/v1/search?q=debt&size=100&page=10")["links"]["next"])
    assert behind["page"] == 11
    assert behind["links"]["prev"] == "/api/v1/search?q=debt&page=10&size=100"


def test_a_cursor_of_another_state_of_the_library_is_gone(client: FlaskClient, library: SmallLibrary) -> None:
    address = _answer(client, "/api/v1/search?size=100&page=10")["links"]["next"]
    library.state += 1
    response = client.get(address)
    assert response.status_code == 410
    assert "begin again with" in response.get_json()["detail"]
    for language, told in (("es", "Vuelva a empezar"), ("fr", "recommencer"), ("ar", "من جديد")):
        there = client.get(address, headers={"Accept-Language": language})
        assert told in there.get_json()["detail"]
        assert "Accept-Language" in there.headers["Vary"]


def test_a_cursor_of_another_library_of_the_same_generation_is_gone(
    client: FlaskClient, library: SmallLibrary
) -> None:
    address = _answer(client, "/api/v1/search?size=100&page=10")["links"]["next"]
    del library.entries["d0000"]
    assert client.get(address).status_code == 410


def test_a_cursor_that_would_pass_over_more_than_there_is_searches_nothing(
    client: FlaskClient, library: SmallLibrary
) -> None:
    place = Cursor(SearchRequest(start=9_000_000), 9_000_000, 9_999_999, 7)
    assert client.get("/api/v1/search", query_string={"cursor": write(place)}).status_code == 410
    assert not library.requests


def test_only_facets_stand_beside_a_cursor(client: FlaskClient) -> None:
    address = _answer(client, "/api/v1/search?size=100&page=10&facets=type")["links"]["next"]
    answer = _answer(client, address)
    assert list(answer["facets"]) == ["type"]
    assert answer["links"]["self"] == address
    assert client.get(f"{address}&q=debt").status_code == 422
    assert client.get(f"{address}&facets=colour").status_code == 422


def test_pages_are_linked_to_in_the_language_that_a_cursor_or_a_body_names(client: FlaskClient) -> None:
    first = client.post("/api/v1/search", json={"size": 100, "page": 10, "ui": "es"}).get_json()
    for answer in (first, _answer(client, first["links"]["next"])):
        assert all(one["links"]["html"].endswith("?ui=es") for one in answer["results"])


def test_an_empty_cursor_is_none(client: FlaskClient) -> None:
    assert _answer(client, "/api/v1/search?q=debt&cursor=&size=3")["links"]["self"].endswith("q=debt&size=3")


def test_the_same_page_behind_the_end_of_pages_is_not_sent_again(client: FlaskClient) -> None:
    address = _answer(client, "/api/v1/search?size=100&page=10")["links"]["next"]
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
