"""What a researcher does from the first word to leaving in a hurry, in a real browser, with scripts and without."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest

from serve.browser import running_server, visiting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from serve.browser import Visitor

pytestmark = pytest.mark.browser


class _Elsewhere(BaseHTTPRequestHandler):
    """The neutral site to which the way out leads."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(
            b"<!doctype html><html lang=en><title>The weather</title><link rel=icon href=data:,>"
        )

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _elsewhere() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/weather"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def exit_url() -> Iterator[str]:
    with _elsewhere() as address:
        yield address


@pytest.fixture(scope="module")
def site(
    chromium: Browser,  # noqa: ARG001  no server without a browser
    sample_folder: Path,
    exit_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The sample library, served with a way out to a neutral site on this machine."""
    settings = tmp_path_factory.mktemp("settings") / "tipsearch.toml"
    settings.write_text(f'[web]\nexit_url = "{exit_url}"\n', "utf-8")
    with running_server(sample_folder, settings) as address:
        yield address


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def reader(request: pytest.FixtureRequest, chromium: Browser, site: str, exit_url: str) -> Iterator[Visitor]:
    with visiting(chromium, site, scripts=request.param, known=(exit_url,)) as one:
        yield one


def _state(visitor: Visitor) -> list[tuple[str, str]]:
    """What the address says, as the server reads it."""
    return [(name, value) for name, value in parse_qsl(urlsplit(visitor.page.url).query) if value]


def _regions(visitor: Visitor) -> list[str]:
    return [value for name, value in _state(visitor) if name == "region"]


def _search(visitor: Visitor, text: str) -> None:
    visitor.page.goto("/")
    visitor.page.locator("input[name=q]").fill(text)
    visitor.page.locator("input[name=q]").press("Enter")
    visitor.page.wait_for_url(re.compile("/search"))


def _tick(visitor: Visitor, *values: str) -> None:
    page = visitor.page
    for value in values:
        page.locator(f"input[name=region][value={value}]").first.check()
    # Scripts may send the form as soon as a box is ticked; without them there is a button.
    button = page.get_by_role("button", name="Apply filters")
    if set(_regions(visitor)) != set(values) and button.is_visible():
        button.click()
    page.wait_for_url(lambda url: all(f"region={value}" in url for value in values))


def test_search_filter_read_export_and_back(reader: Visitor) -> None:
    page = reader.page
    _search(reader, "forced labour")
    everything = page.get_by_role("article").count()
    assert everything
    _tick(reader, "asia", "europe")
    assert set(_regions(reader)) == {"asia", "europe"}
    for value in ("asia", "europe"):
        assert page.locator(f"input[name=region][value={value}]").first.is_checked()
    found, titles = page.url, page.get_by_role("article").get_by_role("heading").all_inner_texts()

    page.get_by_role("article").get_by_role("link", name=re.compile(r"^page \d+")).first.click()
    page.wait_for_url(re.compile(r"/documents/\w+/pages/\d+\?"))
    assert page.locator("mark").first.is_visible()

    page.go_back()
    assert page.url == found
    assert page.get_by_role("article").get_by_role("heading").all_inner_texts() == titles
    assert page.locator("input[name=q]").input_value() == "forced labour"
    for value in ("asia", "europe"):
        assert page.locator(f"input[name=region][value={value}]").first.is_checked()
    _left_no_trace(reader)


def test_a_citation_is_taken_along_as_a_file(reader: Visitor) -> None:
    page = reader.page
    _search(reader, "forced labour")
    page.get_by_role("article").get_by_role("heading").get_by_role("link").first.click()
    page.wait_for_url(re.compile("/documents/"))
    title = page.get_by_role("heading", level=1).inner_text()
    for link in page.locator("summary").all():
        if not page.locator("a[href*='/cite.ris']").first.is_visible():
            link.click()
    with page.expect_download() as begun:
        page.locator("a[href*='/cite.ris']").first.click()
    taken = begun.value.path().read_text("utf-8")
    assert taken.startswith("TY  - ")
    assert title in taken
    _left_no_trace(reader)


def test_leaving_by_the_button_leads_elsewhere(reader: Visitor, exit_url: str) -> None:
    _search(reader, "debt")
    reader.page.get_by_role("link", name=re.compile("^Leave")).last.click()
    reader.page.wait_for_url(exit_url)
    assert reader.page.title() == "The weather"


@pytest.mark.parametrize("way", ["button", "shift"])
def test_who_left_does_not_come_back_to_what_was_read(
    chromium: Browser, site: str, exit_url: str, way: str
) -> None:
    with visiting(chromium, site, known=(exit_url,)) as reader:
        page = reader.page
        page.goto("/help")
        page.goto("/search?q=debt&region=asia")
        if way == "button":
            page.get_by_role("link", name=re.compile("^Leave")).last.click()
        else:
            for _ in range(3):
                page.keyboard.press("Shift")
        page.wait_for_url(exit_url)
        page.go_back()
        assert "debt" not in page.url


def _left_no_trace(visitor: Visitor) -> None:
    assert {urlsplit(url).hostname for url in visitor.asked if not url.startswith("data:")} == {"127.0.0.1"}
    assert visitor.outside == []
    assert visitor.complaints == []
    assert visitor.context.cookies() == []
    assert visitor.context.storage_state() == {"cookies": [], "origins": []}
