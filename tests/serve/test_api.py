from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tipsearch.serve.params import FACET_PARAMETERS

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
    library.generation += 1
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
    library.generation = 0
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
