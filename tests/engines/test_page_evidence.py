"""A long report that treats the matter in one chapter isn't lost behind short notes that mention it (tantivy)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tipsearch.engines.base import Filter, Sort
from tipsearch.engines.tantivy import TantivyEngine
from tipsearch.engines.tantivy.evidence import MAX_LEAVES, PAGE_HITS, WINDOW
from tipsearch.query import parse
from tipsearch.query.nodes import Or, Word
from tipsearch.testing.conformance.support import commit, document, order

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tipsearch.model import IndexDocument

#: Words of a report on something else, 200 a page.
_OTHER = " ".join(f"chapter{number % 40} law court state" for number in range(50))
_ON_IT = (
    "Debt bondage in brick kilns: kiln owners advance wages, and debt binds families to brick kilns. " * 6
)


def report(name: str, pages: int, *on_it: int) -> IndexDocument:
    texts = [_ON_IT if number in on_it else _OTHER for number in range(1, pages + 1)]
    return document(name, *texts, title="Annual report")


def note(number: int) -> IndexDocument:
    passing = (
        f"A visit to the coast, item {number}. On the road we saw brick kilns; nobody spoke of debt. "
        + _OTHER
    )
    return document(f"note{number:03}", passing, "Thanks to all who came along.", title="Travel note")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[TantivyEngine]:
    engine = TantivyEngine.create(tmp_path / "index")
    yield engine
    engine.close()


@pytest.mark.parametrize("text", ["brick kilns debt", "kilns"])
def test_a_chapter_of_a_long_report_comes_before_notes_in_passing(engine: TantivyEngine, text: str) -> None:
    commit(engine, report("report", 300, 201, 202), *map(note, range(30)))
    assert order(engine, parse(text).node, Sort.RELEVANCE)[0] == "report"


def test_a_report_with_a_chapter_on_it_comes_before_one_that_mentions_it_here_and_there(
    engine: TantivyEngine,
) -> None:
    scattered = document(
        "all-over", *[f"kiln debt {_OTHER}" for _ in range(8)], *[_OTHER] * 32, title="Annual report"
    )
    commit(engine, scattered, report("chapter", 40, 7), *map(note, range(5)))
    found = order(engine, parse("kiln debt").node, Sort.RELEVANCE)
    assert found.index("chapter") < found.index("all-over")


def test_pages_of_results_join_across_the_end_of_what_is_ordered_anew(engine: TantivyEngine) -> None:
    texts = [
        document(f"{n:04}", f"kiln {'loam ' * (n % 7)}", f"{'kiln ' * (n % 5)}x") for n in range(WINDOW + 90)
    ]
    commit(engine, *texts)
    whole = engine.search(Word("kiln"), limit=1_000)
    pieces = [engine.search(Word("kiln"), offset=start, limit=20).hits for start in range(0, len(texts), 20)]
    assert [hit for piece in pieces for hit in piece] == list(whole.hits)
    assert len({hit.id for hit in whole.hits}) == whole.total == len(texts)
    scores = [hit.score for hit in whole.hits]
    assert scores == sorted(scores, reverse=True)
    assert all(
        one.id < other.id
        for one, other in zip(whole.hits, whole.hits[1:], strict=False)
        if one.score == other.score
    )


def test_a_filter_changes_no_order(engine: TantivyEngine) -> None:
    texts = [
        document(
            f"{n:03}",
            f"kiln {'loam ' * (n % 7)}",
            "kiln " * (n % 5),
            facets={"region": ["asia"] if n % 2 else []},
        )
        for n in range(50)
    ]
    commit(engine, *texts)
    asia = engine.search(Word("kiln"), [Filter("region", ("asia",))], limit=100).hits
    assert list(asia) == [hit for hit in engine.search(Word("kiln"), limit=100).hits if int(hit.id) % 2]


def test_more_pages_than_are_looked_at_give_no_step(engine: TantivyEngine) -> None:
    equal = [document(f"{n:03}", *["kiln loam"] * 3) for n in range(PAGE_HITS // 3 + 20)]
    commit(engine, *equal)
    scores = {hit.score for hit in engine.search(Word("kiln"), limit=1_000).hits}
    assert len(scores) == 1


def test_removed_pages_count_no_longer(engine: TantivyEngine) -> None:
    commit(engine, report("report", 30, 20), *map(note, range(10)))
    assert order(engine, Word("kilns"), Sort.RELEVANCE)[0] == "report"
    commit(engine, document("report", *[_OTHER] * 29, f"kilns {_OTHER * 5}", title="Annual report"))
    assert order(engine, Word("kilns"), Sort.RELEVANCE)[0] != "report"


def test_very_many_words_are_answered_without_looking_at_pages(engine: TantivyEngine) -> None:
    commit(engine, document("a", "kiln x", "y"), document("b", "kiln", "kiln"))
    many = Or((Word("kiln"), *(Word(f"w{number}") for number in range(MAX_LEAVES))))
    assert {hit.id for hit in engine.search(many).hits} == {"a", "b"}
