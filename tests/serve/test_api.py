from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tipsearch.search.facets import FACETS
from tipsearch.serve.declared import FACET_PARAMETERS

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from serve.small_library import SmallLibrary


def _json(client: FlaskClient, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    assert response.content_type == "application/json"
    return response.json


def test_a_search_answers_in_the_promised_shape(client: FlaskClient) -> None:
    answer = _json(client, "/api/v1/search?q=worker&region=asia")
    facets = answer.pop("facets")
    assert answer == {
        "query": {
            "text": "worker",
            "understood": "documents with all of: worker",
            "match": "all",
            "parts": [{"words": "“worker”", "kind": "word", "without": ""}],
            "expansions": [],
            "did_you_mean": None,
            "corrected": False,
            "notices": [],
        },
        "total": 1,
        "page": 1,
        "size": 10,
        "took_ms": 1.2,
        "results": [
            {
                "id": "fees",
                "title": "Who pays for the job?",
                "url": "https://example.org/fees",
                "publisher": "Example Institute",
                "authors": ["Asha Rai", "Example Institute"],
                "date": "2024-03",
                "year": 2024,
                "language": "en",
                "types": ["publication"],
                "regions": [
                    {
                        "value": "nepal",
                        "label": "Nepal",
                        "path": ["asia", "southern-asia", "nepal"],
                        "origin": "detected",
                    }
                ],
                "topics": [
                    {"value": "debt-bondage", "label": "Debt Bondage", "origin": "librarian"},
                    {"value": "wages", "label": "Wages", "origin": "detected"},
                ],
                "roles": [
                    {
                        "value": "origin:nepal",
                        "role": "origin",
                        "region": "nepal",
                        "label": "Origin: Nepal",
                        "path": ["asia", "southern-asia", "nepal"],
                        "origin": "detected",
                    }
                ],
                "page_count": 3,
                "warning": None,
                "score": 1.5,
                "pages": [
                    {
                        "number": 2,
                        "label": "1",
                        "text": "A worker who pays for a job starts it in debt.\n\nThe debt is due first.",
                        "spans": [[2, 8]],
                        "ocr": False,
                        "link": "/documents/fees/pages/2?q=worker",
                    }
                ],
                "duplicates": [],
                "links": {
                    "self": "/api/v1/documents/fees",
                    "html": "/documents/fees?q=worker",
                    "file": "/documents/fees/file",
                    "ris": "/documents/fees/cite.ris",
                    "bibtex": "/documents/fees/cite.bib",
                    "csl-json": "/documents/fees/cite.json",
                },
            }
        ],
        "links": {
            "self": "/api/v1/search?q=worker&region=asia",
            "next": None,
            "prev": None,
            "atom": "/feed.atom?q=worker&region=asia",
            "csv": "/export.csv?q=worker&region=asia",
            "ris": "/export.ris?q=worker&region=asia",
            "bibtex": "/export.bib?q=worker&region=asia",
            "csl-json": "/export.json?q=worker&region=asia",
        },
    }
    assert set(facets) == {*FACET_PARAMETERS, "year"}
    (asia,) = facets["region"]
    assert (asia["value"], asia["label"], asia["count"], asia["selected"]) == ("asia", "Asia", 1, True)
    assert asia["children"][0]["children"][0] == {
        "value": "nepal",
        "label": "Nepal",
        "count": 1,
        "selected": False,
        "children": [],
    }


def test_pages_are_linked_to_one_another(client: FlaskClient) -> None:
    links = _json(client, "/api/v1/search?size=1&page=2")["links"]
    assert (links["prev"], links["next"]) == ("/api/v1/search?size=1", "/api/v1/search?page=3&size=1")


def test_a_document_answers_with_its_record_evidence_and_pages(client: FlaskClient) -> None:
    document = _json(client, "/api/v1/documents/fees")
    assert document["title"] == "Who pays for the job?"
    assert document["regions"][0]["evidence"][1] == {
        "where": "text",
        "quote": "Nepal",
        "count": 3,
        "pages": [1, 2],
    }
    (role,) = document["roles"]
    assert (role["role"], role["region"], role["label"]) == ("origin", "nepal", "Origin: Nepal")
    assert role["evidence"][0]["quote"] == "leave Nepal"
    assert document["types"] == ["publication"]
    assert document["type_tags"] == [
        {"value": "publication", "label": "Publications", "origin": "source", "evidence": []}
    ]
    assert [(one["field"], one["origin"]) for one in document["basis"]] == [
        ("title", "detected"),
        ("date", "source"),
        ("language", "librarian"),
    ]
    assert document["pages"][0] == {
        "number": 1,
        "label": "i",
        "ocr": False,
        "link": "/documents/fees/pages/1",
    }
    assert document["outline"][0] == {"heading": "How a fee becomes a chain", "level": 0, "page": 2}
    assert document["links"]["html"] == "/documents/fees"


def test_only_safe_addresses_are_handed_on(client: FlaskClient) -> None:
    assert _json(client, "/api/v1/documents/evil")["url"] is None


def test_text_is_handed_on_as_text(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?q=zebra")
    assert response.json is not None
    passage = response.json["results"][0]["pages"][0]
    assert [passage["text"][start:end] for start, end in passage["spans"]] == ["zebra", "zebra"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_an_answer_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    for address in ("/api/v1/search?q=debt", "/api/v1/documents/fees"):
        tag = client.get(address).headers["ETag"]
        assert tag.startswith('W/"')
        again = client.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")


def test_the_same_search_written_otherwise_has_the_same_tag(client: FlaskClient) -> None:
    one = client.get("/api/v1/search?q=debt&region=asia&region=africa&page=1")
    other = client.get("/api/v1/search?region=africa&q=debt&region=asia")
    assert one.headers["ETag"] == other.headers["ETag"]


def test_a_new_generation_of_the_index_has_a_new_tag(client: FlaskClient, library: SmallLibrary) -> None:
    tag = client.get("/api/v1/search?q=debt").headers["ETag"]
    library.state += 1
    assert client.get("/api/v1/search?q=debt", headers={"If-None-Match": tag}).status_code == 200


def test_another_thesaurus_has_a_new_tag(client: FlaskClient, library: SmallLibrary) -> None:
    tag = client.get("/api/v1/search?q=debt").headers["ETag"]
    library.topics = "the librarian's own"
    assert client.get("/api/v1/search?q=debt", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("address", ["/api/v1/search?q=debt", "/api/v1/documents/fees"])
def test_another_library_has_other_tags(
    client: FlaskClient, library: SmallLibrary, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    monkeypatch.setattr(library, "identity", lambda: "another")
    document, pages = library.entries["fees"]
    library.entries["fees"] = (replace(document, publisher="Somebody else"), pages)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_the_server_says_whether_it_lives_and_can_answer(client: FlaskClient, library: SmallLibrary) -> None:
    assert _json(client, "/healthz") == {"alive": True}
    ready = _json(client, "/readyz")
    assert (ready["ready"], ready["documents"], ready["generation"]) == (True, 3, 7)
    library.state = 0
    assert client.get("/readyz").status_code == 503
    assert client.get("/readyz").headers["Cache-Control"] == "no-store"


def test_the_reading_is_in_the_language_of_the_address_or_of_the_browser(client: FlaskClient) -> None:
    def first_part(address: str, **headers: str) -> str:
        response = client.get(address, headers=headers)
        assert "Accept-Language" in response.headers["Vary"]
        words: str = response.get_json()["query"]["parts"][0]["words"]
        return words

    address = "/api/v1/search?q=-worker"
    assert first_part(address) == "without “worker”"
    assert (
        first_part(address, **{"Accept-Language": "de, fr-CA;q=0.8, en;q=0.2"}) == "sans «\u00a0worker\u00a0»"
    )
    assert first_part(f"{address}&ui=es", **{"Accept-Language": "fr"}) == "sin «worker»"
    assert first_part(f"{address}&ui=xx") == "without “worker”"


def test_each_language_has_its_own_tag_and_links_name_it_only_if_the_address_does(
    client: FlaskClient,
) -> None:
    english = client.get("/api/v1/search?q=worker")
    french = client.get("/api/v1/search?q=worker", headers={"Accept-Language": "fr"})
    assert english.headers["ETag"] != french.headers["ETag"]
    assert _json(client, "/api/v1/search?q=worker")["links"] == french.get_json()["links"]
    assert "ui=fr" in _json(client, "/api/v1/search?q=worker&ui=fr")["links"]["self"]


def test_an_answer_that_the_client_has_is_not_searched_for_again(
    client: FlaskClient, library: SmallLibrary
) -> None:
    tag = client.get("/api/v1/search?q=debt").headers["ETag"]
    library.requests.clear()
    assert client.get("/api/v1/search?q=debt", headers={"If-None-Match": tag}).status_code == 304
    assert not library.requests


def test_any_tag_does_not_stand_for_a_search_that_cannot_be(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?region=atlantis", headers={"If-None-Match": "*"}).status_code == 422


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {"q": "debt", "region": ["asia", "africa"], "from": 2000, "spell": False}},
        {"data": {"q": "debt", "region": ["asia", "africa"], "from": "2000", "spell": "no"}},
    ],
)
def test_a_search_may_be_sent_as_a_body(client: FlaskClient, library: SmallLibrary, sent: Any) -> None:
    response = client.post("/api/v1/search", **sent)
    assert response.status_code == 200
    assert (response.headers["Cache-Control"], response.headers.get("ETag")) == ("no-store", None)
    asked = client.get("/api/v1/search?q=debt&region=asia&region=africa&from=2000&spell=no")
    assert library.requests[0] == library.requests[1]
    assert response.json == asked.json


def test_what_is_null_or_an_empty_list_in_a_body_is_as_if_it_were_not_given(
    client: FlaskClient, library: SmallLibrary
) -> None:
    sent: Any = {"q": "debt", "from": None, "region": [], "cursor": None, "size": 20.0}
    assert client.post("/api/v1/search", json=sent).status_code == 200
    assert client.get("/api/v1/search?q=debt&size=20").status_code == 200
    assert library.requests[0] == library.requests[1]


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"json": {"q": "debt", "colour": "red"}}, 422, "no parameter 'colour'"),
        ({"json": {"q": "debt", "colour": None}}, 422, "no parameter 'colour'"),
        ({"json": {"q": "debt", "colour": []}}, 422, "no parameter 'colour'"),
        ({"json": {"q": {"a": 1}}}, 422, "q is text"),
        ({"json": {"size": 2.5}}, 422, "size is a number from 1 to 100, not '2.5'"),
        ({"json": {"size": 1000}}, 422, "1 to 100"),
        ({"json": ["debt"]}, 400, "isn't an object in JSON"),
        ({"data": b'{"q": "\\ud800"}', "content_type": "application/json"}, 400, "isn't an object in JSON"),
        ({"data": b'{"q": ' + b"[" * 30_000, "content_type": "application/json"}, 400, "isn't an object in"),
        ({"data": b"debt", "content_type": "text/plain"}, 415, "as application/json or"),
        ({"query_string": "q=debt", "json": {}}, 422, "no parameter 'q'"),
        ({"data": b"q=" + b"x" * 70_000, "content_type": "application/x-www-form-urlencoded"}, 413, ""),
        ({"json": {"q": "x" * 70_000}}, 413, ""),
    ],
)
def test_a_body_that_is_no_search_is_refused(client: FlaskClient, sent: Any, status: int, said: str) -> None:
    response = client.post("/api/v1/search", **sent)
    assert (response.status_code, response.content_type) == (status, "application/problem+json")
    assert said in response.get_json()["detail"]


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("facets=type&facets=region", {"region", "type"}),
        ("facets=none", set()),
        ("facets=language&facets=", {"language"}),
        ("facets=lang&facets=year&facets=language", {"language", "year"}),
        ("facets=", set(FACETS)),
        ("", set(FACETS)),
    ],
)
def test_an_answer_holds_the_facets_that_are_asked_for(
    client: FlaskClient, asked: str, held: set[str]
) -> None:
    answer = _json(client, f"/api/v1/search?q=debt&{asked}")
    whole = _json(client, "/api/v1/search?q=debt")
    assert answer["facets"] == {name: whole["facets"][name] for name in held}
    assert answer["results"] == whole["results"]


