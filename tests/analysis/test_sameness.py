from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.analysis.sameness import letters, same_text


def prose(seed: int, count: int = 600) -> list[str]:
    source = random.Random(seed)
    vocabulary = ["".join(source.choices("abcdefgilmnoprstu", k=source.randint(2, 9))) for _ in range(300)]
    return source.choices(vocabulary, k=count)


def pages(words: list[str], columns: int, lines: int = 20) -> list[str]:
    rows = [" ".join(words[at : at + columns]) for at in range(0, len(words), columns)]
    return ["\n".join(rows[at : at + lines]) for at in range(0, len(rows), lines)]


def numbered(some: list[str], head: str = "") -> list[str]:
    return [f"{head}\n{text}\n{number}".strip() for number, text in enumerate(some, 1)]


WORDS = prose(1)


def test_lines_hyphens_case_and_quotation_marks_are_the_typesetters() -> None:
    assert same_text(["The «wage-\nearners» didn’t go"], ["THE “wage earners” didn't\ngo"])


def test_nothing_is_not_the_same_as_nothing() -> None:
    assert not same_text([""], [""])


def test_page_numbers_are_the_typesetters() -> None:
    assert same_text(numbered(pages(WORDS, 6)), numbered(pages(WORDS, 11)))


def test_a_running_head_on_every_page_is_one_texts_own() -> None:
    assert same_text(numbered(pages(WORDS, 6), "Quarterly of the Xyloglot Society"), [" ".join(WORDS)])


def test_a_foot_note_may_stand_elsewhere() -> None:
    note = " ".join(prose(9, 12))
    middle = [*WORDS[:300], "\n", note, "\n", *WORDS[300:]]
    assert same_text([" ".join(middle)], [" ".join([*WORDS, note])])


def test_two_heads_are_two_editions() -> None:
    one, other = (numbered(pages(WORDS, 8), f"Questionnaire for {place}") for place in ("Xanadu", "Zembla"))
    assert not same_text(one, other)


@pytest.mark.parametrize("at", [3, 160, 300, 599])
@pytest.mark.parametrize("columns", [8, 11])
def test_a_word_in_anothers_place_is_another_text_wherever_it_stands(at: int, columns: int) -> None:
    other = list(WORDS)
    other[at] = "qzxw"
    assert not same_text(numbered(pages(WORDS, 8)), numbered(pages(other, columns)))


@pytest.mark.parametrize("at", [3, 155, 159, 160, 164, 300])
@pytest.mark.parametrize("columns", [8, 11])
@pytest.mark.parametrize(("figure", "instead"), [("55", "54"), ("2021", "2022"), ("7", "12")])
def test_another_figure_is_another_text(at: int, columns: int, figure: str, instead: str) -> None:
    one, other = list(WORDS), list(WORDS)
    one[at], other[at] = figure, instead
    assert not same_text(numbered(pages(one, 8)), numbered(pages(other, columns)))


def test_a_box_ticked_in_another_place_is_another_text() -> None:
    def form(ticked: int) -> str:
        return "\n".join(f"{'x ' if at == ticked else ''}{' '.join(prose(at, 8))}" for at in range(40))

    assert not same_text([form(3)], [form(30)])


def test_slides_have_no_heads_to_differ_in() -> None:
    one, other = ([f"Figures of {year}\n{' '.join(WORDS[:12])}" for year in years] for years in ("ab", "ac"))
    assert not same_text(one, other)


def test_part_of_a_text_is_another() -> None:
    assert not same_text(pages(WORDS[:500], 8), pages(WORDS, 8))


def test_letters_are_folded_and_stand_without_spaces() -> None:
    assert letters("Ménage à trois, 3\n") == "menageatrois3"


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_it_is_the_same_either_way_round(one: list[str], other: list[str]) -> None:
    assert same_text(one, other) == same_text(other, one)
    assert same_text(one, one) == any(letters(text) for text in one)


@pytest.mark.parametrize("at", [1, 12, 20, 100, 150, 158, 160, 162, 170, 598])
@pytest.mark.parametrize("columns", [8, 11, 600])
def test_a_word_more_is_another_text_wherever_it_stands(at: int, columns: int) -> None:
    other = [*WORDS[:at], "not", *WORDS[at:]]
    assert not same_text(numbered(pages(WORDS, 8)), pages(other, columns))


def test_the_last_pages_number_is_missing_at_the_end_and_not_at_the_beginning() -> None:
    headed = [f"Quarterly of the Xyloglot Society\n{text}" for text in pages(WORDS, 6)]
    assert same_text(numbered(pages(WORDS, 11, 18)), headed)


def lined(some: list[str], line: str, at: int) -> list[str]:
    """With a line more on each page."""
    return ["\n".join([*text.split("\n")[:at], line, *text.split("\n")[at:]]) for text in some]


@pytest.mark.parametrize("at", [0, 3])
def test_thousands_of_pages_take_no_more_than_their_share(at: int) -> None:
    some = pages(prose(2, 72_000), 2, 12)
    assert len(some) == 3_000
    begin = time.process_time()
    assert same_text(some, lined(some, "zzkkq", at))
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(("lines", "number"), [(1, 24_000), (12, 2_000)])
def test_texts_that_differ_in_too_many_places_are_soon_told_apart(lines: int, number: int) -> None:
    some = pages(prose(3, 120_000), 5, lines)
    assert len(some) == number
    other = ["\n".join(f"{row}\nz" for row in text.split("\n")) for text in some]
    begin = time.process_time()
    assert not same_text(some, other)
    assert time.process_time() - begin < 3
