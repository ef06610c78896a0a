"""What one search asks for several times is worked out once, and what is kept stays small."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tipsearch.engines.tantivy import TantivyEngine
from tipsearch.engines.tantivy.compile import Compiler
from tipsearch.query.nodes import And, Fuzzy, Node, OnPage, Prefix, Word
from tipsearch.recent import Recent
from tipsearch.testing.conformance.support import commit, document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[TantivyEngine]:
    engine = TantivyEngine.create(tmp_path / "index")
    words = [f"word{n}" for n in range(2_000)]
    commit(
        engine,
        *(document(f"{n:02}", " ".join(words[n * 100 :][:100]), "word1 debt wages") for n in range(20)),
    )
    yield engine
    engine.close()


class Counting:
    """A searcher that counts what it is asked."""

    def __init__(self, searcher: Any) -> None:  # tantivy's
        self.searcher = searcher
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:  # whatever tantivy's has
        self.asked.append(name)
        return getattr(self.searcher, name)


def test_the_same_tree_is_compiled_once(engine: TantivyEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[Node] = []
    whole = Compiler.compile

    def counted(self: Compiler, node: Node, depth: int = 0) -> Any:  # tantivy's
        compiled.append(node)
        return whole(self, node, depth)

    monkeypatch.setattr(Compiler, "compile", counted)
    node = And((Prefix("word"), Word("debt")))

    def ask() -> None:
        assert engine.search(node).total == 20
        engine.count_facets(node, (), ["year"])
        engine.best_pages(node, ["01", "02"], 3)

    ask()
    # Once for documents, once for pages.
    assert compiled.count(Word("debt")) == 2
    compiled.clear()
    ask()
    assert not compiled


def test_pages_of_many_documents_are_found_by_as_many_searches_as_those_of_one(engine: TantivyEngine) -> None:
    asked = []
    for ids in (["03"], [f"{n:02}" for n in range(20)]):
        pages = Counting(engine._view.pages)
        engine._view = replace(engine._view, pages=pages)  # type: ignore[arg-type]  # it does all that one does
        found = engine.best_pages(And((Word("debt"), Prefix("word"))), ids, 3)
        assert all(2 in [page.number for page in found[one]] for one in ids)
        asked.append(pages.asked.count("search"))
        engine._view = replace(engine._view, pages=pages.searcher)
    assert asked[0] == asked[1]


def test_pages_of_a_condition_are_looked_up_once(engine: TantivyEngine) -> None:
    pages = Counting(engine._view.pages)
    engine._view = replace(engine._view, pages=pages)  # type: ignore[arg-type]  # it does all that one does
    node = OnPage(And((Word("debt"), Word("wages"))))
    assert engine.search(node).total == 20
    engine.count_facets(And((node, Word("debt"))), (), ["year"])
    assert pages.asked.count("aggregate") == 1


def test_letters_that_no_word_begins_with_are_not_kept(engine: TantivyEngine) -> None:
    for letter in "qxyz強":
        engine.expand(Fuzzy(f"{letter}abcd"))
    engine.expand(Fuzzy("wrd1"))
    assert set(engine._view.initials) == {("body", "w")}


def test_what_many_words_ask_of_pages_is_not_kept(engine: TantivyEngine) -> None:
    engine.search(Prefix("word"))
    assert len(engine._view.questions) == 0
    engine.search(Word("debt"))
    assert len(engine._view.questions) == 1


def test_recent_answers_are_kept_and_older_ones_forgotten() -> None:
    recent: Recent[int, int] = Recent(2)
    worked_out = []

    def square(number: int) -> int:
        worked_out.append(number)
        return number * number

    for number in (2, 3, 2, 4, 2, 3):
        assert recent.of(number, lambda number=number: square(number)) == number * number  # type: ignore[misc]  # mypy can't infer defaults of lambdas
    assert worked_out == [2, 3, 4, 3]
    assert len(recent) == 2
