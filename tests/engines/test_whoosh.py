"""What Whoosh needs beyond the contract: its faults stay walled off."""

from __future__ import annotations

import ast
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tipsearch.engines.whoosh as package
from tipsearch.engines.base import YearRange
from tipsearch.engines.whoosh import WhooshEngine, matching, segments
from tipsearch.engines.whoosh import asked as remembering
from tipsearch.engines.whoosh.codec import TermsReader
from tipsearch.engines.whoosh.matching import MAX_DEPTH
from tipsearch.engines.whoosh.phrases import count_in
from tipsearch.errors import EngineFailed, UnsupportedQuery
from tipsearch.query.nodes import (
    MATCH_ALL,
    And,
    Boost,
    Fuzzy,
    Node,
    Not,
    OnPage,
    Or,
    Phrase,
    Prefer,
    Prefix,
    Word,
    leaves,
)
from tipsearch.query.slop import placements
from tipsearch.testing.conformance.support import commit, document, found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDER = Path(package.__file__).parent
NESTED: list[Callable[[Node], Node]] = [
    Not,
    lambda node: And((node,)),
    lambda node: Or((Word("x"), node)),
    lambda node: Boost(node, 1.0),
    lambda node: Prefer(Word("x"), node),
    OnPage,
]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[WhooshEngine]:
    engine = WhooshEngine.create(tmp_path / "index")
    yield engine
    engine.close()


