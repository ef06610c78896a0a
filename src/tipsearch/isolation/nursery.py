"""The nursery as its user sees it: hand in files, take out what became of them, in order."""

from __future__ import annotations

import contextlib
import os
import selectors
import socket
import subprocess
import sys
import tempfile
from collections import deque
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from tipsearch.errors import IsolationError
from tipsearch.isolation import wire
from tipsearch.isolation.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

Key = TypeVar("Key")

#: Finished outcomes that may wait for an earlier, slower one, per keeper: bounds memory, keeps all cores busy.
_LOOK_AHEAD = 8
#: Seconds that the process is given to end by itself.
_PATIENCE = 5.0
#: Tasks at a keeper: the one it works on, and the next, so that it needn't wait while its user writes.
_AT_A_KEEPER = 2


class Fate(IntEnum):
    """How a child ended."""

    DONE = 0
    TIMEOUT = 1
    MEMORY = 2
    CRASHED = 3
    FLOOD = 4


@dataclass(frozen=True, slots=True)
class Task(Generic[Key]):
    """A file to work on: the caller's key, an open descriptor (closed by the nursery), and words for the job."""

    key: Key
    descriptor: int
    request: bytes


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Key]):
    """What became of a task: the job's answer if it is done, else a sentence about its end."""

    key: Key
    fate: Fate
    payload: bytes

    @property
    def detail(self) -> str:
        """The sentence about an end other than done."""
        return self.payload.decode("utf-8", "replace")


class Nursery:
    """A helper process with `keepers` places, each busy with one file at a time.

    Args:
        job: dotted name of a module with ``warm_up(argument: bytes) -> None`` and
            ``run(descriptor: int, request: bytes) -> bytes``.
        keepers: files worked on at the same time.
        limits: bounds on each child.
        argument: what the job has to know before it works on any file, however long.

    The process starts at once and warms up while the caller goes on with other work.
    """

    def __init__(
        self, job: str, *, keepers: int, limits: Limits | None = None, argument: bytes = b""
    ) -> None:
        pairs = [socket.socketpair() for _ in range(keepers)]
        theirs = [pair[1] for pair in pairs]
        self._channels = [pair[0] for pair in pairs]
        command = [
            sys.executable,
            "-P",  # or Python would import from the current folder, which may hold a langdetect.py among its reports
            "-m",
            "tipsearch.isolation.keeper",
            job,
            (limits or Limits()).to_json(),
            *(str(channel.fileno()) for channel in theirs),
        ]
        try:
            with tempfile.TemporaryFile() as told:  # a pipe would have to be filled while the process starts
                told.write(argument)
                told.seek(0)
                self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module
                    command,
                    pass_fds=[channel.fileno() for channel in theirs],
                    stdin=told,
                    stdout=subprocess.DEVNULL,  # a library that prints must not spoil our user's output
                )
        except OSError as error:
            raise IsolationError(f"the reading process could not be started: {error}") from error
        finally:
            for channel in theirs:
                channel.close()

    def __enter__(self) -> Self:
        """Ready for `run`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the process go; its keepers see that nobody waits any more, and kill what they have begun."""
        for channel in self._channels:
            channel.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def run(self, tasks: Iterable[Task[Key]]) -> Iterator[Outcome[Key]]:
        """Do the job on each task; the outcomes come in the order of the tasks.

        Tasks are taken from the iterable as places fall free, so it may open files as it goes.

        Raises:
            IsolationError: the nursery itself died.
        """
        source = iter(tasks)
        idle = deque(self._channels * _AT_A_KEEPER)
        order: deque[int] = deque()
        keys: dict[int, Key] = {}
        finished: dict[int, Outcome[Key]] = {}
        busy: dict[socket.socket, deque[int]] = {}
        room = _LOOK_AHEAD * len(self._channels)
        exhausted, number = False, 0
        with selectors.DefaultSelector() as selector:
            while True:
                while idle and not exhausted and len(order) < room:
                    task = next(source, None)
                    if task is None:
                        exhausted = True
                        break
                    channel = idle.popleft()
                    self._send(channel, task)
                    keys[number] = task.key
                    order.append(number)
                    if channel not in busy:
                        busy[channel] = deque()
                        selector.register(channel, selectors.EVENT_READ)
                    busy[channel].append(number)
                    number += 1
                while order and order[0] in finished:
                    yield finished.pop(order.popleft())
                if not busy:
                    if exhausted:
                        return
                    continue
                for ready, _ in selector.select():
                    channel = next(one for one in busy if one.fileno() == ready.fd)
                    done = busy[channel].popleft()
                    if not busy[channel]:
                        del busy[channel]
                        selector.unregister(channel)
                    finished[done] = self._receive(channel, keys.pop(done))
                    idle.append(channel)

    def _send(self, channel: socket.socket, task: Task[Key]) -> None:
        try:
            wire.send_task(channel, task.request, task.descriptor)
        except OSError as error:
            raise self._death() from error
        finally:
            os.close(task.descriptor)

    def _receive(self, channel: socket.socket, key: Key) -> Outcome[Key]:
        try:
            fate, payload = wire.receive_outcome(channel)
        except (OSError, EOFError) as error:
            raise self._death() from error
        return Outcome(key, Fate(fate), payload)

    def _death(self) -> IsolationError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        return IsolationError(
            f"the reading process died (exit status {self._process.returncode}); "
            "nothing is lost: run the same command again"
        )
