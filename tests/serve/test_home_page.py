from __future__ import annotations

from typing import TYPE_CHECKING

from serve.small_library import SmallLibrary
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from serve.small_library import Get


def test_the_start_page_says_what_is_in_the_library(client: FlaskClient) -> None:
    assert "page by page: 3 documents, 5 pages." in client.get("/").text


def test_the_start_page_leads_into_regions_topics_and_years(get: Get) -> None:
    links = {link.text_content(): link.get("href") for link in get("/").xpath("//main//a")}
    assert links["Asia"] == "/search?region=asia"
    assert links["Southern Asia"] == "/search?region=southern-asia"
    assert links["Debt Bondage"] == "/search?form=debt-bondage"
    assert links["English"] == "/search?lang=en"
    assert links["2024"] == "/search?year=2024"


def test_the_newest_documents_come_first(get: Get) -> None:
    titles = [link.get("href") for link in get("/").xpath("//article//h3/a")]
    assert titles == ["/documents/fees", "/documents/evil", "/documents/cocoa"]


def test_the_start_page_changes_with_the_library_and_with_the_readers_language(
    client: FlaskClient, library: SmallLibrary
) -> None:
    client.get("/")
    assert "3 documentos" in client.get("/?ui=es").text
    del library.entries["fees"]
    library.generation += 1
    page = client.get("/").text
    assert "2 documents" in page
    assert "/documents/fees" not in page


def test_an_empty_library_says_so() -> None:
    assert "The library is still empty" in create_app(SmallLibrary([])).test_client().get("/").text


def test_help_examples_are_links_that_search(get: Get, client: FlaskClient) -> None:
    links = [link.get("href") for link in get("/help").xpath('//table[@class="examples"]//a')]
    assert len(links) >= 10
    assert all(client.get(link).status_code == 200 for link in links)
