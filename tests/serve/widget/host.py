"""A site of somebody else: a real server of its own, so of another origin, with pages that embed the library."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Error as PlaywrightError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playwright.sync_api import Browser, Locator, Page, Route

WEB = Path(__file__).parents[3] / "web"
RUDE_STYLE = (WEB / "widget" / "demo.css").read_text("utf-8")
NARROW, WIDE = 320, 1280
#: Of the page that `Host.put` makes.
ADDRESS = "/page"
#: Answers to what was asked before are dropped by the element once something else is asked.
_LISTEN = """() => {
  window.answered = new Promise((resolve, fail) => {
    document.addEventListener("tip-search", () => {
      for (const name of ["tip-results", "tip-error"]) document.addEventListener(name, () => resolve(), { once: true });
    }, { once: true });
    setTimeout(() => fail(new Error("nothing was answered")), 10000);
  });
  window.answered.catch(() => {});
}"""


@dataclass
class Host:
    """Pages by path, each with its headers; `library` is the address of the library that they embed."""

    library: str
    address: str = ""
    pages: dict[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)

    def put(
        self,
        body: str,
        *,
        style: str = "",
        script: str | None = None,
        headers: Mapping[str, str] | None = None,
        lang: str = "en",
        path: str = ADDRESS,
    ) -> str:
        """A page with this body, in which the element is loaded by `script`; gives its address."""
        load = f'<script type="module" src="{self.library}/widget/v1/tip-search.js"></script>'
        self.pages["/style.css"] = (style, {"Content-Type": "text/css"})
        text = (
            f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>A page of ours</title>'
            '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css">'
            f"{load if script is None else script}</head><body><main><h1>A page of ours</h1>{body}</main></body></html>"
        )
        self.pages[path] = (text, {"Content-Type": "text/html; charset=utf-8", **(headers or {})})
        return self.address + path

    def element(self, attributes: str = "", inside: str = "") -> str:
        """The element, as a page writes it."""
        return f'<tip-search endpoint="{self.library}" eager {attributes}>{inside}</tip-search>'


@contextmanager
def running_host(library: str) -> Iterator[Host]:
    """That site on a free port."""
    host = Host(library)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            text, headers = host.pages.get(self.path.partition("?")[0], ("", {}))
            body = text.encode()
            self.send_response(200 if headers else 404)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: what is asked shows in the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host.address = f"http://localhost:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Guest:
    """A reader of that site.

    Attributes:
        asked: addresses that the browser asked for.
        complaints: what it wrote to its console as an error or a warning.
    """

    page: Page
    host: Host
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, body: str, **page: object) -> None:
        """Opens a page with this body."""
        self.page.goto(self.host.put(body, **page))  # type: ignore[arg-type]  # handed on

    @property
    def box(self) -> Locator:
        """The first box to type into."""
        return self.page.get_by_role("combobox").first

    @property
    def status(self) -> Locator:
        """What is told of the search."""
        return self.page.locator("[part=status]").first

    @property
    def titles(self) -> Locator:
        """Titles of the results."""
        return self.page.locator("[part=title] a")

    def find(self, text: str) -> None:
        """Types and presses Enter, and waits for the answer to that."""
        self.box.fill(text)
        with self.answering():
            self.box.press("Enter")

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Waits at its end until what was asked for in it, and not before, is answered or has failed, and that is shown."""
        self.page.evaluate(_LISTEN)
        yield
        self.page.evaluate("window.answered")

    def wait_for_answer(self) -> None:
        """Waits until a number of documents is told; for the first search of a page."""
        self.page.wait_for_function(
            "() => [...document.querySelectorAll('tip-search')].some(one => "
            "/document/.test(one.shadowRoot?.querySelector('[part=status]')?.textContent))"
        )

    def hold(self, pattern: str = "**/api/v1/search?*") -> list[Route]:
        """From now on answers wait until the test lets them go; gives the list in which they wait."""
        held: list[Route] = []
        self.page.route(pattern, lambda route: held.append(route))  # noqa: PLW0108  it marks what it is given
        return held

    def wait_for_held(self, held: list[Route], count: int) -> None:
        """Waits until as many requests wait."""
        for _ in range(200):
            if len(held) >= count:
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(f"{len(held)} requests instead of {count}")

    def focused(self, expression: str = "textContent") -> str:
        """A property of what has the focus inside the element."""
        found: str = self.page.evaluate(f"document.activeElement.shadowRoot.activeElement.{expression}")
        return found


@contextmanager
def guest_of(host: Host, browser: Browser) -> Iterator[Guest]:
    """A reader with a fresh browser."""
    context = browser.new_context(viewport={"width": WIDE, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    guest = Guest(context.new_page(), host)
    guest.page.on("request", lambda request: guest.asked.append(request.url))
    guest.page.on(
        "console",
        lambda said: guest.complaints.append(said.text) if said.type in ("error", "warning") else None,
    )
    guest.page.on("pageerror", lambda error: guest.complaints.append(str(error)))
    try:
        yield guest
    finally:
        context.close()


def searches(guest: Guest) -> list[dict[str, list[str]]]:
    """Parameters of the searches asked so far."""
    return [parse_qs(urlsplit(url).query) for url in guest.asked if "/api/v1/search?" in url]


def answer_otherwise(guest: Guest, change: Callable[[Any], object]) -> None:
    """From now on what the library finds reaches the element changed; its refusals reach it as they are."""

    def fulfill(route: Route) -> None:
        response = route.fetch()
        body = response.json()
        if response.ok:
            change(body)
        route.fulfill(response=response, json=body)

    guest.page.route("**/api/v1/search?*", fulfill)


def let_go(held: list[Route]) -> None:
    """Lets answers go, late; a browser that has given the request up already takes none."""
    for route in held:
        with suppress(PlaywrightError):
            route.continue_()
