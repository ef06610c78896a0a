"""The pages of a real library, made of the sample corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import lxml.html
import pytest
from sqlalchemy import Engine, event

from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

    from tipsearch import Library

#: Pages that are looked at when all links are followed from the start page on.
_LOOKED_AT = 150


@pytest.fixture(scope="module")
def sample_client(sample: Library) -> FlaskClient:
    return create_app(sample).test_client()


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """Fills with what SQLite is asked meanwhile."""
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    event.listen(Engine, "before_cursor_execute", note)
    yield statements
    event.remove(Engine, "before_cursor_execute", note)


def _tree(client: FlaskClient, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, address
    return lxml.html.document_fromstring(response.text)


def _inner_links(text: str) -> list[str]:
    tree: Any = lxml.html.document_fromstring(text)
    return [link.partition("#")[0] for link in tree.xpath("//a/@href") if link.startswith("/")]


def test_a_search_leads_to_the_page_on_which_the_words_are_marked(sample_client: FlaskClient) -> None:
    place = _tree(sample_client, "/search?q=debt+bondage").xpath('//a[@class="place"]')[0]
    marks = _tree(sample_client, place.get("href")).xpath('//article[@class="leaf"]//mark')
    assert {"debt", "bondage"} & {mark.text.lower() for mark in marks}


def test_every_example_of_the_help_finds_something(sample_client: FlaskClient) -> None:
    examples = _tree(sample_client, "/help").xpath('//table[@class="examples"]//a')
    found = {one.text_content(): _tree(sample_client, one.get("href")) for one in examples}
    assert len(found) == len(examples) > 10
    assert [text for text, page in found.items() if not page.find_class("result")] == []


def test_every_link_inside_the_library_leads_somewhere(sample_client: FlaskClient) -> None:
    seen: set[str] = set()
    waiting = ["/", "/search?q=kafala&region=asia", "/search?q=trabajo+unicornio", "/search?q=traffick*"]
    while waiting and len(seen) < _LOOKED_AT:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        response = sample_client.get(address, buffered=True)
        assert response.status_code == 200, address
        if response.content_type == "text/html; charset=utf-8" and not address.endswith("/file"):
            waiting += _inner_links(response.text)
    assert len(seen) == _LOOKED_AT


def test_the_api_finds_what_the_page_finds(sample_client: FlaskClient) -> None:
    shown = _tree(sample_client, "/search?q=kafala").xpath("//article//h3/a/@href")
    answer = sample_client.get("/api/v1/search?q=kafala").json
    assert answer is not None
    assert [result["links"]["html"] for result in answer["results"]] == shown


def test_whatever_is_typed_is_answered(sample_client: FlaskClient) -> None:
    for text in ('"[(:', "AND OR NOT", "~~~", "title:", "a" * 1000, "\x00\u202e", "region:nowhere", "*"):
        assert sample_client.get("/search", query_string={"q": text}).status_code == 200
        assert sample_client.get("/api/v1/search", query_string={"q": text}).status_code == 200


def test_a_document_is_read_once_to_show_a_page_of_it_or_what_is_like_it(
    sample_client: FlaskClient, asked: list[str]
) -> None:
    place = _tree(sample_client, "/search?q=debt+bondage").xpath('//a[@class="place"]')[0].get("href")
    like = f"{place.partition('/pages/')[0]}/similar"
    _tree(sample_client, like)  # what is found is kept
    for address in (place, like):
        asked.clear()
        _tree(sample_client, address)
        assert sum("composed FROM documents" in " ".join(one.split()) for one in asked) == 1, address


def test_to_show_a_page_the_text_of_no_other_is_read(sample_client: FlaskClient, asked: list[str]) -> None:
    place = _tree(sample_client, "/search?q=debt+bondage").xpath('//a[@class="place"]')[0].get("href")
    asked.clear()
    assert _tree(sample_client, place).xpath('//li[@class="hit-on" or @class="hit-back"]/a')
    assert sum("pages.text" in one for one in asked) == 1


def test_a_value_that_the_library_does_not_know_is_told_in_the_readers_language(
    sample_client: FlaskClient,
) -> None:
    def detail(ui: str) -> str:
        answer = sample_client.get(f"/api/v1/search?region=nowhere&ui={ui}")
        assert answer.status_code == 422
        problem: Any = answer.json
        assert problem["errors"] == [{"parameter": "region", "detail": problem["detail"]}]
        return str(problem["detail"])

    assert detail("en") == "there is no region called 'nowhere'; the facet list shows the values in use"
    assert (
        detail("es") == "no hay ningún valor «nowhere» (región); la lista de filtros muestra los que se usan"
    )
