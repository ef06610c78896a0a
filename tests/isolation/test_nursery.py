from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tipsearch.errors import IsolationError
from tipsearch.isolation import Fate, Limits, Nursery, Outcome, Task

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Of wall time as much as a busy machine may want.
TIGHT = Limits(memory_bytes=512 << 20, cpu_seconds=1, wall_seconds=60.0, output_bytes=1 << 20)


@pytest.fixture(autouse=True)
def job_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the nursery's process import the job beside this file."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), *sys.path]))


def outcomes(
    tmp_path: Path, requests: Iterable[str], *, keepers: int = 2, limits: Limits = TIGHT
) -> list[Outcome[int]]:
    path = tmp_path / "file"
    path.write_bytes(b"contents")
    tasks = (Task(number, os.open(path, os.O_RDONLY), one.encode()) for number, one in enumerate(requests))
    with Nursery("job", keepers=keepers, limits=limits) as nursery:
        return list(nursery.run(tasks))


def test_a_file_goes_in_and_its_answer_comes_out(tmp_path: Path) -> None:
    (outcome,) = outcomes(tmp_path, ["read"])
    assert (outcome.fate, outcome.payload) == (Fate.DONE, b"contents")


def test_the_job_is_told_its_argument_before_it_works(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"contents")
    argument = b"kafala " * (1 << 18)  # more than a command line or a pipe takes
    with Nursery("job", keepers=2, limits=TIGHT, argument=argument) as nursery:
        tasks = [Task(number, os.open(path, os.O_RDONLY), b"told") for number in range(2)]
        found = list(nursery.run(tasks))
    assert [one.payload for one in found] == [str(len(argument)).encode() + argument[:20]] * 2


def test_answers_come_in_the_order_of_the_tasks(tmp_path: Path) -> None:
    found = outcomes(tmp_path, ["slow", *["read"] * 20, "slow", *["read"] * 5])
    assert [one.key for one in found] == list(range(27))
    assert {one.fate for one in found} == {Fate.DONE}


@pytest.mark.parametrize(
    ("request_", "fate", "words"),
    [
        ("burn", Fate.TIMEOUT, "processor time"),
        ("eat", Fate.MEMORY, "more than 512 MB"),
        ("die", Fate.CRASHED, "SIGSEGV"),
        ("raise", Fate.CRASHED, "ValueError: the file makes no sense"),
        ("leave", Fate.CRASHED, "without an answer"),
        ("flood", Fate.FLOOD, "more than 1 MB"),
    ],
)
def test_a_bad_end_costs_one_file_and_is_named(tmp_path: Path, request_: str, fate: Fate, words: str) -> None:
    found = outcomes(tmp_path, ["read", request_, "read"])
    assert [one.fate for one in found] == [Fate.DONE, fate, Fate.DONE]
    assert words in found[1].detail


def test_a_file_that_hangs_costs_its_time_and_is_named(tmp_path: Path) -> None:
    found = outcomes(tmp_path, ["read", "hang", "read"], limits=Limits(wall_seconds=2.0))
    assert [one.fate for one in found] == [Fate.DONE, Fate.TIMEOUT, Fate.DONE]
    assert "within 2 seconds" in found[1].detail


def test_a_child_can_write_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (outcome,) = outcomes(tmp_path, ["write"])
    assert outcome.fate is Fate.CRASHED
    written = tmp_path / "written"
    assert not written.exists() or written.stat().st_size == 0


def test_descriptors_are_given_back(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    outcomes(tmp_path, ["read"] * 50)
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_nursery_that_cannot_start_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    descriptor = os.open(tmp_path, os.O_RDONLY)
    with Nursery("no_such_job", keepers=1) as nursery, pytest.raises(IsolationError, match="nothing is lost"):
        list(nursery.run([Task(0, descriptor, b"")]))
    assert "no_such_job" in capfd.readouterr().err


def test_an_abandoned_run_leaves_no_process_behind(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"contents")
    asked = (b"read", b"hang", b"hang", b"hang")
    tasks = [Task(number, os.open(path, os.O_RDONLY), one) for number, one in enumerate(asked)]
    # Tests that run beside this one have processes, too; these limits stand in the command lines of its own.
    limits = Limits(wall_seconds=60 + os.getpid() / 1e8)
    nursery = Nursery("job", keepers=2, limits=limits)
    with pytest.raises(KeyboardInterrupt):
        _interrupted(nursery, tasks)
    own = limits.to_json().encode()
    left = [one for one in Path("/proc").glob("[0-9]*/cmdline") if own in _contents(one)]
    assert not left


def _interrupted(nursery: Nursery, tasks: Iterable[Task[int]]) -> None:
    with nursery:
        for _ in nursery.run(tasks):
            raise KeyboardInterrupt


def _contents(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has just ended
        return b""


def test_long_requests_and_long_answers_never_wait_for_one_another(tmp_path: Path) -> None:
    limits = Limits(wall_seconds=60.0, output_bytes=8 << 20)
    found = outcomes(tmp_path, ["flood" + " " * (4 << 20)] * 6, keepers=1, limits=limits)
    assert [(one.fate, len(one.payload)) for one in found] == [(Fate.DONE, 2 << 20)] * 6


def test_nothing_is_imported_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "msgspec.py").write_text("import pathlib; pathlib.Path('taken-over').touch()", "utf-8")
    monkeypatch.chdir(tmp_path)
    (outcome,) = outcomes(tmp_path, ["read"])
    assert outcome.fate is Fate.DONE
    assert not (tmp_path / "taken-over").exists()
