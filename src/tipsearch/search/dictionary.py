"""The words of an index, arranged so that those like a misspelt one are found among hundreds of thousands.

Words stand in drawers by length and by one of their first two letters: a word with few errors shares the first letter
with what was meant, or the second, or one of them stands in the other's place.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.search.per_index import PerIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tipsearch.engines.base import Engine

#: Words kept, the most frequent ones; about 30 MB.
MOST_WORDS = 200_000
#: Shorter words are neither corrected nor offered: too many others are as near.
SHORTEST = 4
#: Letters from which on a word may have two errors.
_TWO_ERRORS = 6
#: Documents of a library from which on a word must be in two, in three of them to be offered: many a misspelling is in one.
_WANTED_IN_TWO, _WANTED_IN_THREE = 200, 5_000
#: What an error costs, in natural logarithms of how often a word is used; a little less for common slips.
_ERROR = 5.5
_FIRST_LETTER = 1.5
_SLIP = 1.0
#: A dictionary of an older generation will do until the library has grown or shrunk by this share.
_STALE = 0.02
_SMALL = 20_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word of the index that may have been meant.

    Attributes:
        word: folded.
        count: documents that have it.
        errors: letters in which it differs; two that changed places are one.
        likelihood: the higher, the likelier; comparable among candidates for one word.
    """

    word: str
    count: int
    errors: int
    likelihood: float


class Dictionary:
    """The words of one index.

    Args:
        words: folded words with the number of documents that have them, the most frequent first.
        documents: in the index.
    """

    def __init__(self, words: Iterable[tuple[str, int]], documents: int) -> None:
        self.documents = documents
        least = 1 + (documents >= _WANTED_IN_TWO) + (documents >= _WANTED_IN_THREE)
        self.counts: Mapping[str, int] = {
            word: count for word, count in words if count >= least and is_correctable(word)
        }

    @cached_property
    def _drawers(self) -> Mapping[tuple[int, int, str], list[str]]:
        """By length, and by the letter in first and in second place."""
        drawers: dict[tuple[int, int, str], list[str]] = defaultdict(list)
        for word in self.counts:
            drawers[len(word), 0, word[0]].append(word)
            drawers[len(word), 1, word[1]].append(word)
        return drawers

    def similar(self, word: str) -> list[Candidate]:
        """The words that may have been meant by a folded one, the likeliest first; itself isn't among them."""
        # 15 ms to import, which only misspelt words should cost.
        from rapidfuzz import process  # noqa: PLC0415
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        most = 0 if not is_correctable(word) else 2 if len(word) >= _TWO_ERRORS else 1
        found: dict[str, int] = {}
        for drawer in self._near(word, most) if most else ():
            near = process.extract(word, drawer, scorer=OSA.distance, score_cutoff=most, limit=None)
            found.update((other, errors) for other, errors, _ in near)
        found.pop(word, None)
        candidates = (
            Candidate(other, count, errors, math.log(count) - _cost(word, other, errors))
            for other, errors in found.items()
            if (count := self.counts[other])
        )
        return sorted(candidates, key=lambda one: (-one.likelihood, one.word))

    def _near(self, word: str, most: int) -> Iterator[list[str]]:
        """Drawers in which a word with so many errors must be, but for two errors in the first two letters."""
        first, second = word[0], word[1]
        for length in range(len(word) - most, len(word) + most + 1):
            for place, letter in {(0, first), (1, second), (0, second), (1, first)}:
                if drawer := self._drawers.get((length, place, letter)):
                    yield drawer


def is_correctable(word: str) -> bool:
    """Whether a word is one that errors can be told from: letters with spaces between words, and enough of them."""
    return len(word) >= SHORTEST and word.isalpha() and not analysis.has_unspaced_script(word)


def _cost(typed: str, meant: str, errors: int) -> float:
    cost = _ERROR * errors + _FIRST_LETTER * (typed[0] != meant[0])
    if undoubled(typed) == undoubled(meant) or sorted(typed) == sorted(meant):
        cost -= _SLIP * errors
    return cost


def undoubled(word: str) -> str:
    """The word with one letter for each run of the same."""
    return word[0] + "".join(letter for before, letter in pairwise(word) if letter != before)


def _made(engine: Engine, _: int) -> Dictionary:
    return Dictionary(engine.terms("", MOST_WORDS), engine.document_count())


def _fits(known: Dictionary, engine: Engine) -> bool:
    """Whether a big dictionary is still good enough: making it anew for each document added would cost too much."""
    change = abs(engine.document_count() - known.documents)
    return len(known.counts) > _SMALL and change <= _STALE * known.documents


#: The dictionary of each index in use, made when a word is first found to be misspelt.
DICTIONARIES: PerIndex[Dictionary] = PerIndex(_made, _fits)
