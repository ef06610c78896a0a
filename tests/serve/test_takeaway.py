"""What readers take away from a page of results: files, picked documents, the record of the search."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from tipsearch import SearchRequest
from tipsearch.serve import pages
from tipsearch.serve.app import create_app
from tipsearch.version import VERSION

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from serve.small_library import Get
    from tipsearch import Library


def _record(get: Get, address: str) -> dict[str, list[str]]:
    rows = get(address).xpath('//dl[@class="record-lines"]/div')
    return {row.xpath("string(dt)"): [value.text_content() for value in row.xpath("dd")] for row in rows}


def test_every_link_of_the_takeaway_leads_somewhere(get: Get, client: FlaskClient) -> None:
    section = get("/search?q=debt&region=asia&ui=es").xpath('//section[@class="takeaway"]')[0]
    links = section.xpath(".//a/@href")
    assert len(links) == 7
    assert {client.get(link).status_code for link in links} == {200}
    (permalink,) = section.xpath('.//input[@class="permalink"]/@value')
    assert permalink == "http://localhost/search?q=debt&region=asia&ui=es"


def test_the_form_of_picked_documents_works_without_a_script(get: Get, client: FlaskClient) -> None:
    (form,) = get("/search?q=debt&ui=fr").xpath('//form[@id="pick"]')
    assert form.get("method") == "get"
    hidden = [(one.get("name"), one.get("value")) for one in form.xpath('.//input[@type="hidden"]')]
    for action in form.xpath(".//button/@formaction"):
        ticked = client.get(f"{action}?{urlencode([*hidden, ('id', 'cocoa'), ('id', 'fees')])}")
        assert ticked.status_code == 200
        assert ticked.headers["X-Total-Count"] == "2"
        nothing = client.get(f"{action}?{urlencode(hidden)}")
        assert nothing.status_code == 422


def test_a_search_with_more_than_files_hold_says_so(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Files hold" not in client.get("/search?q=debt").text
    monkeypatch.setattr(pages, "MOST_LISTED", 1)
    assert "Files hold the first 1 of 2 documents" in client.get("/search?q=debt").text


def test_a_page_of_results_names_its_feed(get: Get, client: FlaskClient) -> None:
    (link,) = get("/search?q=debt&page=2&size=1").xpath('//link[@type="application/atom+xml"]')
    assert link.get("href") == "/feed.atom?q=debt"
    assert client.get(link.get("href")).status_code == 200


def test_the_record_says_where_when_what_and_how_many(get: Get) -> None:
    record = _record(get, "/search/record?q=debt+job&region=asia&from=2020&sort=newest&page=3")
    when = record.pop("Searched on")[0]
    assert datetime.strptime(when, "%Y-%m-%d %H:%M:%S UTC")  # noqa: DTZ007  the zone is in the text
    assert record == {
        "Database": ["tipsearch"],
        "Platform": [f"tipsearch {VERSION}, search engine memory"],
        "Search as typed": ["debt job"],
        "Search as read": ["documents with all of: debt job"],
        "Parts of the search": ["“debt”", "“job”"],
        "Words to be found": ["all words"],
        "Forms of words": [
            "also in their other forms (plural, inflection) and in British or American spelling; not in phrases"
        ],
        "Other names searched for, too": ["no other names"],
        "Limits": ["Region: Asia (1 document)", "Published: 2020 or later"],
        "Order": ["Newest first"],
        "Documents found": ["1"],
        "The library then held": ["3 documents"],
        "State of the index": ["small, generation 7"],
        "Address": ["http://localhost/search?q=debt+job&region=asia&from=2020&sort=newest"],
    }


def test_the_text_to_copy_has_every_line_of_the_record(get: Get) -> None:
    page = get("/search/record?q=debt&region=asia")
    text = page.xpath("string(//textarea)")
    names = page.xpath('//dl[@class="record-lines"]//dt/text()')
    assert [line.partition(": ")[0] for line in text.strip().splitlines()][: len(names)] == names


def test_the_record_for_programs_repeats_the_search(client: FlaskClient) -> None:
    response = client.get("/search/record.json?q=debt&region=asia&year=2015..2025&year=unknown")
    assert response.content_type == "application/json"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    record: Any = response.json
    assert record["total"] == 1
    assert record["filters"][0] == {"facet": "region", "value": "asia", "label": "Asia", "count": 1}
    assert record["years"] == {"ranges": [[2015, 2025]], "undated": True}
    assert record["library"]["generation"] == 7
    assert datetime.fromisoformat(record["searched"]).tzinfo
    assert client.get(record["url"]).status_code == 200
    assert client.get(record["exports"]["ris"]).headers["X-Total-Count"] == "1"


@pytest.mark.parametrize("query", ["colour=red", "region=atlantis", "sort=colour"])
def test_what_cannot_be_asked_has_no_record(client: FlaskClient, query: str) -> None:
    for path in ("record", "record.json"):
        assert client.get(f"/search/{path}?{query}").status_code == 422


def test_a_hostile_query_is_text_in_its_record(client: FlaskClient) -> None:
    query = urlencode({"q": "</textarea><script>alert(1)</script>\u202e"})
    text = client.get(f"/search/record?{query}").text
    assert "<script>alert" not in text
    assert text.count("</textarea>") == 1


def test_the_record_is_for_its_reader_only(client: FlaskClient) -> None:
    response = client.get("/search/record?q=debt")
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Cache-Control"] == "no-store"


def test_a_real_library_tells_what_else_was_searched_for(sample: Library) -> None:
    client = create_app(sample).test_client()
    record: Any = client.get("/search/record.json?q=forced+labour&region=asia").json
    assert record["query"]["expansions"]
    assert record["total"] == sample.listing(SearchRequest("forced labour", regions=("asia",)), 1).total
    text = client.get("/search/record?q=forced+labour&region=asia").text
    assert re.search("Other names searched for, too: forced labour → ", text)
    off: Any = client.get("/search/record.json?q=forced+labour&expand=no").json
    assert off["query"]["expansions"] == []
    assert "switched off" in client.get("/search/record?q=forced+labour&expand=no").text
