from __future__ import annotations

from typing import TYPE_CHECKING, Any

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache

from serve.browser import driver_runs, find_chromium, running_chromium, running_server
from serve.kinds import addresses_of
from serve.small_library import SmallLibrary, cocoa_page, fees_report, hostile_page
from tipsearch.serve import page_pictures
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import CodeType

    from jinja2.bccache import Bucket
    from playwright.sync_api import Browser
    from werkzeug.test import TestResponse

    from serve.small_library import Get
    from tipsearch import Library


class _CompiledTemplates(BytecodeCache):
    """Keeps what templates compile to, which is most of the time that an application's first answers take."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._codes[bucket.key, bucket.checksum] = bucket.code


@pytest.fixture(scope="session", autouse=True)
def _compiled_templates() -> Iterator[None]:
    """The applications of all tests compile each template once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": _CompiledTemplates()})
        yield


@pytest.fixture
def library(tmp_path: Path) -> SmallLibrary:
    """Three documents; the report and the publication page have their files."""
    library = SmallLibrary([fees_report(), cocoa_page(), hostile_page()])
    for name, content in (("fees", b"%PDF-1.4\n%%EOF\n"), ("cocoa", b"<script>alert(1)</script>")):
        file = tmp_path / name
        file.write_bytes(content)
        library.files[name] = file
    return library


class _Client(FlaskClient):
    """Reads each response to its end and closes it, as a server does."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, **{"buffered": True, **kwargs})


@pytest.fixture
def app(library: SmallLibrary) -> Iterator[Flask]:
    app = create_app(library)
    app.test_client_class = _Client
    yield app
    page_pictures.close(app)  # a browser that shows a page has its picture drawn


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def get(client: FlaskClient) -> Get:
    """The page at an address as a tree; it must be there and be HTML."""

    def page(address: str) -> lxml.html.HtmlElement:
        response = client.get(address)
        assert response.status_code == 200, response.text
        assert response.content_type == "text/html; charset=utf-8"
        return lxml.html.document_fromstring(response.text)

    return page


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests; each of them visits with a fresh state."""
    pytest.importorskip("playwright", reason="playwright is not installed: make setup")
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium here: sudo apt-get install chromium")
    if not driver_runs():
        pytest.skip("playwright's driver can't run here: sudo apt-get install libatomic1")
    with running_chromium(path) as browser:
        yield browser


@pytest.fixture(scope="session")
def server(chromium: Browser, sample_folder: Path) -> Iterator[str]:  # noqa: ARG001  no server without a browser
    """The sample library, served."""
    with running_server(sample_folder) as address:
        yield address


@pytest.fixture(scope="session")
def view_server(
    chromium: Browser,  # noqa: ARG001  no server without a browser
    sample_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The sample library, served with its own view of PDF files."""
    settings = tmp_path_factory.mktemp("settings") / "tipsearch.toml"
    settings.write_text('[web]\npdf_viewer = "pdfjs"\n', "utf-8")
    with running_server(sample_folder, settings) as address:
        yield address


@pytest.fixture(scope="session")
def addresses(sample: Library) -> dict[str, str]:
    """An address of each kind of page, with a question mark in it."""
    return addresses_of(sample)
