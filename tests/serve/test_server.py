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

_SCRIPT = """
from serve.small_library import SmallLibrary, fees_report
from tipsearch.serve.server import serve
serve(SmallLibrary([fees_report()]), port=0)
print("closed")
"""


def test_the_server_answers_logs_no_query_and_stops_in_order() -> None:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-c", _SCRIPT]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
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


def test_a_port_that_is_taken_is_said_plainly() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"port {port}.*--port"):
            serve(SmallLibrary([]), port=port)
