"""Other words than those typed, as the pages and the API show them: better spellings, other names of topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest

from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tipsearch import Library


@pytest.fixture(scope="module")
def client(sample: Library) -> FlaskClient:
    return create_app(sample).test_client()


def tree(client: FlaskClient, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, address
    return lxml.html.document_fromstring(response.text)


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_what_was_meant_is_shown_with_the_way_back(client: FlaskClient) -> None:
    page = tree(client, "/search?q=forsed+labour&region=asia")
    (told,) = page.xpath('//div[@class="meant"]')
    assert words(told) == "Showing results for: forced labour Search instead for: forsed labour"
    assert "for “forced labour”" in words(page.xpath('//h2[@class="total"]')[0])
    better, typed = told.xpath(".//a/@href")
    assert parse_qs(urlsplit(better).query) == {"q": ["forced labour"], "region": ["asia"]}
    assert parse_qs(urlsplit(typed).query) == {"q": ["forsed labour"], "region": ["asia"], "spell": ["no"]}
    place = page.xpath('//a[@class="place"]/@href')[0]
    assert parse_qs(urlsplit(place).query) == {"q": ["forced labour"], "region": ["asia"]}
    (off,) = page.xpath('//a[text()="Search only what I typed"]/@href')
    assert {"expand": ["no"], "spell": ["no"]}.items() <= parse_qs(urlsplit(off).query).items()


def test_back_at_what_was_typed_the_better_spelling_is_one_click_away(client: FlaskClient) -> None:
    page = tree(client, "/search?q=forsed+labour&spell=no")
    (told,) = page.xpath('//div[@class="meant"]')
    assert words(told) == "Did you mean: forced labour"
    assert told.xpath(".//a/@href") == ["/search?q=forced+labour"]
    assert not page.xpath('//ol[@class="results"]')


def test_other_names_are_listed_and_switched_off_and_on_by_one_click(client: FlaskClient) -> None:
    page = tree(client, "/search?q=forced+labour&sort=title")
    listed = words(page.xpath('//div[@class="reading"][.//a[text()="Search only what I typed"]]')[0])
    assert "Also searched for, as other names of “forced labour”: trabajo forzoso, travail forcé" in listed
    (off,) = page.xpath('//a[text()="Search only what I typed"]/@href')
    assert off == "/search?q=forced+labour&expand=no&sort=title"
    narrow = tree(client, off)
    assert "Also searched for" not in words(narrow)
    (on,) = narrow.xpath('//a[text()="Search for other names of topics, too"]/@href')
    assert on == "/search?q=forced+labour&sort=title"


def test_switched_off_it_stays_off_in_links_and_in_the_form(client: FlaskClient) -> None:
    page = tree(client, "/search?q=labour&expand=no&size=3")
    links = page.xpath('//nav[@class="pages"]//a/@href') + page.xpath('//a[@class="place"]/@href')
    assert links
    assert all(parse_qs(urlsplit(link).query)["expand"] == ["no"] for link in links)
    assert page.xpath('//input[@form="search" and @name="expand"]/@value') == ["no"]
    shown = tree(client, page.xpath('//a[@class="place"]/@href')[0])
    assert any("expand=no" in link for link in shown.xpath("//a/@href"))


def test_a_document_found_by_another_name_shows_where(client: FlaskClient, sample: Library) -> None:
    answer: Any = client.get("/api/v1/search?q=forced+labour&lang=es").json
    found = answer["results"][0]["id"]
    marks = tree(
        client, f"/documents/{found}/pages/{answer['results'][0]['pages'][0]['number']}?q=forced+labour"
    )
    assert marks.xpath("//article//mark")
    plain = tree(client, f"/documents/{found}/pages/1?q=forced+labour&expand=no")
    assert not plain.xpath("//article//mark")
    assert sample.document(found).language == "es"


def test_the_api_tells_and_takes_both_switches(client: FlaskClient) -> None:
    with_names: Any = client.get("/api/v1/search?q=forced+labour").json
    without: Any = client.get("/api/v1/search?q=forced+labour&expand=no").json
    assert without["total"] < with_names["total"]
    assert without["query"]["expansions"] == []
    assert with_names["query"]["expansions"][0]["term"] == "forced labour"
    assert "trabajo forzoso" in with_names["query"]["expansions"][0]["added"]
    assert all("expand=no" in one["link"] for result in without["results"] for one in result["pages"])
    meant: Any = client.get("/api/v1/search?q=forsed+labour").json
    assert (meant["query"]["did_you_mean"], meant["query"]["corrected"]) == ("forced labour", True)
    typed: Any = client.get("/api/v1/search?q=forsed+labour&spell=no").json
    assert (typed["query"]["corrected"], typed["total"]) == (False, 0)
    wrong = client.get("/api/v1/search?q=a&expand=perhaps")
    assert wrong.status_code == 422
    assert "expand is yes or no, not 'perhaps'" in wrong.text


def test_readers_are_told_in_their_language(client: FlaskClient) -> None:
    page = tree(client, "/search?q=forsed+labour&ui=es")
    assert words(page.xpath('//div[@class="meant" and @lang="es"]')[0]).startswith(
        "Resultados de: forced labour"
    )
    assert "como otros nombres de «forced labour»: trabajo forzoso" in words(page)
    assert page.xpath('//div[@class="reading"]//a[text()="Buscar solo lo que escribí"]')


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "There is no region called"),
        ("fr", "Aucune valeur ne s’appelle"),
        ("es", "No hay ningún valor"),
    ],
)
def test_a_value_that_there_is_not_is_told_in_the_readers_language(
    client: FlaskClient, language: str, told: str
) -> None:
    response = client.get(f"/search?region=atlantis&ui={language}")
    assert response.status_code == 422
    assert told in response.text
    assert "atlantis" in response.text
