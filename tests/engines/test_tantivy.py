"""What tantivy needs beyond the contract: its traps stay shut."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from unittest.mock import ANY

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st

from tipsearch import analysis
from tipsearch.engines.tantivy import TantivyEngine
from tipsearch.engines.tantivy.compile import MAX_DEPTH
from tipsearch.engines.tantivy.failures import translated
from tipsearch.errors import EngineFailed, UnsupportedQuery
from tipsearch.query.nodes import MATCH_ALL, And, Fuzzy, Node, Not, Or, Phrase, Prefix, Word, leaves
from tipsearch.testing.conformance.support import commit, document, found

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[TantivyEngine]:
    engine = TantivyEngine.create(tmp_path / "index")
    yield engine
    engine.close()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_tantivy_sees_the_words_that_analysis_gives(text: str) -> None:
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    assert analyzer.analyze(" ".join(analysis.words(text))) == analysis.words(text)


def test_tree_too_deep_for_the_stack_is_refused_not_fatal(engine: TantivyEngine) -> None:
    node: Node = Word("sea")
    for _ in range(MAX_DEPTH + 1):
        node = Or((node, Word("sky")))
    with pytest.raises(UnsupportedQuery, match="nested"):
        engine.search(node)


def test_depth_below_the_limit_is_answered(engine: TantivyEngine) -> None:
    node: Node = Word("sea")
    for _ in range(MAX_DEPTH // 2 - 1):
        node = Not(node)
    commit(engine, document("a", "sea"))
    assert found(engine, node) == set()


def test_thousand_words_of_a_prefix_are_few_enough(engine: TantivyEngine) -> None:
    commit(engine, document("a", " ".join(f"word{n}" for n in range(3_000))))
    expanded = engine.expand(Prefix("word"))
    assert isinstance(expanded, Or)
    assert len(list(leaves(expanded))) == 1_000
    assert found(engine, Prefix("word")) == {"a"}


def test_nearer_words_of_a_fuzzy_one_come_first_in_its_expansion(engine: TantivyEngine) -> None:
    commit(engine, document("a", "cotton cotten cottons cotttten"))
    expanded = engine.expand(Fuzzy("cotton", 2))
    assert isinstance(expanded, Or)
    assert expanded.children[0] == Phrase(("cotton",))


def test_alternating_writers_leave_no_orphan_files(engine: TantivyEngine, tmp_path: Path) -> None:
    other = TantivyEngine.open(tmp_path / "index")
    for number in range(12):
        commit((engine, other)[number % 2], document(str(number % 5), f"text {number}"))
    for name in ("documents", "pages"):
        folder = tmp_path / "index" / name
        live = {
            one["segment_id"].replace("-", "")
            for one in json.loads((folder / "meta.json").read_bytes())["segments"]
        }
        stems = {
            file.name.partition(".")[0] for file in folder.iterdir() if len(file.name.partition(".")[0]) == 32
        }
        assert stems <= live
    other.close()


def test_many_equal_scores_around_a_window_come_by_id(engine: TantivyEngine) -> None:
    commit(engine, *(document(f"{n * 271 % 500:03}", "sea") for n in range(500)))
    hits = engine.search(And((Word("sea"), MATCH_ALL)), offset=250, limit=5)
    assert [hit.id for hit in hits.hits] == ["250", "251", "252", "253", "254"]
    assert hits.total == 500


def test_window_far_beyond_the_end_takes_no_memory(engine: TantivyEngine) -> None:
    commit(engine, document("a", "sea"))
    assert engine.search(Word("sea"), offset=10**12, limit=10**12).total == 1
    assert len(engine.search(Word("sea"), limit=10**12).hits) == 1


def test_reader_keeps_its_view_while_others_write(engine: TantivyEngine, tmp_path: Path) -> None:
    commit(engine, document("a", "sea"))
    reader = TantivyEngine.open(tmp_path / "index")
    for number in range(8):
        commit(engine, document("a", f"sky {number}"))
    assert found(reader, Word("sea")) == {"a"}
    assert [page.number for page in reader.best_pages(Word("sea"), ["a"], 1)["a"]] == [1]
    reader.close()


def test_of_thousands_of_pages_the_best_is_found(engine: TantivyEngine) -> None:
    pages = ["sea and land"] * 5_000
    pages[4_321] = "sea"
    commit(engine, document("a", *pages), document("b", "sky"))
    assert engine.best_pages(Word("sea"), ["a", "b"], 1) == {"a": (ANY,), "b": ()}
    assert engine.best_pages(Word("sea"), ["a"], 1)["a"][0].number == 4_322
    assert len(engine.best_pages(Word("sea"), ["a"], 10_000)["a"]) == 5_000


def test_making_an_index_where_one_is_fails(engine: TantivyEngine, tmp_path: Path) -> None:
    assert engine.document_count() == 0
    with pytest.raises(EngineFailed, match="make an index"):
        TantivyEngine.create(tmp_path / "index")


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ValueError("some trouble\nmore"), "tantivy failed to dance: some trouble$"),
        (OSError("disk full"), "tantivy failed to dance: disk full"),
        (ValueError(), "tantivy failed to dance: ValueError"),
    ],
)
def test_errors_of_tantivy_become_ours_with_their_cause(error: Exception, message: str) -> None:
    with pytest.raises(EngineFailed, match=message) as caught, translated("dance"):
        raise error
    assert caught.value.__cause__ is error


def test_a_panic_in_rust_becomes_our_error(engine: TantivyEngine) -> None:
    searcher = engine._view.documents
    with pytest.raises(EngineFailed, match="broke while it tried to count"), translated("count"):
        searcher.search(tantivy.Query.all_query(), 0)


def test_errors_that_are_not_of_tantivy_pass_through() -> None:
    with pytest.raises(KeyboardInterrupt), translated("dance"):
        raise KeyboardInterrupt


def test_writing_goes_on_after_a_large_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tipsearch.engines.tantivy.writer._MUCH", 0)
    engine = TantivyEngine.create(tmp_path)
    with engine.writer() as writer:
        for number in range(3):
            writer.add(document(f"d{number}", "Title", "debt bondage"))
            writer.commit()
        writer.delete("d0")
        with pytest.raises(EngineFailed), engine.writer():
            pass
        writer.commit()
    engine.refresh()
    assert found(engine, Word("bondage")) == {"d1", "d2"}
    with engine.writer():
        pass


def test_of_many_words_of_a_pattern_all_match_and_the_frequent_ones_rank(tmp_path: Path) -> None:
    engine = TantivyEngine.create(tmp_path / "index")
    words = [f"fish{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(100)]
    commit(
        engine,
        document("often", f"{words[0]} x"),
        document("again", f"{words[0]} y"),
        *(document(word, f"{word} z") for word in words[1:]),
    )
    hits = engine.search(Prefix("fish"), limit=200)
    assert hits.total == 101
    assert {hits.hits[0].id, hits.hits[1].id}.isdisjoint({words[-1], words[-2]})
    assert engine.search(Prefix("fish", "title")).total == 0
