"""Phrases with slop, spelt out."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.query.slop import MAX_PLACEMENTS, MAX_SLOP, allowed_slop, placements


@pytest.mark.parametrize(
    ("words", "slop", "expected"),
    [
        (0, 3, [()]),
        (1, 3, [(0,)]),
        (2, 0, [(0, 1)]),
        (2, 2, [(0, 1), (0, 2), (0, 3)]),
        (3, 1, [(0, 1, 2), (0, 1, 3), (0, 2, 3)]),
    ],
)
def test_placements_keep_the_order(words: int, slop: int, expected: list[tuple[int, ...]]) -> None:
    assert list(placements(words, slop)) == expected


@given(st.integers(2, 40), st.integers(-3, 1_000))
def test_placements_are_few_and_within_the_slop(words: int, slop: int) -> None:
    allowed = allowed_slop(words, slop)
    found = list(placements(words, slop))
    assert 0 <= allowed <= max(0, min(slop, MAX_SLOP))
    assert len(set(found)) == len(found) == comb(allowed + words - 1, words - 1) <= MAX_PLACEMENTS
    assert all(list(one) == sorted(set(one)) and one[-1] <= words - 1 + allowed for one in found)
