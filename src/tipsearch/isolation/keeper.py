"""The nursery's own process: warms up once, then forks a limited child for each file.

Started as ``python -m tipsearch.isolation.keeper JOB LIMITS CHANNEL…``; one keeper a channel, each a fork of the
warmed-up process. A keeper reads nothing of the file itself.
"""

from __future__ import annotations

import gc
import importlib
import os
import select
import signal
import socket
import sys
import time
from typing import TYPE_CHECKING, NoReturn, Protocol, cast

from tipsearch.isolation import wire
from tipsearch.isolation.limits import Limits
from tipsearch.isolation.nursery import Fate

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHUNK = 1 << 20
#: First byte of what a child sends: its answer follows, or it ran out of memory, or the job raised.
_ANSWER, _NO_MEMORY, _RAISED = b"\0", b"\1", b"\2"


class Job(Protocol):
    """What a job module offers."""

    def warm_up(self) -> None:
        """Import and load all that `run` needs, so that children inherit it."""

    def run(self, descriptor: int, request: bytes) -> bytes:
        """Work on one open file; the answer goes to the nursery's user."""


def main(arguments: Sequence[str]) -> None:
    """Be the nursery's process until all channels are closed."""
    name, limits, *numbers = arguments
    # Ctrl-C goes to the whole terminal group; the user's process decides what it means and closes the channels.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    job = cast("Job", importlib.import_module(name))
    job.warm_up()
    gc.collect()
    gc.freeze()
    channels = [socket.socket(fileno=int(number)) for number in numbers]
    mine = channels[0]
    siblings: list[int] = []
    for channel in channels[1:]:
        sibling = os.fork()
        if sibling == 0:
            mine, siblings = channel, []
            break
        siblings.append(sibling)
    for channel in channels:
        if channel is not mine:
            channel.close()
    keep(mine, job, Limits.from_json(limits))
    for sibling in siblings:
        os.waitpid(sibling, 0)


def keep(channel: socket.socket, job: Job, limits: Limits) -> None:
    """Take tasks from the channel until it closes, one child each."""
    while True:
        try:
            task = wire.receive_task(channel)
            if task is None:
                return
            wire.send_outcome(channel, *_supervise(channel, job, limits, *task))
        except (EOFError, ConnectionError):  # the user's process has gone
            return


def _supervise(
    channel: socket.socket, job: Job, limits: Limits, request: bytes, descriptor: int
) -> tuple[Fate, bytes]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        # Held open here it would hide the keeper's death from the user's process.
        channel.close()
        _be_child(job, limits, request, descriptor, writing)
    os.close(writing)
    os.close(descriptor)
    try:
        output = _read(reading, channel, limits)
    finally:
        os.close(reading)
    if isinstance(output, Fate):
        os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    return _judge(output, status, usage.ru_maxrss * 1024, limits)


def _read(pipe: int, channel: socket.socket, limits: Limits) -> bytes | Fate:
    """All that the child writes; or why not, when its time or its room is up or nobody waits for it any more."""
    end = time.monotonic() + limits.wall_seconds
    parts: list[bytes] = []
    size = 0
    poller = select.poll()
    poller.register(pipe, select.POLLIN)
    # The next task may lie there already; only that the other end has closed is news.
    poller.register(channel, 0)
    while (left := end - time.monotonic()) > 0:
        if pipe not in (descriptor for descriptor, _ in poller.poll(left * 1000)):
            return Fate.TIMEOUT
        part = os.read(pipe, _CHUNK)
        if not part:
            return b"".join(parts)
        parts.append(part)
        size += len(part)
        if size > limits.output_bytes:
            return Fate.FLOOD
    return Fate.TIMEOUT


def _judge(  # noqa: PLR0911  one line a way to end
    output: bytes | Fate, status: int, peak_bytes: int, limits: Limits
) -> tuple[Fate, bytes]:
    if output is Fate.FLOOD:
        return Fate.FLOOD, f"gives more than {limits.output_bytes >> 20} MB of text".encode()
    if isinstance(output, Fate):
        return Fate.TIMEOUT, f"gave no answer within {limits.wall_seconds:g} seconds".encode()
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            return Fate.TIMEOUT, f"took more than {limits.cpu_seconds} seconds of processor time".encode()
        if number == signal.SIGKILL:  # not by us: we kill only when there is no output
            return Fate.MEMORY, b"was killed by the system, most likely for want of memory"
        # PDFium calls abort() when the address space is used up: at half the limit a next doubling fails.
        if peak_bytes * 2 > limits.memory_bytes:
            return Fate.MEMORY, f"needs more than {limits.memory_bytes >> 20} MB of memory".encode()
        return Fate.CRASHED, f"the reading process died of {signal.Signals(number).name}".encode()
    if output[:1] == _ANSWER and os.WEXITSTATUS(status) == 0:
        return Fate.DONE, output[1:]
    if output[:1] == _NO_MEMORY:
        return Fate.MEMORY, f"needs more than {limits.memory_bytes >> 20} MB of memory".encode()
    return Fate.CRASHED, output[1:] or b"the reading process ended without an answer"


def _be_child(job: Job, limits: Limits, request: bytes, descriptor: int, pipe: int) -> NoReturn:
    status = 1
    try:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno()
        )  # parsers' chatter is no message of ours
        limits.apply()
        answer = _ANSWER + job.run(descriptor, request)
        status = 0
    except MemoryError:
        answer = _NO_MEMORY
    except BaseException as error:  # noqa: BLE001  whatever a parser raises costs this one document, with its name
        answer = _RAISED + f"{type(error).__name__}: {error}"[:500].encode("utf-8", "replace")
    try:
        wire.write_all(pipe, answer)
    finally:
        os._exit(status)


if __name__ == "__main__":
    main(sys.argv[1:])
