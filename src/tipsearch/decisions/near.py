"""The names of a vocabulary that look most like a word it doesn't know: shown to people, never taken for the word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from tipsearch.vocabulary import fold_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tipsearch.vocabulary import Vocabulary

#: Less alike (0..100) is no help: «Atlantis» is 67 like the Balkans.
_LEAST = 70
#: A name that has a word in common («Uzbekistan cotton») says less than one that is spelt alike.
_SHARED_WORD = 0.9
#: Names looked at, of which several may belong to one concept.
_LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Near:
    """A value whose name looks like a word: its label, and how alike in percent."""

    value: str
    label: str
    similarity: int


def nearest(vocabulary: Vocabulary, text: str, most: int = 3) -> tuple[Near, ...]:
    """The values whose names in any language look most like a text, the likest first; none if nothing does."""
    names, key = _names(vocabulary), fold_name(text)
    best: dict[str, float] = {}
    for scorer, weight in ((fuzz.ratio, 1.0), (fuzz.token_set_ratio, _SHARED_WORD)):
        for name, score, _ in process.extract(
            key, list(names), scorer=scorer, score_cutoff=_LEAST / weight, limit=_LOOKED_AT
        ):
            best[names[name]] = max(best.get(names[name], 0.0), score * weight)
    ranked = sorted(best.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Near(value, vocabulary.label(value), round(score)) for value, score in ranked[:most])


@cache
def _names(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Folded names to values."""
    found: dict[str, str] = {}
    for concept in vocabulary.data:
        terms = (term for some in concept.terms.values() for term in some)
        for name in (concept.label, concept.value, *concept.names, *concept.acronyms, *terms):
            found.setdefault(fold_name(name), concept.value)
    for name, values in vocabulary.groups.items():
        found.setdefault(fold_name(name), values[0])
    return found
