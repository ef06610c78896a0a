"""References and records lead somewhere: to the document's own address, else to its page and its file here."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tipsearch.config import WebSettings
from tipsearch.model import JSONL
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from serve.small_library import SmallLibrary
    from tipsearch import Library

_HOST = "https://library.example"
_PAGE, _FILE = f"{_HOST}/documents/fees", f"{_HOST}/documents/fees/file"
_RIS = ("/documents/fees/cite.ris", "/export.ris?id=fees", "/unapi?id=fees&format=ris")


@pytest.fixture
def placeless(library: SmallLibrary) -> SmallLibrary:
    """The report has no address of its own."""
    document, pages = library.entries["fees"]
    library.entries["fees"] = replace(document, url=None), pages
    return library


@pytest.mark.parametrize("address", _RIS)
def test_a_record_leads_to_the_page_and_the_file_here(placeless: SmallLibrary, address: str) -> None:
    text = create_app(placeless).test_client().get(address, base_url=_HOST, buffered=True).text
    assert f"UR  - {_PAGE}\r\n" in text
    assert f"L1  - {_FILE}\r\n" in text


def test_every_format_leads_there(placeless: SmallLibrary) -> None:
    client = create_app(placeless).test_client()

    def text(address: str) -> str:
        return client.get(address, base_url=_HOST, buffered=True).text

    assert f"url = {{{_PAGE}}}" in text("/documents/fees/cite.bib")
    assert json.loads(text("/documents/fees/cite.json"))[0]["URL"] == _PAGE
    (row,) = csv.DictReader(io.StringIO(text("/export.csv?id=fees")))
    assert (row["url"], row["file_url"]) == (_PAGE, _FILE)
    for style in ("", "?style=apa"):
        assert f"{_PAGE}<" in text(f"/documents/fees{style}")
        assert f"{_PAGE}/pages/2<" in text(f"/documents/fees/pages/2{style}")


@pytest.mark.parametrize("host", ["http://localhost", "http://127.0.0.1:8000", "http://[::1]:8000"])
def test_a_reference_never_leads_to_this_very_machine(placeless: SmallLibrary, host: str) -> None:
    client = create_app(placeless).test_client()
    for address in (*_RIS[:2], "/documents/fees/cite.bib", "/export.csv?id=fees"):
        assert host not in client.get(address, base_url=host, buffered=True).text
    reference = client.get("/documents/fees", base_url=host).text.partition('id="reference"')[2]
    assert host not in reference.partition("</p>")[0]
    # What fetches the file at once gets it from wherever this is.
    assert f"L1  - {host}/documents/fees/file" in client.get(_RIS[2], base_url=host).text


def test_the_settings_address_counts_wherever_it_was_asked(placeless: SmallLibrary) -> None:
    settings = WebSettings(base_url="https://books.example/tip/")
    client = create_app(placeless, settings).test_client()
    assert "UR  - https://books.example/tip/documents/fees\r\n" in client.get(_RIS[0]).text
    assert "https://books.example/tip/documents/fees<" in client.get("/documents/fees").text


def test_an_address_of_its_own_is_told_alone(library: SmallLibrary) -> None:
    text = create_app(library).test_client().get(_RIS[0], base_url=_HOST).text
    assert "UR  - https://example.org/fees\r\n" in text
    assert _PAGE not in text.replace(_FILE, "")


def test_a_line_of_a_file_of_many_documents_has_no_file(client: FlaskClient, library: SmallLibrary) -> None:
    document, pages = library.entries["fees"]
    library.entries["fees"] = replace(document, media_type=JSONL), pages
    assert client.get("/documents/fees/file").status_code == 404
    for address in ("/documents/fees", "/documents/fees/pages/1", "/search?q=debt", "/feed.atom", _RIS[2]):
        assert "/documents/fees/file" not in client.get(address).text


def test_keywords_are_in_the_language_of_the_address(sample: Library) -> None:
    client = create_app(sample).test_client()
    tagged = client.get("/api/v1/search?region=nepal&size=1").json
    assert tagged
    address = f"/documents/{tagged['results'][0]['id']}/cite.ris"
    assert "KW  - Nepal\r\n" in client.get(address, headers={"Accept-Language": "ar"}).text
    assert "KW  - نيبال\r\n" in client.get(f"{address}?ui=ar").text


@pytest.mark.parametrize("neutral", [True, False])
def test_what_browsers_keep_tells_nothing_where_titles_are_neutral(
    library: SmallLibrary, *, neutral: bool
) -> None:
    settings = WebSettings(name="Trafficking library", neutral_titles=neutral, neutral_name="My notes")
    client = create_app(library, settings).test_client()
    export = client.get("/export.csv?q=debt", buffered=True).headers["Content-Disposition"]
    file = client.get("/documents/fees/file", buffered=True).headers["Content-Disposition"]
    feed = client.get("/feed.atom?q=debt").text.partition("<entry>")[0]
    search = client.get("/opensearch.xml").text
    head = client.get("/documents/fees").text.partition("</head>")[0]
    told = [
        "My-notes-20" not in export,
        "pays" in file,
        "debt”" in feed,
        "rafficking" in search or "forced" in search,
        "og:title" in head,
        'title="Trafficking library"' in head,
    ]
    assert told == [not neutral] * len(told)
