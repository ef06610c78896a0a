"""Phrases with slop, in order: how many there are, and how far apart their words may stand.

Engines count slop differently (tantivy's is an edit distance that lets words swap places), so a phrase with slop is
spelt out as the positions its words can have, and each engine matches those exactly.
"""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Other words that may stand between the words of a phrase, at most.
MAX_SLOP = 10
#: Ways to place the words of one phrase, at most; long phrases get less slop. So many take a quarter of a second for the
#: most frequent words of 2,000 documents.
MAX_PLACEMENTS = 100
#: The same for all phrases with slop of a query together.
MAX_PLACEMENTS_TOGETHER = 300


def allowed_slop(words: int, slop: int, most: int = MAX_PLACEMENTS) -> int:
    """The slop that a phrase of so many words may have with at most so many placements, and at most the one asked for."""
    slop = max(0, min(slop, MAX_SLOP)) if words > 1 else 0
    while slop and count_placements(words, slop) > min(most, MAX_PLACEMENTS):
        slop -= 1
    return slop


def count_placements(words: int, slop: int) -> int:
    """How many ways there are to place the words of a phrase with a slop that is allowed."""
    return comb(slop + words - 1, words - 1)


def placements(words: int, slop: int) -> Iterator[tuple[int, ...]]:
    """All positions that the words of a phrase can have, in order, the first at 0, nearest first.

    >>> list(placements(2, 1))
    [(0, 1), (0, 2)]
    """
    if words < 2:  # noqa: PLR2004 (a word alone has one place)
        yield tuple(range(words))
        return
    slop = allowed_slop(words, slop)
    for last in range(words - 1, words + slop):
        for inner in combinations(range(1, last), words - 2):
            yield (0, *inner, last)
