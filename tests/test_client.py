from __future__ import annotations

import http.server
import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from serve.small_library import SmallLibrary, fees_report
from tipsearch import Library, SearchRequest
from tipsearch.client import Client, _is_same_host
from tipsearch.errors import (
    BadRequest,
    ConfigError,
    CursorExpired,
    NotFound,
    TipsearchError,
    TooManyRequests,
    Unreachable,
)
from tipsearch.model import Origin
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

REQUESTS = [
    SearchRequest(),
    SearchRequest("kafala fees", regions=("asia",), size=3),
    SearchRequest("forsed labour", ui="fr"),
    SearchRequest("debt", match="any", sort="newest", undated=True, page=2, size=4),  # type: ignore[arg-type]  # as typed
]


@pytest.fixture(scope="module")
def address(sample_folder: Path) -> Iterator[str]:
    """Where a server process of its own serves the sample library."""
    command = [sys.executable, "-m", "tipsearch", "--index", str(sample_folder), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=dict(os.environ)) as server:
        assert server.stderr is not None
        said = ""
        for line in server.stderr:
            said += line
            if place := re.search(r"http://127\.0\.0\.1:\d+/", line):
                break
        assert place is not None, said
        yield place[0]
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=20)


@pytest.fixture
def client(address: str) -> Client:
    return Client(address)


