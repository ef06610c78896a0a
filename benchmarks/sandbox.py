"""Reads files through the real sandbox, one keeper, and says what it cost: a process of its own, so that memory is too.

usage: sandbox.py JOB FILE…

JOB is a module with `warm_up` and `run` (``tipsearch.reading``). Prints JSON: seconds until the nursery is warm; pages, seconds
and processor time (this process and the nursery) of all files; the longest file; the state of each; the largest resident size of
any child; and by how much this process grew.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tipsearch import reading
from tipsearch.isolation import Fate, Limits, Nursery, Task
from tipsearch.model import FileState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MAX_BYTES = 256 << 20
_TICKS = os.sysconf("SC_CLK_TCK")
_STATES = {
    Fate.TIMEOUT: FileState.TIMEOUT,
    Fate.MEMORY: FileState.MEMORY,
    Fate.CRASHED: FileState.CRASHED,
    Fate.FLOOD: FileState.TOO_BIG,
}


def main(job: str, paths: Sequence[str]) -> None:
    """Read the files and print the figures."""
    begin = time.perf_counter()
    states: dict[str, str] = {}
    pages, longest = 0, ("", 0.0)
    with Nursery(job, keepers=1, limits=Limits()) as nursery:
        list(nursery.run(_tasks([__file__])))  # not timed: warming up
        warm, size = time.perf_counter() - begin, _resident_mb()
        child = Path("/proc/self/task", str(os.getpid()), "children").read_text("ascii").split()[0]
        wall, cpu = time.perf_counter(), time.process_time() + _cpu_of(child)
        last = wall
        for outcome in nursery.run(_tasks(paths)):
            state = _STATES.get(outcome.fate)
            if state is None:
                extraction = reading.answer(outcome.payload)
                state = extraction.state
                pages += sum(len(record.pages) for record in extraction.records)
            states[outcome.key] = state
            now = time.perf_counter()
            longest, last = max(longest, (outcome.key, now - last), key=lambda one: one[1]), now
        figures = {
            "warm_up": warm,
            "pages": pages,
            "wall": time.perf_counter() - wall,
            "cpu": time.process_time() + _cpu_of(child) - cpu,
            "longest": {"file": longest[0], "wall": longest[1]},
            "grown_mb": _resident_mb() - size,
        }
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({**figures, "child_peak_mb": largest, "states": states}))


def _tasks(paths: Sequence[str]) -> Iterator[Task[str]]:
    for path in paths:
        name = os.fsencode(path).decode("utf-8", "backslashreplace")
        yield Task(name, os.open(path, os.O_RDONLY), reading.request(name, _MAX_BYTES))


def _cpu_of(process: str) -> float:
    """Processor time of a process and of its children that have ended, in seconds."""
    fields = Path("/proc", process, "stat").read_text("ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


def _resident_mb() -> float:
    lines = Path("/proc/self/status").read_text("ascii", "replace").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
