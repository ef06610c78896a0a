"""The program tesseract: found, asked what it can do, and given one picture at a time.

It sees pixels that we have made, never a file from outside, and works within bounds on memory, processor time and the clock,
writing nothing but its answer.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from tipsearch.errors import ProgramMissing
from tipsearch.ocr.layout import Recognised, recognised
from tipsearch.ocr.picture import portable_graymap

if TYPE_CHECKING:
    import resource
    from collections.abc import Iterator, Sequence

    from tipsearch.extract.pdf.picture import Picture

PROGRAM = "tesseract"
#: tesseract's pack that tells scripts and orientation apart; it reads nothing.
ORIENTATION = "osd"
#: A shell that binds itself and becomes the program. Python code run between fork and exec (``preexec_fn``) may hang in a
#: process with threads, and bounds set from outside come too late. Memory is in KB: 20 million pixels and three languages took
#: 164,000. No file may be written, no core left behind, few descriptors opened. At the end of its processor time it is sent
#: SIGXCPU, and a second later SIGKILL if it ignores that: so the system's own SIGKILL can be told from ours.
_ULIMITS = "ulimit -v 1048576 && ulimit -f 0 && ulimit -c 0 && ulimit -n 32"
_TIMED = 'ulimit -S -t "$0" && ulimit -H -t $(($0 + 1))'
_BOUND = ("/bin/sh", "-c", f'{_ULIMITS} && {_TIMED} && exec "$@"')
#: Its answer on a full page has 200 KB.
_MOST_BYTES = 8 << 20
_CHUNK = 1 << 16
#: What it takes resolutions for; it guesses others.
_LEAST_DPI, _MOST_DPI = 70, 2400
#: A question without a picture is answered within this time (seconds).
_PATIENCE = 20
#: Seconds between looks at a program that has closed its pipe: it mostly is dead some microseconds later.
_SHORTEST_PAUSE, _LONGEST_PAUSE = 20e-6, 0.05
#: Ways to cut a page up (``--psm``): any number of columns and blocks; orientation and script alone.
_COLUMNS, _ORIENTATION_ONLY = 3, 0


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on reading one page: processor time and time on the clock, in seconds."""

    cpu_seconds: int = 60
    wall_seconds: float = 120.0


@dataclass(frozen=True, slots=True)
class Look:
    """How a page lies and in what it is written.

    Attributes:
        turn: degrees clockwise that set it upright.
        script: ``Latin``, ``Cyrillic``, …, as tesseract calls it.
    """

    turn: int
    script: str


