"""From a run of typed characters to leaves of the tree, by the same analysis as the index."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.query.nodes import Node, Phrase, Prefix, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Articles and pronouns that lose their vowel before an apostrophe in French, Italian and Catalan (as in Lucene's
#: ElisionFilter); they are no more than the article of the word that follows.
_ELIDED = re.compile(
    r"(?:l|m|t|qu|n|s|j|d|c|jusqu|quoiqu|lorsqu|puisqu|un|all|dall|dell|nell|sull|coll|gl|quest)['’](?=\w\w)",
    re.IGNORECASE,
)
#: Languages whose stop words are left out, English first: it wins when several fit equally.
_STOP_LANGUAGES = ("en", "es", "fr", "pt", "it", "de", "nl", "ru", "ar")
#: Words in capitals: operators when they have something to join, and never words to search for.
OPERATORS = frozenset({"AND", "OR", "NOT"})


def leaves_of(text: str, field: str | None = None) -> list[Node]:
    """The leaves for one run of characters without space: none, one, or one per part around a colon.

    A run that falls into several words is a phrase (``COVID-19``, ``forced-labour``, a run of Chinese); an elided
    article is dropped (``l'exploitation`` is *exploitation*).
    """
    return [leaf for part in text.split(":") if (leaf := _leaf(_ELIDED.sub("", part), field)) is not None]


def phrase_of(text: str, slop: int = 0, field: str | None = None) -> Node | None:
    """The phrase for what stood between quotation marks; a single word so is exact, without its stem."""
    words = _typed_words(text)
    if len(words) == 1 and _is_lone_character(words[0]):
        return Prefix(words[0], field)
    return Phrase(words, slop, field) if words else None


def stop_words_in(words: Sequence[str]) -> frozenset[str]:
    """Those of the words that are stop words of the language in which most of them are.

    A word in capitals among others is a name (WHO, IT, US) and kept.
    """
    shouted = all(word.isupper() for word in words)
    typed = {word: analysis.fold(word) for word in words if shouted or len(word) == 1 or not word.isupper()}
    best: frozenset[str] = frozenset()
    for language in _STOP_LANGUAGES:
        listed = analysis.stop_words(language)
        found = frozenset(word for word, folded in typed.items() if folded in listed)
        best = max(best, found, key=len)
    return best


def _leaf(text: str, field: str | None) -> Node | None:
    words = _typed_words(text)
    if not words:
        return None
    if len(words) > 1:
        return Phrase(words, field=field)
    # "AND," is the word, as "and" is.
    word = words[0].lower() if words[0] in OPERATORS else words[0]
    return Prefix(word, field) if _is_lone_character(word) else Word(word, field)


def _typed_words(text: str) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end, _ in analysis.tokens(text))


def _is_lone_character(word: str) -> bool:
    """One character of a script found by pairs: it is searched as the beginning of a pair."""
    return len(word) == 1 and analysis.has_unspaced_script(word)
