"""A real server and a real Chromium for the tests that drive the pages as a reader does."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from werkzeug.serving import make_server

from tipsearch.config import WebSettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route

_NAMES = ("chromium", "chromium-browser", "google-chrome")
#: Without its own errands, so that every request seen is one of the pages'.
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: Where the quick exit leads; no test ever goes there.
EXIT_URL = WebSettings().exit_url
WIDTH = 1280
#: The narrowest window that pages are made for.
NARROW = 320
_HEIGHT = 900
#: More than any page needs; a test that waits as long has failed.
_PATIENCE_MS = 30_000


@dataclass  # without slots: playwright notes something on whoever owns a handler
class Visitor:
    """One reader with a browser of their own.

    Attributes:
        page: the tab; addresses without a host are the server's.
        known: sites elsewhere that are really there, for they are the test's own.
        outside: addresses elsewhere that the browser asked for; they are answered here and never reached.
        asked: every address that the browser asked for.
        complaints: what the browser wrote to its console: errors of scripts, things that the policy forbids.
    """

    page: Page
    site: str
    known: tuple[str, ...] = ()
    outside: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def context(self) -> BrowserContext:
        """The browser's state: cookies, storage."""
        return self.page.context

    @property
    def where(self) -> str:
        """The present address, without the host if it is the server's."""
        return self.page.url.removeprefix(self.site)

    def open_all(self) -> None:
        """Open everything on the page that can be opened."""
        self.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    def resize(self, width: int) -> None:
        """Look through a window of that many pixels."""
        self.page.set_viewport_size({"width": width, "height": _HEIGHT})

    def begin_anew(self) -> None:
        """Forget what was noted and how the window and the network were changed, for the next who borrows the browser."""
        self.page.unroute_all()
        self.resize(WIDTH)
        for noted in (self.outside, self.asked, self.complaints):
            noted.clear()

    def press_until(self, key: str, selector: str, at_most: int = 60) -> int:
        """Press a key until an element matching the selector has the focus; the number of presses it took."""
        for count in range(1, at_most + 1):
            self.page.keyboard.press(key)
            if self.page.locator(f":is({selector}):focus").count():
                return count
        raise AssertionError(f"{at_most} times {key} don't lead to {selector}")

    def watch(self) -> None:
        """Begin to note what is asked for elsewhere and what is complained of."""
        self.context.route(lambda url: not url.startswith((self.site, *self.known)), self._elsewhere)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _elsewhere(self, route: Route) -> None:
        self.outside.append(route.request.url)
        route.fulfill(
            content_type="text/html", body="<!doctype html><title>Elsewhere</title><p>Elsewhere</p>"
        )

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


def find_chromium() -> str | None:
    """Path of the Chromium installed here, if there is one."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def running_server(folder: Path, settings: Path | None = None) -> Iterator[str]:
    """The program serving that library on a free port; gives its address, without a slash at the end."""
    chosen = ["--config", str(settings)] if settings else []
    command = [sys.executable, "-m", "tipsearch", *chosen, "--index", str(folder), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        said = server.stderr.readline()
        try:
            place = re.search(r"http://127\.0\.0\.1:\d+", said)
            assert place is not None, said
            yield place[0]
        finally:
            server.terminate()
            server.communicate(timeout=60)


def driver_runs() -> bool:
    """Can playwright's own program start? A bare Debian lacks a library that it needs."""
    from playwright._impl._driver import compute_driver_executable

    return (
        subprocess.run(
            [compute_driver_executable()[0], "--version"], capture_output=True, check=False
        ).returncode
        == 0
    )


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address of an application, served by this process while the context lasts."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def running_chromium(path: str) -> Iterator[Browser]:
    """That Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visiting(
    browser: Browser, site: str, *, scripts: bool = True, known: tuple[str, ...] = (), **more: Any
) -> Iterator[Visitor]:
    """A reader with a fresh browser, at no page yet; `more` are playwright's settings of it."""
    context = browser.new_context(
        base_url=site,
        java_script_enabled=scripts,
        viewport={"width": WIDTH, "height": _HEIGHT},
        **{"reduced_motion": "reduce", **more},
    )
    context.set_default_timeout(_PATIENCE_MS)
    visitor = Visitor(context.new_page(), site, known)
    visitor.watch()
    try:
        yield visitor
    finally:
        context.close()
