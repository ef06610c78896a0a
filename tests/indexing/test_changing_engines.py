"""A library changes over to another engine and back without a file being read, and answers as before."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tipsearch import Library, SearchRequest, config
from tipsearch.engines.base import Sort
from tipsearch.errors import EngineFailed, LibraryError
from tipsearch.indexing import opening
from tipsearch.query.nodes import Word

if TYPE_CHECKING:
    from pathlib import Path

    from tipsearch.search.answer import SearchAnswer
    from tipsearch.search.shapes import FacetValue

TEXTS = (
    "trafficking",
    '"forced labour"',
    "labour OR trata",
    "recruit*",
    "traficking~",
    "-organ",
    "الاتجار",
    "",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sample_folder: Path) -> Path:
    """A copy of the sample library that these tests may change."""
    return shutil.copytree(sample_folder, tmp_path_factory.mktemp("engines") / "library")


@pytest.fixture(scope="module")
def answers(folder: Path) -> dict[str, list[object]]:
    """What each engine answers: totals, ids and counts, and ids in the orders that don't depend on scores."""
    found: dict[str, list[object]] = {}
    with Library.open_existing(folder) as library:
        for engine in ("tantivy", "whoosh"):
            assert library.rebuild(engine).engine == engine
            found[engine] = [summary(library.search(SearchRequest(text, size=100))) for text in TEXTS]
            found[engine] += [
                ids(library.search(SearchRequest(sort=sort, size=100)))
                for sort in (Sort.NEWEST, Sort.OLDEST, Sort.TITLE)
            ]
    return found


def ids(answer: SearchAnswer) -> list[str]:
    return [result.document.id for result in answer.results]


def summary(answer: SearchAnswer) -> object:
    counts = {
        facet: sorted(pair for value in values for pair in flat(value))
        for facet, values in answer.facets.items()
    }
    return answer.total, sorted(ids(answer)), counts


def flat(value: FacetValue) -> list[tuple[str, int]]:
    return [(value.value, value.count), *(pair for child in value.children for pair in flat(child))]


def test_both_engines_answer_the_same(answers: dict[str, list[object]]) -> None:
    assert answers["whoosh"] == answers["tantivy"]


def test_changing_over_and_back_touches_no_file(library: Library, papers: Path) -> None:
    library.index([papers])
    first = summary(library.search(SearchRequest("trafficking")))
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in papers.iterdir()}
    library.rebuild("whoosh")
    assert summary(library.search(SearchRequest("trafficking"))) == first
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in papers.iterdir()} == before
    shutil.rmtree(papers)
    assert library.rebuild("tantivy").engine == "tantivy"
    assert summary(library.search(SearchRequest("trafficking"))) == first


def test_engine_of_the_settings_is_taken_and_follows_changes(tmp_path: Path, papers: Path) -> None:
    (tmp_path / "tipsearch.toml").write_text('engine = "whoosh"\n', "utf-8")
    with Library.open(tmp_path / "library", settings=config.load(tmp_path / "tipsearch.toml")) as library:
        library.index([papers])
        assert library.status().engine == "whoosh"
        assert library.search(SearchRequest("recruitment fees nepal")).total == 1
        (papers / "notes.txt").write_text("Visas\n\nA visa that is tied to one employer.\n", "utf-8")
        library.index([papers])
        assert library.search(SearchRequest("recruitment fees nepal")).total == 0
        assert library.search(SearchRequest("visas tied")).total == 1
        assert library.status().generation > 1


def test_damage_is_found_before_it_can_answer(library: Library, papers: Path) -> None:
    library.index([papers], engine="whoosh")
    library.close()
    damaged = max((library.folder / "engine").glob("g-*/index/documents_*.pst"))
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"\x99")
    with Library.open(library.folder) as again:
        with pytest.raises((EngineFailed, LibraryError), match="rebuild"):
            again.search(SearchRequest("trafficking"))
        again.rebuild("whoosh")
        assert again.search(SearchRequest("trafficking")).total > 0


def test_whoosh_is_read_where_it_may_not_be_written(
    library: Library, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.index([papers], engine="whoosh")
    monkeypatch.setattr(opening, "_writable", lambda _: False)
    with library._catalogue.view() as view:
        opened = opening.open_index(library._generations, view.identity())
    assert opened.links is not None
    assert opened.engine.search(Word("trafficking")).total > 0
    opened.engine.close()
    opened.links.cleanup()
