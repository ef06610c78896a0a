"""Do two titles mean one publication?"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from tipsearch.analysis import words
from tipsearch.analysis.spelling import american

#: A title that lies within another one has so many words and letters at least.
_LEAST_WORDS, _LEAST_LETTERS = 3, 15
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def years(title: str) -> frozenset[str]:
    """The years that a title names."""
    return frozenset(_YEAR.findall(title))


def contradict(one: str, other: str) -> bool:
    """Do both name years, and none in common?"""
    mine, theirs = years(one), years(other)
    return bool(mine and theirs) and not mine & theirs


def agreement(one: str, other: str) -> float:
    """How much two titles agree: 0 if each has a word that the other lacks, else the share of what they have in common.

    A file's title carries its series' name, a page's leaves it out, and they are put in another order: «2021 Findings on
    Child Labor: Nepal» and «Nepal: Findings on Child Labor (2021)». But one word's difference is another country or year,
    however little of the letters that is, so letters don't count (`rapidfuzz.fuzz.token_sort_ratio`, 0..100, only ranks).
    """
    if contradict(one, other):
        return 0.0
    mine, theirs = ({american(word) for word in words(title)} for title in (one, other))
    shorter, longer = sorted((mine, theirs), key=len)
    if not shorter <= longer or len(shorter) < _LEAST_WORDS or sum(map(len, shorter)) < _LEAST_LETTERS:
        return 0.0
    return fuzz.token_sort_ratio(" ".join(sorted(mine)), " ".join(sorted(theirs))) / 100
