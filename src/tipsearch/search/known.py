"""Words that are right even where an index has none of them: English ones, words of topics and places, stop words."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.paths import data_file
from tipsearch.vocabulary.gazetteer import foreign_place_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipsearch.vocabulary import Vocabularies, Vocabulary


def is_known(word: str, vocabularies: Vocabularies) -> bool:
    """Whether a folded word is right for sure."""
    return word in _english() or word in _stop_words() or word in _names_of(vocabularies)


@cache
def _english() -> frozenset[str]:
    return frozenset(data_file("words_en.txt").read_text("utf-8").split())


@cache
def _stop_words() -> frozenset[str]:
    """Those of all languages."""
    return frozenset(word for language in analysis.STEMMED for word in analysis.stop_words(language))


@lru_cache(maxsize=8)
def _names_of(vocabularies: Vocabularies) -> frozenset[str]:
    """The folded words of all names that readers are shown, in all languages, and of towns and peoples."""
    names = (*_names(vocabularies.topics), *_names(vocabularies.regions))
    return frozenset(analysis.words(" ".join((*names, *(name for name, _ in foreign_place_names())))))


def _names(vocabulary: Vocabulary) -> Iterator[str]:
    for concept in vocabulary.data:
        yield concept.label
        yield from concept.names
        for language, texts in concept.terms.items():
            hidden = set(concept.hidden.get(language, ()))
            yield from (text for text in texts if text not in hidden)
