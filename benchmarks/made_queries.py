"""Queries of eight kinds for pages that `made_pages` wrote, drawn from their own words with a fixed seed.

Words are counted in a sample of the first pages, so that a longer file is asked the same as a shorter one.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

import made_pages

from tipsearch import analysis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

#: Queries of each kind.
EACH = 30
_SEED = 2026
#: Every so many of so many pages are in the sample.
_EVERY, _OF_PAGES = 10, 20_000
#: Shares of pages that hold a word: common ones at least, rare ones at most, those in between from and to.
_COMMON, _RARE, _MIDDLING = 0.12, 0.0015, (0.01, 0.12)
_PREFIX = 4
_LEAST_LETTERS = 4
#: Broad regions, of which each document of a country in them is found.
_REGIONS = ("africa", "asia", "americas", "europe", "western-africa", "south-eastern-asia", "latin-america")
_WORD = re.compile(r"[^\W\d_]+")


class Query(NamedTuple):
    """A query as it is typed, and the region ticked beside it, if any."""

    kind: str
    text: str
    region: str = ""


def queries(made: Path) -> list[Query]:
    """`EACH` of every kind, the same ones for the same pages."""
    words = _Words(made)
    kinds: dict[str, Callable[[], tuple[str, str]]] = {
        "rare": lambda: (words.rare(), ""),
        "common": lambda: (words.common(), ""),
        "AND": lambda: (" ".join(words.together()), ""),
        "OR": lambda: (f"{words.middling()} OR {words.middling()}", ""),
        "phrase": lambda: (f'"{" ".join(words.neighbours())}"', ""),
        "prefix": lambda: (f"{words.middling()[:_PREFIX]}*", ""),
        "fuzzy": lambda: (f"{words.misspelt()}~", ""),
        "region": lambda: (words.common(), words.chance.choice(_REGIONS)),
    }
    return [Query(kind, *made_one()) for kind, made_one in kinds.items() for _ in range(EACH)]


class _Words:
    """The words of a sample of pages, by how many of them hold each."""

    def __init__(self, made: Path) -> None:
        self.chance = random.Random(_SEED)  # noqa: S311  no secret
        self._pages: list[list[str]] = [_WORD.findall(text.lower()) for text in _sample(made)]
        self._stop_words = frozenset(
            one for language in ("en", "es", "fr") for one in analysis.stop_words(language)
        )
        counts = Counter(word for page in self._pages for word in set(page) if self._says_something(word))
        least, most = (share * len(self._pages) for share in _MIDDLING)
        self._common: list[str] = sorted(
            one for one, count in counts.items() if count >= _COMMON * len(self._pages)
        )
        self._middling: list[str] = sorted(one for one, count in counts.items() if least <= count < most)
        self._rare: list[str] = sorted(
            one for one, count in counts.items() if count <= max(1, _RARE * len(self._pages))
        )
        self._is_middling = frozenset(self._middling)

    def rare(self) -> str:
        return self.chance.choice(self._rare)

    def common(self) -> str:
        return self.chance.choice(self._common)

    def middling(self) -> str:
        return self.chance.choice(self._middling)

    def together(self) -> tuple[str, str]:
        """Two words of one page."""
        while True:
            some = sorted({one for one in self.chance.choice(self._pages) if one in self._is_middling})
            if len(some) > 1:
                one, other = self.chance.sample(some, 2)
                return one, other

    def neighbours(self) -> tuple[str, str]:
        """Two words that follow one another."""
        while True:
            page = self.chance.choice(self._pages)
            some = [two for two in pairwise(page) if all(map(self._says_something, two))]
            if some:
                return self.chance.choice(some)

    def misspelt(self) -> str:
        """A word of some length with two letters in the wrong order."""
        while True:
            word = self.middling()
            place = self.chance.randrange(1, len(word) - 1)
            swapped = f"{word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}"
            if len(word) > _LEAST_LETTERS + 1 and swapped != word:
                return swapped

    def _says_something(self, word: str) -> bool:
        return len(word) >= _LEAST_LETTERS and word not in self._stop_words


def _sample(made: Path) -> Iterator[str]:
    every = (text for document in made_pages.read(made) for text in document.pages)
    return islice(every, 0, _OF_PAGES, _EVERY)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least that share of the values doesn't exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-len(ordered) * share // 1) - 1)]