def test_dictionary_is_read_without_looking_up_each_word(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A word that only removed documents had may be listed until segments are merged; it finds nothing."""
    monkeypatch.setattr(segments, "_to_merge", lambda *_: [])
    commit(engine, document("gone", "passports"), document("here", "labour"))
    with engine.writer() as writer:
        writer.delete("gone")
        writer.commit()
    engine.refresh()
    with monkeypatch.context() as patch:
        patch.setattr(TermsReader, "posting_list", lambda *_: pytest.fail("a word was looked up"))
        assert engine.terms("l", 5) == (("labour", 1),)
    assert found(engine, Prefix("pass")) == set()


def files(engine: WhooshEngine) -> list[str]:
    return sorted(path.name for path in engine._folder.iterdir() if path.name != "write.lock")


def test_of_whoosh_only_what_is_sound_is_used() -> None:
    """Its `Require` gives the complement, its stemmers split families of words, its Arabic raises, its queries recurse."""
    imported = {
        node.module
        for path in FOLDER.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("whoosh")
    }
    unsound = ("query", "qparser", "analysis", "lang", "searching", "sorting", "index", "scoring")
    assert imported
    assert {name for name in imported if name and name.split(".")[1] in unsound} == set()


def test_importing_it_compiles_without_warnings(tmp_path: Path) -> None:
    """Whoosh's sources have invalid escapes, which Python warns of when it compiles them."""
    command = [sys.executable, "-W", "error", "-c", "import tipsearch.engines.whoosh"]
    fresh = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    assert subprocess.run(command, env=fresh, capture_output=True, text=True, check=False).stderr == ""


@pytest.mark.parametrize("wrap", NESTED)
def test_tree_of_any_depth_is_refused_and_breaks_nothing(
    engine: WhooshEngine, wrap: Callable[[Node], Node]
) -> None:
    node: Node = Word("sea")
    for _ in range(10_000):
        node = wrap(node)
    for ask in (
        lambda: engine.search(node),
        lambda: engine.count_facets(node, (), ["region"]),
        lambda: engine.best_pages(node, ["a"], 1),
        lambda: engine.expand(node),
    ):
        with pytest.raises(UnsupportedQuery, match="nested"):
            ask()


@pytest.mark.parametrize("wrap", NESTED)
def test_depth_below_the_limit_is_answered(engine: WhooshEngine, wrap: Callable[[Node], Node]) -> None:
    commit(engine, document("a", "sea x"))
    node: Node = Word("sea")
    for _ in range(MAX_DEPTH):
        node = wrap(node)
    assert found(engine, node) == {"a"}


@given(
    st.lists(st.lists(st.integers(0, 20), unique=True).map(sorted), min_size=2, max_size=4),
    st.integers(0, 8),
)
def test_phrases_are_found_where_a_placement_fits(places: list[list[int]], slop: int) -> None:
    sets = [set(one) for one in places]
    fits = any(
        all(start + offset in one for offset, one in zip(placement, sets, strict=True))
        for placement in placements(len(places), slop)
        for start in sets[0]
    )
    assert (count_in(places, slop) > 0) is fits


def test_updates_leave_few_segments_and_no_dead_files(engine: WhooshEngine) -> None:
    chance = random.Random(5)
    for number in range(30):
        commit(engine, document(f"{chance.randrange(20):02}", f"sea {number}", "a second page"))
    manifest = engine._now.view.opened.manifest
    assert len(manifest.documents) <= 4
    assert len(manifest.pages) <= 4
    assert files(engine) == sorted([*manifest.files, "segments.json"])
    assert engine.document_count() == len(found(engine, Word("sea"))) > 12


def test_merging_keeps_words_places_and_facets(engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    facets = {"region": ["asia"]}
    with monkeypatch.context() as patch:
        patch.setattr(segments, "_to_merge", lambda *_: [])
        for name in ("b", "a", "c", "gone"):
            commit(engine, document(name, "child labour", f"page {name}", date=20_150_000, facets=facets))
    assert len(engine._now.view.documents.segments) == 4
    with engine.writer() as writer:
        writer.delete("gone")
        writer.add(document("d", "child labour and " + "more words " * 50))
        writer.commit()
    engine.refresh()
    assert len(engine._now.view.documents.segments) == 1
    assert engine._now.view.documents.size == 4
    assert found(engine, Phrase(("child", "labour"))) == {"a", "b", "c", "d"}
    assert found(engine, Word("child"), YearRange(2015, 2015)) == {"a", "b", "c"}
    assert engine.count_facets(MATCH_ALL, (), ["region"]) == {"region": {"asia": 3}}
    assert [page.number for page in engine.best_pages(Word("c"), ["c"], 2)["c"]] == [2]


def test_full_memory_begins_another_segment(engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "POOL_BYTES", 5_000)
    monkeypatch.setattr(segments, "_to_merge", lambda *_: [])
    one_by_one = [document(f"{n:02}", f"sea {n} of many words", "and pages") for n in range(20)]
    commit(engine, *one_by_one, document("00", "sky"), document("19", "sky"))
    assert len(engine._now.view.documents.segments) > 1
    assert found(engine, Word("sea")) == {f"{n:02}" for n in range(1, 19)}
    assert found(engine, Word("sky")) == {"00", "19"}


def test_reader_keeps_its_view_while_others_write(engine: WhooshEngine, tmp_path: Path) -> None:
    commit(engine, document("a", "sea"), document("b", "seas", language=None))
    reader = WhooshEngine.open(tmp_path / "index")
    for number in range(8):
        commit(engine, document("a", f"sky {number}"))
    assert found(reader, Word("sea")) == {"a"}
    assert found(reader, Prefix("sea")) == {"a", "b"}
    assert found(reader, OnPage(Word("sea"))) == {"a"}
    assert [page.number for page in reader.best_pages(Word("sea"), ["a"], 1)["a"]] == [1]
    reader.close()


def test_thousand_words_of_a_prefix_are_few_enough(engine: WhooshEngine) -> None:
    commit(engine, document("a", " ".join(f"word{n}" for n in range(3_000))))
    expanded = engine.expand(Prefix("word"))
    assert isinstance(expanded, Or)
    assert len(list(leaves(expanded))) == 1_000
    assert found(engine, Prefix("word")) == {"a"}


def test_counts_of_single_words_leave_out_what_was_deleted(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "_to_merge", lambda *_: [])
    commit(engine, document("a", "cotton"), document("b", "cotton cotten"))
    with engine.writer() as writer:
        writer.delete("b")
        writer.commit()
    engine.refresh()
    assert engine.frequencies(["cotton", "cotten"]) == {"cotton": 1, "cotten": 0}
    assert found(engine, Fuzzy("cotten")) == {"a"}


def test_trees_are_remembered_beyond_the_searches_for_better_spellings(engine: WhooshEngine) -> None:
    commit(engine, document("a", "cotton"))
    asked = engine._now.ask(Word("cotton"))
    for number in range(30):
        engine.search(Word(f"cotten{number}"))
    assert engine._now.ask(Word("cotton")) is asked


def test_what_is_kept_of_trees_is_limited(engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "MOST_KEPT", 40)
    monkeypatch.setattr(remembering, "_MOST_KEPT", 60)
    commit(engine, *(document(f"d{n:02}", f"cotton linen wool{n}") for n in range(20)))
    trees = [Or((Prefix("wool"), Word(word))) for word in ("cotton", "linen", "silk")]
    for tree in (*trees, *trees):
        assert len(found(engine, tree)) == 20
    kept = [asked.kept for asked in engine._now._trees.values()]
    assert trees[-1] in engine._now._trees
    assert max(kept) <= 40
    assert sum(kept) <= 60 + 40  # those before the last, and the last


def test_rare_word_is_as_rare_whatever_was_deleted(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(engine, document("a", "sea salt"), document("b", "sea"))
    before = engine.search(Word("salt")).hits
    monkeypatch.setattr(segments, "_to_merge", lambda *_: [])
    commit(engine, *(document(f"c{n}", "salt") for n in range(5)))
    with engine.writer() as writer:
        for n in range(5):
            writer.delete(f"c{n}")
        writer.commit()
    engine.refresh()
    assert engine.search(Word("salt")).hits == before


def test_window_far_beyond_the_end_takes_no_memory(engine: WhooshEngine) -> None:
    commit(engine, document("a", "sea"))
    assert engine.search(Word("sea"), offset=10**12, limit=10**12).total == 1
    assert len(engine.search(Word("sea"), limit=10**12).hits) == 1


def test_making_an_index_where_one_is_fails(engine: WhooshEngine, tmp_path: Path) -> None:
    assert engine.document_count() == 0
    with pytest.raises(EngineFailed, match="make an index"):
        WhooshEngine.create(tmp_path / "index")
