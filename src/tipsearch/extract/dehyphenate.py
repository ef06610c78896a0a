"""Hyphens that a line break left in the text of a web page: «illegal log- ging».

The hyphen and the space are taken out only between two lower-case letters and only if the text itself speaks for it:
the joined word occurs elsewhere in it, or the second half occurs nowhere as a word of its own and is no small word
(article, preposition, conjunction). «Children- the» and «short- and long-term» stay as they are; «self- employed» gets its
hyphen back.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.extract.lexicon import lexicon
from tipsearch.paths import data_file

if TYPE_CHECKING:
    from collections.abc import Iterable

# The look-behind keeps the search linear: it starts at the beginning of a word only.
_BREAK = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-\s+([^\W\d_]+)")
#: All parts of a word broken once or more often.
_PARTS = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:-\s+[^\W\d_]+)+")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
#: «imple- men- tation» wants two rounds; more than a few never occur.
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class _Hyphens:
    conjunctions: frozenset[str]
    compound_first_parts: frozenset[str]
    always_hyphenated: frozenset[str]


def _load() -> _Hyphens:
    raw = json.loads(data_file("hyphens.json").read_text(encoding="utf-8"))
    return _Hyphens(
        conjunctions=frozenset(raw["conjunctions"]) | lexicon().small_words,
        compound_first_parts=frozenset(raw["compound_first_parts"]),
        always_hyphenated=frozenset(raw["always_hyphenated"]),
    )


# Few pages have a broken word, so that an extraction process would come to need this when it may open no files any more.
_HYPHENS = _load()


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words of a document in lower case, hyphenated ones as one; empty if no text has a broken word."""
    kept = list(texts)
    if not any(_BREAK.search(text) for text in kept):
        return frozenset()
    return frozenset(word.casefold() for text in kept for word in _WORD.findall(_PARTS.sub(" ", text)))


def dehyphenate(text: str, known: frozenset[str] | None = None) -> str:
    """The text with broken words made whole.

    Args:
        text: a paragraph or a teaser.
        known: the words of the document it belongs to (see `vocabulary`); without it, the text's own.
    """
    if not _BREAK.search(text):
        return text
    words = vocabulary([text]) if known is None else known
    for _ in range(_ROUNDS):
        text, joined = _BREAK.subn(lambda match: _mend(match, words), text)
        if not joined:
            break
    return text


def _mend(match: re.Match[str], words: frozenset[str]) -> str:
    first, second = match[1], match[2]
    if not (first[-1].islower() and second[0].islower()):
        return match[0]
    joined, compound = first + second, f"{first}-{second}"
    if joined.casefold() in words:
        return joined
    if second.casefold() in _HYPHENS.conjunctions:
        return match[0]
    if compound.casefold() in words or first.casefold() in _HYPHENS.always_hyphenated:
        return compound
    if second.casefold() in words:
        return compound if first.casefold() in _HYPHENS.compound_first_parts else match[0]
    return joined
