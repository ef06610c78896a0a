from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tipsearch import SearchRequest
from tipsearch.engines.base import Filter, YearRange
from tipsearch.errors import BadRequest
from tipsearch.search.facets import facet_of_topic, facet_values, facets_of, without_parts
from tipsearch.search.filters import canonical, read_selection, read_years
from tipsearch.vocabulary import ConceptData, Vocabularies, Vocabulary, standard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tipsearch.search.shapes import FacetValue


STANDARD = standard()
#: A thesaurus with every part, one topic in none, and one below a topic of another part.
OWN = replace(
    STANDARD,
    topics=Vocabulary.of(
        [
            ConceptData("trafficking", "Human trafficking", facet="form"),
            ConceptData("labour", "Forced labour", "trafficking", facet="form"),
            ConceptData("fishing", "Fishing", facet="sector"),
            ConceptData("boats", "Forced labour on boats", "fishing", facet="form"),
            ConceptData("nets", "Nets", "fishing"),
            ConceptData("ports", "Ports", "nets", facet="sector"),
            ConceptData("migration", "Migration", facet="context"),
            ConceptData("shelter", "Shelter", facet="response"),
        ]
    ),
)


def shown(
    facet: str,
    counted: dict[str, int],
    selected: tuple[str, ...] = (),
    vocabularies: Vocabularies = STANDARD,
) -> tuple[FacetValue, ...]:
    return facet_values(facets_of(vocabularies)[facet], counted, selected)


def test_equally_frequent_values_stand_by_the_label_that_is_shown() -> None:
    facet, counted = facets_of(STANDARD)["region"], {"germany": 2, "austria": 2, "france": 2}

    def labels(language: str) -> list[str]:
        (europe,) = facet_values(facet, counted, (), language)
        return [one.label for one in europe.children[0].children]

    assert labels("en") == ["Austria", "France", "Germany"]
    assert labels("es") == ["Alemania", "Austria", "Francia"]


def outline(values: Iterable[FacetValue]) -> list[object]:
    """Values and counts, what is below one in a list after it."""
    made: list[object] = []
    for one in values:
        made += [(one.value, one.count), *([outline(one.children)] if one.children else [])]
    return made


def test_codes_names_and_slugs_of_a_region_are_one_value() -> None:
    request = canonical(SearchRequest(regions=("HK", "Hong Kong", "hong-kong", "HKG")), STANDARD)
    assert request.regions == ("hong-kong",)


def test_the_name_of_a_group_selects_all_that_it_stands_for() -> None:
    assert canonical(SearchRequest(regions=("MENA",)), STANDARD).regions == (
        "western-asia",
        "northern-africa",
    )


def test_a_listed_publisher_goes_by_any_of_its_names() -> None:
    names = ("UNODC", "United Nations Office on Drugs and Crime")
    assert canonical(SearchRequest(publishers=names), STANDARD).publishers == names[1:]


def test_an_unknown_value_names_its_parameter() -> None:
    with pytest.raises(BadRequest, match="no region called 'atlantis'") as raised:
        canonical(SearchRequest(regions=("atlantis",)), STANDARD)
    assert raised.value.parameter == "region"


def test_a_publisher_is_taken_as_it_is() -> None:
    assert canonical(SearchRequest(publishers=("Any Name",)), STANDARD).publishers == ("Any Name",)


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
    assert read_years([text]) == ((YearRange(first, last),), False)


@pytest.mark.parametrize("text", ["..", "soon", "20", "15-20", "2015,2020", ""])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(BadRequest):
        read_years([text])


def test_typed_and_ticked_filters_both_apply() -> None:
    selection = read_selection(
        SearchRequest(regions=("asia",)), [("region", "nepal"), ("region", "india")], STANDARD
    )
    assert selection.filters() == [Filter("region", ("nepal", "india")), Filter("region", ("asia",))]
    assert selection.values("region") == ("asia",)


def test_counts_leave_out_what_is_ticked_and_not_what_is_typed() -> None:
    selection = read_selection(SearchRequest(regions=("asia",)), [("region", "nepal")], STANDARD)
    assert selection.filters(without="region") == [Filter("region", ("nepal",))]


def test_a_typed_filter_that_means_nothing_is_left_out_with_a_notice() -> None:
    selection = read_selection(SearchRequest(), [("region", "atlantis"), ("year", "soon")], STANDARD)
    assert selection.filters() == []
    assert [notice.split(" was")[0] for notice in map(str, selection.remarks)] == [
        "region:atlantis",
        "year:soon",
    ]


def test_several_ranges_of_years_are_alternatives() -> None:
    request = SearchRequest(years=(YearRange(2015, 2016), YearRange(2019, 2019)))
    assert read_selection(request, [], STANDARD).filters() == [Filter("year", ("2015", "2016", "2019"))]


def test_years_typed_are_alternatives_as_they_are_told() -> None:
    selection = read_selection(SearchRequest(), [("year", "2015"), ("year", "unknown")], STANDARD)
    assert selection.filters() == [Filter("year", ("2015", "unknown"))]


