"""Dates in prose, in whatever order and script."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.extract.dates import find_date, iso_date, take_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("28.11.2016", "2016-11-28"),
        ("11/28/2016", "2016-11-28"),
        ("05/05/2020", "2020-05-05"),
        ("03/04/2021", "2021"),
        ("99/99/2021", "2021"),
    ],
)
def test_numeric_date_is_as_exact_as_its_order_is_clear(text: str, date: str) -> None:
    assert take_date(text) == (date, "")
    assert find_date(f"published {text} in Geneva") == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024年9月15日", "2024-09-15"),
        ("2024 年 9 月", "2024-09"),
        ("2018年", "2018"),
        ("2024년 5월 3일", "2024-05-03"),
        ("١٢ مايو ٢٠٢٣", "2023-05-12"),
    ],
)
def test_dates_in_other_scripts_are_read(text: str, date: str) -> None:
    assert iso_date(text) == date
    assert take_date(f"出版 {text}") == (date, "出版 ")


def test_day_after_the_month_counts_where_a_number_stands_before_it_too() -> None:
    assert take_date("No. 28 February 7, 2011") == ("2011-02-07", "No. ")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("in Great Britain in September 2021 by the Institute", "2021-09"),
        ("on 2023-05-12, second edition 2024", "2023-05-12"),
        ("© Institute 2015–2019", "2019"),
        ("12 de mayo de 2020", "2020-05-12"),
        ("ISBN 978-92-1-2021456", None),
        ("nothing of the sort", None),
    ],
)
def test_first_date_within_a_text_is_found(text: str, date: str | None) -> None:
    assert find_date(text) == date


@given(st.text("0123456789 ./-年月May2019٢", max_size=30))
def test_any_text_gives_a_date_in_iso_or_none(text: str) -> None:
    for date in (take_date(text)[0], find_date(text), iso_date(text)):
        assert date is None or re.fullmatch(r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?", date)
    assert text.startswith(take_date(text)[1])
