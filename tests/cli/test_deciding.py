"""Librarians' commands as they are typed: what they print, and their exit status."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tipsearch import Library
from tipsearch.cli.deciding import KINDS
from tipsearch.decisions import Kind

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from program import Program

    Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two notes and a page with an odd tag, to be copied."""
    papers = tmp_path_factory.mktemp("papers")
    (papers / "notes.txt").write_text(
        "Recruitment fees in Nepal\n\nWorkers who leave Nepal often pay fees.\n", "utf-8"
    )
    (papers / "bare name.txt").write_text("and so it went on, as nobody had written it down\n", "utf-8")
    text = "Crews tell of debts that nobody can repay, and of passports taken away. " * 3
    (papers / "page.html").write_text(
        '<html><head><title>Bound at sea</title><meta property="article:tag" content="Sea slavery"></head><body>'
        f"<article><h1>Bound at sea</h1><p>{text}</p></article></body></html>",
        "utf-8",
    )
    folder = tmp_path_factory.mktemp("master") / "library"
    with Library.open(folder) as library:
        library.index([papers])
    return folder


@pytest.fixture
def run(master: Path, tmp_path: Path, tipsearch_program: Program) -> Run:
    """Runs ``tipsearch`` on a copy of that library."""
    place = shutil.copytree(master, tmp_path / "library")

    def run_program(*arguments: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("TIPSEARCH_")}
        typed = ("--index", place, *arguments)
        return tipsearch_program.run(*typed, cwd=tmp_path, env=environment, given=given)

    return run_program


def test_a_decision_is_echoed_as_it_was_understood_and_found_at_once(run: Run) -> None:
    done = run(
        "set",
        "notes.txt",
        "region=HK,Qatar",
        "topic+=debt-bondage",
        "date=2021-03",
        "publisher=A, B; C",
        "--author",
        "Anna",
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "  date: 2021-03; was none" in lines
    assert "  publisher: A, B; C; was none" in lines
    assert "  region: Hong Kong, Qatar; was Nepal" in lines
    assert (
        next(line for line in lines if line.startswith("  topic: "))
        .partition("; was ")[0]
        .endswith("Debt bondage")
    )
    assert lines[-1] == "4 decisions made; searches show them from now on."
    assert "1 document" in run("search", "fees", "--region", "qatar", "--topic", "debt-bondage").stdout
    log = [line.split("  ") for line in run("decisions", "notes.txt").stdout.splitlines()]
    assert {author for _, author, *_ in log} == {"Anna"}
    assert "region: Hong Kong, Qatar" in [what for *_, what in log]


def test_a_record_says_what_a_librarian_decided(run: Run) -> None:
    run("set", "notes.txt", "role=origin:Nepal,destination:Qatar", "region=Nepal", "--author", "Anna")
    document = json.loads(run("decisions", "--json").stdout)[0]["document"]
    shown = run("show", document).stdout
    assert "regions:   Nepal (librarian)" in shown
    assert "roles:     Origin: Nepal (librarian), Destination: Qatar (librarian)" in shown
    assert "Anna" not in shown


def test_a_content_warning_and_persons_come_out_as_they_were_decided(run: Run) -> None:
    run("set", "notes.txt", "warning=Tells of violence", "author=Doe, Jane; van der Berg, Pieter")
    found = json.loads(run("search", "fees", "--format", "json").stdout)["results"][0]
    assert found["warning"] == "Tells of violence"
    assert "content warning: Tells of violence" in run("search", "fees").stdout
    assert "warning:   Tells of violence" in run("show", found["id"]).stdout
    bibtex = run("search", "fees", "--format", "bibtex").stdout
    assert "author = {Doe, Jane and van der Berg, Pieter}" in bibtex
    assert "keywords = {" in bibtex


def test_json_has_its_promised_shapes(run: Run) -> None:
    done = json.loads(run("set", "notes.txt", "region=", "--json").stdout)
    assert done["waiting"] == ""
    (decided,) = done["decided"]
    assert decided.keys() == {"document", "tag", "title", "documents", "changes"}
    assert decided["changes"] == [
        {"field": "region", "before": ["nepal"], "after": [], "origin": "librarian", "decided": True}
    ]
    (entry,) = json.loads(run("decisions", "--json").stdout)
    assert entry.keys() == {"made", "author", "document", "tag", "field", "values"}
    assert (entry["document"], entry["values"]) == (decided["document"], [])
    wanted = json.loads(run("review", "--json").stdout)
    assert {"kind", "document", "title", "path", "value", "reason", "suggestions", "todo"} <= wanted[0].keys()
    assert wanted[0]["kind"] == "unknown_tag"


def test_what_was_taken_back_says_what_stands_now(run: Run) -> None:
    run("set", "notes.txt", "region=qatar")
    taken = run("set", "notes.txt", "--undo", "region")
    assert "  region: Nepal (detected); was Qatar" in taken.stdout.splitlines()
    again = run("set", "notes.txt", "--undo", "all")
    assert (again.returncode, again.stdout.splitlines()[-1]) == (
        0,
        "Nothing has changed: this is how it stood.",
    )
    assert "region: taken back" in run("decisions").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["set"], "say which document"),
        (["set", "notes.txt"], "say what to decide"),
        (["set", "notes.txt", "region"], "is no decision; it is written FIELD=VALUE"),
        (["set", "notes.txt", "region=Nepaal"], "did you mean Nepal?"),
        (["set", "notes.txt", "date=2021-02-30"], "no such day"),
        (["set", "notes.txt", "title="], "can't be empty"),
        (["set", "notes.txt", "date+=2021"], "date has one value"),
        (["set", "notes.txt", "--undo", "everything"], "no field 'everything'"),
        (["set", "nobody.txt", "region=nepal"], "no document 'nobody.txt'"),
        (["set", "notes.txt", "region=nepal", "--csv", "x.csv"], "leave the rest away"),
        (["set", "--csv", "none.csv"], "none.csv can't be read"),
        (["set", "--tag", "Sea slavery", "date=2021"], "no field 'date'"),
        (["set", "--tag", "Sea slavery"], "say what to decide"),
        (["decisions", "nobody.txt"], "no document 'nobody.txt'"),
        (["decisions", "notes.txt", "--csv", "x.csv"], "leave ID and --json away"),
        (["decisions", "--csv", "no/such/folder/x.csv"], "can't be written"),
        (["review", "--kind", "no_hope"], "'no_hope' is not one of"),
    ],
)
def test_what_the_librarian_can_fix_is_exit_2_and_nothing_is_written(
    run: Run, arguments: list[str], words: str
) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout
    assert run("decisions", "--json").stdout == "[]\n"


