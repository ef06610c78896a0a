"""Filters and the counts beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tipsearch.engines.base import FACETS, Filter, YearRange
from tipsearch.errors import UnsupportedQuery
from tipsearch.query.nodes import MATCH_ALL, MATCH_NONE, Not, Word
from tipsearch.testing.conformance.support import document, found

if TYPE_CHECKING:
    from tipsearch.engines.base import Engine
    from tipsearch.testing.conformance.support import Make


def _library(make: Make) -> Engine:
    asia_2015 = {"region": ["asia", "nepal"], "topic": ["bonded-labour"], "language": ["en"]}
    asia_2018 = {"region": ["asia"], "type": ["guidance"], "publisher": ["International Office"]}
    africa_2018 = {"region": ["africa"], "topic": ["bonded-labour"], "role": ["transit", "transit:africa"]}
    return make(
        document("a", "sea", date=20_150_000, facets=asia_2015),
        document("b", "sea", date=20_180_600, facets=asia_2018),
        document("c", "land", date=20_180_101, facets=africa_2018),
        document("d", "land"),
    )


class FacetCases:
    """OR inside a facet, AND across; exact counts."""

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            ([Filter("region", ("asia",))], {"a", "b"}),
            ([Filter("region", ("nepal", "africa"))], {"a", "c"}),
            ([Filter("region", ("asia", "africa")), Filter("topic", ("bonded-labour",))], {"a", "c"}),
            ([Filter("region", ("asia",)), Filter("region", ("nepal",))], {"a"}),
            ([Filter("publisher", ("International Office",))], {"b"}),
            ([Filter("publisher", ("international office",))], set()),
            ([Filter("region", ("absent",))], set()),
            ([Filter("region", ())], set()),
            ([Filter("year", ("2018",))], {"b", "c"}),
            ([Filter("year", ("2015", "2018", "no year"))], {"a", "b", "c"}),
            ([Filter("year", ("unknown",))], {"d"}),
            ([Filter("year", ("unknown", "2015"))], {"a", "d"}),
            ([Filter("year", ("unknown",)), YearRange(None, 2018)], set()),
            ([Filter("role", ("transit:africa", "origin:africa"))], {"c"}),
        ],
    )
    def test_filters_are_or_inside_and_across(
        self, make: Make, filters: list[Filter | YearRange], expected: set[str]
    ) -> None:
        assert found(_library(make), MATCH_ALL, *filters) == expected

    @pytest.mark.parametrize(
        ("years", "expected"),
        [
            (YearRange(2015, 2018), {"a", "b", "c"}),
            (YearRange(2016, None), {"b", "c"}),
            (YearRange(None, 2015), {"a"}),
            (YearRange(2015, 2015), {"a"}),
            (YearRange(2018, 2015), set()),
            (YearRange(-5, 99_999), {"a", "b", "c"}),
            (YearRange(None, None), {"a", "b", "c"}),
        ],
    )
    def test_year_range_includes_both_ends_and_no_undated(
        self, make: Make, years: YearRange, expected: set[str]
    ) -> None:
        assert found(_library(make), MATCH_ALL, years) == expected

    def test_filters_restrict_what_the_words_match(self, make: Make) -> None:
        engine = _library(make)
        assert found(engine, Word("sea"), Filter("region", ("nepal", "africa"))) == {"a"}
        assert found(engine, Not(Word("sea")), YearRange(2018, None)) == {"c"}

    def test_filters_leave_the_score_as_it_is(self, make: Make) -> None:
        engine = _library(make)
        plain = {hit.id: hit.score for hit in engine.search(Word("sea")).hits}
        filtered = engine.search(Word("sea"), [Filter("region", ("nepal",)), YearRange(2015, None)]).hits
        assert [(hit.id, hit.score) for hit in filtered] == [("a", plain["a"])]

    def test_unknown_facet_is_refused_by_name(self, make: Make) -> None:
        engine = _library(make)
        with pytest.raises(UnsupportedQuery, match="colour"):
            engine.search(MATCH_ALL, [Filter("colour", ("red",))])
        with pytest.raises(UnsupportedQuery, match="colour"):
            engine.count_facets(MATCH_ALL, (), ["colour"])

    def test_every_facet_is_counted(self, make: Make) -> None:
        assert _library(make).count_facets(MATCH_ALL, (), FACETS) == {
            "region": {"asia": 2, "nepal": 1, "africa": 1},
            "role": {"transit": 1, "transit:africa": 1},
            "topic": {"bonded-labour": 2},
            "type": {"guidance": 1},
            "language": {"en": 1},
            "year": {"2015": 1, "2018": 2, "unknown": 1},
            "publisher": {"International Office": 1},
        }

    def test_counts_are_of_what_matches_and_passes(self, make: Make) -> None:
        engine = _library(make)
        counts = engine.count_facets(Word("sea"), [YearRange(2018, None)], ["region", "topic"])
        assert counts == {"region": {"asia": 1}, "topic": {}}
        assert engine.count_facets(MATCH_NONE, (), ["region"]) == {"region": {}}

    def test_no_facets_asked_none_counted(self, make: Make) -> None:
        assert _library(make).count_facets(MATCH_ALL, (), ()) == {}

    def test_value_given_twice_counts_its_document_once(self, make: Make) -> None:
        engine = make(document("a", "x", facets={"region": ["asia", "asia"]}))
        assert engine.count_facets(MATCH_ALL, (), ["region"]) == {"region": {"asia": 1}}

    def test_counts_stay_exact_with_many_values(self, make: Make) -> None:
        engine = make(
            *(document(f"{n:03}", "x", facets={"publisher": [f"publisher {n // 2}"]}) for n in range(400))
        )
        counts = engine.count_facets(MATCH_ALL, (), ["publisher"])["publisher"]
        assert counts == {f"publisher {n}": 2 for n in range(200)}
