"""What a search finds as a file: complete, in order, safe in every format, and never all in memory."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import tracemalloc
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import lxml.html
import pytest

from serve.small_library import SmallLibrary, fees_report
from tipsearch.cite import FORMATS
from tipsearch.model import Document
from tipsearch.serve.addresses import MOST_LISTED
from tipsearch.serve.app import create_app
from tipsearch.serve.exports import MOST_PICKED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tipsearch import Library

EXTENSIONS = ("csv", "ris", "bib", "json")


def _json(client: FlaskClient, address: str) -> Any:
    return client.get(address).json


def _rows(response: TestResponse) -> list[dict[str, str]]:
    """The rows of a table, as a spreadsheet reads it."""
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))


def _ids(client: FlaskClient, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200, response.text
    return [row["id"] for row in _rows(response)]


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_an_export_is_a_dated_file_that_search_engines_leave_alone(
    client: FlaskClient, extension: str
) -> None:
    response = client.get(f"/export.{extension}?q=debt")
    form = next(form for form in FORMATS.values() if form.extension == extension)
    assert response.content_type == f"{form.media_type}; charset=utf-8"
    name = rf"attachment; filename=tipsearch-\d{{4}}-\d\d-\d\d\.{extension}"
    assert re.fullmatch(name, response.headers["Content-Disposition"])
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Cache-Control"] == "no-store"
    assert (response.headers["X-Total-Count"], response.headers["X-Export-Count"]) == ("2", "2")


def test_filters_and_order_are_kept_and_the_page_is_not(client: FlaskClient) -> None:
    assert _ids(client, "/export.csv?q=debt&sort=oldest&page=2&size=25&ui=es") == ["cocoa", "fees"]
    assert _ids(client, "/export.csv?q=debt&region=asia") == ["fees"]


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_search_that_finds_nothing_is_an_empty_file(client: FlaskClient, extension: str) -> None:
    response = client.get(f"/export.{extension}?q=unicorn")
    assert response.status_code == 200
    assert response.headers["X-Total-Count"] == "0"
    assert "TY  -" not in response.text
    if extension == "json":
        assert json.loads(response.text) == []


@pytest.mark.parametrize("query", ["colour=red", "size=many", "region=atlantis", "from=2020&to=2010"])
def test_what_cannot_be_asked_is_an_error_page(client: FlaskClient, query: str) -> None:
    response = client.get(f"/export.ris?{query}")
    assert response.status_code == 422
    assert response.content_type == "text/html; charset=utf-8"


def test_a_format_that_there_is_not_is_not_found(client: FlaskClient) -> None:
    response = client.get("/export.exe?q=debt")
    assert response.status_code == 404
    assert "csv" in response.text


def test_picked_documents_come_in_the_order_of_the_address(client: FlaskClient) -> None:
    assert _ids(client, "/export.csv?id=cocoa&id=fees&id=cocoa&ui=fr") == ["cocoa", "fees"]


def test_a_picked_document_that_is_not_there_is_named(client: FlaskClient) -> None:
    response = client.get("/export.ris?id=fees&id=nobody&id=%3Cb%3E")
    assert response.status_code == 404
    assert "nobody" in response.text
    assert "<b>" not in response.text


@pytest.mark.parametrize("query", ["id=", "&".join(f"id={number}" for number in range(MOST_PICKED + 1))])
def test_none_and_too_many_picked_documents_are_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/export.ris?{query}").status_code == 422


def test_without_a_tick_the_way_back_is_to_the_results(client: FlaskClient) -> None:
    page: Any = lxml.html.document_fromstring(client.get("/search?q=debt&region=asia&page=1").text)
    fields = [(one.get("name"), one.get("value")) for one in page.xpath('//form[@id="pick"]//input')]
    error: Any = lxml.html.document_fromstring(client.get(f"/export.ris?{urlencode(fields)}").text)
    assert "/search?q=debt&region=asia" in error.xpath("//main//a/@href")
    assert error.xpath("string(//input[@name='q']/@value)") == "debt"


def test_the_api_names_the_files_of_a_search(client: FlaskClient) -> None:
    links = _json(client, "/api/v1/search?q=debt&region=asia&ui=es&page=1&size=50")["links"]
    assert {name: links[name] for name in ("csv", "ris", "bibtex", "csl-json")} == {
        "csv": "/export.csv?q=debt&region=asia",
        "ris": "/export.ris?q=debt&region=asia",
        "bibtex": "/export.bib?q=debt&region=asia",
        "csl-json": "/export.json?q=debt&region=asia",
    }
    assert links["atom"] == "/feed.atom?q=debt&region=asia&ui=es"
    for name in ("csv", "ris", "bibtex", "csl-json", "atom"):
        assert client.get(links[name]).status_code == 200


HOSTILE = Document(
    id="hostile",
    title="=cmd|' /C calc'!A0 \u202e \"quoted\",\r\nER  - \r\nTY  - BOOK } @book{evil, \x00 <script>alert(1)</script>",
    url="javascript:alert(1)",
    publisher="+1\n\nPB  - Other",
    authors=("@SUM(1)", "}\\input{/etc/passwd}"),
    date="2020",
    abstract="-2\r\nER  - ",
)


@pytest.fixture
def hostile(client: FlaskClient, library: SmallLibrary) -> FlaskClient:
    library.entries["hostile"] = (HOSTILE, ())
    return client


def test_no_cell_of_a_table_is_a_formula(hostile: FlaskClient) -> None:
    (row,) = _rows(hostile.get("/export.csv?id=hostile"))
    assert row["title"].startswith("'=cmd")
    assert row["authors"].startswith("'@")
    assert row["publisher"].startswith("'+")
    assert row["url"] == ""


def test_no_value_begins_a_record_of_its_own(hostile: FlaskClient) -> None:
    ris = hostile.get("/export.ris?id=hostile&id=fees").text
    assert ris.count("\r\nER  - ") == 2
    assert [line for line in ris.split("\r\n") if line.startswith("TY  -")] == ["TY  - GEN", "TY  - RPRT"]
    assert "\n" not in ris.replace("\r\n", "")


def test_no_value_ends_an_entry(hostile: FlaskClient) -> None:
    bib = hostile.get("/export.bib?id=hostile").text
    assert bib.count("\n@") + bib.startswith("@") == 1
    plain = bib.replace("\\{", "").replace("\\}", "")
    assert plain.count("{") == plain.count("}")


def test_items_are_data_whatever_their_titles_hold(hostile: FlaskClient) -> None:
    (item,) = json.loads(hostile.get("/export.json?id=hostile").text)
    assert "\u202e" not in item["title"]
    assert "\x00" not in item["title"]
    assert "URL" not in item


class _ManyDocuments(SmallLibrary):
    """A library of as many documents as wanted, each made when it is asked for, and counted."""

    def __init__(self, count: int) -> None:
        super().__init__([fees_report()])
        self.count = count
        self.most_at_once = 0

    def listing(self, request: Any, limit: int) -> Any:
        found = super().listing(request, limit)
        return type(found)(
            found.request, found.query, self.count, tuple(f"d{n}" for n in range(min(limit, self.count)))
        )

    def documents(self, ids: Sequence[str]) -> dict[str, Document]:
        self.most_at_once = max(self.most_at_once, len(ids))
        return {one: Document(one, f"Title of {one}", abstract="x" * 2_000) for one in ids}


def _streamed(library: SmallLibrary, address: str) -> Iterator[bytes]:
    response = create_app(library).test_client().get(address, buffered=False)
    assert response.status_code == 200
    return response.iter_encoded()


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_ten_thousand_documents_are_never_in_memory_together(extension: str) -> None:
    library = _ManyDocuments(MOST_LISTED)
    pieces = _streamed(library, f"/export.{extension}?q=debt")
    size = len(next(pieces))
    tracemalloc.start()
    try:
        size += sum(map(len, pieces))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 300_000
    assert library.most_at_once <= 500
    if extension != "csv":  # which has no abstracts
        assert size > 20_000_000
    assert peak < 4_000_000


def test_a_file_that_is_cut_says_so_by_its_name_and_its_headers() -> None:
    response = create_app(_ManyDocuments(MOST_LISTED + 5)).test_client().get("/export.csv", buffered=True)
    assert f"-first-{MOST_LISTED}-of-{MOST_LISTED + 5}.csv" in response.headers["Content-Disposition"]
    assert response.headers["X-Total-Count"] == str(MOST_LISTED + 5)
    assert response.headers["X-Export-Count"] == str(MOST_LISTED)
    assert len(response.text.splitlines()) == MOST_LISTED + 1


def test_a_real_library_gives_all_that_a_search_finds(sample: Library) -> None:
    client = create_app(sample).test_client()
    answer = _json(client, "/api/v1/search?q=labour&size=100")
    assert answer["total"] > 10
    ids = [result["id"] for result in answer["results"]]
    assert _ids(client, answer["links"]["csv"]) == ids
    items = json.loads(client.get(answer["links"]["csl-json"]).text)
    assert [item["id"] for item in items] == ids


def test_spreadsheets_are_told_that_a_table_is_utf_8(client: FlaskClient) -> None:
    for extension in EXTENSIONS:
        data = client.get(f"/export.{extension}?q=debt").data
        assert data.startswith(codecs.BOM_UTF8) is (extension == "csv")
        assert data.count(codecs.BOM_UTF8) == (extension == "csv")