def test_links_to_further_results_ask_for_the_same_facets(client: FlaskClient) -> None:
    links = _json(client, "/api/v1/search?facets=type&size=1")["links"]
    assert links["self"] == "/api/v1/search?size=1&facets=type"
    assert links["next"] == "/api/v1/search?page=2&size=1&facets=type"
    assert _json(client, "/api/v1/search?facets=none")["links"]["self"] == "/api/v1/search?facets=none"


def test_answers_with_other_facets_have_other_tags(client: FlaskClient) -> None:
    addresses = ["facets=type", "facets=none", "facets=region", ""]
    tags = {client.get(f"/api/v1/search?q=debt&{one}").headers["ETag"] for one in addresses}
    assert len(tags) == 4


@pytest.mark.parametrize("facets", ["facets=colour", "facets=region,type", "facets=none&facets=type"])
def test_a_facet_that_cannot_be_held_is_named_with_all_else_that_is_wrong(
    client: FlaskClient, facets: str
) -> None:
    response: Any = client.get(f"/api/v1/search?{facets}&size=0")
    assert response.status_code == 422
    assert {one["parameter"] for one in response.json["errors"]} == {"size", "facets"}


def test_a_page_answers_with_its_text_marked_and_its_neighbours(client: FlaskClient) -> None:
    page = _json(client, "/api/v1/documents/fees/pages/2?q=worker")
    assert page == {
        "document": "fees",
        "number": 2,
        "label": "1",
        "language": "en",
        "text": "A worker who pays for a job starts it in debt.\n\nThe debt is due first.",
        "spans": [[2, 8]],
        "ocr": False,
        "links": {
            "self": "/api/v1/documents/fees/pages/2?q=worker",
            "html": "/documents/fees/pages/2?q=worker",
            "document": "/api/v1/documents/fees",
            "next": "/api/v1/documents/fees/pages/3?q=worker",
            "prev": "/api/v1/documents/fees/pages/1?q=worker",
        },
    }
    assert _json(client, page["links"]["next"])["links"]["next"] is None
    assert client.get("/api/v1/documents/fees/pages/4").status_code == 404
    assert client.get("/api/v1/documents/fees/pages/2?size=3").status_code == 422


