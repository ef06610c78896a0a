"""From what the eye meets to what is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.extract.pdf.rtl import has_rtl, is_backwards, is_mainly_rtl, logical_order, reading_order

HEBREW = st.text("אבגדהו", min_size=1, max_size=6)
LATIN = st.text("abcXYZ", min_size=1, max_size=6)
NUMBER = st.from_regex(r"[1-9][0-9]?([.,:][0-9]{1,2})?%?", fullmatch=True)


@pytest.mark.parametrize(
    ("visual", "logical"),
    [
        ("םולש", "שלום"),
        ("םלוע םולש", "שלום עולם"),
        ("(םלוע) 2019 םולש", "שלום 2019 (עולם)"),
        ("PDF םולש", "שלום PDF"),
        ("plain text (2019)", "plain text (2019)"),
        ("see (םולש) and more of it", "see (שלום) and more of it"),
        ("COVID 19 םולש םולש", "שלום שלום COVID 19"),
        ("2019-2020 םולש", "שלום 2019-2020"),
        ("\u064bملاس", "سالم\u064b"),
        ("تيبلا يف", "في البيت"),
    ],
)
def test_visual_order_becomes_logical_order(visual: str, logical: str) -> None:
    assert logical_order(visual) == logical


@pytest.mark.parametrize("brackets", ["()", "[]", "«»", ")(", "»«"])
def test_brackets_open_before_they_close_whatever_the_font_calls_them(brackets: str) -> None:
    signs = list(f"ב{brackets[0]}א{brackets[1]} ב")
    opening, closing = sorted(brackets) if brackets[0] in "()[]" else ("«", "»")
    for mirrored in (True, False):
        assert reading_order(signs, rtl=True, mirrored=mirrored) == f"ב {opening}א{closing}ב"


def test_a_lone_bracket_is_what_the_eye_sees_turned_around() -> None:
    assert reading_order(list("א(1"), rtl=True) == "1)א"
    assert reading_order(list("א(1"), rtl=True, mirrored=True) == "1(א"


@given(st.lists(HEBREW | NUMBER, min_size=1, max_size=6))
def test_words_and_numbers_come_in_reading_order(words: list[str]) -> None:
    visual = " ".join(word if word[0].isdigit() else word[::-1] for word in reversed(words))
    assert reading_order(list(visual), rtl=True) == " ".join(words)


@given(st.lists(LATIN | HEBREW, min_size=1, max_size=6), st.sampled_from(["right", "left"]))
def test_nothing_is_lost_or_added(words: list[str], begins: str) -> None:
    line = " ".join(words)
    assert sorted(reading_order(list(line), rtl=begins == "right")) == sorted(line)


@given(st.text("abc (12).,-\n"))
def test_text_without_right_to_left_letters_stays_as_it_is(text: str) -> None:
    assert logical_order(text) == text
    assert not has_rtl(text)


def test_what_a_text_is_mainly_written_in() -> None:
    assert is_mainly_rtl("שלום PDF")
    assert not is_mainly_rtl("the Hebrew word שלום")


def test_words_that_begin_with_letters_that_end_words_are_backwards() -> None:
    assert is_backwards("ةرازو םולש")
    assert not is_backwards("وزارة שלום")
    assert not is_backwards("no such letters")