@pytest.mark.parametrize("text", ["unknown", "undated", " Unknown "])
def test_undated_documents_can_be_asked_for(text: str) -> None:
    assert read_years([text, "2019"]) == ((YearRange(2019, 2019),), True)


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (SearchRequest(undated=True), Filter("year", ("unknown",))),
        (
            SearchRequest(undated=True, years=(YearRange(2019, 2020),)),
            Filter("year", ("2019", "2020", "unknown")),
        ),
        (SearchRequest(year_from=2019, year_to=2020), YearRange(2019, 2020)),
        (SearchRequest(year_from=2019, year_to=2019, undated=True), Filter("year", ("2019", "unknown"))),
        (
            SearchRequest(year_from=2019, year_to=2019, years=(YearRange(2015, 2015),)),
            Filter("year", ("2015", "2019")),
        ),
    ],
)
def test_all_that_is_said_of_years_is_alternatives(
    request_: SearchRequest, expected: Filter | YearRange
) -> None:
    selection = read_selection(request_, [], STANDARD)
    assert selection.filters() == [expected]
    assert selection.filters(without="year") == []


def test_roles_are_filters_of_their_own_that_narrow_one_another() -> None:
    request = canonical(SearchRequest(origins=("NP", "India"), destinations=("Qatar",)), STANDARD)
    assert (request.origins, request.destinations) == (("nepal", "india"), ("qatar",))
    selection = read_selection(request, [("transit", "HK")], STANDARD)
    assert selection.filters() == [
        Filter("role", ("transit:hong-kong",)),
        Filter("role", ("origin:nepal", "origin:india")),
        Filter("role", ("destination:qatar",)),
    ]


def test_an_unknown_place_of_a_role_is_told_as_one() -> None:
    with pytest.raises(BadRequest, match="no region called 'atlantis'") as raised:
        canonical(SearchRequest(origins=("atlantis",)), STANDARD)
    assert raised.value.parameter == "origin"


def test_parts_of_the_thesaurus_are_filters_of_their_own() -> None:
    request = canonical(SearchRequest(forms=("Forced labour",), sectors=("FISHING",)), OWN)
    assert read_selection(request, [], OWN).filters() == [
        Filter("topic", ("labour",)),
        Filter("topic", ("fishing",)),
    ]


def test_a_topic_of_another_part_is_refused_and_told_where_it_belongs() -> None:
    with pytest.raises(
        BadRequest, match="'Fishing' is no form of exploitation; choose it as sector: fishing"
    ) as raised:
        canonical(SearchRequest(forms=("fishing",)), OWN)
    assert raised.value.parameter == "form"
    with pytest.raises(BadRequest, match="choose it as topic: nets"):
        canonical(SearchRequest(sectors=("nets",)), OWN)


def test_each_part_of_the_thesaurus_has_its_own_tree() -> None:
    counted = {"trafficking": 9, "labour": 5, "fishing": 7, "boats": 3, "nets": 2, "ports": 1}
    assert outline(shown("form", counted, (), OWN)) == [("trafficking", 9), [("labour", 5)], ("boats", 3)]
    assert outline(shown("sector", counted, (), OWN)) == [("fishing", 7), [("ports", 1)]]
    assert outline(shown("response", counted, (), OWN)) == []
    everything = shown("topic", counted, (), OWN)
    assert outline(everything)[-1] == [("boats", 3), ("nets", 2), [("ports", 1)]]
    assert outline(without_parts(everything, partial(facet_of_topic, OWN))) == [("nets", 2)]


def test_a_role_shows_the_regions_that_have_it() -> None:
    counted = {"origin": 3, "origin:asia": 2, "origin:southern-asia": 2, "origin:nepal": 2, "transit:asia": 1}
    assert outline(shown("origin", counted)) == [("asia", 2), [("southern-asia", 2), [("nepal", 2)]]]
    assert outline(shown("transit", counted)) == [("asia", 1)]
    assert outline(shown("destination", counted)) == []


def test_a_tree_holds_every_ancestor_and_counts_stay_with_their_value() -> None:
    (asia,) = shown("region", {"asia": 3, "eastern-asia": 2, "hong-kong": 1})
    (eastern,) = asia.children
    (hong_kong,) = eastern.children
    assert [(one.value, one.count) for one in (asia, eastern, hong_kong)] == [
        ("asia", 3),
        ("eastern-asia", 2),
        ("hong-kong", 1),
    ]


def test_a_selected_value_is_shown_first_even_without_a_hit() -> None:
    values = shown("type", {"guidance": 5}, ("covid-19",))
    assert [(one.value, one.count, one.selected) for one in values] == [
        ("covid-19", 0, True),
        ("guidance", 5, False),
    ]


def test_a_selected_place_is_shown_in_its_tree_even_without_a_hit() -> None:
    (asia,) = shown("region", {}, ("hong-kong",))
    assert asia.children[0].children[0].selected


def test_years_are_listed_newest_first() -> None:
    assert [one.value for one in shown("year", {"2019": 9, "2023": 1, "2021": 5})] == [
        "2023",
        "2021",
        "2019",
    ]


def test_undated_documents_come_after_all_years() -> None:
    values = shown("year", {"unknown": 8, "2019": 9, "2023": 1}, ("unknown",))
    assert [(one.value, one.label, one.count, one.selected) for one in values] == [
        ("2023", "2023", 1, False),
        ("2019", "2019", 9, False),
        ("unknown", "Undated", 8, True),
    ]


def test_many_ranges_of_years_are_one_filter_of_the_years_there_can_be() -> None:
    typed = [("year", f"{1000 + n}..9999") for n in range(32)]
    (found,) = read_selection(SearchRequest(), typed, STANDARD).filters()
    assert isinstance(found, Filter)
    assert len(found.values) == len(set(found.values)) == 701
    typed = [("year", "1999..2001"), ("year", "2001..2003"), ("year", "2010")]
    (found,) = read_selection(SearchRequest(), typed, STANDARD).filters()
    assert isinstance(found, Filter)
    assert found.values == ("1999", "2000", "2001", "2002", "2003", "2010")
