"""One warmed-up reading process for all tests of a session.

Each run that reads files starts a process that imports and loads for two seconds what reading needs. Here a process does
that once; whenever a nursery starts one, it forks, and the fork goes on with the keeper's own `main`, which finds all that it
imports and loads there. So readers, their limits and their cages are the real ones. Tests of these themselves, and programs
that tests start as a user does, do without.

As a program: ``python warmed.py JOB SOCKET``, the job's argument on standard input.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Nurseries of other jobs, which are tests' own, start as they do for a user.
_JOBS = ("tipsearch.reading", "tipsearch.ocr.rendering")
#: Processes that stay; one is wanted for each job, language and thesaurus.
_MOST = 4
_JOB, _FIRST_CHANNEL = 4, 6  # places in the nursery's command
_LONGEST, _MOST_DESCRIPTORS = 1 << 16, 64


class Fork:
    """A fork of a warmed-up process, with what `subprocess.Popen` has and a nursery uses."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._descriptor: int | None = os.pidfd_open(pid)

    def wait(self, timeout: float | None = None) -> None:
        """Wait until it has ended; of its status nobody but its parent learns."""
        if self._descriptor is None:
            return
        poller = select.poll()
        poller.register(self._descriptor, select.POLLIN)
        if not poller.poll(None if timeout is None else timeout * 1000):
            raise subprocess.TimeoutExpired("keeper", timeout or 0)
        os.close(self._descriptor)
        self._descriptor = None

    def kill(self) -> None:
        """Kill it."""
        if self._descriptor is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._descriptor, signal.SIGKILL)


class _Warmed:
    """A process that has warmed up, behind a channel, and its handle where it is ours."""

    def __init__(self, channel: socket.socket, process: subprocess.Popen[bytes] | None = None) -> None:
        self.channel = channel
        self._process = process
        self._lock = threading.Lock()

    @classmethod
    def up_for(cls, job: str, argument: bytes) -> _Warmed:
        """A new one, for this job and argument."""
        channel, theirs = socket.socketpair()
        with tempfile.TemporaryFile() as told:
            told.write(argument)
            told.seek(0)
            process = subprocess.Popen(
                [sys.executable, "-P", __file__, job, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=told,
                stdout=subprocess.DEVNULL,
            )
        theirs.close()
        return cls(channel, process)

    def fork(self, command: Sequence[str], told: int, channels: Sequence[int]) -> Fork:
        """A keeper with these channels, in the present folder."""
        with self._lock:
            message = json.dumps([command[_JOB:_FIRST_CHANNEL], os.getcwd()]).encode()
            socket.send_fds(self.channel, [message], [told, *channels])
            return Fork(int(self.channel.recv(_LONGEST)))

    def close(self) -> None:
        """Let it end; its forks live on."""
        self.channel.close()
        if self._process is not None:
            self._process.wait()


class Subprocess:
    """Stands for the module `subprocess` in that of the nursery."""

    DEVNULL = subprocess.DEVNULL
    TimeoutExpired = subprocess.TimeoutExpired

    def __init__(self) -> None:
        self._warmed: OrderedDict[tuple[str, bytes], _Warmed] = OrderedDict()
        self._lock = threading.Lock()

    def Popen(self, command: Sequence[str], **how: Any) -> Any:  # noqa: N802  the name that it stands for
        """A fork of the process that is warm for that, or the process that is asked for."""
        if command[_JOB] not in _JOBS:
            return subprocess.Popen(command, **how)
        told = how["stdin"]
        argument = told.read()
        told.seek(0)
        with self._lock:
            warmed = self._warmed.pop((command[_JOB], argument), None) or _Warmed.up_for(
                command[_JOB], argument
            )
            self._warmed[command[_JOB], argument] = warmed
            if len(self._warmed) > _MOST:
                self._warmed.popitem(last=False)[1].close()
        return warmed.fork(command, told.fileno(), how["pass_fds"])

    def lent(self) -> tuple[list[tuple[str, str]], list[int]]:
        """What another process can borrow while this one waits for it: jobs with their arguments in hex, and channels."""
        with self._lock:
            names = [(job, argument.hex()) for job, argument in self._warmed]
            return names, [one.channel.fileno() for one in self._warmed.values()]

    @classmethod
    def borrowing(cls, names: Sequence[tuple[str, str]], channels: Sequence[int]) -> Subprocess:
        """Those that another process has lent."""
        borrowed = cls()
        for (job, argument), channel in zip(names, channels, strict=True):
            borrowed._warmed[job, bytes.fromhex(argument)] = _Warmed(socket.socket(fileno=channel))
        return borrowed

    def close(self) -> None:
        """Let all of them end."""
        while self._warmed:
            self._warmed.popitem()[1].close()


@contextlib.contextmanager
def sharing() -> Iterator[Subprocess]:
    """What nurseries may start their processes by while the context lasts."""
    shared = Subprocess()
    try:
        yield shared
    finally:
        shared.close()


def _main(job: str, number: str) -> None:
    """Warm up, then fork for everybody who asks."""
    from tipsearch.isolation import keeper  # noqa: F401  part of what is imported once

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how forks ended
    reading = importlib.import_module(job)
    reading.warm_up(sys.stdin.buffer.read())
    vars(reading)["warm_up"] = _be_warm
    gc.collect()
    gc.freeze()
    channel = socket.socket(fileno=int(number))
    while True:
        message, descriptors, _, _ = socket.recv_fds(channel, _LONGEST, _MOST_DESCRIPTORS)
        if not message:
            return
        pid = os.fork()
        if pid == 0:
            channel.close()
            _keep(*json.loads(message), *descriptors)
        channel.send(str(pid).encode())
        for one in descriptors:
            os.close(one)


def _be_warm(_: bytes) -> None:
    """What is left to do of a warm-up: doing it once more would cost 40 ms of each run."""


def _keep(arguments: list[str], folder: str, told: int, *channels: int) -> NoReturn:
    """Be the nursery's process, from its first line on."""
    from tipsearch.isolation import keeper

    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.chdir(folder)
        os.dup2(told, sys.stdin.fileno())
        os.close(told)
        sys.stdin = os.fdopen(sys.stdin.fileno(), closefd=False)  # the old one has come to its end
        keeper.main([*arguments, *map(str, channels)])
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    _main(*sys.argv[1:])
