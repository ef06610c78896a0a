from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.engines.base import Sort, YearRange
from tipsearch.query.years import format_years
from tipsearch.search.request import SELECTED_IN, SearchRequest
from tipsearch.serve.params import PARAMETERS, pairs_of, query_string, read

_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(str.strip)
_values = st.lists(_text.filter(bool), max_size=3, unique=True).map(sorted).map(tuple)
_years = st.one_of(st.none(), st.integers(1000, 2100))
_bounds = st.tuples(_years, st.none() | st.integers(1000, 2100)).filter(any)
_ranges = st.lists(_bounds.map(lambda bounds: YearRange(*bounds)), max_size=3, unique=True).map(
    lambda ranges: tuple(sorted(ranges, key=lambda one: format_years(one.first, one.last)))
)


@st.composite
def _requests(draw: st.DrawFn) -> SearchRequest:
    first, last = draw(_years), draw(_years)
    if first is not None and last is not None:
        first, last = sorted((first, last))
    size = draw(st.integers(1, 100))
    return SearchRequest(
        text=draw(_text),
        **{attribute: draw(_values) for attribute in SELECTED_IN.values()},  # type: ignore[arg-type]  # tuples of text all
        years=draw(_ranges),
        undated=draw(st.booleans()),
        year_from=first,
        year_to=last,
        match=draw(st.sampled_from(["all", "any"])),
        expand=draw(st.booleans()),
        spell=draw(st.booleans()),
        sort=draw(st.sampled_from(Sort)),
        page=draw(st.integers(1, 1000 // size)),
        size=size,
        ui=draw(st.sampled_from(["", "en", "fr", "pt-BR", "tlh"])),
    )


@given(_requests())
def test_a_request_survives_its_query_string(request: SearchRequest) -> None:
    reading = read(parse_qsl(query_string(request), keep_blank_values=True))
    assert (reading.request, reading.unknown, reading.wrong) == (request, (), ())


@given(st.lists(st.tuples(st.sampled_from(["x", *PARAMETERS]), st.text(max_size=8)), max_size=8))
def test_whatever_is_given_is_read_and_its_canonical_form_reads_the_same(
    pairs: list[tuple[str, str]],
) -> None:
    request = read(pairs).request
    assert read(pairs_of(request)).request == request


@given(
    st.permutations([("q", "debt"), ("region", "asia"), ("region", "africa"), ("to", "2020"), ("page", "2")])
)
def test_a_search_has_one_canonical_form_in_whatever_order_it_is_given(pairs: list[tuple[str, str]]) -> None:
    assert query_string(read(pairs).request) == "q=debt&region=africa&region=asia&to=2020&page=2"


def test_defaults_are_left_out() -> None:
    assert query_string(SearchRequest(match="all", sort=Sort.RELEVANCE, page=1, size=10)) == ""


@pytest.mark.parametrize("name", ["from", "to"])
def test_a_year_has_four_digits(name: str) -> None:
    (wrong,) = read([("q", "debt"), (name, "20")]).wrong
    assert (wrong.parameter, wrong.detail) == (name, f"{name} is a year such as 2015, not 20")


def test_fields_left_empty_in_a_form_are_not_filters() -> None:
    pairs = [("q", "debt"), ("region", ""), ("from", ""), ("to", " "), ("sort", "")]
    assert read(pairs).request == SearchRequest("debt")


def test_an_unknown_parameter_is_named_with_the_known_ones() -> None:
    (problem,) = read([("colour", "red"), ("colour", "blue")]).unknown
    assert problem.parameter == "colour"
    assert "region" in problem.detail


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "abc"),
        ("page", "0"),
        ("page", "101"),
        ("page", "9" * 5000),
        ("size", "101"),
        ("from", "-5"),
        ("from", "20.5"),
        ("size", "20.5"),
        ("size", "1e1"),
        ("sort", "best"),
        ("match", "some"),
        ("year", "recent"),
        ("from", "0999"),
        ("to", "10000"),
        ("year", "0999"),
        ("year", "<1000"),
        ("year", ">9999"),
        ("expand", "true"),
    ],
)
def test_a_value_that_cannot_be_is_named_and_left_out(name: str, value: str) -> None:
    reading = read([("q", "debt"), (name, value)])
    assert [problem.parameter for problem in reading.wrong] == [name]
    assert reading.request == SearchRequest("debt")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("size", "1000", "size is a number from 1 to 100, not 1000"),
        ("size", "many", "size is a number from 1 to 100, not 'many'"),
        ("page", "0", "page is a number from 1 to 1000, not 0"),
        ("sort", "best", "sort is one of relevance, newest, oldest, title, not 'best'"),
        ("match", "some", "match is all or any, not 'some'"),
        ("expand", "true", "expand is yes or no, not 'true'"),
        ("year", "recent", "year is written 2019, 2015..2020, 2015.., ..2020 or unknown, not 'recent'"),
    ],
)
def test_what_a_value_has_to_be_is_said(name: str, value: str, said: str) -> None:
    assert [problem.detail for problem in read([(name, value)]).wrong] == [said]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("2015-2020", "2015..2020"), (">2018", "2019.."), ("<=2010", "..2010"), ("undated", "unknown")],
)
def test_years_may_be_written_in_other_ways(written: str, read_as: str) -> None:
    assert pairs_of(read([("year", written)]).request) == (("year", read_as),)


def test_numbers_may_be_written_in_the_digits_of_arabic() -> None:
    assert read([("from", "٢٠١٥"), ("size", "٢٠")]).request == SearchRequest(year_from=2015, size=20)


def test_all_that_is_wrong_is_named_at_once() -> None:
    pairs = [("page", "x"), ("size", "0"), ("sort", "best")]
    assert {problem.parameter for problem in read(pairs).wrong} == {"page", "size", "sort"}


def test_undated_is_a_year_among_others() -> None:
    request = read([("year", "undated"), ("year", "2019"), ("year", "unknown")]).request
    assert request == SearchRequest(years=(YearRange(2019, 2019),), undated=True)
    assert query_string(request) == "year=2019&year=unknown"


def test_places_by_their_role_and_parts_of_the_thesaurus_have_parameters_of_their_own() -> None:
    address = "origin=nepal&transit=india&destination=qatar&topic=a&form=b&context=c&response=d&sector=e"
    pairs = [tuple(pair.split("=")) for pair in address.split("&")]
    assert query_string(read(reversed(pairs)).request) == address  # type: ignore[arg-type]  # each has two parts


def test_a_single_parameter_given_twice_is_wrong() -> None:
    (problem,) = read([("q", "a"), ("q", "b")]).wrong
    assert problem.parameter == "q"


def test_years_that_end_before_they_begin_are_wrong() -> None:
    reading = read([("from", "2020"), ("to", "2010")])
    assert [problem.parameter for problem in reading.wrong] == ["to"]
    assert reading.request == SearchRequest(year_from=2020)
