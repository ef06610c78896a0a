from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tipsearch import Library, lock
from tipsearch.catalogue import Catalogue
from tipsearch.catalogue.migrations import steps
from tipsearch.config import OcrSettings, Settings
from tipsearch.doctor import Finding, State, examine
from tipsearch.doctor.folder import file_system, look_at_folder
from tipsearch.doctor.library import Patient, look_at_library
from tipsearch.doctor.machine import clock
from tipsearch.model import Field

if TYPE_CHECKING:
    from collections.abc import Iterator

MOUNTS = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:26 / /srv rw - nfs4 server:/export rw
31 22 0:27 / /home/me/my\040cloud rw - fuse.rclone cloud: rw
32 22 0:28 / /run rw - tmpfs tmpfs rw
33 22 8:2 / /srv/local rw - xfs /dev/sdb1 rw
"""


@pytest.fixture
def small(tmp_path: Path, papers: Path) -> Path:
    place = tmp_path / "small"
    with Library.open(place) as library:
        library.index([papers])
    return place


def look(folder: Path, settings: Settings | None = None) -> dict[str, Finding]:
    return {one.name: one for one in examine(folder, settings or Settings())}


def test_a_sound_library_on_a_sound_machine_has_nothing_broken(small: Path) -> None:
    found = look(small)
    assert {one.state for one in found.values()} <= {State.OK, State.WARNING, State.MISSING}
    assert found["catalogue"].detail == "whole, with 3 documents of 4 pages"
    assert "in step with the catalogue" in found["index"].detail
    assert found["writer"].detail == "nobody is writing"


def test_without_a_library_the_machine_is_looked_at_and_nothing_is_made(tmp_path: Path) -> None:
    found = look(tmp_path / "none")
    assert "no library" in found["catalogue"].detail
    assert "index FOLDER" in found["catalogue"].todo
    assert State.BROKEN not in {one.state for one in found.values()}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["tipsearch", "python", "sqlite", "tantivy", "pypdfium2", "pdfium", "pdfminer.six", "lxml"]
)
def test_versions_are_told(tmp_path: Path, name: str) -> None:
    assert look(tmp_path)[name].detail[0].isdigit()


def test_how_files_are_confined_is_told(tmp_path: Path) -> None:
    sandbox = look(tmp_path)["sandbox"]
    assert "process of its own" in sandbox.detail
    assert (sandbox.state is State.OK) == (not sandbox.todo)


def test_everything_that_is_not_well_says_what_to_do(small: Path) -> None:
    assert all(one.todo for one in look(small).values() if one.state is not State.OK)


def test_a_damaged_catalogue_is_broken(small: Path) -> None:
    catalogue = small / "catalogue.sqlite"
    data = bytearray(catalogue.read_bytes())
    data[5000:9000] = b"\xa5" * 4000
    catalogue.write_bytes(data)
    found = look(small)
    assert found["catalogue"].state is State.BROKEN
    assert "backup" in found["catalogue"].todo
    assert "index" not in found


def test_what_is_no_catalogue_is_broken(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").write_bytes(b"no database at all, just text" * 100)
    assert look(tmp_path)["catalogue"].state is State.BROKEN


def test_a_damaged_index_is_broken_and_the_command_named(small: Path) -> None:
    (victim,) = (small / "engine").glob("g-*/manifest.json")
    victim.write_bytes(b"{")
    found = look(small)["index"]
    assert (found.state, found.todo) == (State.BROKEN, "tipsearch rebuild")


def test_an_index_that_is_behind_is_a_warning(small: Path) -> None:
    catalogue = Catalogue(small / "catalogue.sqlite")
    with catalogue.view() as view:
        document = next(iter(view.changes(0))).id
    with catalogue.change() as change:
        change.decide(document, Field.TITLE, ["Another title"], "a librarian")
        change.settle()
    catalogue.close()
    found = look(small)["index"]
    assert (found.state, found.todo) == (State.WARNING, "tipsearch index")
    assert "1 documents have changed" in found.detail


def test_who_is_writing_is_named_and_not_disturbed(small: Path) -> None:
    with lock.writing(small):
        assert look(small)["writer"].detail == f"process {os.getpid()} is writing"
    assert lock.holder(small) is None


def test_without_tesseract_ocr_is_missing_with_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = look(tmp_path)
    assert found["tesseract"].state is State.MISSING
    assert "sudo apt-get install tesseract-ocr" in found["tesseract"].todo


@pytest.fixture
def english_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tesseract that has the pack for English and no other."""
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(
        '#!/bin/sh\ncase $1 in --version) echo tesseract 5.3.0;; *) echo "List:"; echo eng;; esac\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.usefixtures("english_tesseract")
def test_languages_of_the_library_without_a_pack_are_named(sample_folder: Path) -> None:
    found = look(sample_folder)["tesseract languages"]
    assert found.state is State.MISSING
    assert "French" in found.detail
    assert "tesseract-ocr-fra" in found.todo
    assert "tesseract-ocr-chi-sim" in found.todo
    assert "tesseract-ocr-eng" not in found.todo


@pytest.mark.usefixtures("english_tesseract")
def test_languages_of_the_settings_count_too(tmp_path: Path) -> None:
    found = look(tmp_path, Settings(ocr=OcrSettings(languages=("th",))))["tesseract languages"]
    assert found.todo == "sudo apt-get install tesseract-ocr-tha"


@pytest.mark.usefixtures("english_tesseract")
def test_the_pack_for_orientation_is_asked_for(tmp_path: Path) -> None:
    found = look(tmp_path)["tesseract orientation"]
    assert (found.state, found.todo) == (State.MISSING, "sudo apt-get install tesseract-ocr-osd")


@pytest.mark.parametrize(
    ("place", "state", "word"),
    [
        ("/var/lib/tipsearch", State.OK, "ext4"),
        ("/srv/library", State.WARNING, "nfs4"),
        ("/srv/local/library", State.OK, "xfs"),
        ("/srvlocal", State.OK, "ext4"),
        ("/home/me/my cloud/library", State.WARNING, "fuse.rclone"),
        ("/run/library", State.WARNING, "tmpfs"),
    ],
)
def test_network_and_memory_file_systems_are_warned_of(place: str, state: State, word: str) -> None:
    found = file_system(Path(place), MOUNTS)
    assert found.state is state
    assert word in found.detail


def test_an_unknown_file_system_is_no_alarm() -> None:
    assert file_system(Path("/srv"), "").state is State.OK


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_a_warning(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert look(tmp_path)["permissions"].state is State.WARNING


@contextmanager
def shut(folder: Path) -> Iterator[None]:
    """A folder that this process may not enter; root is nobody meanwhile."""
    root = os.geteuid() == 0
    folder.chmod(0)
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o700)


def test_a_library_below_a_folder_that_may_not_be_entered_is_broken(tmp_path: Path) -> None:
    (tmp_path / "closed" / "library").mkdir(parents=True)
    place = tmp_path / "closed" / "library"
    with shut(tmp_path / "closed"):
        found = {one.name: one for one in look_at_folder(place)}
        with Patient(place) as patient:
            (catalogue,) = look_at_library(patient)
    assert (found["folder"].state, catalogue.state) == (State.BROKEN, State.BROKEN)
    assert "may not be entered" in found["folder"].detail
    assert "who may read it" in catalogue.detail


def test_a_file_in_the_librarys_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "library").write_bytes(b"")
    assert "is no folder" in look(tmp_path / "library")["folder"].detail


