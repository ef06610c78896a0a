from __future__ import annotations

import pytest

from tipsearch import SearchRequest
from tipsearch.engines.base import Filter, YearRange
from tipsearch.errors import BadRequest
from tipsearch.search.facets import facet_values
from tipsearch.search.filters import canonical, read_selection, read_years
from tipsearch.vocabulary import standard


def test_codes_names_and_slugs_of_a_region_are_one_value() -> None:
    request = canonical(SearchRequest(regions=("HK", "Hong Kong", "hong-kong", "HKG")), standard())
    assert request.regions == ("hong-kong",)


def test_an_unknown_value_names_its_parameter() -> None:
    with pytest.raises(BadRequest, match="no region called 'atlantis'") as raised:
        canonical(SearchRequest(regions=("atlantis",)), standard())
    assert raised.value.parameter == "region"


def test_a_publisher_is_taken_as_it_is() -> None:
    assert canonical(SearchRequest(publishers=("Any Name",)), standard()).publishers == ("Any Name",)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", 2019, 2019),
        ("2015..2020", 2015, 2020),
        ("2015..", 2015, None),
        ("..2020", None, 2020),
        (">=2018", 2018, None),
        (">2018", 2019, None),
        ("<=2018", None, 2018),
        ("< 2018", None, 2017),
    ],
)
def test_years_are_read_in_each_form(text: str, first: int | None, last: int | None) -> None:
    assert read_years(text) == YearRange(first, last)


@pytest.mark.parametrize("text", ["..", "soon", "20", "15-20", "2015,2020", ""])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(BadRequest):
        read_years(text)


def test_typed_and_ticked_filters_both_apply() -> None:
    selection = read_selection(
        SearchRequest(regions=("asia",)), [("region", "nepal"), ("region", "india")], standard()
    )
    assert selection.filters() == [Filter("region", ("asia",)), Filter("region", ("nepal", "india"))]
    assert selection.filters(without="region") == []
    assert selection.values("region") == ("asia", "nepal", "india")


def test_a_typed_filter_that_means_nothing_is_left_out_with_a_notice() -> None:
    selection = read_selection(SearchRequest(), [("region", "atlantis"), ("year", "soon")], standard())
    assert selection.filters() == []
    assert [notice.split(" was")[0] for notice in selection.notices] == ["region:atlantis", "year:soon"]


def test_several_ranges_of_years_are_alternatives() -> None:
    request = SearchRequest(years=(YearRange(2015, 2016), YearRange(2019, 2019)))
    assert read_selection(request, [], standard()).filters() == [Filter("year", ("2015", "2016", "2019"))]


def test_a_tree_holds_every_ancestor_and_counts_stay_with_their_value() -> None:
    (asia,) = facet_values("region", {"asia": 3, "eastern-asia": 2, "hong-kong": 1}, (), standard())
    (eastern,) = asia.children
    (hong_kong,) = eastern.children
    assert [(one.value, one.count) for one in (asia, eastern, hong_kong)] == [
        ("asia", 3),
        ("eastern-asia", 2),
        ("hong-kong", 1),
    ]


def test_a_selected_value_is_shown_first_even_without_a_hit() -> None:
    values = facet_values("type", {"guidance": 5}, ("covid-19",), standard())
    assert [(one.value, one.count, one.selected) for one in values] == [
        ("covid-19", 0, True),
        ("guidance", 5, False),
    ]


def test_a_selected_place_is_shown_in_its_tree_even_without_a_hit() -> None:
    (asia,) = facet_values("region", {}, ("hong-kong",), standard())
    assert asia.children[0].children[0].selected


def test_years_are_listed_newest_first() -> None:
    assert [one.value for one in facet_values("year", {"2019": 9, "2023": 1, "2021": 5}, (), standard())] == [
        "2023",
        "2021",
        "2019",
    ]
