from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.extract.dehyphenate import dehyphenate, vocabulary


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("illegal log- ging of trees", "illegal logging of trees"),
        ("the imple- men- tation", "the implementation"),
        ("forced la-\nbour", "forced labour"),
        ("under- standing: an understanding, standing", "understanding: an understanding, standing"),
        ("Owed Children- the wages", "Owed Children- the wages"),
        ("short- and long-term debts", "short- and long-term debts"),
        ("the North- South line", "the North- South line"),
        ("pages 3- 5", "pages 3- 5"),
        ("self- employed crews", "self-employed crews"),
        ("anti- slavery laws and slavery", "anti-slavery laws and slavery"),
        ("well- being, or well-being", "well-being, or well-being"),
        ("the crew- owner of a ship, the owner", "the crew- owner of a ship, the owner"),
        ("niños explo- tados", "niños explotados"),
    ],
)
def test_only_what_a_line_break_parted_is_joined(text: str, mended: str) -> None:
    assert dehyphenate(text) == mended


def test_the_words_of_the_whole_document_count() -> None:
    known = vocabulary(["a break- down of", "the breakdown", "go down"])

    assert dehyphenate("a break- down of", known) == "a breakdown of"


def test_a_document_without_broken_words_needs_no_vocabulary() -> None:
    assert vocabulary(["no broken words", "at all"]) == frozenset()


@given(st.text(alphabet="abAB- é\n1", max_size=80))
def test_nothing_but_hyphens_and_spaces_is_ever_taken_out(text: str) -> None:
    def letters(value: str) -> str:
        return "".join(value.replace("-", "").split())

    assert letters(dehyphenate(text)) == letters(text)
