"""Languages by their frequent words: for those that statistics don't know, and for relatives that they confuse.

Between two languages only the words count that one has and the other hasn't, so that what Malay and Indonesian share
says nothing, and «kerana» against «karena» says all.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tipsearch.enrich import hints

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A language is considered that has so many of the text's words, and this share of them, among its frequent ones …
MIN_HITS = 3
MIN_SHARE = 0.1
#: … and preferred to the guess if it has so many times as many of the words that only one of them has. A guess that
#: statistics made between languages that both are known to them has more behind it.
MIN_RATIO = 1.5
MIN_RATIO_OF_PROFILED = 4.0

_AROUND_WORDS = ".,;:!?()[]{}«»“”„‘’'\"-–—…·/|"


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation around them."""
    return [bare for word in text.lower().split() if (bare := word.strip(_AROUND_WORDS))]


def likeliest(words: Sequence[str], languages: Sequence[str]) -> str:
    """The one of some languages with most of the words; the first of equals."""
    tables = hints.words()
    return max(languages, key=lambda language: sum(word in tables[language] for word in words))


def likelier(words: Sequence[str], guess: str) -> tuple[str, float] | None:
    """Another language than the guess, for which these words clearly speak.

    Returns:
        The language and its share (0..1) of the words that only one of the two has; None if the guess may stand.
    """
    known = hints.languages_by_word()
    hits = Counter(language for word in words for language in known.get(word, ()))
    enough = max(MIN_HITS, MIN_SHARE * len(words))
    rivals = {name: _compare(words, name, guess) for name, count in hits.items() if count >= enough}
    best = max(rivals, key=lambda name: _margin(name, *rivals[name]), default=None)
    if best is None or _margin(best, *rivals[best]) <= 0:
        return None
    ours, theirs = rivals[best]
    return best, ours / (ours + theirs)


def _compare(words: Sequence[str], language: str, guess: str) -> tuple[int, int]:
    """How many of the words only the language has, and how many only the guess."""
    own, others = hints.words()[language], hints.words().get(guess, frozenset())
    ours = sum(word in own and word not in others for word in words)
    theirs = sum(word in others and word not in own for word in words)
    return ours, theirs


def _margin(language: str, ours: int, theirs: int) -> float:
    """By how many words the language is ahead."""
    ratio = MIN_RATIO_OF_PROFILED if language in hints.hints().profiles else MIN_RATIO
    return ours - ratio * theirs
