"""What a reader on a slow line has to load, gzipped."""

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

_FIRST_VIEW, _JAVASCRIPT, _CSS = 60_000, 12_000, 14_000
#: What a page loads by itself.
_LOADED = re.compile(r"""<(?:link\b[^>]*rel="(?:stylesheet|icon)"|script\b|img\b)[^>]*>""")
_ADDRESS = re.compile(r"""(?:href|src)="([^"]+)\"""")


@pytest.fixture
def shelf(sample: Library) -> FlaskClient:
    """The pages of the sample library."""
    return create_app(sample).test_client()


def _zipped(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def _first_view(client: FlaskClient, address: str) -> int:
    response = client.get(address)
    assert response.status_code == 200
    tags = [found[1] for tag in _LOADED.findall(response.text) if (found := _ADDRESS.search(tag))]
    assert len(tags) > 2
    parts = [client.get(one.replace("&amp;", "&"), buffered=True).data for one in tags]
    assert all(parts)
    return sum(map(_zipped, [response.data, *parts]))


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
def test_all_scripts_and_all_style_sheets_are_light(kind: str, most: int) -> None:
    """What stands in a folder of its own (a PDF viewer) is loaded by who asks for it."""
    files = sorted((web_folder() / "static").glob(f"*.{kind}"))
    assert files
    assert sum(_zipped(path.read_bytes()) for path in files) <= most
