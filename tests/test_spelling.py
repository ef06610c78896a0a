from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch import analysis
from tipsearch.analysis.spelling import american


@pytest.mark.parametrize(
    ("british", "us"),
    [
        ("labour", "labor"),
        ("labourers", "laborers"),
        ("neighbouring", "neighboring"),
        ("behaviour", "behavior"),
        ("organisation", "organization"),
        ("organised", "organized"),
        ("criminalise", "criminalize"),
        ("analyse", "analyze"),
        ("centres", "centers"),
        ("defence", "defense"),
        ("offences", "offenses"),
        ("programme", "program"),
        ("travelling", "traveling"),
        ("counsellors", "counselors"),
        ("judgement", "judgment"),
    ],
)
def test_both_spellings_of_a_word_share_a_stem(british: str, us: str) -> None:
    assert analysis.stem(british, "en") == analysis.stem(us, "en")


@pytest.mark.parametrize(
    "word", ["four", "hour", "tour", "source", "course", "journal", "court", "your", "flour"]
)
def test_words_that_only_look_so_stay(word: str) -> None:
    assert american(word) == word


def test_other_languages_are_left_alone() -> None:
    assert analysis.stem("labour", "fr") != analysis.stem("labor", "fr")


@given(st.text(alphabet="abcdefghilmnoprstuvyz", min_size=1, max_size=14))
def test_respelling_twice_changes_nothing_more_for_the_stem(word: str) -> None:
    assert analysis.stem(word, "en") == analysis.stem(word, "en")
    assert american(word)
