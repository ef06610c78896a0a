"""``tipsearch eval`` on a collection so small that its measures can be worked out by hand."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from tipsearch.cli import program
from tipsearch.engines.base import Hit
from tipsearch.errors import EngineMissing, SourceError
from tipsearch.evaluation import strictly

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

DOCUMENTS = {
    "x/kilns": "Kilns, kilns and kilns again.",
    "x y": "The river carries bricks from one of the kilns to the harbour, and sand on the way back.",
    "boats": "Fishing vessels off the coast.",
    "0": "",
}
QUERIES = {"1": "fishing vessels", "2": "cocoa", "3": "kilns", "4": "river", "5": "…"}
#: Found first; not found at all; found second, with a document that is none of ours; not judged.
QRELS = "query-id\tcorpus-id\tscore\n1\tboats\t1\n2\tboats\t1\n3\tx y\t1\n3\tx/kilns\t0\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "collection"
    made.mkdir()
    for name, texts in (("corpus", DOCUMENTS), ("queries", QUERIES)):
        lines = (json.dumps({"_id": one, "text": text}) + "\n" for one, text in texts.items())
        (made / f"{name}.jsonl").write_text("".join(lines), "utf-8")
    (made / "qrels.tsv").write_text(QRELS, "utf-8")
    return made


def evaluate(*arguments: str | Path) -> Result:
    return CliRunner().invoke(
        program, ["eval", *map(str, arguments)], standalone_mode=False, catch_exceptions=False
    )


def test_measures_are_those_worked_out_by_hand(folder: Path) -> None:
    measured = json.loads(evaluate(folder, "--json").stdout)
    assert measured == {
        "ndcg@10": pytest.approx((1 + 0 + 1 / math.log2(3)) / 3),
        "map": pytest.approx((1 + 0 + 1 / 2) / 3),
        "p@10": pytest.approx((0.1 + 0 + 0.1) / 3),
        "r@100": pytest.approx((1 + 0 + 1) / 3),
        "queries": 3,
    }


def test_people_read_the_same_figures(folder: Path) -> None:
    assert evaluate(folder).stdout.splitlines() == [
        "ndcg@10  0.5436",
        "map      0.5000",
        "p@10     0.0667",
        "r@100    0.6667",
        "queries  3",
    ]


def test_the_run_lists_every_query_best_first(folder: Path, tmp_path: Path) -> None:
    evaluate(folder, "--run", tmp_path / "run.tsv")
    lines = [line.split("\t") for line in (tmp_path / "run.tsv").read_text("utf-8").splitlines()]
    assert [(query, document) for query, document, _ in lines] == [
        ("1", "boats"),
        ("3", "x/kilns"),
        ("3", "x y"),
        ("4", "x y"),
    ]
    assert float(lines[1][2]) > float(lines[2][2])


def test_scores_of_a_run_fall_so_that_single_precision_sees_it() -> None:
    tied = [Hit("b", 7.25), Hit("c", 7.25), Hit("a", 7.25), Hit("d", 7.2499999), Hit("e", 0.0), Hit("f", 0.0)]
    fallen = strictly(tied)
    assert [hit.id for hit in fallen] == ["b", "c", "a", "d", "e", "f"]
    scores = [memoryview(bytearray(4)).cast("f") for _ in fallen]
    for single, hit in zip(scores, fallen, strict=True):
        single[0] = hit.score
    assert all(before[0] > after[0] for before, after in pairwise(scores))


def test_what_is_odd_is_said_beside_the_figures(folder: Path) -> None:
    with (folder / "qrels.tsv").open("a", encoding="utf-8") as file:
        file.write("9\tboats\t1\n")
    done = evaluate(folder, "--json")
    assert "1 queries that are not in queries.jsonl" in done.stderr
    assert json.loads(done.stdout)["queries"] == 3


def test_another_engine_can_be_measured(folder: Path) -> None:
    assert json.loads(evaluate(folder, "--json", "--engine", "memory").stdout)["r@100"] == pytest.approx(
        2 / 3
    )
    with pytest.raises(EngineMissing, match="there is no engine 'lucene'"):
        evaluate(folder, "--engine", "lucene")


def test_a_run_that_can_not_be_written_is_told(folder: Path) -> None:
    with pytest.raises(SourceError, match="the run can't be written to"):
        evaluate(folder, "--run", folder)


def _program(*arguments: str | Path, temporary: Path) -> subprocess.Popen[str]:
    temporary.mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-m", "tipsearch", *map(str, arguments)],
        env={**os.environ, "TMPDIR": str(temporary)},
        cwd=temporary.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_mistake_ends_with_2_and_one_line(folder: Path, tmp_path: Path) -> None:
    (folder / "corpus.jsonl").write_text("[]\n", "utf-8")
    with _program("eval", folder, temporary=tmp_path / "tmp") as running:
        _, said = running.communicate()
    assert running.returncode == 2
    assert said.count("\n") == 1
    assert "corpus.jsonl, line 1" in said


def test_nothing_is_left_behind(folder: Path, tmp_path: Path) -> None:
    with _program("eval", folder, temporary=tmp_path / "tmp") as running:
        running.communicate()
    assert running.returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {"collection", "tmp"}
    assert not list((tmp_path / "tmp").iterdir())


def test_nothing_is_left_behind_by_one_that_is_stopped(folder: Path, tmp_path: Path) -> None:
    with (folder / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(f'{{"_id": "n{number}", "text": "{"sand " * 300}"}}\n' for number in range(20_000))
    with _program("eval", folder, temporary=tmp_path / "tmp") as running:
        # In the midst of its work: what Python does between making a folder and knowing of it can't be seen to.
        while not list((tmp_path / "tmp").glob("*/index/*")):
            assert running.poll() is None
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        running.communicate()
    assert running.returncode == 130
    assert not list((tmp_path / "tmp").iterdir())
