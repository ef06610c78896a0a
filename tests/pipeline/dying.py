"""How a command is made to die; `test_kill` has its process do this before."""

from __future__ import annotations

import functools
import importlib
import os
import signal
from typing import Any

from tipsearch import pipeline

#: Files a batch: few, so that a run of few files writes several times.
BATCH = 8


def at_a_call(when: str, module: str, owner: str, function: str, number: int) -> None:
    """Let the process kill itself before or after the n-th call of a function of a class."""
    _write_in_small_batches()
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


def after(seconds: float) -> None:
    """Let the system end the process then, by a signal that nobody handles, wherever it is."""
    _write_in_small_batches()
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _write_in_small_batches() -> None:
    vars(pipeline.ledger)["_BATCH_FILES"] = BATCH
