"""What a researcher does from the first word to leaving in a hurry, in a real browser, with scripts and without."""

from __future__ import annotations

import csv
import io
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from serve.browser import running_server, visiting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator

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


def _search(visitor: Visitor, text: str) -> None:
    visitor.page.goto("/")
    visitor.page.locator("input[name=q]").fill(text)
    visitor.page.locator("input[name=q]").press("Enter")
    visitor.page.wait_for_url(re.compile("/search"))


def _tick(visitor: Visitor, *values: str) -> None:
    page = visitor.page
    for value in values:
        page.locator(f"input[name=region][value={value}]").first.check()
    # Scripts send the form as soon as a box is ticked; without them there is a button.
    button = page.get_by_role("button", name="Apply filters")
    if button.is_visible():
        button.click()
    page.wait_for_url(lambda url: all(f"region={value}" in url for value in values))
    page.locator("#found:not([aria-busy])").wait_for()


def _ticked(visitor: Visitor) -> set[str]:
    boxes = visitor.page.locator("input[name=region]:checked").all()
    return {box.get_attribute("value") or "" for box in boxes}


def _total(visitor: Visitor) -> int:
    return int(visitor.page.locator("#total").inner_text().split()[0].replace(",", ""))


def _titles(visitor: Visitor) -> list[str]:
    return visitor.page.get_by_role("article").get_by_role("heading").all_inner_texts()


def _download(visitor: Visitor, link: Locator) -> str:
    with visitor.page.expect_download() as begun:
        link.click()
    return begun.value.path().read_text("utf-8-sig")


def _copy_the_reference(visitor: Visitor) -> str:
    """By the button, or as any text where there are no scripts and no button; what can then be pasted."""
    page = visitor.page
    button = page.get_by_role("button", name="Copy the reference")
    if button.is_visible():
        button.click()
        page.get_by_text("Copied.", exact=True).wait_for()
    else:
        page.locator("#reference").click(click_count=3)
        page.keyboard.press("ControlOrMeta+C")
    return str(page.evaluate("navigator.clipboard.readText()")).strip()


def test_search_filter_read_cite_export_go_back_and_leave(reader: Visitor, exit_url: str) -> None:
    page = reader.page
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    _search(reader, "forced labour")
    everything = _total(reader)
    _tick(reader, "asia", "europe")
    found, titles, total = page.url, _titles(reader), _total(reader)
    assert _ticked(reader) == {"asia", "europe"}
    assert 0 < total < everything

    rows = list(csv.DictReader(io.StringIO(_download(reader, page.get_by_role("link", name="CSV").first))))
    assert len({row["id"] for row in rows}) == len(rows) == total
    assert [row["title"] for row in rows][: len(titles)] == titles

    page.get_by_role("article").get_by_role("link", name=re.compile(r"^page \d+")).first.click()
    page.wait_for_url(re.compile(r"/documents/\w+/pages/\d+\?"))
    assert page.locator("mark").first.is_visible()
    assert _copy_the_reference(reader) == page.locator("#reference").inner_text().strip()
    number = urlsplit(page.url).path.rpartition("/")[2]
    assert titles[0] in page.locator("#reference").inner_text()
    assert number.isdecimal()

    page.go_back()
    assert page.url == found
    assert (_titles(reader), _ticked(reader)) == (titles, {"asia", "europe"})
    assert page.locator("input[name=q]").input_value() == "forced labour"
    _left_no_trace(reader)

    page.locator(".exit").click()
    page.wait_for_url(exit_url)
    assert page.title() == "The weather"


def test_who_left_does_not_come_back_to_what_was_read(chromium: Browser, site: str, exit_url: str) -> None:
    with visiting(chromium, site, known=(exit_url,)) as reader:
        reader.page.goto("/help")
        reader.page.goto("/search?q=debt&region=asia")
        reader.page.locator(".exit").click()
        reader.page.wait_for_url(exit_url)
        reader.page.go_back()
        assert reader.where == "/help"


def test_a_citation_is_taken_along_as_a_file(reader: Visitor) -> None:
    page = reader.page
    _search(reader, "forced labour")
    page.get_by_role("article").get_by_role("heading").get_by_role("link").first.click()
    page.wait_for_url(re.compile("/documents/"))
    title = page.get_by_role("heading", level=1).inner_text()
    for summary in page.locator("summary").all():
        if not page.locator("a[href*='/cite.ris']").first.is_visible():
            summary.click()
    taken = _download(reader, page.locator("a[href*='/cite.ris']").first)
    assert taken.startswith("TY  - ")
    assert title in taken
    _left_no_trace(reader)


def _left_no_trace(visitor: Visitor) -> None:
    assert {urlsplit(url).hostname for url in visitor.asked if not url.startswith("data:")} == {"127.0.0.1"}
    assert visitor.outside == []
    assert visitor.complaints == []
    assert visitor.context.cookies() == []
    assert visitor.context.storage_state() == {"cookies": [], "origins": []}
