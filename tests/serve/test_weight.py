"""What a reader on a slow line has to load, as the server sends it to a browser that takes gzip."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest

from tipsearch.paths import web_folder
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tipsearch import Library

#: What is smaller than a packet isn't compressed.
_SMALL = 500
_FIRST_VIEW, _JAVASCRIPT, _CSS = 60_000, 12_000, 14_000
#: What a page loads by itself.
_LOADED = re.compile(r"""<(?:link\b[^>]*rel="(?:stylesheet|icon)"|script\b|img\b)[^>]*>""")
_ADDRESS = re.compile(r"""(?:href|src)="([^"]+)\"""")


@pytest.fixture
def shelf(sample: Library) -> FlaskClient:
    """The pages of the sample library."""
    return create_app(sample).test_client()


def _sent(client: FlaskClient, address: str) -> bytes:
    response = client.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert response.status_code == 200
    sent: bytes = response.data
    as_it_is = response.mimetype == "image/png" or len(sent) < _SMALL
    assert as_it_is or response.headers.get("Content-Encoding") == "gzip"
    return sent


def _first_view(client: FlaskClient, address: str) -> int:
    page = _sent(client, address)
    text = gzip.decompress(page).decode()
    tags = [found[1] for tag in _LOADED.findall(text) if (found := _ADDRESS.search(tag))]
    assert len(tags) > 2
    parts = [_sent(client, one.replace("&amp;", "&")) for one in tags]
    return sum(map(len, [page, *parts]))


@pytest.mark.parametrize("kind", ["home", "results", "document", "page", "help", "safety"])
def test_a_first_view_is_light(shelf: FlaskClient, sample: Library, kind: str) -> None:
    from tipsearch import SearchRequest

    found = sample.search(SearchRequest("labour")).results[0].document.id
    addresses = {
        "home": "/",
        "results": "/search?q=labour&size=100",
        "document": f"/documents/{found}?q=labour",
        "page": f"/documents/{found}/pages/1?q=labour",
        "help": "/help",
        "safety": "/safety",
    }
    assert _first_view(shelf, addresses[kind]) <= _FIRST_VIEW


@pytest.mark.parametrize(("kind", "most"), [("js", _JAVASCRIPT), ("css", _CSS)])
def test_all_scripts_and_all_style_sheets_are_light(shelf: FlaskClient, kind: str, most: int) -> None:
    """What stands in a folder of its own (a PDF viewer) is loaded by who asks for it."""
    files = sorted((web_folder() / "static").glob(f"*.{kind}"))
    assert files
    assert sum(len(_sent(shelf, f"/static/{path.name}")) for path in files) <= most
