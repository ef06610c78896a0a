"""The measures, against values worked out by hand."""

from __future__ import annotations

import math

import pytest
from metrics import bigram_f1, f1, mean, ndcg, reciprocal_rank, share, words, worst


def test_the_same_words_in_another_order_are_the_same_text() -> None:
    assert f1("debt and wages", "Wages, and debt!") == 1


def test_f1_weighs_missing_words_against_added_ones() -> None:
    assert f1("a b c", "a b d e") == pytest.approx(2 * 2 / 7)


def test_a_repeated_word_counts_as_often_as_it_stands() -> None:
    assert f1("debt", "debt debt debt") == pytest.approx(2 / 4)


def test_bigrams_see_the_order_of_words() -> None:
    assert bigram_f1("debt and wages", "Debt and wages") == 1
    assert bigram_f1("a b c d", "c d a b") == pytest.approx(2 * 2 / 6)
    assert bigram_f1("one", "one") == 0


def test_texts_without_words_have_nothing_in_common() -> None:
    assert f1("", "") == 0


def test_chinese_is_compared_by_characters() -> None:
    assert words("强迫劳动 ILO") == ["强", "迫", "劳", "动", "ilo"]


def test_ligatures_and_arabic_vowel_signs_make_no_difference() -> None:
    assert words("ﬁsh كَفالة № 29") == words("fish كفالة no 29")


def test_reciprocal_rank_is_that_of_the_best_answers() -> None:
    assert reciprocal_rank(["x", "also", "best"], {"best": 2, "also": 1}) == pytest.approx(1 / 3)


def test_what_is_beyond_the_first_page_is_not_found() -> None:
    ranking = [*"abcdefghij", "best"]
    assert reciprocal_rank(ranking, {"best": 2}) == 0
    assert ndcg(ranking, {"best": 2}) == 0


def test_ndcg_of_the_ideal_order_is_one() -> None:
    assert ndcg(["best", "also", "x"], {"also": 1, "best": 2}) == 1


def test_ndcg_of_two_answers_in_the_wrong_order() -> None:
    found = ndcg(["also", "best"], {"best": 2, "also": 1})
    assert found == pytest.approx((1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3)))


def test_a_metric_names_what_fell_short_the_worst_first() -> None:
    assert mean({"a": 0.5, "b": 1.0, "c": 0.25}).misses == ("c 0.250", "a 0.500")
    assert worst({"a": 0.5, "b": 1.0}).value == 0.5
    assert str(share({"a": True, "b": False})) == "0.5000 of 2 (fell short: b)"