def test_values_of_a_facet_are_found_by_name_with_counts_under_the_search(client: FlaskClient) -> None:
    found = _json(client, "/api/v1/facets/region?q=nep&text=worker")
    assert found == {
        "facet": "region",
        "total": 1,
        "values": [
            {
                "value": "nepal",
                "label": "Nepal",
                "count": 1,
                "selected": False,
                "path": ["Asia", "Southern Asia", "Nepal"],
            }
        ],
        "links": {
            "self": "/api/v1/facets/region?q=nep&text=worker",
            "search": "/api/v1/search?q=worker",
        },
    }
    assert _json(client, "/api/v1/facets/region?q=as+southern")["values"][0]["value"] == "southern-asia"
    assert _json(client, "/api/v1/facets/region?q=nowhere")["total"] == 0
    assert _json(client, "/api/v1/facets/lang?lang=en")["facet"] == "language"


def test_of_many_values_as_many_are_told_as_are_wanted(client: FlaskClient) -> None:
    found = _json(client, "/api/v1/facets/region?size=2")
    assert (found["total"], len(found["values"])) == (6, 2)
    counts = [value["count"] for value in _json(client, "/api/v1/facets/region")["values"]]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/facets/colour", 404),
        ("/api/v1/facets/region?page=2", 422),
        ("/api/v1/facets/region?colour=red", 422),
        ("/api/v1/facets/region?size=0", 422),
    ],
)
def test_a_facet_that_there_is_not_is_refused(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status