class Tesseract:
    """The program, once found; safe to use from several threads.

    Attributes:
        program: its path.
        limits: bounds on reading one page.
        version: as it says itself (``5.3.0``).
        packs: names of the language packs that are installed (``eng``, ``chi_sim``), the one for orientation among them.
    """

    def __init__(self, program: str, limits: Limits, version: str, packs: frozenset[str]) -> None:
        self.program = program
        self.limits = limits
        self.version = version
        self.packs = packs
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    @classmethod
    def find(cls, limits: Limits | None = None) -> Self:
        """The program on the ``PATH``.

        Raises:
            ProgramMissing: it isn't installed, doesn't run, or has no language pack; says what to install.
        """
        program = shutil.which(PROGRAM)
        if program is None:
            raise ProgramMissing(
                "OCR needs the program tesseract, which is not installed; install it with: "
                "sudo apt-get install tesseract-ocr (and a pack for each language but English, such as "
                "tesseract-ocr-fra)"
            )
        version = re.search(r"tesseract v?([\d.]+\d)", _ask(program, "--version"))
        packs = frozenset(line.strip() for line in _ask(program, "--list-langs").splitlines()[1:])
        if version is None or not packs - {ORIENTATION, ""}:
            raise ProgramMissing(
                f"{program} has no language pack or doesn't run; install one with: sudo apt-get install "
                "tesseract-ocr tesseract-ocr-eng"
            )
        return cls(program, limits or Limits(), version[1], packs)

    def read(self, picture: Picture, packs: Sequence[str]) -> Recognised:
        """The text of a page.

        Args:
            picture: the page.
            packs: names of language packs; several take longer, the first counts most.
        """
        output, trouble = self._run(picture, packs, _COLUMNS, "tsv")
        return recognised(output) if not trouble else Recognised(trouble=trouble)

    def look(self, picture: Picture) -> Look | None:
        """How a page lies and its script; None if that can't be told (too little text, or no pack for it)."""
        if ORIENTATION not in self.packs:
            return None
        output, _ = self._run(picture, [ORIENTATION], _ORIENTATION_ONLY)
        said = dict(line.split(": ", 1) for line in output.splitlines() if ": " in line)
        turn, script = said.get("Rotate", ""), said.get("Script")
        return Look(int(turn), script) if script and turn in {"0", "90", "180", "270"} else None

    def stop(self) -> None:
        """Kill what is running; further pages are not read."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                _kill(process)

    def _run(self, picture: Picture, packs: Sequence[str], way: int, *how: str) -> tuple[str, str]:
        """What the program writes; or else why it wrote nothing that can be used."""
        dpi = min(max(picture.dpi, _LEAST_DPI), _MOST_DPI)
        command = [self.program, "stdin", "stdout", "-l", "+".join(packs), "--psm", str(way)]
        end = time.monotonic() + self.limits.wall_seconds
        with (
            _in_memory(portable_graymap(picture)) as given,
            self._process([*command, "--dpi", str(dpi), *how], given) as process,
        ):
            output, late = _output(process, end)
            late = late or not _has_ended(process, end)
            if late:
                _kill(process)
            status, usage = self._reap(process)
        if self._stopped:
            return "", "OCR was stopped"
        if late:
            return "", f"OCR gave no answer within {self.limits.wall_seconds:g} seconds"
        if status:
            return "", _why(status, usage, self.limits)
        return output.decode("utf-8", "replace"), ""

    def _reap(self, process: subprocess.Popen[bytes]) -> tuple[int, resource.struct_rusage]:
        """How the process ended, as `waitpid` says it, and what it has used.

        Until it is reaped its number is no other's, so that `stop` can't kill a stranger.
        """
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        with self._lock:
            self._running.discard(process)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        return status, usage

    @contextmanager
    def _process(self, command: Sequence[str], given: int) -> Iterator[subprocess.Popen[bytes]]:
        with self._lock:
            process = subprocess.Popen(  # noqa: S603  the program found on the PATH, with arguments of ours
                [*_BOUND, str(self.limits.cpu_seconds), *command],
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={**_environment(), "OMP_THREAD_LIMIT": "1"},
            )
            self._running.add(process)
            if self._stopped:
                _kill(process)
        try:
            with process:
                yield process
        finally:
            with self._lock:
                self._running.discard(process)


def _ask(program: str, question: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603  as above
            [program, question], capture_output=True, check=False, timeout=_PATIENCE, env=_environment()
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout or done.stderr).decode("utf-8", "replace")


def _environment() -> dict[str, str]:
    """What tesseract needs of ours: where its packs lie, if not in their usual place."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")
        if name in os.environ
    }
    return {**kept, "LC_ALL": "C"}


@contextmanager
def _in_memory(contents: bytes) -> Iterator[int]:
    """A file that lies on no disk, at its beginning."""
    descriptor = os.memfd_create("page")
    try:
        view = memoryview(contents)
        while view:
            view = view[os.write(descriptor, view) :]
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield descriptor
    finally:
        os.close(descriptor)


def _output(process: subprocess.Popen[bytes], end: float) -> tuple[bytes, bool]:
    """All that the process writes, and whether it was too late or too much."""
    assert process.stdout is not None
    pipe = process.stdout.fileno()
    poller = select.poll()
    poller.register(pipe, select.POLLIN)
    parts: list[bytes] = []
    size = 0
    while (left := end - time.monotonic()) > 0 and size <= _MOST_BYTES:
        if not poller.poll(left * 1000):
            continue
        part = os.read(pipe, _CHUNK)
        if not part:
            return b"".join(parts), False
        parts.append(part)
        size += len(part)
    return b"", True


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End what hasn't been reaped; `Popen.kill` might reap it itself, and what it has used would be lost."""
    if process.returncode is None:
        os.kill(process.pid, signal.SIGKILL)


def _has_ended(process: subprocess.Popen[bytes], end: float) -> bool:
    """Whether a process that has closed its pipe ends before its time does; it stays to be reaped."""
    pause = _SHORTEST_PAUSE
    while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
        if time.monotonic() > end:
            return False
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)
    return True


def _why(status: int, usage: resource.struct_rusage, limits: Limits) -> str:
    """Judged as `isolation.keeper` does it."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU or usage.ru_utime + usage.ru_stime > limits.cpu_seconds:
            return f"OCR took more than {limits.cpu_seconds} seconds of processor time"
        if number == signal.SIGKILL:  # not by us: that is told before
            return "the OCR program was killed by the system, most likely for want of memory"
    return f"the OCR program failed on it (exit status {os.waitstatus_to_exitcode(status)})"
