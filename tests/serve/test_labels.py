"""Values are called in the reader's language, and stay the same values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tipsearch import Library


@pytest.fixture(scope="module")
def client(sample: Library) -> FlaskClient:
    return create_app(sample).test_client()


def _flat(values: list[dict[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in values:
        found |= {value["value"]: value["label"], **_flat(value["children"])}
    return found


def _text(client: FlaskClient, address: str, accepted: str = "") -> str:
    response = client.get(address, headers={"Accept-Language": accepted})
    assert response.status_code == 200
    tree: Any = lxml.html.document_fromstring(response.text)
    return str(tree.xpath("string(//body)"))


def test_facets_and_tags_of_an_answer_are_labelled_in_the_language_asked_for(client: FlaskClient) -> None:
    english = client.get("/api/v1/search").get_json()
    french = client.get("/api/v1/search?ui=fr").get_json()
    browser = client.get("/api/v1/search", headers={"Accept-Language": "fr-CA"}).get_json()
    assert _flat(english["facets"]["region"])["western-africa"] == "Western Africa"
    assert _flat(french["facets"]["region"])["western-africa"] == "Afrique occidentale"
    assert _flat(french["facets"]["type"])["guidance"] == "Guides et orientations"
    assert _flat(french["facets"]["language"])["es"] == "Espagnol"
    for facet, values in english["facets"].items():
        assert _flat(values).keys() == _flat(french["facets"][facet]).keys()
    assert browser["facets"] == french["facets"]
    for ours, theirs in zip(browser["results"], french["results"], strict=True):
        assert (ours["regions"], ours["topics"]) == (theirs["regions"], theirs["topics"])
    labels = {tag["value"]: tag["label"] for one in french["results"] for tag in one["topics"]}
    assert labels["forced-labour"] == "Travail forcé"


def test_a_document_of_the_interface_is_labelled_in_the_language_asked_for(client: FlaskClient) -> None:
    (result, *_) = client.get("/api/v1/search?topic=debt-bondage").get_json()["results"]
    address = f"/api/v1/documents/{result['id']}"
    spanish, browser = client.get(f"{address}?ui=es"), client.get(address, headers={"Accept-Language": "es"})
    labels = {tag["value"]: tag["label"] for tag in spanish.get_json()["topics"]}
    assert labels["debt-bondage"] == "Servidumbre por deudas"
    assert browser.get_json()["topics"] == spanish.get_json()["topics"]
    assert "Accept-Language" in browser.headers["Vary"]
    assert client.get(f"{address}?lang=es").status_code == 422


def test_pages_call_values_in_the_readers_language(client: FlaskClient) -> None:
    (result, *_) = client.get("/api/v1/search?topic=debt-bondage").get_json()["results"]
    assert "África" in _text(client, "/", "es")
    assert "África" not in _text(client, "/")
    for address in ("/search?topic=debt-bondage", f"/documents/{result['id']}"):
        assert "Servidumbre por deudas" in _text(client, address, "es")
        assert "Debt bondage" in _text(client, address)
