"""``index --ocr``, ``failures`` and ``doctor`` as their users meet them."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from ocr.scans import scanned, tesseract
from tipsearch.catalogue.failures import Failure
from tipsearch.cli import text
from tipsearch.cli.progress import Progress
from tipsearch.model import FileState
from tipsearch.pipeline import Step

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from program import Program

    Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path, tipsearch_program: Program) -> Run:
    def run_program(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        typed = ("--index", tmp_path / "library", *arguments)
        return tipsearch_program.run(*typed, cwd=tmp_path, env={**os.environ, **environment})

    return run_program


def test_without_tesseract_ocr_ends_at_once_with_one_line(run: Run, papers: Path, tmp_path: Path) -> None:
    done = run("index", papers, "--ocr", PATH=str(tmp_path))
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "sudo apt-get install tesseract-ocr" in line


def test_a_scan_is_indexed_shown_and_told_of(run: Run, tmp_path: Path) -> None:
    tesseract()
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(
        scanned("The advance at the kiln is repaid in bricks\nfor years and years.")
    )
    done = run("index", folder, "--ocr", "--strict")
    assert done.returncode == 0
    assert "1 page that is a picture was looked at by OCR" in done.stdout
    (result,) = json.loads(run("search", "kiln", "--format", "json").stdout)["results"]
    assert result["pages"][0]["ocr"] is True
    shown = run("show", result["id"], "--page", "1")
    assert "single characters may be wrong" in shown.stderr
    assert "kiln" in shown.stdout
    assert json.loads(run("show", result["id"], "--page", "1", "--json").stdout)["ocr"] is True


def test_the_doctor_answers_in_the_promised_shape(run: Run, tmp_path: Path) -> None:
    done = run("doctor", "--json")
    found = json.loads(done.stdout)
    assert {frozenset(one) for one in found} == {frozenset({"name", "state", "detail", "todo"})}
    assert {one["state"] for one in found} <= {"ok", "warning", "missing"}
    assert done.returncode == 0
    assert not (tmp_path / "library").exists()


def test_the_doctor_exits_with_1_when_something_is_broken(run: Run, tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "catalogue.sqlite").write_bytes(b"not a database at all" * 200)
    done = run("doctor")
    assert done.returncode == 1
    assert "broken   catalogue: " in done.stdout
    assert "to do: " in done.stdout


def failure(page: int | None, reason: str = "the page is a picture", path: str = "a.pdf") -> Failure:
    return Failure(path, page, FileState.NEEDS_OCR, reason, "index again")


@pytest.mark.parametrize(
    ("found", "heads"),
    [
        ([failure(None)], ["a.pdf"]),
        ([failure(3)], ["a.pdf, page 3"]),
        ([failure(None), *map(failure, range(1, 13))], ["a.pdf", "a.pdf, pages 1–12"]),
        ([failure(1), failure(2), failure(4), failure(6), failure(7)], ["a.pdf, pages 1–2, 4, 6–7"]),
        (
            [failure(1), failure(2, "another"), failure(3)],
            ["a.pdf, page 1", "a.pdf, page 2", "a.pdf, page 3"],
        ),
        ([failure(1), failure(2, path="b.pdf")], ["a.pdf, page 1", "b.pdf, page 2"]),
    ],
)
def test_neighbouring_pages_with_the_same_trouble_are_one_entry(
    found: list[Failure], heads: list[str]
) -> None:
    entries = list(text.failures(found))
    assert [entry.splitlines()[0] for entry in entries] == heads


def test_progress_counts_pages_apart(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tipsearch.cli.progress._EVERY", 0.0)
    progress = Progress()
    progress(Step(3, 3, "a.pdf", FileState.OK))
    progress(Step(1, 8, "a.pdf", FileState.OK, page=4))
    progress(Step(2, 8, "a.pdf", FileState.NEEDS_OCR, page=5))
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("3 of 3 files")
    assert lines[1].startswith("OCR: page 1 of 8")
    assert "needs_ocr: a.pdf, page 5" in lines
