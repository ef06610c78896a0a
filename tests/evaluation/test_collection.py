"""Test collections are read as they are found, and what is wrong with one is named with its file and line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tipsearch.errors import SourceError
from tipsearch.evaluation import read_collection

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = [
    {"_id": "a/1", "title": "Kilns", "text": "Bricks and kilns."},
    {"_id": "b c", "text": "Boats."},
    {"_id": 3},
]
QUERIES = [{"_id": "q1", "text": "kilns"}, {"_id": "q2", "text": "boats"}]
QRELS = "query-id\tcorpus-id\tscore\nq1\ta/1\t2\nq2\tb c\t1\nq2\t3\t0\n"


def write(folder: Path, qrels: str = QRELS) -> Path:
    for name, entries in (("corpus", DOCUMENTS), ("queries", QUERIES)):
        lines = (json.dumps(entry) + "\n" for entry in entries)
        (folder / f"{name}.jsonl").write_text("".join(lines), "utf-8")
    (folder / "qrels.tsv").write_text(qrels, "utf-8")
    return folder


def test_ids_may_hold_anything_but_tabs_and_text_may_be_missing(tmp_path: Path) -> None:
    collection = read_collection(write(tmp_path))
    assert {name: (one.title, one.text) for name, one in collection.papers.items()} == {
        "a/1": ("Kilns", "Bricks and kilns."),
        "b c": ("", "Boats."),
        "3": ("", ""),
    }
    assert collection.queries == {"q1": "kilns", "q2": "boats"}
    assert collection.judgements == {"q1": {"a/1": 2}, "q2": {"b c": 1, "3": 0}}
    assert collection.warnings == ()


@pytest.mark.parametrize(
    "qrels",
    [
        "q1\ta/1\t2\n",
        "\ufeffq1\ta/1\t2\r\n",
        "query-id\tcorpus-id\tscore\n\nq1\ta/1\t2",
        "q1 a/1 2\n",
        "q1 0 a/1 2\n",
        "q1\tQ0\ta/1\t2\n",
    ],
    ids=["bare", "windows", "headings", "spaces", "trec", "trec-tabs"],
)
def test_judgements_are_read_in_all_their_forms(tmp_path: Path, qrels: str) -> None:
    assert read_collection(write(tmp_path, qrels)).judgements == {"q1": {"a/1": 2}}


def test_judgements_of_what_is_not_there_are_told(tmp_path: Path) -> None:
    collection = read_collection(write(tmp_path, "q1\ta/1\t1\nq1\tgone\t1\nq9\ta/1\t1\n"))
    assert collection.judgements == {"q1": {"a/1": 1, "gone": 1}}
    assert collection.warnings == (
        "qrels.tsv names 1 queries that are not in queries.jsonl; they are left out",
        "qrels.tsv names 1 documents that are not in corpus.jsonl; they count as not found",
    )


@pytest.mark.parametrize(
    ("file", "content", "named"),
    [
        ("corpus.jsonl", None, "there is no .*corpus.jsonl"),
        ("queries.jsonl", "", "queries.jsonl is empty"),
        ("queries.jsonl", '{"_id": "q1", "text": "kilns"}\nkilns\n', "queries.jsonl, line 2: "),
        ("corpus.jsonl", '{"text": "no id"}\n', "corpus.jsonl, line 1: .*_id"),
        ("corpus.jsonl", '{"_id": "a", "text": ["no text"]}\n', "corpus.jsonl, line 1: .*text"),
        ("corpus.jsonl", '{"_id": "a"}\n\n{"_id": "a"}\n', "corpus.jsonl, line 3: .*'a' .* twice"),
        ("corpus.jsonl", '{"_id": "a\\tb"}\n', "corpus.jsonl, line 1: .* tab"),
        ("qrels.tsv", "q1\ta\t1\nq1\tb\tgood\n", "qrels.tsv, line 2: .*'good'"),
        ("qrels.tsv", "q1\t1\n", "qrels.tsv, line 1: 2 columns"),
        ("qrels.tsv", "q1\ta\t1\nq1\ta\t2\n", "qrels.tsv, line 2: .*another grade"),
        ("qrels.tsv", "q7\ta\t1\n", "qrels.tsv judges none of the queries"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(
    tmp_path: Path, file: str, content: str | None, named: str
) -> None:
    folder = write(tmp_path)
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_text(content, "utf-8")
    with pytest.raises(SourceError, match=named):
        read_collection(folder)


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    (write(tmp_path) / "corpus.jsonl").write_bytes(b'{"_id": "a", "text": "caf\xe9"}')
    with pytest.raises(SourceError, match=r"corpus\.jsonl is not UTF-8"):
        read_collection(tmp_path)
