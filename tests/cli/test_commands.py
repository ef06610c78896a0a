"""The command line as its users meet it: the real program, its output and its exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tipsearch.cli import program
from tipsearch.search.facets import FACETS
from tipsearch.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

    from program import Program

    Run = Callable[..., subprocess.CompletedProcess[str]]

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


@pytest.fixture
def run(tmp_path: Path, tipsearch_program: Program) -> Run:
    """Runs ``tipsearch`` in an empty folder, on the library in it."""

    def run_program(*arguments: str | Path, library: Path | None = None) -> subprocess.CompletedProcess[str]:
        typed = ("--index", library or tmp_path / "library", *arguments)
        return tipsearch_program.run(*typed, cwd=tmp_path, env=untouched_environment())

    return run_program


@pytest.fixture
def start(tmp_path: Path) -> Run:
    """The same from the very start of Python on."""

    def start_program(
        *arguments: str | Path, library: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tipsearch", "--index", str(library or tmp_path / "library")]
        command += [str(one) for one in arguments]
        environment = untouched_environment()
        return subprocess.run(
            command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False
        )

    return start_program


def untouched_environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith("TIPSEARCH_")}


def test_index_answers_with_the_promised_counts(run: Run, papers: Path) -> None:
    (papers / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    done = run("index", papers, "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert {key: report[key] for key in ("new", "changed", "unchanged", "failed", "gone", "pages")} == {
        "new": 4,
        "changed": 0,
        "unchanged": 0,
        "failed": 1,
        "gone": 0,
        "pages": 4,
    }
    assert report["seconds"] > 0
    assert "malformed: " in done.stderr


def test_index_says_how_much_it_read_and_how_fast(run: Run, papers: Path) -> None:
    size = sum(path.stat().st_size for path in papers.iterdir()) / 1e6
    counts, speed, holds = run("index", papers).stdout.splitlines()
    assert counts == "3 new, 0 changed, 0 unchanged files"
    assert re.fullmatch(rf"4 pages, {size:.1f} MB in \d+\.\d s: [\d.]+ pages/s, \d+\.\d MB/s", speed)
    assert holds == "The library holds 3 documents with 4 pages."
    assert "MB/s" not in run("index", papers).stdout  # nothing was read the second time


def test_strict_exits_with_3_when_a_file_failed(start: Run, papers: Path) -> None:
    assert start("index", papers, "--strict").returncode == 0
    (papers / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    assert start("index", papers, "--strict").returncode == 3


def test_status_and_failures_have_their_promised_shapes(run: Run, papers: Path) -> None:
    (papers / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    run("index", papers)
    status = json.loads(run("status", "--json").stdout)
    assert {"documents", "pages", "files", "engine", "generation"} <= status.keys()
    assert status["files"] == {"malformed": 1, "ok": 3}
    (failure,) = json.loads(run("failures", "--json").stdout)
    assert failure.keys() == {"path", "page", "state", "reason", "todo"}
    assert failure["path"].endswith("broken.pdf")
    assert "broken.pdf\n  malformed: " in run("failures").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["search", "x"], "there is no library"),
        (["status"], "there is no library"),
        (["show", "x"], "there is no library"),
        (["index", "no/such/place"], "no/such/place"),
        (["index"], "say what: tipsearch index FOLDER"),
        (["no-such-command"], "No such command"),
        (["search", "--no-such-option"], "No such option"),
        (["--config", "none.toml", "status"], "no settings file none.toml"),
    ],
)
def test_what_the_user_can_fix_is_one_line_and_exit_2(run: Run, arguments: list[str], words: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["search", "x", "--region", "atlantis"], "no region called 'atlantis'"),
        (["search", "x", "--origin", "atlantis"], "no region called 'atlantis'"),
        (["search", "x", "--year", "soon"], "years are written 2015..2020"),
        (["search", "x", "--size", "1000"], "from 1 to 100"),
        (["search", "x", "--page", "0"], "counts from 1"),
        (["show", "nothing"], "no document 'nothing'"),
        (["rebuild", "--engine", "abacus"], "abacus"),
    ],
)
def test_wrong_values_are_named(run: Run, sample_folder: Path, arguments: list[str], words: str) -> None:
    done = run(*arguments, library=sample_folder)
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_damaged_catalogue_is_exit_1_without_a_traceback(start: Run, tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "catalogue.sqlite").write_bytes(b"not a database at all" * 200)
    done = start("status")
    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert "Traceback" not in done.stderr


def test_settings_are_read_and_unknown_ones_refused(run: Run, tmp_path: Path, papers: Path) -> None:
    (tmp_path / "tipsearch.toml").write_text("[reading]\nmax_file_mb = 1\n", "utf-8")
    with open(papers / "big.pdf", "wb") as file:
        file.truncate(3 << 20)
    run("index", papers)
    assert json.loads(run("status", "--json").stdout)["files"]["too_big"] == 1
    (tmp_path / "tipsearch.toml").write_text("[reading]\nmax_file = 1\n", "utf-8")
    done = run("status")
    assert done.returncode == 2
    assert "max_file" in done.stderr


def test_search_names_the_page_in_the_terminal(run: Run, sample_folder: Path) -> None:
    done = run("search", '"bales lose their names"', library=sample_folder)
    assert done.returncode == 0
    assert "1 document for: " in done.stdout
    assert "page 17 (printed 11): " in done.stdout
    assert "*bales lose their names*" in " ".join(done.stdout.split())


def test_search_says_how_a_query_was_read_unless_it_is_plain_words(
    run: Run, sample_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def head(*arguments: str) -> list[str]:
        return run("search", *arguments, library=sample_folder).stdout.splitlines()[:2]

    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    count, nothing = head("passport fees")
    assert re.fullmatch(r"\d+ documents? for: passport fees", count)
    assert nothing == ""
    assert head("passport -sport")[1] == "Read as: “passport”, without “sport”"
    assert head("passport -sport", "--ui", "es")[1] == "Leído como: «passport», sin «sport»"
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert head("passport -sport")[1].replace("\u00a0", " ") == "Lu comme: « passport », sans « sport »"


def test_data_does_not_depend_on_the_systems_language(
    start: Run, sample_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parts(*arguments: str) -> list[str]:
        done = start("search", "--format", "json", *arguments, "--", "-kafala", library=sample_folder)
        return [part["words"] for part in json.loads(done.stdout)["query"]["parts"]]

    monkeypatch.setenv("LC_ALL", "es_ES.UTF-8")
    assert parts() == ["without “kafala”"]
    assert parts("--ui", "es") == ["sin «kafala»"]


def test_search_as_json_is_the_apis_answer(run: Run, sample_folder: Path) -> None:
    done = run("search", '"bales lose their names"', "--format", "json", library=sample_folder)
    answer = json.loads(done.stdout)
    assert answer["total"] == 1
    (page,) = answer["results"][0]["pages"]
    assert (page["number"], page["label"]) == (17, "11")
    assert [page["text"][start:end] for start, end in page["spans"]] == ["bales lose their names"]
    assert tuple(answer["facets"]) == FACETS


@pytest.mark.parametrize("form", ["csv", "ris", "bibtex", "csl-json"])
def test_results_come_in_each_promised_format(run: Run, sample_folder: Path, form: str) -> None:
    done = run("search", "handbook", "--format", form, library=sample_folder)
    assert done.returncode == 0
    match form:
        case "csv":
            assert len(list(csv.reader(io.StringIO(done.stdout)))) > 1
        case "csl-json":
            assert json.loads(done.stdout)[0]["title"]
        case "ris":
            assert done.stdout.startswith("TY  - ")
        case "bibtex":
            assert done.stdout.lstrip().startswith("@")


def test_facets_or_within_and_across(run: Run, sample_folder: Path) -> None:
    def total(*arguments: str) -> int:
        done = run("search", *arguments, "--format", "json", library=sample_folder)
        found: int = json.loads(done.stdout)["total"]
        return found

    africa, asia = total("--region", "africa"), total("--region", "asia")
    both = total("--region", "africa", "--region", "asia")
    assert 0 < africa < both
    assert max(africa, asia) < both <= africa + asia
    assert total("--region", "africa", "--lang", "fr") < africa
    assert total("--year", "2024", "--year", "2023") == total("--year", "2023..2024")
    assert 0 < total("--year", "unknown") < total("--year", "unknown", "--year", "1990..") == total()


def test_show_prints_a_record_or_a_page(run: Run, sample_folder: Path) -> None:
    found = run("search", '"bales lose their names"', "--format", "json", library=sample_folder)
    document = json.loads(found.stdout)["results"][0]["id"]
    record = run("show", document, library=sample_folder).stdout
    assert "due diligence laws compared" in record
    assert "pages:     20" in record
    assert "bales lose their names" in run("show", document, "--page", "17", library=sample_folder).stdout
    missing = run("show", document, "--page", "21", library=sample_folder)
    assert missing.returncode == 2
    assert "has no page 21; it has 20 pages" in missing.stderr


def test_rebuild_changes_nothing_that_readers_see(run: Run, papers: Path) -> None:
    run("index", papers)
    before = json.loads(run("search", "trafficking", "--format", "json").stdout)
    done = run("rebuild")
    assert done.returncode == 0
    after = json.loads(run("search", "trafficking", "--format", "json").stdout)
    assert before["results"] == after["results"]


def test_output_into_a_closed_pipe_is_no_failure(sample_folder: Path) -> None:
    command = f"{sys.executable} -m tipsearch --index {sample_folder} search --size 100 | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602  a shell's pipe
    assert "documents" in done.stdout
    assert not done.stderr


def test_the_version_is_told(start: Run) -> None:
    assert start("--version").stdout.strip() == f"tipsearch, version {VERSION}"


@pytest.mark.parametrize("name", sorted(program.commands))
def test_every_command_is_explained_in_the_readme_and_by_help(run: Run, name: str) -> None:
    assert f"| `{name}" in README
    done = run(name, "--help")
    assert done.returncode == 0
    assert "Usage: " in done.stdout
    for parameter in program.commands[name].params:
        if parameter.param_type_name == "option" and parameter.name != "help":
            assert getattr(parameter, "help", None), f"{name} {parameter.opts}"


def test_watching_takes_new_files_in_once_they_are_whole(papers: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "tipsearch",
        "--index",
        str(tmp_path / "library"),
        "index",
        str(papers),
        "--watch",
        "--json",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as watcher:
        assert watcher.stdout is not None
        assert watcher.stderr is not None
        try:
            assert json.loads(watcher.stdout.readline())["new"] == 3
            with (papers / "new.txt").open("w") as slow:
                for word in ("Kilns\n\n", "Seasonal kilns ", "bind families ", "by advances.\n"):
                    slow.write(word)
                    slow.flush()
                    time.sleep(0.8)
            report = json.loads(watcher.stdout.readline())
            assert (report["new"], report["changed"]) == (1, 0)
            watcher.send_signal(signal.SIGINT)
            assert watcher.wait(60) == 130
            assert "Traceback" not in watcher.stderr.read()
        finally:
            watcher.kill()


def test_search_lists_other_names_and_does_without_them(run: Run, sample_folder: Path) -> None:
    done = run("search", "forced labour", library=sample_folder)
    assert (
        "Also searched for, as other names of “forced labour”: trabajo forzoso, travail forcé" in done.stdout
    )
    plain = run("search", "forced labour", "--no-expand", library=sample_folder)
    assert "trabajo forzoso" not in plain.stdout.partition("\n\n")[0]


def test_search_lists_eight_other_names_and_counts_the_rest(run: Run, tmp_path: Path) -> None:
    names = (
        "trata de personas, traite des personnes, tráfico de pessoas, торговля людьми, 人口贩运, الاتجار بالبشر, "
        "Menschenhandel, tratta di persone, perdagangan orang, pemerdagangan manusia"
    )
    source = tmp_path / "names.jsonl"
    source.write_text(json.dumps({"id": "a", "title": "Names", "text": names}), "utf-8")
    assert run("index", source).returncode == 0
    (listed,) = [line for line in run("search", "human trafficking").stdout.splitlines() if "Also" in line]
    assert listed.endswith(", 2 more")
    assert len(listed.split(", ")) == 1 + 8 + 1  # The heading has a comma, too.


def test_search_understands_a_misspelt_word_unless_told_not_to(run: Run, sample_folder: Path) -> None:
    done = run("search", "forsed labour", library=sample_folder)
    assert "Showing results for: forced labour\nSearch instead for: forsed labour (--no-spell)" in done.stdout
    typed = run("search", "forsed labour", "--no-spell", library=sample_folder)
    assert typed.stdout.startswith("0 documents")
    assert "Did you mean: forced labour\n" in typed.stdout


def test_similar_lists_what_is_like_a_document_and_why(run: Run, sample_folder: Path) -> None:
    done = run("similar", "h6ptv7havk67uc7a", "--limit", "2", library=sample_folder)
    assert done.returncode == 0
    assert done.stdout.startswith("Similar documents\n  Foreign domestic workers in Hong Kong\n")
    assert "    shared: hong, kong" in done.stdout


def test_similar_answers_in_the_json_of_the_api(run: Run, sample_folder: Path) -> None:
    done = run("similar", "h6ptv7havk67uc7a", "--limit", "1", "--json", library=sample_folder)
    answer = json.loads(done.stdout)
    assert [one["relation"] for one in answer["results"]] == ["similar"]
    assert answer["links"]["self"] == "/api/v1/documents/h6ptv7havk67uc7a/similar?size=1"


@pytest.mark.parametrize(
    ("document", "says"), [("nothing", "there is no document"), ("oiite74vvxd343hc", "is now found as")]
)
def test_similar_says_where_a_document_is_not(
    run: Run, sample_folder: Path, document: str, says: str
) -> None:
    done = run("similar", document, library=sample_folder)
    assert done.returncode == 2
    assert says in done.stderr
