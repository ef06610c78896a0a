"""The arithmetic of the quality measures, and nothing of tipsearch."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: Rankings are judged down to this rank: the first page of results.
CUT = 10
#: Chinese characters are compared one by one, everything else by words.
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_MOST_MISSES = 6


@dataclass(frozen=True, slots=True)
class Metric:
    """A measured value.

    Attributes:
        value: 0 (worst) to 1.
        count: how many items it was measured on.
        misses: what fell short, for people; the worst first.
    """

    value: float
    count: int
    misses: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The value, and what fell short."""
        shown = "; ".join(self.misses[:_MOST_MISSES])
        more = f"; and {len(self.misses) - _MOST_MISSES} more" if len(self.misses) > _MOST_MISSES else ""
        return f"{self.value:.4f} of {self.count}" + (f" (fell short: {shown}{more})" if shown else "")


def share(outcomes: Mapping[str, bool]) -> Metric:
    """The share of items that came out right."""
    return Metric(
        _mean(outcomes.values()), len(outcomes), tuple(name for name, ok in outcomes.items() if not ok)
    )


def mean(values: Mapping[str, float]) -> Metric:
    """The mean of values from 0 to 1."""
    return Metric(_mean(values.values()), len(values), _short(values))


def worst(values: Mapping[str, float]) -> Metric:
    """The lowest of values from 0 to 1."""
    return Metric(min(values.values()), len(values), _short(values))


def words(text: str) -> list[str]:
    """The words of a text in order, without case, vowel signs and differences of width."""
    plain = unicodedata.normalize("NFKD", text).replace("\u0640", "")
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    return _WORD.findall(bare.casefold())


def f1(found: str, true: str) -> float:
    """Bag-of-words F1 of a text against the true one; 0 if either has no words."""
    return _overlap(Counter(words(found)), Counter(words(true)))


def bigram_f1(found: str, true: str) -> float:
    """The same of pairs of neighbouring words, which tells whether phrases survived."""
    ours, theirs = words(found), words(true)
    return _overlap(Counter(pairwise(ours)), Counter(pairwise(theirs)))


def _overlap(ours: Counter[Any], theirs: Counter[Any]) -> float:
    common = (ours & theirs).total()
    return 2 * common / (ours.total() + theirs.total()) if common else 0.0


def reciprocal_rank(ranking: Sequence[str], gains: Mapping[str, int]) -> float:
    """One over the rank of the first document with the highest gain, 0 beyond `CUT`."""
    best = max(gains.values())
    ranks = [rank for rank, one in enumerate(ranking[:CUT], start=1) if gains.get(one) == best]
    return 1 / ranks[0] if ranks else 0.0


def ndcg(ranking: Sequence[str], gains: Mapping[str, int]) -> float:
    """Normalised discounted cumulative gain at `CUT` (Järvelin and Kekäläinen 2002, gain as given, log2(rank + 1))."""
    ideal = _dcg(sorted(gains.values(), reverse=True))
    return _dcg([gains.get(one, 0) for one in ranking]) / ideal


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains[:CUT], start=1))


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers)


def _short(values: Mapping[str, float]) -> tuple[str, ...]:
    order = sorted(values.items(), key=lambda item: item[1])
    return tuple(f"{name} {value:.3f}" for name, value in order if value < 1)
