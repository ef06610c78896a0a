"""Whatever lies in a folder, each file ends in a named state with a reason, and its neighbours are found."""

from __future__ import annotations

import gzip
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hostile import pages, pdfs
from tipsearch import Library, Options, SearchRequest
from tipsearch.config import ReadingSettings, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tipsearch.catalogue.failures import Failure
    from tipsearch.pipeline import Step

TIGHT = Settings(reading=ReadingSettings(memory_mb=256, cpu_seconds=6, wall_seconds=60, max_file_mb=64))
#: Of `tests/hostile`, whose own test reads all of them, one of each kind: the state of what can't be read, None for the rest.
PDFS = {
    "flate_bomb": "memory",
    "form_loop": "memory",
    "tree_loop": "malformed",
    "cut_short": "malformed",
    "xref_loop": None,
    "endless_count": None,
    "script_on_opening": None,
    "formula_author": None,
}
PAGES = {"no_end": "no_text", "attributes": None, "nested": None, "laughs": None, "entity_file": None}
TEXT = "Odd paper {0}\n\nThe odd paper number {0} is about brick kilns.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one healthy paper."""
    made = tmp_path / "papers"
    made.mkdir()
    (made / "healthy.pdf").write_bytes(pdfs.healthy())
    return made


@pytest.fixture
def tight(tmp_path: Path) -> Iterator[Library]:
    """A library that grants little memory and time to each file."""
    with Library.open(tmp_path / "library", settings=TIGHT) as library:
        yield library


def names(library: Library, text: str) -> set[str]:
    """Names of the files in which something is found."""
    found = library.search(SearchRequest(text, size=100)).results
    return {Path(result.document.path or "").name for result in found}


def failures(library: Library) -> dict[str, Failure]:
    """What can't be searched, by file name; every one says why and what to do."""
    found = library.failures()
    assert all(one.reason and one.todo for one in found)
    return {os.path.basename(one.path): one for one in found}


def states(library: Library) -> dict[str, str]:
    """The states of files of which nothing can be searched, by file name."""
    return {name: str(one.state) for name, one in failures(library).items() if not one.page}


@pytest.mark.usefixtures("own_warm_up")
def test_no_hostile_pdf_costs_more_than_itself(folder: Path, tight: Library) -> None:
    for name in PDFS:
        (folder / f"{name}.pdf").write_bytes(pdfs.PDFS[name]())
    report = tight.index([folder])
    assert names(tight, "kilns") == {"healthy.pdf"}
    assert report.read == len(PDFS) + 1
    assert states(tight) == {f"{name}.pdf": state for name, state in PDFS.items() if state}
    # With the same text they may be one document, found under the name of one of them.
    found = names(tight, "wages unpaid")
    assert found
    assert found <= {f"{name}.pdf" for name, state in PDFS.items() if not state}


def test_no_hostile_page_costs_more_than_itself(folder: Path, tight: Library) -> None:
    for name in PAGES:
        (folder / f"{name}.html").write_text(pages.PAGES[name](), "utf-8")
    tight.index([folder])
    assert names(tight, "kilns") == {"healthy.pdf"}
    assert states(tight) == {f"{name}.html": state for name, state in PAGES.items() if state}
    assert names(tight, "wages") == {f"{name}.html" for name, state in PAGES.items() if not state}
    assert not names(tight, "root")


def test_no_name_is_too_odd(folder: Path, tight: Library) -> None:
    odd = [
        b"line\nbreak.txt",
        b"\x1b[31mred\x1b[0m.txt",
        b"not-utf8-\xff\xfe.txt",
        "right\u202eto-left.txt".encode(),
        b"n" * 251 + b".txt",
        b"--allow-mass-delete",
        b"-rf.txt",
        "caf\u00e9.txt".encode(),
        "cafe\u0301.txt".encode(),
        b"Case.txt",
        b"case.txt",
        b"100% of ?#&;'\"$(reboot)`x`.txt",
        b" .txt",
        b"\\..\\..\\x.txt",
    ]
    for number, name in enumerate(odd):
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(TEXT.format(number).encode())
    report = tight.index([folder])
    assert (report.new, report.failed) == (len(odd) + 1, 0)
    results = tight.search(SearchRequest("odd kilns", size=100)).results
    assert len(results) == len(odd)
    assert all((result.document.path or "\n").isprintable() for result in results)
    assert all(tight.file(result.document.id) for result in results)
    assert tight.index([folder]).unchanged == len(odd) + 1


def test_a_path_longer_than_the_system_opens_costs_only_itself(folder: Path, tight: Library) -> None:
    place, here = folder, os.getcwd()
    try:
        os.chdir(folder)
        for _ in range(20):
            os.mkdir("d" * 240)
            os.chdir("d" * 240)
        Path("deep.txt").write_text(TEXT.format(1), "utf-8")
    finally:
        os.chdir(here)
    tight.index([place])
    assert names(tight, "kilns") >= {"healthy.pdf"}
    assert all("cannot be" in one.reason for one in tight.failures())
    assert tight.failures() or "deep.txt" in names(tight, "odd kilns")


