"""A document with a content warning says so before its text is seen, in results and on its own page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from serve.small_library import Get, SmallLibrary

WARNING = "Describes violence <b>in detail</b>"


@pytest.fixture(autouse=True)
def marked(library: SmallLibrary) -> None:
    document, pages = library.entries["fees"]
    library.entries["fees"] = (replace(document, warning=WARNING), pages)


def test_passages_of_a_result_wait_behind_the_warning(get: Get) -> None:
    [caution] = get("/search?q=recruitment").find_class("caution")
    assert (caution.tag, caution.get("open")) == ("details", None)
    assert caution.findtext("summary") == f"Content warning: {WARNING}"
    assert caution.find_class("passage")


def test_a_result_without_passages_is_warned_of_too(get: Get) -> None:
    warned = get("/search").find_class("caution")
    assert [one.text_content() for one in warned] == [f"Content warning: {WARNING}"]


def test_the_page_of_the_document_warns_before_its_hits(get: Get) -> None:
    page = get("/documents/fees?q=recruitment")
    line, hits = page.find_class("caution")
    assert line.text_content() == f"Content warning: {WARNING}"
    assert hits.find_class("passage")


def test_a_page_of_it_warns_above_its_text(get: Get) -> None:
    page = get("/documents/fees/pages/1?q=recruitment")
    [caution] = page.xpath('//header[@class="document-head"]/p[@class="caution"]')
    assert caution.text_content() == f"Content warning: {WARNING}"


def test_other_documents_show_their_passages_at_once(get: Get) -> None:
    page = get("/documents/cocoa?q=loads")
    assert not page.find_class("caution")
    assert page.find_class("passage")


def test_programs_are_told_of_it_in_results_and_records(client: FlaskClient) -> None:
    found = client.get("/api/v1/search?q=debt&sort=oldest").json
    record = client.get("/api/v1/documents/fees").json
    assert found
    assert record
    assert {one["id"]: one["warning"] for one in found["results"]} == {"cocoa": None, "fees": WARNING}
    assert record["warning"] == WARNING
