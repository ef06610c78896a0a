"""Runs index commands that kill themselves at the n-th call of a function; started once by test_kill.py.

A line of standard input is one command, as JSON: library, source, and where to die ([when, module, class, function, n],
when being before or after the call) or after how many seconds to be killed. Each runs in a fork of this process, which
has imported everything; the line that comes back is how it ended, as `waitpid` says it.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import signal
import sys
import time
from typing import Any

from tipsearch import Library, Options, pipeline
from tipsearch.engines.tantivy import TantivyEngine

#: Files a batch: few, so that a run of few files writes several times.
BATCH = 8


def arm(when: str, module: str, owner: str, function: str, number: int) -> None:
    """Let the process die at that call."""
    holder = getattr(importlib.import_module(module), owner)
    real = getattr(holder, function)
    calls = 0

    @functools.wraps(real)
    def deadly(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == number and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **kwargs)
        if calls == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(holder, function, deadly)


def index(place: str, source: str) -> None:
    """Index in small batches."""
    vars(pipeline.ledger)["_BATCH_FILES"] = BATCH
    with Library.open(place) as library:
        library.index([source], Options(jobs=2))


def main() -> None:
    """Take commands until standard input ends."""
    assert TantivyEngine.fingerprint  # imported, and so inherited
    for line in sys.stdin:
        place, source, death = json.loads(line)
        child = os.fork()
        if child == 0:
            if isinstance(death, list):
                arm(*death)
            index(place, source)
            os._exit(0)
        if not isinstance(death, list):
            time.sleep(death)
            os.kill(child, signal.SIGKILL)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