def test_contents_that_are_not_what_their_name_says(folder: Path, tight: Library) -> None:
    paper = pdfs.healthy("A displaced paper about cocoa farms.")
    for name, data in {
        "junk-before.pdf": b"\0junk\n" * 150 + paper,
        "pdf.txt": paper,
        "polyglot.pdf": b"<html><p>seaweed</p><!--\n" + paper,
        "text.pdf": TEXT.format(2).encode(),
        "page.pdf": b"<!doctype html><title>A page</title><p>Pages about seaweed gatherers in debt.</p>",
        "packed.pdf.gz": gzip.compress(paper),
        "zeros.pdf": bytes(4096),
        "empty.txt": b"",
        "header.pdf": b"%PDF-1.7\n",
        "noise.html": bytes(range(256)) * 64,
    }.items():
        (folder / name).write_bytes(data)
    tight.index([folder])
    failed = states(tight)
    assert failed.keys() == {"packed.pdf.gz", "zeros.pdf", "empty.txt", "header.pdf", "noise.html"}
    assert failed["packed.pdf.gz"] == failed["noise.html"] == "unsupported"
    # The same text three times: one document, found under the name of one of them.
    assert names(tight, "cocoa") & {"junk-before.pdf", "pdf.txt", "polyglot.pdf"}
    assert names(tight, "seaweed gatherers") == {"page.pdf"}
    assert names(tight, "brick kilns") == {"healthy.pdf", "text.pdf"}


def test_a_file_that_only_claims_to_be_large_is_not_read(folder: Path, tight: Library) -> None:
    with (folder / "sparse.pdf").open("wb") as file:
        file.truncate(10 << 30)
    begin = time.process_time()
    tight.index([folder])
    # Reading and hashing ten gigabytes would take several times that much of the processor, however busy the machine is.
    assert time.process_time() - begin < 5
    assert failures(tight)["sparse.pdf"].state == "too_big"


def test_a_time_stamp_beyond_all_calendars_is_only_a_stamp(folder: Path, tight: Library) -> None:
    stamps = [13 * 10**18, -(10**18), 0]
    for number, stamp in enumerate(stamps):
        (folder / f"{number}.txt").write_text(TEXT.format(number), "utf-8")
        os.utime(folder / f"{number}.txt", ns=(stamp, stamp))
    assert tight.index([folder]).new == 4
    assert tight.index([folder]).unchanged == 4


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_tried_again_when_it_may(folder: Path, tight: Library) -> None:
    locked = folder / "locked.txt"
    locked.write_text(TEXT.format(1), "utf-8")
    locked.chmod(0)
    assert tight.index([folder]).failed == 1
    assert "permissions" in failures(tight)["locked.txt"].reason
    assert tight.index([folder]).unchanged == 2
    locked.chmod(0o600)
    tight.index([folder])
    assert names(tight, "odd kilns") == {"locked.txt"}


def test_a_file_too_big_before_is_read_when_more_is_allowed(folder: Path, tmp_path: Path) -> None:
    (folder / "long.txt").write_text(TEXT.format(1) + "kilns and kilns\n" * 100_000, "utf-8")
    for limit, expected in ((1, set()), (1, set()), (4, {"long.txt"})):
        granted = Settings(reading=ReadingSettings(max_file_mb=limit))
        with Library.open(tmp_path / "library", settings=granted) as library:
            report = library.index([folder])
            assert names(library, "odd kilns") == expected
    assert report.changed == 1


def test_a_folder_that_cannot_be_read_just_now_loses_nothing(
    folder: Path, tight: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "inner").mkdir()
    (folder / "inner" / "paper.txt").write_text(TEXT.format(1), "utf-8")
    tight.index([folder])
    scan = os.scandir

    def refuse(path: str | Path) -> object:
        if str(path).endswith("inner"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    report = tight.index([folder])
    assert report.gone == 0
    assert "folder cannot be read" in failures(tight)["inner"].reason
    assert names(tight, "odd kilns") == {"paper.txt"}


def _vanish(path: Path) -> None:
    path.unlink()


def _grow(path: Path) -> None:
    path.write_text(TEXT.format(77), "utf-8")


def _turn_into_a_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/passwd")


def _turn_into_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("change", [_vanish, _grow, _turn_into_a_link, _turn_into_a_pipe])
def test_a_file_that_changes_under_the_run_is_right_after_the_next(
    folder: Path, tight: Library, change: Callable[[Path], None]
) -> None:
    victim = folder / "zz-last.txt"
    victim.write_text(TEXT.format(1), "utf-8")

    def progress(step: Step) -> None:
        if step.path.endswith("healthy.pdf"):
            change(victim)

    # One place: the victim is opened after the healthy file has been dealt with.
    tight.index([folder], Options(jobs=1), progress)
    assert names(tight, "brick kilns") >= {"healthy.pdf"}
    tight.index([folder])
    assert names(tight, "odd paper") == ({"zz-last.txt"} if change is _grow else set())
    assert names(tight, "77") == ({"zz-last.txt"} if change is _grow else set())
    assert not names(tight, "root")
    assert sum(tight.status().files.values()) == 2


def test_a_list_of_very_many_items_is_taken_in_and_given_back(folder: Path, tight: Library) -> None:
    lines = (f'{{"id": "{number}", "text": "item {number} about debts"}}\n' for number in range(2_000))
    (folder / "many.jsonl").write_text("".join(lines), "utf-8")
    tight.index([folder])
    assert tight.search(SearchRequest("debts")).total == 2_000
    (folder / "many.jsonl").unlink()
    tight.index([folder])
    assert tight.search(SearchRequest("debts")).total == 0


def test_a_page_at_an_address_with_an_unusual_ending_is_read(folder: Path, tight: Library) -> None:
    (folder / "organs.html").write_text(
        "<html><head><title>Organ removal</title><link rel='canonical' href='https://l.example/organs/'></head>"
        "<body><article><h1>Organ removal</h1><p>Of brokers and donors.</p></article></body></html>",
        "utf-8",
    )
    tight.index([folder])
    assert "organs.html" in names(tight, "brokers")
