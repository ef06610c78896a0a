from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import brotli
import pytest

from tipsearch.paths import web_folder

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

_GZIP = {"Accept-Encoding": "gzip"}
_ADDRESSES = [
    "/",
    "/search?q=debt",
    "/documents/fees",
    "/documents/fees/pages/1",
    "/api/v1/search?q=debt",
    "/api/v1/documents/fees",
    "/feed.atom",
    "/export.csv",
    "/export.ris",
    "/export.bib",
    "/export.json",
    "/search/record.json",
    "/sitemap-1.xml",
    "/static/style.css",
    "/static/charts.js",
]


def _others(answer: TestResponse) -> dict[str, str]:
    """The headers that have nothing to do with how the answer is sent."""
    dropped = ("Content-Encoding", "Content-Length", "ETag", "Date")
    return {name: value for name, value in answer.headers.items() if name not in dropped}


@pytest.mark.parametrize("address", _ADDRESSES)
def test_text_is_sent_compressed_to_who_takes_that(client: FlaskClient, address: str) -> None:
    plain, zipped = client.get(address), client.get(address, headers=_GZIP)
    assert "Content-Encoding" not in plain.headers
    if len(plain.data) >= 500:
        assert zipped.headers["Content-Encoding"] == "gzip"
        assert len(zipped.data) < len(plain.data)
        assert len(gzip.decompress(zipped.data)) == pytest.approx(len(plain.data), abs=20)  # took_ms
    assert zipped.status_code == plain.status_code
    assert _others(zipped) == _others(plain)
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_browsers_that_take_better_get_better(client: FlaskClient) -> None:
    style = (web_folder() / "static" / "style.css").read_bytes()
    answer = client.get("/static/style.css", headers={"Accept-Encoding": "gzip, deflate, br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert brotli.decompress(answer.data) == style
    whole = client.get("/static/style.css", headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    assert whole.headers["Content-Encoding"] == "zstd"


@pytest.mark.parametrize(
    "address", ["/api/v1/search?q=debt", "/api/v1/documents/fees", "/api/v1/suggest?q=d", "/static/style.css"]
)
def test_what_a_client_has_already_is_not_sent_again(client: FlaskClient, address: str) -> None:
    for accepted in ({}, _GZIP, {"Accept-Encoding": "zstd"}):
        tag = client.get(address, headers=accepted).headers["ETag"]
        again = client.get(address, headers={**accepted, "If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")


def test_a_file_of_a_document_is_sent_as_it_is(client: FlaskClient) -> None:
    for name in ("fees", "cocoa"):
        whole = client.get(f"/documents/{name}/file", headers=_GZIP)
        assert "Content-Encoding" not in whole.headers
        part = client.get(f"/documents/{name}/file", headers={**_GZIP, "Range": "bytes=2-5"})
        assert (part.status_code, part.data) == (206, whole.data[2:6])
    part = client.get("/static/style.css", headers={**_GZIP, "Range": "bytes=0-999"})
    assert (part.status_code, len(part.data), part.headers.get("Content-Encoding")) == (206, 1_000, None)