def test_a_table_goes_out_and_comes_back(run: Run, tmp_path: Path) -> None:
    run("set", "notes.txt", "region=qatar,HK", "title==SUM(1)", "date=")
    run("set", "--tag", "Sea slavery", "topic=fishing")
    assert run("decisions", "--csv", "d.csv").returncode == 0
    data = (tmp_path / "d.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid,tag,file,url,title,")
    assert run("decisions", "--csv", "-").stdout.encode() == data[3:].replace(b"\r\n", b"\n")
    assert run("set", "--csv", "d.csv").stdout == "Nothing has changed: this is how it stood.\n"
    (tmp_path / "d.csv").write_bytes(data.replace(b"qatar; hong-kong", b"(undo)").replace(b"(none)", b"2020"))
    trial = run("set", "--csv", "d.csv", "--dry-run")
    assert "2 decisions would be made; nothing was written." in trial.stdout
    done = run("set", "--csv", "d.csv")
    assert "  region: Nepal (detected); was Qatar, Hong Kong" in done.stdout
    assert "  date: 2020; was none" in done.stdout
    assert "title" not in done.stdout
    assert run("set", "--csv", "-", given="id,region\nnotes.txt,asia\n").returncode == 0


def test_one_wrong_row_keeps_all_from_being_written_unless_told_to_go_on(run: Run, tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(
        "id,region,date\nnotes.txt,qatar,2021\nnotes2.txt,asia,\nbare name.txt,,soon\n", "utf-8"
    )
    refused = run("set", "--csv", "d.csv")
    assert refused.returncode == 2
    assert "nothing was written" in refused.stderr
    assert "row 3, id: there is no document 'notes2.txt'" in refused.stderr
    assert "row 4, date: dates are written" in refused.stderr
    assert run("decisions", "--json").stdout == "[]\n"
    done = run("set", "--csv", "d.csv", "--keep-going")
    assert done.returncode == 3
    assert "row 3, id" in done.stderr
    assert "2 decisions made" in done.stdout


def test_review_groups_by_kind_with_the_command_that_decides(run: Run) -> None:
    listed = run("review").stdout
    assert listed.startswith(
        "unknown_tag (1): no vocabulary knows this word\n  “Sea slavery” in 1 document, such as Bound at sea ("
    )
    assert "    to do: tipsearch set --tag 'Sea slavery' topic=… (topic= if it is to mean none)\n" in listed
    assert "no_date (3)" in listed
    assert "no_date (3, the first 1)" in run("review", "--limit", "1").stdout
    run("set", "--tag", "sea slavery", "topic=")
    assert "unknown_tag" not in run("review").stdout
    nothing = run("review", "--kind", "unknown_tag")
    assert (nothing.stdout, nothing.stderr) == ("", "Nothing wants a decision.\n")


def test_the_kinds_that_can_be_asked_for_are_all_there_are() -> None:
    assert tuple(Kind) == KINDS


def test_a_title_that_steers_the_terminal_is_shown_harmless(run: Run) -> None:
    done = run("set", "notes.txt", "title=Fees \x1b[31mand\u202e debts", "--author", "An\x1b[2Jna")
    assert "\x1b" not in done.stdout + run("decisions").stdout + run("review").stdout
    assert "Fees [31mand debts" in done.stdout


def test_bytes_that_are_no_text_are_named(run: Run) -> None:
    done = run("set", "notes.txt", "title=Fe\udcffes")
    assert done.returncode == 2
    assert "isn't text in UTF-8" in done.stderr


def test_a_damaged_index_keeps_the_decision_and_says_what_to_do(run: Run, tmp_path: Path) -> None:
    largest = max(
        (tmp_path / "library" / "engine").glob("g-*/documents/*"), key=lambda path: path.stat().st_size
    )
    data = bytearray(largest.read_bytes())
    data[len(data) // 2] ^= 0xFF
    largest.write_bytes(data)
    done = run("set", "notes.txt", "region=qatar")
    assert done.returncode == 0
    assert "the decision is kept, but searches don't show it yet: the index is damaged" in done.stderr
    assert "tipsearch rebuild" in done.stderr
    run("rebuild")
    assert "1 document" in run("search", "fees", "--region", "qatar").stdout
