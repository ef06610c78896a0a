"""What is offered when nothing is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serve.trees import one, text

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from serve.small_library import Get, SmallLibrary


def test_an_empty_answer_offers_what_finds_something(get: Get) -> None:
    page = get("/search?q=debt+unicorn&region=africa")
    ways = {text(way): text(way.getnext()) for way in page.xpath('//ul[@class="ways"]//a')}
    assert ways == {
        "Find documents with any of the words": "→ 1 document",
        "Find documents with any of the words, without filters": "→ 2 documents",
        "Search without “unicorn”": "→ 1 document",
    }


def test_an_empty_answer_leads_to_the_topic_that_was_named_and_to_broader_ones(get: Get) -> None:
    page = get("/search?q=peonage&region=asia")
    ways = {text(way): way.get("href") for way in page.xpath('//ul[@class="ways"]//a')}
    assert ways == {
        "Documents about Debt Bondage, in any words and language": "/search?region=asia&form=debt-bondage",
        "Documents about Wages, in any words and language": "/search?region=asia&topic=wages",
    }


def test_an_empty_answer_leads_to_help_for_people(get: Get) -> None:
    assert one(get("/search?q=unicorn"), '//p[@class="support"]/a').get("href") == "/safety"


def test_an_empty_answer_offers_to_drop_the_filter_that_emptied_it(get: Get) -> None:
    page = get("/search?q=heavy&region=nepal&type=guidance")
    ways = {text(way): way.get("href") for way in page.xpath('//ul[@class="ways"]//a')}
    assert ways == {
        "Remove all filters": "/search?q=heavy",
        "Remove Region: Nepal": "/search?q=heavy&type=guidance",
    }


def test_an_empty_answer_costs_few_searches(client: FlaskClient, library: SmallLibrary) -> None:
    filters = "".join(f"&topic=t{number}" for number in range(50))
    client.get(f"/search?q=unicorn{filters}")
    assert len(library.requests) <= 11


def test_operators_are_not_torn_apart_to_find_something(client: FlaskClient) -> None:
    assert "Search without" not in client.get('/search?q="debt+unicorn"').text
    assert "Search without" not in client.get("/search?q=unicorn+-debt").text
