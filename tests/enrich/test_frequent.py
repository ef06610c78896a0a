from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.enrich import frequent, hints


def test_words_lose_case_and_the_punctuation_around_them() -> None:
    assert frequent.words_of("«Ndị», (Bo'lgan) -- ẸNI!") == ["ndị", "bo'lgan", "ẹni"]


def test_words_that_both_have_say_nothing() -> None:
    shared = sorted(hints.words()["id"] & hints.words()["ms"])
    assert len(shared) > 20
    assert frequent.likelier(shared, "id") is None


def test_a_word_that_only_one_relative_has_decides() -> None:
    words = ["yang", "dan", "untuk", "kerana"]
    assert frequent.likelier(words, "id") == ("ms", 1.0)
    assert frequent.likelier([*words, "karena"], "id") is None


def test_a_few_foreign_words_in_a_long_text_are_a_quotation() -> None:
    english = ["the", "law", "of", "2007", "says", "that", "children", "work"] * 6
    assert frequent.likelier([*english, "agus", "an", "ceart"], "en") is None


def test_a_language_that_statistics_know_takes_more_to_be_overruled() -> None:
    words = ["jeder", "hat", "das", "und", "auf", "een"]
    found = frequent.likelier(words, "nl")
    assert found is not None
    assert found[0] == "de"
    assert frequent.likelier([*words, "het"], "nl") is None


@given(
    st.lists(st.sampled_from(sorted(hints.languages_by_word())), max_size=30),
    st.sampled_from(sorted(hints.words())),
)
def test_the_guess_is_never_its_own_rival(words: list[str], guess: str) -> None:
    found = frequent.likelier(words, guess)
    assert found is None or (found[0] != guess and 0.5 < found[1] <= 1)


@pytest.mark.parametrize("language", hints.words())
def test_the_lists_are_as_texts_are_looked_at(language: str) -> None:
    listed = hints.hints().words[language].split()
    assert len(listed) == len(set(listed))
    assert listed == [unicodedata.normalize("NFC", word.lower()) for word in listed]


def test_relatives_and_letter_rows_name_languages_that_have_words() -> None:
    rows = [names for rows in hints.hints().letters.values() for names, _, _ in rows if " " in names]
    named = {name for names in (*rows, *hints.hints().relatives) for name in names.split()}
    assert named <= set(hints.words())
