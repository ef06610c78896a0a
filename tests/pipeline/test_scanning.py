"""OCR as part of a run: pictures become text that can be found, once, whatever happens in between."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from ocr.scans import SAMPLE, noise, picture_of, scanned, tesseract
from tipsearch import Library, Options, SearchRequest
from tipsearch.errors import ProgramMissing
from tipsearch.extract.pdf.picture import Picture
from tipsearch.model import FileState
from tipsearch.pipeline import ledger, plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tipsearch.pipeline import IndexReport, Step

    Shelf = tuple[Library, IndexReport, IndexReport]

OCR = Options(jobs=2, ocr=True)
KILN = "Families at the brick kiln repay an advance\nthat the owner of the kiln has written down.\nNobody leaves before it is paid."
VESSEL = "Crews of the fishing vessel are paid\nat the end of the season, if at all.\nTheir passports are with the captain."
PLAIN = (
    "text:Recruitment fees in Nepal\nWorkers who leave Nepal often pay recruitment fees,\nalthough the law says that the "
    "employer pays.\nA debt binds them to the job that they have paid for."
)


GHANA = (
    "Forced labour in Ghana\n\nChildren on Lake Volta in Ghana work on boats.\n"
    "Forced labour of children in Ghana is a crime."
)
PARTED = "The recruiters were convicted of traffick-\ning in persons by the court."
ENGLISH = SAMPLE / "who-pays-for-the-job.pdf"
WORDS = [
    "debt",
    "bondage",
    "kiln",
    "vessel",
    "recruiter",
    "passport",
    "wages",
    "shelter",
    "survivor",
    "statute",
    "advance",
    "captain",
]


@pytest.fixture(autouse=True)
def _with_tesseract() -> None:
    tesseract()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "scans"
    made.mkdir()
    return made


def found(library: Library, words: str) -> list[tuple[str, int]]:
    """Title and page of each passage that answers."""
    answer = library.search(SearchRequest(words))
    return [(result.document.title, page.number) for result in answer.results for page in result.pages]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Some scans read by OCR: the library, what the run said, and what the next one said."""
    tesseract()
    made = tmp_path_factory.mktemp("shelf")
    blank = Picture(60, 80, 100, b"\xff" * 60 * 80)
    (made / "mixed.pdf").write_bytes(scanned(PLAIN, KILN))
    (made / "ghana.pdf").write_bytes(scanned(GHANA))
    (made / "parted.pdf").write_bytes(scanned(PARTED))
    (made / "photograph.pdf").write_bytes(scanned(PLAIN.replace("Nepal", "India"), blank))
    (made / "specks.pdf").write_bytes(
        scanned(PLAIN.replace("Nepal", "Kenya"), picture_of(of=ENGLISH, dpi=34))
    )
    with Library.open(tmp_path_factory.mktemp("library")) as library:
        yield library, library.index([made], OCR), library.index([made], OCR)


def test_scans_count_as_read_not_as_failed(shelf: Shelf) -> None:
    _, report, _ = shelf
    assert (report.new, report.failed, report.ocr_pages) == (5, 0, 5)
    assert report.pages == 8


def test_nothing_is_read_twice(shelf: Shelf) -> None:
    _, _, again = shelf
    assert (again.ocr_pages, again.read, again.unchanged) == (0, 0, 5)


def test_a_page_read_by_ocr_is_marked_and_the_others_are_not(shelf: Shelf) -> None:
    library = shelf[0]
    (result,) = library.search(SearchRequest("kiln")).results
    assert [(page.number, page.ocr) for page in result.pages] == [(2, True)]
    assert library.ocr_pages(result.document.id) == {2}
    assert library.page(result.document.id, 2).text == KILN
    assert not library.page(result.document.id, 1).ocr


def test_language_regions_and_topics_are_found_in_what_ocr_has_read(shelf: Shelf) -> None:
    (result,) = shelf[0].search(SearchRequest("Volta")).results
    assert "ghana" in [tag.value for tag in result.document.regions]
    assert result.document.language == "en"


def test_words_parted_at_a_lines_end_are_made_whole(shelf: Shelf) -> None:
    assert found(shelf[0], '"trafficking in persons"')


def test_a_picture_without_words_is_named_so(shelf: Shelf) -> None:
    (failure,) = (one for one in shelf[0].failures() if one.path.endswith("photograph.pdf"))
    assert (failure.page, failure.state) == (2, FileState.NO_TEXT)
    assert "no words" in failure.reason


