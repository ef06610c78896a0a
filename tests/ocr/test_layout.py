from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.ocr.layout import recognised

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def table(*words: tuple[int, int, int, float, str]) -> str:
    """Tesseract's table of words: block, paragraph, line, confidence, text."""
    rows = [
        f"5\t1\t{block}\t{paragraph}\t{line}\t{number}\t0\t0\t9\t9\t{confidence}\t{text}"
        for number, (block, paragraph, line, confidence, text) in enumerate(words, 1)
    ]
    return "\n".join([HEAD, "1\t1\t0\t0\t0\t0\t0\t0\t99\t99\t-1\t", *rows, ""])


def test_lines_and_paragraphs_are_kept() -> None:
    found = recognised(
        table(
            (1, 1, 1, 96, "Debt"), (1, 1, 1, 95, "bondage"), (1, 1, 2, 96, "binds."), (2, 1, 1, 96, "Wages")
        )
    )
    assert found.text == "Debt bondage\nbinds.\n\nWages"
    assert (found.kept, found.characters) == (1.0, 22)
    assert found.confidence == pytest.approx(95.68, abs=0.01)


def test_an_unknown_name_stays_in_a_line_of_prose() -> None:
    found = recognised(
        table((1, 1, 1, 96, "recruiters"), (1, 1, 1, 12, "Mboweni"), (1, 1, 1, 95, "employed"))
    )
    assert found.text == "recruiters Mboweni employed"


def test_noise_goes_and_a_clear_word_in_it_stays() -> None:
    found = recognised(table((1, 1, 1, 0, "————"), (1, 1, 1, 96, "Algeria"), (1, 1, 1, 12, "xx*«»_|~")))
    assert found.text == "Algeria"
    assert found.kept == pytest.approx(7 / 15)


def test_rows_of_dots_are_no_text_that_got_lost() -> None:
    found = recognised(
        table(
            (1, 1, 1, 96, "Debt"),
            (1, 1, 1, 96, "bondage"),
            (1, 1, 1, 9, "cece"),
            (1, 1, 1, 5, "e" * 40),
            (1, 1, 1, 90, "10"),
        )
    )
    assert (found.text, found.kept) == ("Debt bondage 10", 1.0)


def test_a_page_without_words_has_no_text_and_no_confidence() -> None:
    found = recognised(table())
    assert (found.text, found.confidence, found.sureness, found.characters) == ("", 0.0, 0.0, 0)


def test_quotes_in_words_are_words() -> None:
    assert recognised(table((1, 1, 1, 96, '"Debt"'))).text == '"Debt"'


CELLS = st.one_of(st.just("5"), st.integers(-9, 9).map(str), st.floats().map(str), st.text(max_size=5))


@given(
    st.one_of(st.text(), st.lists(st.lists(CELLS, min_size=11, max_size=13).map("\t".join)).map("\n".join))
)
def test_whatever_the_program_says_is_read_or_left(said: str) -> None:
    found = recognised(f"{HEAD}\n{said}")
    assert 0 <= found.confidence <= 100
    assert 0 <= found.kept <= 1
    assert bool(found.text) == (found.kept > 0)
