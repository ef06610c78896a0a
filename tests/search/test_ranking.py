"""The order that readers see: better than the engine's, and never another set of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tipsearch.engines.base import Filter, Sort
from tipsearch.engines.registry import load
from tipsearch.model import Document, Page
from tipsearch.query import parse
from tipsearch.recent import Recent
from tipsearch.search.ranking import READ_DOCUMENTS, ranked, with_feedback
from tipsearch.testing.conformance.support import commit, document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tipsearch.engines.base import Engine
    from tipsearch.model import IndexDocument
    from tipsearch.query.nodes import Node

#: Kilns are about debts; one document speaks of debts only beside the words asked for.
TEXTS = {
    **{f"k{number}": f"brick kiln debt bondage advance wages {'loam ' * number}" for number in range(6)},
    "debt": "brick or kiln, and the debt bondage of advance wages",
    "sand": "brick or kiln, and the sand castle of summer beaches",
    "sea": "fishing boats",
}


class Shelf:
    """Texts by id, as the catalogue gives them; counts how often it is asked."""

    def __init__(self, documents: Sequence[IndexDocument]) -> None:
        self.asked = 0
        self._documents = {one.id: one for one in documents}

    def documents(self, ids: Sequence[str]) -> Mapping[str, Document]:
        return {one: Document(one, self._documents[one].title, language="en") for one in ids}

    def pages(self, wanted: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], Page]:
        self.asked += 1
        return {(one, number): self._documents[one].pages[number - 1] for one, number in wanted}


@pytest.fixture(params=["tantivy", "memory", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    (tmp_path / "index").mkdir()
    return load(request.param).create(tmp_path / "index")


@pytest.fixture
def shelf(engine: Engine) -> Shelf:
    facets = {"region": ["asia"]}
    documents = [
        document(name, text, title="Note", facets=facets if name[0] in "kd" else {})
        for name, text in TEXTS.items()
    ]
    commit(engine, *documents)
    return Shelf(documents)


def order(engine: Engine, shelf: Shelf, text: str, **options: object) -> list[str]:
    node = engine.expand(parse(text, match="any").node)
    found = ranked(engine, node, texts=shelf, limit=100, **options)  # type: ignore[arg-type]
    return [hit.id for hit in found.hits]


def test_what_speaks_of_the_same_as_the_best_documents_comes_first(engine: Engine, shelf: Shelf) -> None:
    found = order(engine, shelf, "brick kiln")
    assert found.index("debt") < found.index("sand")


def test_words_side_by_side_come_before_words_apart(engine: Engine) -> None:
    apart, together = "kiln near the only brick", "brick kiln near the only"
    documents = [document("a", apart), document("b", together)]
    commit(engine, *documents)
    assert order(engine, Shelf(documents), "brick kiln") == ["b", "a"]


@pytest.mark.parametrize(
    "text", ["brick kiln", "brick-kiln sand", "brick kiln -sand", "fishing boats kiln", "kiln"]
)
def test_what_is_found_and_how_many_stays_the_same(engine: Engine, shelf: Shelf, text: str) -> None:
    node = engine.expand(parse(text, match="any").node)
    plain = engine.search(node, limit=100)
    better = ranked(engine, node, texts=shelf, limit=100)
    assert better.total == plain.total
    assert {hit.id for hit in better.hits} == {hit.id for hit in plain.hits}


def test_scores_fall_along_the_order(engine: Engine, shelf: Shelf) -> None:
    node = parse("brick kiln wages", match="any").node
    scores = [hit.score for hit in ranked(engine, node, texts=shelf, limit=100).hits]
    assert scores == sorted(scores, reverse=True)


def test_pages_of_results_join_without_gap_or_overlap(engine: Engine, shelf: Shelf) -> None:
    node = parse("brick kiln wages", match="any").node
    pieces = [ranked(engine, node, texts=shelf, offset=start, limit=3).hits for start in range(0, 9, 3)]
    assert [hit.id for piece in pieces for hit in piece] == order(engine, shelf, "brick kiln wages")


def test_a_filter_takes_documents_out_and_changes_no_order(engine: Engine, shelf: Shelf) -> None:
    everything = order(engine, shelf, "brick kiln")
    asia = order(engine, shelf, "brick kiln", filters=[Filter("region", ("asia",))])
    assert asia == [one for one in everything if one != "sand"]


@pytest.mark.parametrize(
    "text", ["kiln", '"brick kiln"', "title:note title:brick", "kil* bric*", "boats sand fishing", ""]
)
def test_nothing_is_read_where_it_could_not_help(engine: Engine, shelf: Shelf, text: str) -> None:
    node = engine.expand(parse(text, match="any").node)
    assert with_feedback(engine, node, shelf) == node
    assert shelf.asked == 0


def test_other_orders_need_no_reading(engine: Engine, shelf: Shelf) -> None:
    assert order(engine, shelf, "brick kiln", sort=Sort.TITLE) == sorted(set(TEXTS) - {"sea"})
    assert shelf.asked == 0


def test_enough_is_found_here_to_read_the_best() -> None:
    assert len(TEXTS) - 1 > READ_DOCUMENTS


def test_what_was_asked_before_is_not_read_for_again(engine: Engine, shelf: Shelf) -> None:
    known: Recent[Node, Node] = Recent(2)
    first = order(engine, shelf, "brick kiln", known=known)
    read = shelf.asked
    assert order(engine, shelf, "brick kiln", known=known) == first
    assert shelf.asked == read > 0
