"""How close a text is to the true one: bag-of-words and bigram F1, for any script.

A word is a run of letters and digits after NFKC and case folding, joiners and soft hyphens left out. In scripts without
spaces between words (Chinese, Japanese, Thai, Khmer, Lao, Burmese), and in Korean, whose lines may break inside a word,
each letter or sign counts as one. Vowel signs of other scripts part words, as in the measurements that the numbers asked
for come from; `with_signs` keeps them in their words, which is stricter.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

#: First and last code points of letters that are compared one by one.
_ONE_BY_ONE = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1100, 0x11FF),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3130, 0x318F),
    (0x3400, 0x9FFF),
    (0xA9E0, 0xA9FF),
    (0xAA60, 0xAA7F),
    (0xAC00, 0xD7AF),
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)


@dataclass(frozen=True, slots=True)
class Closeness:
    """Bag-of-words F1 and bigram F1, 0 to 1."""

    words: float
    bigrams: float


def closeness(found: str, true: str, *, with_signs: bool = False) -> Closeness:
    """How close a text is to the true one."""
    ours, theirs = list(words(found, with_signs=with_signs)), list(words(true, with_signs=with_signs))
    return Closeness(
        overlap(Counter(ours), Counter(theirs)), overlap(Counter(pairwise(ours)), Counter(pairwise(theirs)))
    )


def overlap(ours: Counter[Any], theirs: Counter[Any]) -> float:
    """F1 of two bags; 0 if they have nothing in common."""
    common = (ours & theirs).total()
    return 2 * common / (ours.total() + theirs.total()) if common else 0.0


def words(text: str, *, with_signs: bool = False) -> Iterator[str]:
    """The words of a text, in order."""
    word = ""
    for one in unicodedata.normalize("NFKC", text).casefold():
        kind = unicodedata.category(one)
        if kind == "Cf":
            continue
        alone = any(first <= ord(one) <= last for first, last in _ONE_BY_ONE)
        if not alone and (kind[0] in "LN" or (kind[0] == "M" and with_signs and word)):
            word += one
            continue
        if word:
            yield word
            word = ""
        if alone and kind[0] in "LMN":
            yield one
    if word:
        yield word
