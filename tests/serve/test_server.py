from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from serve.small_library import SmallLibrary
from tipsearch.config import WebSettings
from tipsearch.errors import ConfigError
from tipsearch.serve.app import create_app
from tipsearch.serve.server import serve

if TYPE_CHECKING:
    from tipsearch import Library

#: The tests' own modules, and whatever the tests themselves run from.
_ENVIRONMENT = os.environ | {
    "PYTHONPATH": os.pathsep.join(
        filter(None, (str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH")))
    )
}
_SCRIPT = """
from serve.small_library import SmallLibrary, fees_report
from tipsearch.serve.server import serve
class Library(SmallLibrary):
    def suggest(self, *asked):
        print("warm")
        return super().suggest(*asked)
serve(Library([fees_report()]), port=0)
print("closed")
"""


#: Its second document can't be read.
_FAILING = """
from serve.small_library import SmallLibrary, cocoa_page, fees_report
from tipsearch.serve import exports
from tipsearch.serve.server import serve
exports._BATCH = 1
class Failing(SmallLibrary):
    def documents(self, ids):
        if "fees" not in ids:
            try:
                raise ValueError("[parameters: secretword]")
            except ValueError as error:
                raise RuntimeError("secretword can't be read") from error
        return super().documents(ids)
serve(Failing([fees_report(), cocoa_page()]), port=0)
"""


def _started(script: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script]
    return subprocess.Popen(
        command, env=_ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def _place(server: subprocess.Popen[str]) -> str:
    assert server.stderr is not None
    said = server.stderr.readline()
    place = re.search(r"http://127\.0\.0\.1:\d+/", said)
    assert place is not None, said
    return place[0]


def test_an_export_that_fails_breaks_off_and_nothing_of_it_is_logged() -> None:
    with _started(_FAILING) as server:
        place = _place(server)
        for accepted in ("identity", "gzip"):
            asked = urllib.request.Request(
                f"{place}export.csv?sort=title", headers={"Accept-Encoding": accepted}
            )
            with urllib.request.urlopen(asked, timeout=10) as response:
                assert response.status == 200
                with pytest.raises(http.client.IncompleteRead) as broken:
                    response.read()
            assert broken.value.partial or accepted == "gzip"
        server.send_signal(signal.SIGTERM)
        _, err = server.communicate(timeout=60)
    assert "secretword" not in err
    assert "RuntimeError at /export.<extension>, reference" in err


def test_the_server_answers_logs_no_query_and_stops_in_order() -> None:
    with _started(_SCRIPT) as server:
        place = _place(server)
        with urllib.request.urlopen(f"{place}search?q=debtword", timeout=10) as response:  # our own
            assert response.status == 200
            assert "Server" not in response.headers or not response.headers["Server"]
        server.send_signal(signal.SIGTERM)
        out, err = server.communicate(timeout=60)
    assert (server.returncode, out.strip()) == (0, "warm\nclosed")
    assert "debtword" not in err


_AILING = """
from serve.small_library import SmallLibrary, fees_report
from tipsearch.errors import EngineFailed
from tipsearch.serve.server import serve

class Ailing(SmallLibrary):
    def search(self, request, **_):
        raise EngineFailed("the index is damaged; make it anew: tipsearch rebuild")

serve(Ailing([fees_report()]), port=0)
"""


def test_a_damaged_index_is_told_at_the_start_and_documents_are_served() -> None:
    command = [sys.executable, "-c", _AILING]
    with subprocess.Popen(
        command, env=_ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr is not None
        said = [server.stderr.readline()]
        while said[-1] and "Serving" not in said[-1]:
            said.append(server.stderr.readline())
        place = said[-1].partition(" at ")[2].partition(" ")[0]
        try:
            with urllib.request.urlopen(f"{place}documents/fees", timeout=10) as response:  # our own
                assert response.status == 200
        finally:
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=60)
    assert said[0] == "tipsearch: the index is damaged; make it anew: tipsearch rebuild\n"
    assert said[-1].startswith("Serving 1 document at ")


_BELOW = """
from serve.small_library import SmallLibrary, fees_report
from tipsearch.config import WebSettings
from tipsearch.serve.server import serve
serve(SmallLibrary([fees_report()]), WebSettings(base_url="https://library.example/library/"), port=0)
"""


def test_below_a_path_links_lead_there_whether_or_not_a_proxy_passes_it_on() -> None:
    with _started(_BELOW) as server:
        place = _place(server)
        try:
            for path in ("", "library/"):
                with urllib.request.urlopen(
                    f"{place}{path}search?q=worker", timeout=10
                ) as response:  # our own
                    page = response.read().decode()
                leading = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)
                assert leading
                assert not [one for one in leading if not one.startswith("/library/")]
                assert "https://library.example/library/oembed?" in page
                assert "/library/library/" not in page
        finally:
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=60)


@pytest.mark.parametrize(
    "address",
    [
        "library.example",
        "ftp://library.example/",
        "https://library.example/?a=b",
        "https://library.example/é/",
    ],
)
def test_a_base_that_is_no_start_page_is_refused(address: str) -> None:
    with pytest.raises(ConfigError, match="base_url is the start page's web address"):
        create_app(SmallLibrary([]), WebSettings(base_url=address))


_LIMITED = """
from serve.small_library import SmallLibrary, fees_report
from tipsearch.config import WebSettings
from tipsearch.serve.server import serve
serve(SmallLibrary([fees_report()]), WebSettings(requests_per_minute=1, trusted_proxies={trusted}), port=0)
"""


@pytest.mark.parametrize(("trusted", "expected"), [(1, [200, 200, 429]), (0, [200, 429, 429])])
def test_what_a_proxy_says_of_readers_is_believed_where_it_is_trusted(
    trusted: int, expected: list[int]
) -> None:
    with _started(_LIMITED.format(trusted=trusted)) as server:
        place = _place(server)
        got = []
        for forwarded in ("192.0.2.1", "198.51.100.1", "192.0.2.1"):
            asked = urllib.request.Request(f"{place}api/v1/search", headers={"X-Forwarded-For": forwarded})
            try:
                with urllib.request.urlopen(asked, timeout=10) as response:  # our own
                    got.append(response.status)
            except urllib.error.HTTPError as error:
                with error:
                    got.append(error.code)
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=60)
    assert got == expected