@contextmanager
def _telling(tell: Callable[[Any], None]) -> Iterator[str]:
    """A server that answers everything by that; gives its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        do_GET = do_POST = tell  # noqa: N815  names of http.server

        def log_message(self, *_: Any) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def answering(status: int, body: bytes, **headers: str) -> Iterator[str]:
    """A server that always answers this; gives its address."""

    def _tell(self: http.server.BaseHTTPRequestHandler) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    with _telling(_tell) as place:
        yield place


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda one: one.text or "everything")
def test_a_search_answers_as_it_does_on_this_machine(
    client: Client, sample: Library, request_: SearchRequest
) -> None:
    here, there = sample.search(request_), client.search(request_)
    assert there.total == here.total
    assert there.query == here.query
    assert there.facets == here.facets
    assert [one.pages for one in there.results] == [one.pages for one in here.results]
    assert [one.regions for one in there.results] == [one.regions for one in here.results]
    assert [one.roles for one in there.results] == [one.roles for one in here.results]
    assert [one.document.title for one in there.results] == [one.document.title for one in here.results]


def test_what_is_written_for_a_library_on_this_machine_runs_on_a_remote_one(
    address: str, sample_folder: Path
) -> None:
    def read(library: Library | Client) -> tuple[str, str]:
        with library as opened:
            document = opened.search(SearchRequest("kafala")).results[0].document
            return opened.document(document.id).title, opened.page(document.id, 1).text

    assert read(Client(address)) == read(Library.open(sample_folder))


@pytest.mark.parametrize("facets", [("type", "region"), ("year",), ()])
def test_an_answer_holds_the_facets_that_are_wanted(
    client: Client, sample: Library, facets: tuple[str, ...]
) -> None:
    here, there = (
        sample.search(SearchRequest("labour")),
        client.search(SearchRequest("labour"), facets=facets),
    )
    assert there.facets == {name: here.facets[name] for name in facets}
    assert there.total == here.total


def test_a_document_is_told_with_its_evidence_and_outline(client: Client, sample: Library) -> None:
    for result in sample.search(SearchRequest(size=100)).results:
        here, there = sample.document(result.document.id), client.document(result.document.id)
        for name in ("id", "title", "url", "publisher", "authors", "date", "language", "abstract", "page_count", "outline"):  # fmt: skip
            assert getattr(there, name) == getattr(here, name)
        for name in ("types", "regions", "topics", "roles", "basis"):
            told = tuple(replace(one, weight=1.0) for one in getattr(here, name))
            assert getattr(there, name) == told
    assert all(isinstance(tag.origin, Origin) for tag in there.topics)


def test_a_document_is_told_with_its_content_warning() -> None:
    document, pages = fees_report()
    library = SmallLibrary([(replace(document, warning="Describes violence."), pages)])
    served = create_app(library).test_client()
    with answering(200, served.get("/api/v1/documents/fees").data) as place:
        assert Client(place).document("fees").warning == "Describes violence."
    with answering(200, served.get("/api/v1/search").data) as place:
        found = Client(place).search(SearchRequest()).results
    assert [one.document.warning for one in found] == ["Describes violence."]


def test_a_page_is_told_with_its_text(client: Client, sample: Library) -> None:
    document = sample.search(SearchRequest("kafala")).results[0].document
    here, there = sample.page(document.id, 2), client.page(document.id, 2)
    assert (there.text, there.number, there.language) == (here.text, here.number, here.language)
    assert client.page_labels(document.id) == sample.page_labels(document.id)
    assert client.ocr_pages(document.id) == sample.ocr_pages(document.id)


def test_similar_documents_and_suggestions_are_the_same(client: Client, sample: Library) -> None:
    document = sample.search(SearchRequest("kafala")).results[0].document
    here, there = sample.similar(document.id, 3), client.similar(document.id, 3)
    assert [(one.document.id, one.relation, one.score, one.terms) for one in there] == [
        (one.document.id, one.relation, one.score, one.terms) for one in here
    ]
    assert client.suggest("deb", 5) == sample.suggest("deb", 5)


def test_values_of_a_facet_are_found_by_name_under_a_search(client: Client, sample: Library) -> None:
    request = SearchRequest("labour", languages=("en",), size=3)
    found = client.facet("region", "asi", request)
    counts = {value.value: value.count for value in sample.search(request).facets["region"]}
    assert found[0].value == "asia"
    assert found[0].count == counts["asia"]


def test_values_of_a_facet_are_called_as_the_client_speaks(address: str) -> None:
    assert "Inglés" in {one.label for one in Client(address, language="es").facet("language")}
    asked = SearchRequest(ui="fr")
    assert "Anglais" in {one.label for one in Client(address, language="es").facet("language", request=asked)}


def test_all_results_are_read_to_the_last(client: Client, sample: Library) -> None:
    everything = sample.search(SearchRequest(size=100))
    found = [result.document.id for result in client.results(SearchRequest(size=3))]
    assert found == [result.document.id for result in everything.results]
    assert len(found) > 6


def test_what_is_wrong_is_the_error_that_it_is_on_this_machine(client: Client) -> None:
    with pytest.raises(BadRequest, match="atlantis") as wrong:
        client.search(SearchRequest(regions=("atlantis",)))
    assert wrong.value.parameter == "region"
    with pytest.raises(NotFound, match="no document"):
        client.document("none")
    with pytest.raises(NotFound, match="no page 99"):
        client.page(client.search(SearchRequest()).results[0].document.id, 99)
    with pytest.raises(BadRequest, match="1 to 100"):
        client.similar("x", 1000)


def test_a_library_that_can_answer_is_ready(client: Client) -> None:
    assert client.ready()


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, b"<html>", Unreachable),
        (200, b'{"total": "many"}', Unreachable),
        (404, b"<html>", Unreachable),
        (503, b'{"type":"about:blank","title":"x","status":503,"detail":"later","errors":[]}', Unreachable),
        (
            410,
            b'{"type":"about:blank","title":"Gone","status":410,"detail":"gone","errors":[]}',
            CursorExpired,
        ),
    ],
)
def test_what_is_no_answer_of_a_library_is_an_error_of_ours(
    status: int, body: bytes, error: type[TipsearchError]
) -> None:
    with answering(status, body) as place, pytest.raises(error):
        Client(place).search(SearchRequest("debt"))


def test_who_asks_too_often_is_told_how_long_to_wait() -> None:
    body = b'{"type":"about:blank","title":"x","status":429,"detail":"slowly","errors":[]}'
    with answering(429, body, Retry_After="7") as place, pytest.raises(TooManyRequests) as told:
        Client(place).search(SearchRequest())
    assert told.value.seconds == 7


@contextmanager
def moving(status: int, target: str) -> Iterator[tuple[str, list[tuple[str, str, bytes]]]]:
    """A server that sends everything but what is below /new on to `target`; gives its address, and what reached /new."""
    found = create_app(SmallLibrary([fees_report()])).test_client().get("/api/v1/search").data
    met: list[tuple[str, str, bytes]] = []

    def _tell(self: http.server.BaseHTTPRequestHandler) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        is_there = self.path.startswith("/new")
        if is_there:
            met.append((self.command, self.path, sent))
        self.send_response(200 if is_there else status)
        self.send_header("Location", f"{target}{self.path}")
        self.send_header("Content-Length", str(len(found)))
        self.end_headers()
        self.wfile.write(found)

    with _telling(_tell) as place:
        yield place, met


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_search_that_is_sent_on_is_the_same_search(status: int) -> None:
    with moving(status, "/new") as (place, met):
        Client(place).search(SearchRequest("debt"))
    assert met == [("POST", "/new/api/v1/search", b'{"q": ["debt"]}')]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_search_is_not_told_to_another_host(status: int) -> None:
    with moving(status, "https://other.example") as (place, _):
        client = Client(place)
        with pytest.raises(Unreachable, match=r"is at https://other\.example now"):
            client.search(SearchRequest("debt"))
        with pytest.raises(Unreachable, match=r"is at https://other\.example now") as told:
            client.suggest("debt")
    assert "debt" not in str(told.value)


@pytest.mark.parametrize(
    ("here", "there", "is_same"),
    [
        ("http://a.example/x", "https://a.example/x", True),
        ("http://a.example:8000/x", "http://A.example:8000/y", True),
        ("https://a.example/x", "https://a.example:443/x", True),
        ("https://a.example/x", "http://a.example/x", False),
        ("http://a.example/x", "http://a.example:8080/x", False),
        ("http://a.example/x", "https://a.example.other.example/x", False),
    ],
)
def test_the_same_host_is_the_same_place_or_the_same_encrypted(here: str, there: str, is_same: bool) -> None:  # noqa: FBT001  pytest gives it
    assert _is_same_host(urlsplit(here), urlsplit(there)) is is_same


def test_a_library_that_is_not_there_is_said_to_be_so() -> None:
    with answering(200, b"") as place:
        pass
    client = Client(place, timeout=5)
    with pytest.raises(Unreachable, match="can't be reached"):
        client.search(SearchRequest())
    assert not client.ready()


_OK = b"HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\n"
_PIECES = [*(b" " for _ in range(24)), b"{}"]


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param([_OK, *_PIECES], id="a byte now and then"),
        pytest.param([b"HTTP/1.1 500 X\r\nContent-Length: 99\r\n\r\n", *_PIECES], id="an error that stalls"),
        pytest.param(
            [b"HTTP/1.1 502 X\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"], id="an error cut short"
        ),
        pytest.param([b"HTTP/1.1 429 X\r\nRetry-After: ", b"9" * 5_000, b"\r\n\r\n"], id="no end of waiting"),
    ],
)
def test_however_slowly_or_badly_it_is_answered_the_error_is_ours(pieces: Sequence[bytes]) -> None:
    def _tell(self: http.server.BaseHTTPRequestHandler) -> None:
        self.close_connection = True
        with suppress(OSError):  # nobody listens any more
            for piece in pieces:
                self.wfile.write(piece)
                time.sleep(0.1)

    with _telling(_tell) as place, pytest.raises((Unreachable, TooManyRequests)) as told:
        Client(place, timeout=0.5).suggest("debt")
    if len(pieces) > 20:
        assert "timed out" in str(told.value)


def test_half_a_character_is_sent_as_none_that_there_is(client: Client) -> None:
    assert client.suggest("\ud800") == ()
    assert client.facet("region", "\ud800") == client.facet("region")
    for ask in (client.document, client.page_labels, client.similar, client.facet):
        with pytest.raises(NotFound):
            ask("\ud800")


@pytest.mark.parametrize(
    "address",
    ["library.example", "ftp://library.example", "file:///etc/passwd", "", "http://library.example:99999"]
    + [f"https://library.example/{rest}" for rest in ("?a=b", "#a")]
    + ["https://user:pw@library.example", "http://[::1", "http://library.example:x"],
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ConfigError, match=r"https://library\.example"):
        Client(address)


def test_the_examples_of_the_page_about_the_client_run(address: str) -> None:
    page = (Path(__file__).parent.parent / "docs" / "client.md").read_text("utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 3
    names: dict[str, Any] = {}
    for block in blocks:
        exec(block.replace("https://library.example", address), names)  # noqa: S102  our own page
    assert names["answer"].total
    assert names["rows"]
    assert names["text"]
