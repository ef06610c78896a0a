"""Runs an index command that kills itself at the n-th call of a function; started by test_kill.py.

usage: dying.py LIBRARY SOURCE WHEN MODULE CLASS FUNCTION N   (WHEN: before or after the call)
"""

from __future__ import annotations

import functools
import importlib
import os
import signal
import sys
from typing import Any

from tipsearch import Library, Options


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


def main() -> None:
    """Index, and die on the way."""
    place, source, when, module, owner, function, number = sys.argv[1:]
    arm(when, module, owner, function, int(number))
    with Library.open(place) as library:
        library.index([source], Options(jobs=2))


if __name__ == "__main__":
    main()
