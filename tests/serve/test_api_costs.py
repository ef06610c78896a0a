"""What programs ask for costs no more than what readers ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from serve.small_library import SmallLibrary

LONG = "a+" * 600


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        (f"/api/v1/facets/region?q={LONG}", "q"),
        (f"/api/v1/facets/region?text={LONG}", "text"),
        (f"/api/v1/documents/fees/pages/1?q={LONG}", "q"),
    ],
)
def test_words_without_end_are_refused(client: FlaskClient, address: str, parameter: str) -> None:
    response = client.get(address)
    assert response.status_code == 422
    assert response.get_json()["errors"] == [
        {"parameter": parameter, "detail": f"{parameter} has 1,000 characters at most"}
    ]


@pytest.mark.parametrize("address", ["/api/v1/suggest", "/suggest"])
def test_of_words_without_end_the_beginning_is_looked_up(
    client: FlaskClient, library: SmallLibrary, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    looked_up: list[str] = []

    def suggest(text: str, *_: object) -> tuple[()]:
        looked_up.append(text)
        return ()

    monkeypatch.setattr(library, "suggest", suggest)
    assert client.get(address, query_string={"q": "x" * 5_000}).status_code == 200
    assert looked_up == ["x" * 1_000]


def test_values_of_a_facet_are_counted_without_results(client: FlaskClient, library: SmallLibrary) -> None:
    links = client.get("/api/v1/facets/region?text=debt&size=50").get_json()["links"]
    assert library.requests[-1].size == 1
    assert links["self"] == "/api/v1/facets/region?text=debt&size=50"
    assert links["search"] == "/api/v1/search?q=debt"
