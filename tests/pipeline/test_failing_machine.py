"""What a library does when the machine under it fails: disks fill up, folders are read-only, processes die."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from kilns import make_library, paper, total, write_papers

from tipsearch import Library, Options, SearchRequest
from tipsearch.errors import IsolationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from program import Program

    Run = Callable[..., subprocess.CompletedProcess[str]]

TROUBLED = str(Path(__file__).parent / "troubled.py")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_papers(tmp_path / "papers")


@pytest.fixture
def place(tmp_path: Path, folder: Path) -> Path:
    return make_library(tmp_path / "library", folder)


def command(place: Path, *arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "tipsearch", "--index", str(place), *map(str, arguments)]


@pytest.fixture
def run(tipsearch_program: Program, tmp_path: Path) -> Run:
    """Runs the program on a library; `before` is what its process does first."""

    def on_library(
        place: Path, *arguments: str | Path, before: Sequence[str | float] = ()
    ) -> subprocess.CompletedProcess[str]:
        return tipsearch_program.run("--index", place, *arguments, cwd=tmp_path, before=before)

    return on_library


@pytest.fixture
def as_nobody(run: Run) -> Run:
    """Runs the program as a user who may read everything in the library and write nothing."""
    return partial(run, before=(TROUBLED, "as_nobody"))


def one_line(errors: str) -> str:
    """What the program says last; it says it in one line, without a traceback."""
    assert "Traceback" not in errors, errors
    return errors.strip().splitlines()[-1]


# -- no room ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", [0, 40_000])
def test_without_room_the_last_state_stays_and_the_run_completes_when_there_is_some(
    run: Run, place: Path, folder: Path, room: int
) -> None:
    for number in range(100, 120):
        (folder / f"{number}.txt").write_text(paper(number) + f"unique{number} " * 3_000, "utf-8")
    full = run(place, "index", folder, before=(TROUBLED, "without_room", room))
    assert full.returncode == 1, full.stderr
    assert one_line(full.stderr).startswith("tipsearch: ")
    assert total(place) >= 12
    assert run(place, "index", folder).returncode == 0
    assert total(place) == 32
    assert total(place, "unique119") == 1


def test_without_room_for_a_first_library_the_program_says_so(run: Run, tmp_path: Path, folder: Path) -> None:
    full = run(tmp_path / "new", "index", folder, before=(TROUBLED, "without_room", 0))
    assert full.returncode == 1, full.stderr
    assert one_line(full.stderr).startswith("tipsearch: ")
    assert run(tmp_path / "new", "index", folder).returncode == 0
    assert total(tmp_path / "new") == 12


def test_without_room_nothing_is_decided_by_halves(run: Run, place: Path) -> None:
    for room in (0, 20_000, 60_000, 100_000, 200_000):
        full = run(
            place,
            "set",
            "03.txt",
            "region=qatar",
            f"title=Room {room}",
            before=(TROUBLED, "without_room", room),
        )
        with Library.open_existing(place) as library:
            log = library.decisions()
            counted = library.search(SearchRequest(regions=("qatar",))).total
        if full.returncode:
            assert one_line(full.stderr).startswith("tipsearch: ")
        assert (full.returncode == 0) == (
            f"Room {room}" in [value for entry in log for value in entry.values or ()]
        )
        assert counted == any(entry.field == "region" for entry in log)
    assert run(place, "set", "03.txt", "title=In the end").returncode == 0


# -- a folder that may only be read ----------------------------------------------------------------------------------


@pytest.fixture
def shared(place: Path) -> Iterator[Path]:
    """The library where every user may read and none write."""
    here = Path(__file__).resolve()
    if os.geteuid() == 0 and not all(one.stat().st_mode & 0o001 for one in here.parents):
        pytest.skip("other users may not enter the folder of this checkout")
    with tempfile.TemporaryDirectory() as above:
        made = shutil.copytree(place, Path(above) / "library")
        Path(above).chmod(0o755)
        for one in (made, *made.rglob("*")):
            one.chmod(0o555 if one.is_dir() else 0o444)
        yield made
        for one in (made, *made.rglob("*")):
            one.chmod(0o755)


def test_a_library_that_may_only_be_read_is_searched(as_nobody: Run, shared: Path) -> None:
    found = as_nobody(shared, "search", "kiln bondage")
    assert found.returncode == 0, found.stderr
    assert "12 documents" in found.stdout
    assert not list(shared.glob("catalogue.sqlite-*"))


@pytest.mark.parametrize("arguments", [("index", "/usr/share/doc"), ("rebuild",)], ids=["index", "rebuild"])
def test_a_library_that_may_only_be_read_refuses_to_be_written(
    as_nobody: Run, shared: Path, arguments: tuple[str, ...]
) -> None:
    refused = as_nobody(shared, *arguments)
    assert refused.returncode == 1
    assert "cannot be written" in one_line(refused.stderr)


def test_a_library_that_may_only_be_read_can_be_reviewed_and_not_decided_on(
    as_nobody: Run, shared: Path
) -> None:
    refused = as_nobody(shared, "set", "03.txt", "region=qatar")
    assert refused.returncode == 1
    assert "cannot be written" in one_line(refused.stderr)
    for command in ("review", "decisions"):
        assert as_nobody(shared, command).returncode == 0


def test_what_a_reader_may_not_read_is_told_apart_from_damage(as_nobody: Run, shared: Path) -> None:
    (shared / "catalogue.sqlite").chmod(0o600 if os.geteuid() == 0 else 0)
    refused = as_nobody(shared, "search", "kiln")
    assert refused.returncode == 1
    assert "permission" in one_line(refused.stderr).lower()
    assert "rebuild" not in refused.stderr


# -- processes that die ----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("own_warm_up")
def test_the_death_of_the_reading_process_is_named_and_the_next_run_completes(
    tmp_path: Path, folder: Path
) -> None:
    killed: list[Path] = []

    def kill_readers(_: object) -> None:
        for one in Path("/proc").glob("[0-9]*/cmdline"):
            line = one.read_bytes() if one.exists() else b""
            parent = one.with_name("stat").read_text("utf-8").rpartition(")")[2].split()[1] if line else ""
            if b"tipsearch.isolation.keeper" in line and parent == str(os.getpid()) and not killed:
                os.kill(int(one.parent.name), signal.SIGKILL)
                killed.append(one)

    (folder / "twin.txt").write_text("Another paper here\n\nabout something else entirely.\n", "utf-8")
    with Library.open(tmp_path / "l") as library:
        with pytest.raises(IsolationError, match="nothing is lost"):
            library.index([folder], Options(jobs=1), kill_readers)
        library.index([folder])
        assert library.search(SearchRequest("kiln")).total == 12


def test_two_at_once_on_a_new_library_harm_nothing(tmp_path: Path, folder: Path) -> None:
    both = [
        subprocess.Popen(
            command(tmp_path / "l", "index", folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    errors = [one.communicate(timeout=240)[1] for one in both]
    assert {one.returncode for one in both} <= {0, 2}, errors
    assert 0 in {one.returncode for one in both}
    assert total(tmp_path / "l") == 12


def test_a_second_writer_is_told_at_once_who_writes(run: Run, place: Path, folder: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from tipsearch.lock import writing\n"
        "with writing(Path(sys.argv[1])):\n print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", script, str(place)], stdout=subprocess.PIPE)
    assert holder.stdout
    assert holder.stdout.readline() == b"held\n"
    second = run(place, "index", folder)
    assert second.returncode == 2
    assert f"number {holder.pid}" in one_line(second.stderr)
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with (place / "lock").open("r+") as free:
        fcntl.flock(free, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert run(place, "index", folder).returncode == 0


def test_whoever_is_writing_is_waited_for_and_then_named(run: Run, place: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from tipsearch.lock import writing\n"
        "with writing(Path(sys.argv[1])):\n print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdin
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        refused = run(place, "set", "03.txt", "region=qatar")
        assert refused.returncode == 2
        assert f"number {holder.pid}" in one_line(refused.stderr)
        command = [sys.executable, "-m", "tipsearch", "--index", str(place), "set", "03.txt", "region=qatar"]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as waiting:
            holder.stdin.close()
            assert waiting.stdout
            assert b"1 decision made" in waiting.stdout.read()


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_asked_to_end_it_ends_soon_and_the_next_run_goes_on(
    tmp_path: Path, folder: Path, number: int, status: int
) -> None:
    for extra in range(1_000, 1_250):
        (folder / f"{extra}.txt").write_text(paper(extra) + "words of a paper " * 600, "utf-8")
    asked = subprocess.Popen(
        command(tmp_path / "l", "index", folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    catalogue = tmp_path / "l" / "catalogue.sqlite-wal"
    begin = time.monotonic()
    while not (catalogue.exists() and catalogue.stat().st_size > 500_000) and time.monotonic() - begin < 60:
        time.sleep(0.02)
    os.killpg(asked.pid, number)
    _, errors = asked.communicate(timeout=60)
    assert asked.returncode == status, errors
    assert "what was done so far is kept" in one_line(errors)
    with Library.open(tmp_path / "l") as library:
        report = library.index([folder])
        assert 0 < report.unchanged < 262, "it ended before all was read"
        assert library.search(SearchRequest("kiln")).total == 262
