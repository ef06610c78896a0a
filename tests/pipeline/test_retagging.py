"""When the thesaurus changes, facets follow from the catalogue's own text: no file is read again."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any, Never

import pytest

from tipsearch import Library, SearchRequest, config
from tipsearch.enrich import tagger
from tipsearch.model import Field, Origin
from tipsearch.pipeline import run

if TYPE_CHECKING:
    from pathlib import Path

    from tipsearch.config import Settings
    from tipsearch.model import Document
    from tipsearch.pipeline import Step

PREFIXES = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <urn:tipsearch:topic:> .
@prefix my: <https://example.org/topics/> .
"""
#: «Debt that binds» is in notes.txt, and the tag in cards.jsonl.
BINDING = PREFIXES + (
    'my:binding a skos:Concept ; skos:prefLabel "Binding debts"@en ; skos:altLabel "a debt binds"@en ; '
    "skos:broader :debt-bondage ."
)
CARDS = [
    {
        "id": "1",
        "title": "A levy on workers",
        "topics": ["Binding debts", "child labour"],
        "text": "Workers pay a levy.",
    },
    {
        "id": "2",
        "title": "Seafarers without wages",
        "topics": ["Shipping"],
        "text": "The ship stayed in port all year.",
    },
]
#: Runs an index command that kills itself at the n-th settling, with one record a batch.
DYING = """
import os, signal, sys
from tipsearch import Library, config
from tipsearch.catalogue import Change, tagging
from pathlib import Path
place, settings, deadly = sys.argv[1:]
tagging._RECORDS_AT_ONCE = 1
calls, settle = 0, Change.settle
def dying(change):
    global calls
    calls += 1
    if calls == int(deadly):
        os.kill(os.getpid(), signal.SIGKILL)
    return settle(change)
Change.settle = dying
with Library.open(place, settings=config.load(Path(settings))) as library:
    library.index([])
"""


@pytest.fixture
def place(tmp_path: Path, papers: Path) -> Path:
    """A library of five documents, told by the program's own thesaurus."""
    lines = (json.dumps(one) for one in CARDS)
    (papers / "cards.jsonl").write_text("\n".join(lines), "utf-8")
    with Library.open(tmp_path / "library") as library:
        library.index([papers])
    return tmp_path / "library"


def own(folder: Path, turtle: str, mode: str = "extend") -> Settings:
    (folder / "our-topics.ttl").write_text(turtle, "utf-8")
    toml = folder / "settings.toml"
    toml.write_text(f'[thesaurus]\nfile = "our-topics.ttl"\nmode = "{mode}"\n', "utf-8")
    return config.load(toml)


def rows(place: Path, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(place / "catalogue.sqlite")) as connection:
        return connection.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2").fetchall()  # noqa: S608  our own words


def titled(library: Library, words: str) -> Document:
    (result,) = library.search(SearchRequest(f"title:{words}")).results
    return result.document


def topics(document: Document) -> set[tuple[str, Origin]]:
    return {(tag.value, tag.origin) for tag in document.topics}


