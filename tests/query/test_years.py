"""Years as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.query.years import format_years, parse_years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2015", (2015, 2015)),
        (" 2015 ", (2015, 2015)),
        ("2015..2020", (2015, 2020)),
        ("2015-2020", (2015, 2020)),
        ("2015–2020", (2015, 2020)),
        ("2015..", (2015, None)),
        ("..2020", (None, 2020)),
        (">=2018", (2018, None)),
        (">2018", (2019, None)),
        ("<=2018", (None, 2018)),
        ("<2018", (None, 2017)),
    ],
)
def test_ranges_of_years(text: str, years: tuple[int | None, int | None]) -> None:
    assert parse_years(text) == years


@pytest.mark.parametrize(
    "text", ["", "..", "soon", "20", "20155", "2015..20", "2015 2016", "२०१५", ">", "2015.5"]
)
def test_anything_else_is_no_range(text: str) -> None:
    assert parse_years(text) is None


YEARS = st.one_of(st.none(), st.integers(0, 9_999))


@given(YEARS, YEARS)
def test_a_range_survives_being_written(first: int | None, last: int | None) -> None:
    expected = None if first is None and last is None else (first, last)
    assert parse_years(format_years(first, last)) == expected
