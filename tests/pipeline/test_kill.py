"""A run that is killed loses nothing that was reported, and the next one ends where an undisturbed one ends."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

from tipsearch import Library, SearchRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from program import Program

    Die: TypeAlias = Callable[[Path, Path, list[str | int] | float], int]

DYING = str(Path(__file__).parent / "dying.py")
WORDS = (
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
)
#: Where a run writes, in the order in which it does.
PLACES = [
    ("tipsearch.catalogue", "Change", "settle"),
    ("tipsearch.indexing", "Follower", "feed"),
    ("tipsearch.engines.tantivy.writer", "TantivyWriter", "add"),
    ("tipsearch.engines.tantivy.writer", "TantivyWriter", "commit"),
    ("tipsearch.engines.generations", "Generations", "write_manifest"),
    ("tipsearch.engines.generations", "Generations", "use"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """20 small papers: more than two batches."""
    made = tmp_path_factory.mktemp("papers")
    chance = random.Random(7)
    for number in range(20):
        text = " ".join(chance.choices(WORDS, k=60))
        (made / f"{number:02}.txt").write_text(f"Paper number {number}\n\n{text}\n", "utf-8")
    return made


def state(place: Path) -> str:
    """All that readers can see: documents, texts, and answers to queries."""
    with Library.open_existing(place) as library:
        answers = [
            [result.document.id for result in library.search(SearchRequest(word, size=100)).results]
            for word in (*WORDS, "")
        ]
        texts = {one: library.page(one, 1).text for answer in answers for one in answer}
        documents = {one: str(library.document(one)) for one in texts}
        files = library.status().files
    return json.dumps([[sorted(answer) for answer in answers], texts, documents, files], sort_keys=True)


@pytest.fixture(scope="module")
def undisturbed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    place = tmp_path_factory.mktemp("undisturbed")
    with Library.open(place) as library:
        library.index([folder])
    return state(place)


def finish(place: Path, folder: Path) -> None:
    with Library.open(place) as library:
        library.index([folder])
        assert library.status().waiting == 0


@pytest.fixture
def die(tipsearch_program: Program) -> Die:
    """Runs an index command that dies: at a call, or after some seconds; how it ended."""

    def run(place: Path, folder: Path, death: list[str | int] | float) -> int:
        typed = ("--index", place, "index", folder, "--jobs", "2")
        before = (DYING, "at_a_call", *death) if isinstance(death, list) else (DYING, "after", death)
        return tipsearch_program.run(*typed, cwd=folder, before=before).returncode

    return run


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", PLACES, ids=[place[2] for place in PLACES])
def test_death_at_each_step_of_writing(
    tmp_path: Path, folder: Path, undisturbed: str, die: Die, when: str, step: tuple[str, str, str]
) -> None:
    number = 2 if step[2] in {"settle", "feed", "add"} else 1
    assert die(tmp_path / "l", folder, [when, *step, number]) == -signal.SIGKILL
    finish(tmp_path / "l", folder)
    assert state(tmp_path / "l") == undisturbed


@pytest.mark.parametrize("delay", [0.05, 0.4, 0.6])
def test_death_at_any_moment(tmp_path: Path, folder: Path, undisturbed: str, die: Die, delay: float) -> None:
    assert die(tmp_path / "l", folder, delay) in {0, -signal.SIGALRM}
    finish(tmp_path / "l", folder)
    assert state(tmp_path / "l") == undisturbed


def test_what_was_reported_survives_the_death_of_the_next_run(
    tmp_path: Path, folder: Path, undisturbed: str, die: Die
) -> None:
    place = tmp_path / "l"
    finish(place, folder)
    extra = tmp_path / "extra"
    extra.mkdir()
    (extra / "new.txt").write_text("Another paper here\n\nabout something else entirely\n", "utf-8")
    death: list[str | int] = ["before", "tipsearch.engines.tantivy.writer", "TantivyWriter", "commit", 1]
    assert die(place, extra, death) == -signal.SIGKILL
    before = json.loads(undisturbed)
    with Library.open_existing(place) as library:
        answer = library.search(SearchRequest("kiln", size=100))
    assert sorted(result.document.id for result in answer.results) == before[0][WORDS.index("kiln")]


def test_an_interrupt_ends_cleanly_and_keeps_what_is_done(
    tmp_path: Path, folder: Path, undisturbed: str
) -> None:
    command = [sys.executable, "-m", "tipsearch", "--index", str(tmp_path / "l"), "index", str(folder)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    end = time.monotonic() + 60
    while not (tmp_path / "l" / "catalogue.sqlite").exists() and time.monotonic() < end:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    # Where the signal meets an `eval` (a named tuple being made), Python ends by that signal itself, after our message.
    assert process.returncode in {0, 130, -signal.SIGINT}, errors.decode()
    assert b"Traceback" not in errors
    finish(tmp_path / "l", folder)
    assert state(tmp_path / "l") == undisturbed
