"""Names of publishers as they are compared: words folded, abbreviations written out, articles left out."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

from tipsearch import analysis
from tipsearch.analysis.spelling import american
from tipsearch.paths import data_file

_WORD = re.compile(r"\w+")
_APOSTROPHES = re.compile("['’‘ʼ`´]")
#: «U.N.», «U. S.», «e.V.», «A.C.»
_DOTTED = re.compile(r"\b(?:[^\W\d_]\. ?)+[^\W\d_]\b\.?")
#: Capitals that stand for words of a name.
_SHORT = (
    (re.compile(r"\bUN(?=[\s.,;:/’')-]|$)"), "United Nations"),
    (re.compile(r"\bUSA?(?=[\s,;:/’')-]|$)"), "United States"),
    (re.compile(r"\bUnited States of America\b", re.IGNORECASE), "United States"),
    (re.compile(r"\bUK(?=[\s,;:/’')-]|$)"), "United Kingdom"),
    (re.compile(r"\bEU(?=[\s,;:/’')-]|$)"), "European Union"),
)
_ARTICLES = frozenset({"the"})


class _Abbreviations(msgspec.Struct, frozen=True):
    abbreviations: dict[str, str]


def key_of(name: str) -> str:
    """A name as it is compared: folded words without spaces between them, articles left out, in American spelling."""
    return "".join(words_of(name))


@lru_cache(maxsize=8192)
def words_of(name: str) -> tuple[str, ...]:
    """The words of such a key."""
    text = _DOTTED.sub(lambda match: re.sub("[. ]", "", match[0]), name) if "." in name else name
    if "U" in text.upper():  # all of them have one
        for pattern, meant in _SHORT:
            text = pattern.sub(meant, text)
    folded = analysis.fold(_APOSTROPHES.sub("", text)).replace("&", " and ").replace("+", " and ")
    found = _WORD.findall(folded.replace("_", " "))
    return tuple(_usual(word) for word in found if word not in _ARTICLES)


@lru_cache(maxsize=8192)
def _usual(word: str) -> str:
    """A word written out, in American spelling."""
    return american(_abbreviations().get(word, word)) if word.isascii() else word


@cache
def _abbreviations() -> dict[str, str]:
    return msgspec.json.decode(data_file("publishers.json").read_bytes(), type=_Abbreviations).abbreviations