_SLOW = """
import threading
from serve.small_library import SmallLibrary, fees_report
from tipsearch.serve.server import serve
class Slow(SmallLibrary):
    def document(self, one):
        print("at work", flush=True)
        threading.Event().wait({seconds})
        return super().document(one)
serve(Slow([fees_report()]), port=0)
print("closed")
"""


def _asking(place: str) -> tuple[threading.Thread, list[int]]:
    """Asks for a document; fills with the status of the answer if there is one."""
    answers: list[int] = []

    def ask() -> None:
        with suppress(OSError), urllib.request.urlopen(f"{place}documents/fees", timeout=60) as response:
            answers.append(response.status)

    asking = threading.Thread(target=ask)
    asking.start()
    return asking, answers


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_is_being_answered_when_it_stops_is_answered(number: signal.Signals) -> None:
    with _started(_SLOW.format(seconds=1)) as server:
        asking, answers = _asking(_place(server))
        assert server.stdout is not None
        assert server.stdout.readline() == "at work\n"
        server.send_signal(number)
        out, err = server.communicate(timeout=60)
        asking.join()
    assert answers == [200]
    assert (server.returncode, out) == (0, "closed\n")
    assert err == "Answering 1 request first; stop again to end at once.\n"


def test_stopped_twice_it_ends_at_once_and_says_nothing_more() -> None:
    with _started(_SLOW.format(seconds=600)) as server:
        asking, answers = _asking(_place(server))
        assert server.stdout is not None
        assert server.stderr is not None
        assert server.stdout.readline() == "at work\n"
        server.send_signal(signal.SIGTERM)
        assert server.stderr.readline().startswith("Answering 1 request first")
        server.send_signal(signal.SIGTERM)
        assert server.communicate(timeout=60) == ("", "")
        asking.join()
    assert (server.returncode, answers) == (128 + signal.SIGTERM, [])


def test_the_command_says_that_it_has_stopped(sample: Library) -> None:
    command = [sys.executable, "-m", "tipsearch", "--index", str(sample.folder), "serve", "--port", "0"]
    with subprocess.Popen(
        command, env=_ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        _place(server)
        server.send_signal(signal.SIGTERM)
        assert server.communicate(timeout=60) == ("", "Stopped.\n")
    assert server.returncode == 0


@pytest.mark.parametrize("host", ["nowhere.invalid", "bad..host", "a" * 80])
def test_a_host_that_is_none_is_said_plainly(host: str) -> None:
    with pytest.raises(ConfigError, match=f"called '{host}'.*--host"):
        serve(SmallLibrary([]), host=host, port=0)


def test_a_port_that_is_taken_is_said_plainly() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"port {port}: Address already in use; .*--port"):
            serve(SmallLibrary([]), port=port)
