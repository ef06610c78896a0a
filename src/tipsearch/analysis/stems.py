"""Stems and stop words by language: Snowball through PyStemmer, stop words as Whoosh collected them from Snowball.

English words are respelt before they are stemmed, so that *labour* and *labor* share a stem: reports of the field write
both, and readers mean both.

Stemmers want the word with its accents (Spanish *-ción*, French *-é*), so a word is stemmed first and folded after.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING

import Stemmer

from tipsearch.analysis.cache import BoundedCache
from tipsearch.analysis.fold import fold
from tipsearch.analysis.spelling import american
from tipsearch.paths import data_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: ISO 639-1 code to Snowball algorithm, for the languages whose stemmer every supported PyStemmer has.
STEMMED: Mapping[str, str] = MappingProxyType(
    {
        "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "da": "danish", "nl": "dutch",
        "en": "english", "fi": "finnish", "fr": "french", "de": "german", "el": "greek", "hi": "hindi",
        "hu": "hungarian", "id": "indonesian", "ga": "irish", "it": "italian", "lt": "lithuanian", "ne": "nepali",
        "no": "norwegian", "nb": "norwegian", "nn": "norwegian", "pt": "portuguese", "ro": "romanian",
        "ru": "russian", "sr": "serbian", "es": "spanish", "sv": "swedish", "ta": "tamil", "tr": "turkish",
        "yi": "yiddish",
    }
)  # fmt: skip

#: Its stems may change with it.
SNOWBALL_VERSION = Stemmer.version()
#: A stemmer object must not be used by two threads at once (PyStemmer's documentation).
_LOCK = Lock()


@cache
def _stems_of(language: str) -> BoundedCache[str]:
    # Our cache lies in front, so the stemmer's own would only cost memory.
    stemmer = Stemmer.Stemmer(STEMMED[language], 0)

    respelt = american if language == "en" else str

    def stem_word(word: str) -> str:
        with _LOCK:
            return fold(stemmer.stemWord(respelt(unicodedata.normalize("NFC", word))))

    return BoundedCache(stem_word)


def stem(word: str, language: str) -> str | None:
    """The folded stem of a word as written (accents matter, case doesn't); None where there is no stemmer."""
    return _stems_of(language)[word.lower()] if language in STEMMED else None


def stems(surfaces: Iterable[str], language: str) -> list[str]:
    """The folded stems of words as `surfaces` gives them; none where there is no stemmer."""
    if language not in STEMMED:
        return []
    return [found for found in map(_stems_of(language).__getitem__, surfaces) if found]


@cache
def stop_words(language: str) -> frozenset[str]:
    """The folded stop words of a language; empty where no list is known.

    Those of other languages that mean something in English or elsewhere (*die*, *war*, *estados*) aren't among them.
    """
    from whoosh.lang.stopwords import stoplists  # noqa: PLC0415 (wanted by queries only)

    data = json.loads(data_file("stop_words.json").read_text(encoding="utf-8"))
    listed = (*stoplists.get(language, ()), *data["languages"].get(language, ()))
    ambiguous = () if language == "en" else data["ambiguous"]
    return frozenset(map(fold, listed)).difference(ambiguous)
