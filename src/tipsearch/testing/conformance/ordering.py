"""In which order documents come, how many there are, and windows into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tipsearch.engines.base import Filter, Sort
from tipsearch.query.nodes import MATCH_ALL, And, Boost, Not, Or, Word
from tipsearch.testing.conformance.support import document, found, order

if TYPE_CHECKING:
    from tipsearch.engines.base import Engine
    from tipsearch.testing.conformance.support import Make


def _dated(make: Make) -> Engine:
    return make(
        document("e", "x", title="Zebra"),
        document("d", "x", title="apple", date=20_150_000),
        document("c", "x", title="Ábaco", date=20_150_315),
        document("b", "x", title="“Apple”", date=20_200_101),
        document("a", "x", title="Zebra"),
    )


class OrderCases:
    """Relevance, dates, titles; ties by id; totals and windows."""

    @pytest.mark.parametrize(("typed", "other"), [("niñas", "ninas"), ("été", "ete"), ("أطفال", "اطفال")])
    def test_word_written_with_its_accents_comes_before_one_without(
        self, make: Make, typed: str, other: str
    ) -> None:
        for language in ("es", None):
            engine = make(
                document("a", f"{other} mar", language=language),
                document("b", f"{typed} mar", language=language),
            )
            assert order(engine, Word(typed), Sort.RELEVANCE) == ["b", "a"]
            assert set(order(engine, Word(other), Sort.RELEVANCE)) == {"a", "b"}

    def test_exact_form_comes_before_its_stem(self, make: Make) -> None:
        engine = make(document("a", "one worker here"), document("b", "one workers here"))
        assert order(engine, Word("workers"), Sort.RELEVANCE) == ["b", "a"]
        assert order(engine, Word("worker"), Sort.RELEVANCE) == ["a", "b"]

    def test_title_counts_more_than_text(self, make: Make) -> None:
        engine = make(
            document("a", "bricks and cocoa", title="Report"),
            document("b", "bricks and mortar", title="Cocoa"),
        )
        assert order(engine, Word("cocoa"), Sort.RELEVANCE) == ["b", "a"]

    def test_rare_word_counts_more_than_a_frequent_one(self, make: Make) -> None:
        engine = make(
            *(document(f"z{n}", "sea x") for n in range(9)),
            document("a", "sea y"),
            document("rare", "salt y"),
        )
        assert order(engine, Or((Word("sea"), Word("salt"))), Sort.RELEVANCE)[0] == "rare"

    def test_boost_lifts_its_word(self, make: Make) -> None:
        engine = make(document("a", "sea x"), document("b", "sky x"))
        assert order(engine, Or((Word("sea"), Boost(Word("sky"), 5.0))), Sort.RELEVANCE) == ["b", "a"]
        assert order(engine, Or((Boost(Word("sea"), 5.0), Word("sky"))), Sort.RELEVANCE) == ["a", "b"]

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            (Sort.NEWEST, ["b", "c", "d", "a", "e"]),
            (Sort.OLDEST, ["d", "c", "b", "a", "e"]),
            (Sort.TITLE, ["c", "b", "d", "a", "e"]),
        ],
    )
    def test_sorts_break_ties_by_id_and_put_undated_last(
        self, make: Make, sort: Sort, expected: list[str]
    ) -> None:
        assert order(_dated(make), MATCH_ALL, sort) == expected

    @pytest.mark.parametrize(
        "node", [MATCH_ALL, Word("x"), Not(Word("absent")), And((Word("x"), Not(Word("y"))))]
    )
    def test_equal_scores_come_by_id(self, make: Make, node: And) -> None:
        engine = make(*(document(f"{n * 37 % 100:02}", "x") for n in range(100)))
        assert order(engine, node, Sort.RELEVANCE) == [f"{n:02}" for n in range(100)]

    @pytest.mark.parametrize("sort", list(Sort))
    def test_windows_join_without_gap_or_overlap(self, make: Make, sort: Sort) -> None:
        engine = make(*(document(f"{n * 37 % 100:02}", "x " * (n % 3 + 1), title="t") for n in range(100)))
        whole = order(engine, Word("x"), sort)
        pieces = [
            engine.search(Word("x"), sort=sort, offset=start, limit=7).hits for start in range(0, 100, 7)
        ]
        assert [hit.id for piece in pieces for hit in piece] == whole

    @pytest.mark.parametrize("sort", list(Sort))
    def test_window_of_filtered_documents_is_cut_from_all_of_them(self, make: Make, sort: Sort) -> None:
        engine = make(
            *(
                document(
                    f"{n * 37 % 50:02}", "x " * (n % 3 + 1), facets={"region": [("asia", "africa")[n % 2]]}
                )
                for n in range(50)
            )
        )
        asia = [Filter("region", ("asia",))]
        whole = engine.search(Word("x"), asia, sort=sort, limit=100)
        window = engine.search(Word("x"), asia, sort=sort, offset=9, limit=8)
        assert (whole.total, len(whole.hits)) == (25, 25)
        assert (window.total, window.hits) == (25, whole.hits[9:17])

    @pytest.mark.parametrize("sort", list(Sort))
    @pytest.mark.parametrize(
        ("offset", "limit", "count"), [(0, 2, 2), (4, 3, 1), (5, 3, 0), (1_000, 10, 0), (0, 0, 0)]
    )
    def test_total_is_exact_whatever_the_window(
        self, make: Make, sort: Sort, offset: int, limit: int, count: int
    ) -> None:
        hits = _dated(make).search(Word("x"), sort=sort, offset=offset, limit=limit)
        assert (hits.total, len(hits.hits)) == (5, count)

    def test_order_does_not_depend_on_the_order_of_arrival(self, make: Make) -> None:
        documents = [document(f"{n:02}", f"sea {'salt ' * (n % 5)}", title=f"t{n % 3}") for n in range(30)]
        node = Or((Word("sea"), Word("salt")))
        one, other = make(*documents), make(*reversed(documents))
        for sort in Sort:
            assert order(one, node, sort) == order(other, node, sort)

    def test_only_relevance_gives_scores(self, make: Make) -> None:
        engine = _dated(make)
        assert all(hit.score > 0 for hit in engine.search(Word("x")).hits)
        assert all(hit.score == 0 for hit in engine.search(Word("x"), sort=Sort.NEWEST).hits)

    def test_document_count_counts_all(self, make: Make) -> None:
        engine = _dated(make)
        assert engine.document_count() == len(found(engine, MATCH_ALL)) == 5