def test_a_page_that_could_not_be_read_says_why(shelf: Shelf) -> None:
    (failure,) = (one for one in shelf[0].failures() if one.path.endswith("specks.pdf"))
    assert (failure.page, failure.state) == (2, FileState.NEEDS_OCR)
    assert failure.reason.startswith("OCR could not read it")
    assert "--retry-failed" in failure.todo


def files(library: Library) -> dict[str, int]:
    return library.status().files


def test_a_scan_is_found_after_ocr_and_listed_before(folder: Path, library: Library) -> None:
    (folder / "scan.pdf").write_bytes(scanned(KILN, VESSEL))
    report = library.index([folder])
    assert (report.failed, report.ocr_pages) == (1, 0)
    listed = [(one.page, one.state) for one in library.failures()]
    assert listed == [(None, FileState.NO_TEXT), (1, FileState.NEEDS_OCR), (2, FileState.NEEDS_OCR)]
    assert all("--ocr" in one.todo for one in library.failures())

    report = library.index([folder], OCR)
    assert (report.ocr_pages, report.failed, report.unchanged) == (2, 0, 1)
    assert [page for _, page in found(library, "fishing vessel")] == [2]
    assert files(library) == {"ok": 1}
    assert library.failures() == ()


@pytest.mark.parametrize("retry_failed", [False, True])
@pytest.mark.parametrize("name", ["scan.pdf", "another name.pdf"])
def test_a_file_that_did_not_fail_in_this_run_is_not_taken_off(
    folder: Path, library: Library, name: str, *, retry_failed: bool
) -> None:
    scan = folder / "scan.pdf"
    scan.write_bytes(scanned(KILN))
    library.index([folder])
    scan.rename(folder / name)
    os.utime(folder / name, (1, 1))
    report = library.index([folder], Options(ocr=True, retry_failed=retry_failed))
    assert (report.ocr_pages, report.failed) == (1, 0)


def test_copies_that_fail_in_this_run_and_are_read_by_ocr_have_not_failed(
    folder: Path, library: Library
) -> None:
    for name in ("a.pdf", "b.pdf"):
        (folder / name).write_bytes(scanned(KILN))
    assert library.index([folder], OCR).failed == 0


def test_the_document_keeps_its_id(folder: Path, library: Library) -> None:
    (folder / "mixed.pdf").write_bytes(scanned(PLAIN, KILN))
    library.index([folder])
    before = [result.document.id for result in library.search(SearchRequest("")).results]
    library.index([folder], OCR)
    assert [result.document.id for result in library.search(SearchRequest("kiln")).results] == before


def test_a_copy_and_a_file_come_back_need_no_ocr(folder: Path, library: Library) -> None:
    scan = scanned(KILN)
    (folder / "scan.pdf").write_bytes(scan)
    library.index([folder], OCR)
    (folder / "scan.pdf").unlink()
    library.index([folder], Options(prune=True))
    assert found(library, "kiln") == []
    (folder / "other name.pdf").write_bytes(scan)
    report = library.index([folder])
    assert (report.ocr_pages, report.failed) == (0, 0)
    assert len(found(library, "kiln")) == 1


def test_a_newer_reader_has_the_texts_at_hand(
    folder: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "scan.pdf").write_bytes(scanned(KILN))
    library.index([folder], OCR)
    for module in (plan, ledger):
        monkeypatch.setattr(module, "READER_VERSION", "another")
    report = library.index([folder])
    assert (report.read, report.ocr_pages, report.failed) == (1, 0, 0)
    assert len(found(library, "kiln")) == 1


def test_copies_of_a_scan_become_copies_of_a_document(folder: Path, library: Library) -> None:
    for name in ("a.pdf", "b.pdf"):
        (folder / name).write_bytes(scanned(KILN))
    library.index([folder])
    assert files(library) == {"no_text": 2}
    report = library.index([folder], OCR)
    assert report.ocr_pages == 1
    assert files(library) == {"duplicate": 1, "ok": 1}
    (result,) = library.search(SearchRequest("kiln")).results
    assert len(result.document.duplicates) == 1


def test_what_could_not_be_read_is_tried_again_when_asked(folder: Path, library: Library) -> None:
    (folder / "specks.pdf").write_bytes(scanned(picture_of(of=ENGLISH, dpi=34)))
    reports = [
        library.index([folder], Options(ocr=True, retry_failed=retry)) for retry in (False, False, True)
    ]
    assert [report.ocr_pages for report in reports] == [1, 0, 1]