@pytest.fixture
def no_reading(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001  which is read before
    def refuse(*_: object, **__: object) -> Never:
        raise AssertionError("a file was to be read")

    monkeypatch.setattr(run, "Nursery", refuse)


@pytest.mark.usefixtures("no_reading")
def test_a_new_concept_is_found_in_texts_and_tags_without_reading_a_file(place: Path, tmp_path: Path) -> None:
    kept = [rows(place, table) for table in ("files", "pages", "keys", "ocr")]
    with Library.open(place, settings=own(tmp_path, BINDING)) as library:
        report = library.index([])
        assert (report.read, report.unchanged, report.retagged) == (0, 4, 5)
        assert ("binding", Origin.DETECTED) in topics(titled(library, "nepal"))
        assert ("binding", Origin.SOURCE) in topics(titled(library, "levy"))
        answer = library.search(SearchRequest(topics=("binding",)))
        assert {result.document.title for result in answer.results} == {
            "Recruitment fees in Nepal",
            "A levy on workers",
        }
    assert [rows(place, table) for table in ("files", "pages", "keys", "ocr")] == kept


@pytest.mark.usefixtures("no_reading")
def test_what_sources_and_the_program_itself_said_stays(place: Path, tmp_path: Path) -> None:
    with Library.open(place) as library:
        before = {title: topics(titled(library, title)) for title in ("levy", "nepal", "wages")}
    with Library.open(place, settings=own(tmp_path, BINDING)) as library:
        library.index([])
        after = {title: topics(titled(library, title)) for title in before}
    assert ("child-labour", Origin.SOURCE) in before["levy"]
    new = {("binding", Origin.SOURCE), ("binding", Origin.DETECTED)}
    assert {title: found - new for title, found in after.items()} == before


@pytest.mark.usefixtures("no_reading")
def test_without_its_own_thesaurus_a_library_is_as_it_was(place: Path, tmp_path: Path) -> None:
    before = rows(place, "facts")
    with Library.open(place, settings=own(tmp_path, BINDING)) as library:
        library.index([])
    assert rows(place, "facts") != before
    with Library.open(place) as library:
        assert library.index([]).retagged == 5
        assert library.search(SearchRequest(topics=("trafficking",))).total
    assert rows(place, "facts") == before


@pytest.mark.usefixtures("no_reading")
def test_it_is_done_once(place: Path, tmp_path: Path) -> None:
    with Library.open(place, settings=own(tmp_path, BINDING)) as library:
        library.index([])
        generation = library.status().generation
        assert library.index([]).retagged == 0
        assert library.status().generation == generation


@pytest.mark.usefixtures("no_reading")
def test_only_documents_that_have_changed_go_to_the_index_again(place: Path, tmp_path: Path) -> None:
    def last_changes() -> dict[str, int]:
        return dict(rows(place, "documents", "id, seq"))

    before = last_changes()
    with Library.open(place, settings=own(tmp_path, BINDING)) as library:
        library.index([])
        changed = {titled(library, "nepal").id, titled(library, "levy").id}
    assert {id_ for id_, seq in last_changes().items() if seq != before[id_]} == changed


@pytest.mark.usefixtures("no_reading")
def test_a_concept_that_moves_takes_its_documents_along(place: Path, tmp_path: Path) -> None:
    moved = PREFIXES + ":child-labour skos:broader :health ."
    with Library.open(place, settings=own(tmp_path, moved)) as library:
        levy = titled(library, "levy").id
        assert levy not in {
            one.document.id for one in library.search(SearchRequest(topics=("health",))).results
        }
        library.index([])
        assert levy in {one.document.id for one in library.search(SearchRequest(topics=("health",))).results}


@pytest.mark.usefixtures("no_reading")
def test_a_librarian_s_decision_survives_and_moves_along(place: Path, tmp_path: Path) -> None:
    with Library.open(place) as library:
        wages = titled(library, "wages").id
        with library._catalogue.change() as change:
            change.decide(wages, Field.TOPIC, ["child-labour"], "a librarian")
            change.settle()
        library.index([])
    with Library.open(
        place, settings=own(tmp_path, PREFIXES + ":child-labour skos:broader :health .")
    ) as library:
        library.index([])
        assert topics(library.document(wages)) == {("child-labour", Origin.LIBRARIAN)}
        assert wages in {one.document.id for one in library.search(SearchRequest(topics=("health",))).results}


@pytest.mark.usefixtures("no_reading")
def test_a_rebuild_tells_facets_anew_as_well(place: Path, tmp_path: Path) -> None:
    steps: list[Step] = []
    with Library.open(place, settings=own(tmp_path, BINDING)) as library:
        library.rebuild(progress=steps.append)
        assert library.search(SearchRequest(topics=("binding",))).total == 2
    assert [(step.done, step.total, step.retagged) for step in steps] == [(n, 5, True) for n in range(1, 6)]


@pytest.mark.usefixtures("no_reading")
def test_other_rules_of_the_program_have_the_same_effect(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tagger, "ENRICH_VERSION", "another")
    with Library.open(place) as library:
        assert library.index([]).retagged == 5
        assert library.index([]).retagged == 0


def test_a_file_that_is_new_is_read_by_the_thesaurus_in_force(
    place: Path, tmp_path: Path, papers: Path
) -> None:
    (papers / "new.txt").write_text(
        "Kilns\n\nAt the kilns a debt binds whole families to the work.\n", "utf-8"
    )
    with Library.open(place, settings=own(tmp_path, BINDING)) as library:
        report = library.index([])
        assert (report.new, report.retagged) == (1, 5)
        assert ("binding", Origin.DETECTED) in topics(titled(library, "kilns"))
    with Library.open(
        place, settings=own(tmp_path, PREFIXES + ':kiln skos:prefLabel "Kilns"@en .', "replace")
    ) as library:
        library.index([])
        assert topics(titled(library, "kilns")) == {("kiln", Origin.DETECTED)}


@pytest.mark.parametrize("deadly", [1, 3])
def test_killed_in_between_the_next_run_goes_on_where_it_was(
    place: Path, tmp_path: Path, deadly: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = own(tmp_path, BINDING)
    command = [sys.executable, "-c", DYING, str(place), str(tmp_path / "settings.toml"), str(deadly)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    monkeypatch.setattr(run, "Nursery", None)
    with Library.open(place, settings=settings) as library:
        assert library.index([]).retagged == 5 - (deadly - 1)
        assert library.search(SearchRequest(topics=("binding",))).total == 2
        assert library.status().waiting == 0
