"""The nursery's own process: warms up once, then forks a confined child for each file.

Started as ``python -m tipsearch.isolation.keeper JOB LIMITS CHANNEL…`` with the job's argument on standard input; one keeper
a channel, each a fork of the warmed-up process. A keeper reads nothing of the file itself.
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
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, Protocol, cast

from tipsearch.isolation import wire
from tipsearch.isolation.confine import Cage
from tipsearch.isolation.limits import Limits
from tipsearch.isolation.nursery import Fate

if TYPE_CHECKING:
    import resource
    from collections.abc import Sequence

_CHUNK = 1 << 20
#: Seconds between looks at a child that has closed its pipe: it mostly is dead some microseconds later.
_SHORTEST_PAUSE, _LONGEST_PAUSE = 20e-6, 0.05
#: Bytes of a child's words about its end.
_MOST_WORDS = 500
#: First byte of what a child sends: its answer follows, or it ran out of memory, or the job raised.
_ANSWER, _NO_MEMORY, _RAISED = b"\0", b"\1", b"\2"


class Job(Protocol):
    """What a job module offers."""

    def warm_up(self, argument: bytes) -> None:
        """Import and load all that `run` needs, so that children inherit it; the argument is the nursery's."""

    def run(self, descriptor: int, request: bytes) -> bytes:
        """Work on one open file; the answer goes to the nursery's user."""


def main(arguments: Sequence[str]) -> None:
    """Be the nursery's process until all channels are closed."""
    name, limits, *numbers = arguments
    # Ctrl-C goes to the whole terminal group; the user's process decides what it means and closes the channels.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    job = cast("Job", importlib.import_module(name))
    job.warm_up(_argument())
    cage = Cage.prepare()
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
    Keeper(mine, job, Limits.from_json(limits), cage).keep()
    for sibling in siblings:
        os.waitpid(sibling, 0)


def _argument() -> bytes:
    """All of standard input, which children don't inherit."""
    argument = sys.stdin.buffer.read()
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, sys.stdin.fileno())
    os.close(nothing)
    return argument


@dataclass(frozen=True, slots=True)
class Keeper:
    """Has the job done on one file after the other, each in a child.

    Attributes:
        channel: where tasks come from and outcomes go to.
        job: what a child does.
        limits: what it may use.
        cage: what it is shut in by.
    """

    channel: socket.socket
    job: Job
    limits: Limits
    cage: Cage

    def keep(self) -> None:
        """Take tasks from the channel until it closes."""
        while True:
            try:
                task = wire.receive_task(self.channel)
                if task is None:
                    return
                wire.send_outcome(self.channel, *self._supervise(*task))
            except (EOFError, ConnectionError):  # the user's process has gone
                return

    def _supervise(self, request: bytes, descriptor: int) -> tuple[Fate, bytes]:
        reading, writing = os.pipe()
        keeper = os.getpid()
        try:
            child = os.fork()
        except (
            OSError
        ) as error:  # too many processes or too little memory just now, which is not the file's fault
            for one in (reading, writing, descriptor):
                os.close(one)
            return (
                Fate.MEMORY,
                f"waits, as no process could be started to read it ({error.strerror})".encode(),
            )
        if child == 0:
            os.close(reading)
            # Held open here it would hide the keeper's death from the user's process.
            self.channel.close()
            self._be_child(keeper, request, descriptor, writing)
        os.close(writing)
        os.close(descriptor)
        end = time.monotonic() + self.limits.wall_seconds
        try:
            output = self._read(reading, end)
        finally:
            os.close(reading)
        ended = None if isinstance(output, Fate) else _wait(child, end)
        if ended is None:
            os.kill(child, signal.SIGKILL)
            _, status, usage = os.wait4(child, 0)
            return _judge(output if isinstance(output, Fate) else Fate.TIMEOUT, status, usage, self.limits)
        return _judge(output, *ended, self.limits)

    def _read(self, pipe: int, end: float) -> bytes | Fate:
        """All that the child writes; or why not, when its time or room is up or nobody waits for it any more."""
        answer = bytearray()
        poller = select.poll()
        poller.register(pipe, select.POLLIN)
        # The next task may lie there already; only that the other end has closed is news.
        poller.register(self.channel, 0)
        while (left := end - time.monotonic()) > 0:
            if pipe not in (descriptor for descriptor, _ in poller.poll(left * 1000)):
                return Fate.TIMEOUT
            part = os.read(pipe, _CHUNK)
            if not part:
                return bytes(answer)
            answer += part
            if len(answer) > self.limits.output_bytes:
                return Fate.FLOOD
        return Fate.TIMEOUT

    def _be_child(self, keeper: int, request: bytes, descriptor: int, pipe: int) -> NoReturn:
        status = 1
        try:
            # Parsers' chatter is no message of ours; stdout leads to nowhere already.
            os.dup2(sys.stdout.fileno(), sys.stderr.fileno())
            self.limits.apply()
            self.cage.shut(keeper)
            answer = _ANSWER + self.job.run(descriptor, request)
            status = 0
        except MemoryError:
            answer = _NO_MEMORY
        except BaseException as error:  # noqa: BLE001  whatever a parser raises costs this one document, with its name
            answer = _RAISED + f"{type(error).__name__}: {error}"[:_MOST_WORDS].encode("utf-8", "replace")
        try:
            wire.write_all(pipe, answer)
        finally:
            os._exit(status)


def _wait(child: int, end: float) -> tuple[int, resource.struct_rusage] | None:
    """How a child that has closed its pipe ended; None if it lives on at the end of its time."""
    pause = _SHORTEST_PAUSE
    while True:
        number, status, usage = os.wait4(child, os.WNOHANG)
        if number:
            return status, usage
        if time.monotonic() > end:
            return None
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


def _judge(  # noqa: PLR0911  one line a way to end
    output: bytes | Fate, status: int, usage: resource.struct_rusage, limits: Limits
) -> tuple[Fate, bytes]:
    if output is Fate.FLOOD:
        return Fate.FLOOD, f"gives more than {limits.output_bytes >> 20} MB of text".encode()
    if isinstance(output, Fate):
        return Fate.TIMEOUT, f"gave no answer within {limits.wall_seconds:g} seconds".encode()
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        # A child that ignores SIGXCPU is killed at the hard limit, a second later.
        if number == signal.SIGXCPU or usage.ru_utime + usage.ru_stime > limits.cpu_seconds:
            return Fate.TIMEOUT, f"took more than {limits.cpu_seconds} seconds of processor time".encode()
        if number == signal.SIGKILL:  # not by us: we kill only when there is no output
            return Fate.MEMORY, b"was killed by the system, most likely for want of memory"
        # PDFium calls abort() when the address space is used up: at half the limit a next doubling fails.
        if usage.ru_maxrss * 1024 * 2 > limits.memory_bytes:
            return Fate.MEMORY, f"needs more than {limits.memory_bytes >> 20} MB of memory".encode()
        return Fate.CRASHED, f"the reading process died of {_name(number)}".encode()
    if output[:1] == _ANSWER and os.WEXITSTATUS(status) == 0:
        return Fate.DONE, output[1:]
    if output[:1] == _NO_MEMORY:
        return Fate.MEMORY, f"needs more than {limits.memory_bytes >> 20} MB of memory".encode()
    return Fate.CRASHED, output[1 : _MOST_WORDS + 1] or b"the reading process ended without an answer"


def _name(number: int) -> str:
    """A signal's name; most real-time ones have none."""
    names = {int(one): one.name for one in signal.Signals}
    return names.get(number, f"signal {number}")


if __name__ == "__main__":
    main(sys.argv[1:])