def everything(folder: Path) -> dict[str, tuple[int, bytes]]:
    """All files with their times and bytes, but for the lock files of the engine."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def make_older(catalogue: Path) -> None:
    """As the version before the last has left it, as far as can be seen from its number."""
    with closing(sqlite3.connect(catalogue)) as connection:
        connection.execute(f"PRAGMA user_version = {len(steps()) - 1}")


def test_nothing_is_written_into_a_library(small: Path) -> None:
    before = everything(small)
    look(small)
    assert everything(small) == before


def test_a_catalogue_of_an_older_version_stays_as_it_is_until_the_next_index(small: Path) -> None:
    make_older(small / "catalogue.sqlite")
    before = everything(small)
    found = look(small)["catalogue"]
    assert everything(small) == before
    assert (found.state, found.todo) == (State.OK, "")
    assert "will be brought up to date by the next index" in found.detail


def test_what_a_killed_run_has_left_in_the_log_stays_there(small: Path, tmp_path: Path) -> None:
    killed = tmp_path / "killed"
    with closing(sqlite3.connect(small / "catalogue.sqlite")) as connection:
        connection.execute("CREATE TABLE left_over (x)")
        connection.commit()
        shutil.copytree(small, killed)
    log = killed / "catalogue.sqlite-wal"
    left = log.read_bytes()
    assert left
    assert look(killed)["catalogue"].state is State.OK
    assert log.read_bytes() == left


def churn(folder: Path, stop: threading.Event) -> None:
    """Files that come and go, as an engine's segments do."""
    while not stop.is_set():
        for number in range(100):
            (folder / f"{number}.store").write_bytes(b"x")
        for path in folder.glob("*.store"):
            path.unlink()


