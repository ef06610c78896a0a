from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.enrich.matcher import Matcher, flatten, lower

PLACES = Matcher(
    {
        name: name
        for name in (
            "Guinea",
            "Guinea-Bissau",
            "Niger",
            "Nigeria",
            "U.S.",
            "Таиланд",
            "العراق",
            "印度",
            "ไทย",
        )
    }
)


def found(text: str) -> list[str]:
    return [name for name, _, _ in PLACES.find(flatten(text))]


def test_the_longest_name_wins() -> None:
    assert found("Guinea-Bissau and Guinea, Nigeria and Niger") == [
        "Guinea-Bissau",
        "Guinea",
        "Nigeria",
        "Niger",
    ]


@pytest.mark.parametrize("text", ["Nigerien", "Guineas", "xNiger", "U.S.C", "niger"])
def test_a_part_of_a_word_is_no_match(text: str) -> None:
    assert found(text) == []


def test_a_sentence_mark_or_possessive_may_follow() -> None:
    assert found("Niger's law (U.S.), Nigeria.") == ["Niger", "U.S.", "Nigeria"]


def test_a_russian_name_matches_with_its_endings() -> None:
    assert found("в Таиланде и Таиландом, не таиландский") == ["Таиланд", "Таиланд"]


def test_an_arabic_name_matches_with_particles_before() -> None:
    assert found("في العراق والعراق بالعراق") == ["العراق"] * 3


def test_scripts_without_spaces_need_no_boundaries() -> None:
    assert found("在印度的童工") == ["印度"]
    assert found("แรงงานในไทยและ") == ["ไทย"]


def test_names_match_across_line_ends_but_not_across_paragraphs() -> None:
    matcher = Matcher({"South Sudan": 1})
    assert matcher.find(flatten("in South\nSudan"))
    assert not matcher.find(flatten("South\n\nSudan"))


def test_a_typographic_apostrophe_is_an_apostrophe() -> None:
    assert Matcher({"Côte d'Ivoire": 1}).find(flatten("la Côte d’Ivoire")) == [(1, 3, 16)]


@given(st.text())
def test_preparing_a_text_keeps_its_length(text: str) -> None:
    assert len(lower(flatten(text))) == len(text)


def test_the_dotted_capital_i_keeps_the_length() -> None:
    assert len(lower("İstanbul")) == 8


@given(st.text(alphabet="GuineaNr-Bs .\n’\u0301印度Таилндв"))
def test_matches_are_where_they_say(text: str) -> None:
    flat = flatten(text)
    assert all(flat[start:end] == name for name, start, end in PLACES.find(flat))