def test_a_page_that_takes_too_long_costs_that_page_only(folder: Path, library: Library) -> None:
    import msgspec

    from tipsearch.config import OcrSettings

    library.settings = msgspec.structs.replace(library.settings, ocr=OcrSettings(cpu_seconds=1, dpi=600))
    (folder / "slow.pdf").write_bytes(scanned(noise(1500, 2000), PLAIN))
    library.index([folder], OCR)
    assert found(library, "recruitment fees")
    assert [one.page for one in library.failures()] == [1]


def test_without_tesseract_nothing_is_done(
    folder: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "scan.pdf").write_bytes(scanned(KILN))
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(ProgramMissing, match="apt-get install"):
        library.index([folder], OCR)
    assert files(library) == {}


def test_pages_of_other_sources_wait(folder: Path, library: Library, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (folder / "scan.pdf").write_bytes(scanned(KILN))
    (other / "scan.pdf").write_bytes(scanned(VESSEL))
    library.index([folder, other])
    assert library.index([other], OCR).ocr_pages == 1
    assert found(library, "vessel")
    assert not found(library, "kiln")


def test_a_file_that_has_gone_meanwhile_is_left_alone(folder: Path, library: Library) -> None:
    (folder / "scan.pdf").write_bytes(scanned(KILN))

    def remove(_: Step) -> None:
        shutil.rmtree(folder, ignore_errors=True)

    report = library.index([folder], OCR, remove)
    assert (report.ocr_pages, files(library)) == (0, {"no_text": 1})


def test_short_documents_come_first_and_pages_are_counted(folder: Path, library: Library) -> None:
    (folder / "a long.pdf").write_bytes(scanned(KILN, VESSEL, KILN))
    (folder / "b short.pdf").write_bytes(scanned(VESSEL))
    steps: list[Step] = []
    library.index([folder], Options(jobs=1, ocr=True), steps.append)
    pages = [(os.path.basename(step.path), step.page, step.done, step.total) for step in steps if step.page]
    assert pages == [
        ("b short.pdf", 1, 1, 4),
        ("a long.pdf", 1, 2, 4),
        ("a long.pdf", 2, 3, 4),
        ("a long.pdf", 3, 4, 4),
    ]


def test_an_interrupted_run_is_gone_on_with(folder: Path, library: Library) -> None:
    (folder / "scan.pdf").write_bytes(scanned(KILN, VESSEL, KILN, VESSEL))

    def interrupt(step: Step) -> None:
        if step.page:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.index([folder], Options(jobs=1, ocr=True), interrupt)
    assert files(library) == {"no_text": 1}
    report: IndexReport = library.index([folder], OCR)
    assert report.ocr_pages == 3
    assert [page for _, page in found(library, "kiln")] == [1, 3]


def test_a_run_killed_before_the_file_was_put_in_is_ended_without_ocr(
    folder: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "scan.pdf").write_bytes(scanned(KILN))

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr("tipsearch.pipeline.scanning.Scanning._put_in", die)
        with pytest.raises(KeyboardInterrupt):
            library.index([folder], OCR)
    report = library.index([folder], OCR)
    assert report.ocr_pages == 0
    assert len(found(library, "kiln")) == 1


def test_a_kill_loses_the_pages_in_work_at_most(folder: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    pages = ["\n".join(" ".join(chance.choices(WORDS, k=7)) for _ in range(4)) for _ in range(5)]
    (folder / "scan.pdf").write_bytes(scanned(*pages))
    place = tmp_path / "killed"
    command = [
        sys.executable,
        "-m",
        "tipsearch",
        "--index",
        str(place),
        "index",
        str(folder),
        "--ocr",
        "--jobs",
        "1",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    kept = wait_for_pages(place, 2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = max(kept, pages_kept(place))
    done = subprocess.run([*command, "--json"], capture_output=True, check=True)
    report = json.loads(done.stdout)
    assert report["ocr_pages"] == 5 - kept
    with Library.open_existing(place) as library:
        (result,) = library.search(SearchRequest("kiln")).results
        assert library.ocr_pages(result.document.id) == set(range(1, 6))
        assert library.failures() == ()


def wait_for_pages(place: Path, least: int) -> int:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if (kept := pages_kept(place)) >= least:
            return kept
        time.sleep(0.02)
    raise AssertionError("OCR doesn't get on")


def pages_kept(place: Path) -> int:
    """How many pages OCR has read and kept, asked of the file itself."""
    import sqlite3
    from contextlib import closing, suppress

    with (
        suppress(sqlite3.OperationalError),
        closing(sqlite3.connect(place / "catalogue.sqlite")) as connection,
    ):
        return int(connection.execute("SELECT count(*) FROM ocr").fetchone()[0])
    return 0