def test_files_that_vanish_while_somebody_indexes_are_no_harm(small: Path) -> None:
    stop = threading.Event()
    (folder,) = (small / "engine").glob("g-*/documents")
    writer = threading.Thread(target=churn, args=(folder, stop))
    writer.start()
    try:
        for _ in range(50):
            rooms = [one for one in look_at_folder(small) if one.name == "room"]
            assert len(rooms) == 1
    finally:
        stop.set()
        writer.join()


def test_an_index_in_the_making_is_not_broken(small: Path) -> None:
    (small / "engine" / "CURRENT").unlink()
    assert look(small)["index"].state is State.BROKEN
    with lock.writing(small):
        found = look(small)["index"]
    assert (found.state, found.todo) == (State.OK, "")


def test_an_index_whose_files_vanish_under_a_writer_cannot_be_told(small: Path) -> None:
    (generation,) = (small / "engine").glob("g-*")
    shutil.rmtree(generation / "documents")
    with lock.writing(small):
        found = look(small)["index"]
    assert found.state is State.WARNING
    assert f"process {os.getpid()} is writing" in found.detail
    assert look(small)["index"].state is State.BROKEN


def test_an_index_that_was_replaced_meanwhile_is_opened_again(small: Path) -> None:
    (generation,) = (small / "engine").glob("g-*")
    with lock.writing(small):
        away = generation.rename(small / "away")
        back = threading.Timer(0.1, lambda: away.rename(generation))
        back.start()
        with Patient(small) as patient:
            found = {one.name: one for one in look_at_library(patient)}["index"]
        back.join()
    assert found.state is State.OK


NOW = datetime.now(UTC)


@pytest.mark.parametrize(
    ("now", "last_run", "state"),
    [
        (NOW, None, State.OK),
        (NOW, NOW - timedelta(days=400), State.OK),
        (NOW, NOW + timedelta(hours=2), State.OK),
        (NOW, NOW + timedelta(days=30), State.WARNING),
        (datetime(1970, 1, 2, tzinfo=UTC), None, State.WARNING),
    ],
)
def test_a_clock_that_cannot_be_right_is_a_warning(
    now: datetime, last_run: datetime | None, state: State
) -> None:
    assert clock(now.timestamp(), last_run).state is state


def test_a_missing_engine_is_broken(tmp_path: Path) -> None:
    assert look(tmp_path, Settings(engine="abacus"))["engine"].state is State.BROKEN
