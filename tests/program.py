"""``tipsearch`` as a program, for tests that type many commands.

Started as a user starts it, each command spends most of a second on imports. Here one process imports once, then forks for
each command; the fork is given descriptors, environment and folder, runs ``python -m tipsearch`` from its first line on and
ends as Python ends. So output, exit status and what is left behind are the real ones, and no command sees another's memory.
The few tests of how the program starts, and of signals and broken pipes, start it as a user does.

As a program: ``python program.py SOCKET``.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import json
import os
import pkgutil
import runpy
import socket
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import warmed

_LONGEST, _MOST_DESCRIPTORS = 1 << 16, 64
#: Rooms that no command needs, or few: each imports what it needs.
_UNWANTED = ("tipsearch.testing", "tipsearch.evaluation", "tipsearch.__main__")


class Program:
    """Runs ``tipsearch`` by forks of one process, which reading processes are shared with.

    Args:
        readers: those of the tests' own process.
    """

    def __init__(self, readers: warmed.Subprocess) -> None:
        self._readers = readers
        self._channel, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
        )
        theirs.close()

    def run(
        self,
        *arguments: str | Path,
        cwd: Path,
        env: Mapping[str, str] | None = None,
        given: str = "",
        before: Sequence[str | float] = (),
    ) -> subprocess.CompletedProcess[str]:
        """What ``tipsearch`` with these arguments prints, and its exit status.

        Args:
            arguments: all that is typed behind ``tipsearch``.
            cwd: the current folder.
            env: the environment; None is that of the tests.
            given: what is typed into it.
            before: what its process does first: a file of Python, a function in it, and what that is called with.
        """
        typed = [os.fspath(one) for one in arguments]
        shared, sockets = self._readers.lent()
        message = [typed, os.fspath(cwd), dict(os.environ if env is None else env), shared, before]
        with contextlib.ExitStack() as files:
            told, said = (
                files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8")) for _ in range(2)
            )
            for file, text in ((told, json.dumps(message)), (said, given)):
                file.write(text)
                file.seek(0)  # which writes it, too
            # Pipes, as a limit on the size of files is none on them.
            reading, writing = zip(os.pipe(), os.pipe(), strict=True)
            outputs = [files.enter_context(open(one, encoding="utf-8")) for one in reading]
            socket.send_fds(self._channel, [b"?"], [told.fileno(), said.fileno(), *writing, *sockets])
            for one in writing:
                os.close(one)
            with ThreadPoolExecutor() as readers:
                printed, complained = readers.map(io.TextIOWrapper.read, outputs)
        return subprocess.CompletedProcess(typed, int(self._channel.recv(_LONGEST)), printed, complained)

    def close(self) -> None:
        """Let it end."""
        self._channel.close()
        self._process.wait()


@contextlib.contextmanager
def started(readers: warmed.Subprocess) -> Iterator[Program]:
    """The program while the context lasts."""
    program = Program(readers)
    try:
        yield program
    finally:
        program.close()


def _main(number: str) -> None:
    """Warm up, then fork for everybody who asks; in a fork, return when all is as the command is to find it."""
    _import_all()
    _make_what_searches_share()
    gc.collect()
    gc.freeze()
    channel = socket.socket(fileno=int(number))
    while True:
        asked, descriptors, _, _ = socket.recv_fds(channel, 1, _MOST_DESCRIPTORS)
        if not asked:
            os._exit(0)
        pid = os.fork()
        if pid == 0:
            channel.close()
            _be_started(*descriptors)
            return
        for one in descriptors:
            os.close(one)
        _, status = os.waitpid(pid, 0)
        channel.send(str(os.waitstatus_to_exitcode(status)).encode())


def _import_all() -> None:
    import tipsearch

    for module in pkgutil.walk_packages(tipsearch.__path__, "tipsearch."):
        if not module.name.startswith(_UNWANTED):
            importlib.import_module(module.name)


def _make_what_searches_share() -> None:
    """What depends on the program's own vocabularies alone, and starts no thread."""
    import sqlalchemy.dialects.sqlite  # noqa: F401

    from tipsearch.query import parse, read
    from tipsearch.search.phrasebook import phrasebook
    from tipsearch.vocabulary import standard

    read(parse('debt "forced labour"'))
    phrasebook(standard().topics)


def _be_started(told: int, given: int, printed: int, complained: int, *sockets: int) -> None:
    """Take over what this command was given."""
    import warmed
    from tipsearch.isolation import nursery

    with os.fdopen(told, "rb") as file:
        typed, folder, environment, readers, before = json.load(file)
    for standard, descriptor in enumerate((given, printed, complained)):
        os.dup2(descriptor, standard)
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.path[0] = folder
    sys.argv = ["tipsearch", *typed]
    vars(nursery)["subprocess"] = warmed.Subprocess.borrowing(readers, sockets)
    if before:
        file, function, *arguments = before
        runpy.run_path(file)[function](*arguments)


if __name__ == "__main__":
    _main(sys.argv[1])
    runpy.run_module("tipsearch", run_name="__main__", alter_sys=True)
