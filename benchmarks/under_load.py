"""What ``tipsearch serve`` answers a second over 16 connections, measured by ``wrk``."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CONNECTIONS = 16
#: Asks for each of many addresses in turn.
_IN_TURN = """
local addresses = { %s }
local number = 0
function request()
  number = number %% #addresses + 1
  return wrk.format("GET", addresses[number])
end
"""


def load(folder: Path, kinds: Mapping[str, Sequence[str]], seconds: int) -> dict[str, object] | str:
    """For each kind of page (name to addresses) requests a second and the slowest hundredth; why not, where there is no wrk."""
    if shutil.which("wrk") is None:
        print("web: wrk not found, so no load was measured; install it: sudo apt-get install wrk")
        return "wrk not found"
    with _serving(folder) as site:
        return {"connections": CONNECTIONS} | {
            name: _asked(site, addresses, seconds) for name, addresses in kinds.items()
        }


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "tipsearch", "--index", str(folder), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        said = server.stderr.readline()
        try:
            place = re.search(r"http://127\.0\.0\.1:\d+", said)
            if place is None:
                sys.exit(f"web: the server doesn't start: {said}")
            yield place[0]
        finally:
            server.terminate()
            server.communicate()


def _asked(site: str, addresses: Sequence[str], seconds: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as name:
        script = Path(name) / "in_turn.lua"
        script.write_text(_IN_TURN % ", ".join(map(json.dumps, addresses)), "utf-8")
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "--timeout", "30s"]
        said = subprocess.run(
            [*command, "-s", str(script), site], capture_output=True, text=True, check=True
        ).stdout
    figures = {
        "requests_per_s": _figure(r"Requests/sec:\s+([\d.]+)", said),
        **{f"p{one}": _figure(rf"^\s+{one}%\s+(\S+)", said) for one in (50, 99)},
    }
    broken = _figure(r"Non-2xx or 3xx responses: (\d+)", said)
    return {**figures, "not_answered_well": int(broken)} if broken else {**figures}


def _figure(pattern: str, said: str) -> str:
    found = re.search(pattern, said, re.MULTILINE)
    return found[1] if found else ""
