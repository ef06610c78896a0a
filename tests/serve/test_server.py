from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from serve.small_library import SmallLibrary
from tipsearch.errors import ConfigError
from tipsearch.serve.server import serve

#: The tests' own modules, and whatever the tests themselves run from.
_ENVIRONMENT = os.environ | {
    "PYTHONPATH": os.pathsep.join(
        filter(None, (str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH")))
    )
}
_SCRIPT = """
from serve.small_library import SmallLibrary, fees_report
from tipsearch.serve.server import serve
serve(SmallLibrary([fees_report()]), port=0)
print("closed")
"""


def test_the_server_answers_logs_no_query_and_stops_in_order() -> None:
    command = [sys.executable, "-c", _SCRIPT]
    with subprocess.Popen(
        command, env=_ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr is not None
        said = server.stderr.readline()
        place = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert place is not None, said
        with urllib.request.urlopen(f"{place[0]}search?q=debtword", timeout=10) as response:  # our own
            assert response.status == 200
            assert "Server" not in response.headers or not response.headers["Server"]
        server.send_signal(signal.SIGTERM)
        out, err = server.communicate(timeout=60)
    assert (server.returncode, out.strip()) == (0, "closed")
    assert "debtword" not in err


_AILING = """
from serve.small_library import SmallLibrary, fees_report
from tipsearch.errors import EngineFailed
from tipsearch.serve.server import serve

class Ailing(SmallLibrary):
    def search(self, request):
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
            server.communicate(timeout=10)
    assert said[0] == "tipsearch: the index is damaged; make it anew: tipsearch rebuild\n"
    assert said[-1].startswith("Serving 1 document at ")


def test_a_port_that_is_taken_is_said_plainly() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"port {port}.*--port"):
            serve(SmallLibrary([]), port=port)
