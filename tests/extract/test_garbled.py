"""Text that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.extract.pdf.garbled import is_garbled

SENTENCE = "Recruitment fees bind workers (and their families) to employers; see https://example.org/a?b=c. "


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        (SENTENCE * 20, 0),
        (SENTENCE * 20, 80),
        ("1 Introduction ........................ 12\n2 Law ____________________ 30\n" * 20, 0),
        ("\uf0b7 first point\n\uf0b7 second point\n" * 20, 0),
        ("人口贩运是一种严重侵犯人权的犯罪行为。" * 20, 0),
        ("!!! (*)", 0),
        ("", 0),
    ],
)
def test_text_is_text(text: str, dropped: int) -> None:
    assert not is_garbled(text, dropped)


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("", 1),
        ("ab", 40),
        ("ÄOHFMQJEJïBÈOOFVOjCMFTLJWFSZVO" * 10, 60),  # shifted letters, with controls for spaces
        ("\ue012\ue034 \ue0ff\ue001 a" * 50, 0),
        ("\ufffd\ufffda" * 50, 0),
        ("!\"#$ %&' ()*+ /:;< =>@[ ]^{| ~ab" * 20, 0),
    ],
)
def test_what_nobody_could_read_is_not(text: str, dropped: int) -> None:
    assert is_garbled(text, dropped)


@given(st.text(st.sampled_from("abcdefghij klmnop\nqrst,.-"), max_size=1_000))
def test_words_are_never_taken_for_damage(text: str) -> None:
    assert not is_garbled(text, 0)
