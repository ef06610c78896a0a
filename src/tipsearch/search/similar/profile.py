"""What a document is like: the words, figures and names of a sample of its text, by which others are looked for and compared."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from math import log
from typing import TYPE_CHECKING, Self

from tipsearch import analysis
from tipsearch.query.nodes import MATCH_ALL
from tipsearch.search.similar.figures import SMALL, figures_in, is_telling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tipsearch.catalogue.samples import Sample
    from tipsearch.engines.base import Engine
    from tipsearch.model import Document

#: Pages and characters looked at: of longer texts the pages are evenly spread, and their beginnings count.
PAGES = 8
_CHARACTERS = 12_000
#: Words that begin with the same five letters are taken for one in whatever language: *responsibility*, *responsabilité*.
#: Simard, Foster and Isabelle (1992) find translations by the first four; five keep more words apart.
COGNATE = 5
_LEAST_LETTERS, _LEAST_DIGITS = 3, 2
#: Beside the weight of a word by its rarity, so that in a library of few documents all words count.
_LEAST_WEIGHT = 0.1

#: A word in capitals, or one with a capital letter that begins no sentence.
_NAME = re.compile(r"\b[A-ZÀ-ÞА-Я]{2,}\b|(?<=[\w,;] )[A-ZÀ-ÞА-Я][\w’'-]+")
#: Letters that say as much as one character of Chinese, Thai or Korean; such a text has hardly any spaces.
_LETTERS_A_CHARACTER, _MOST_SPACES = 3, 10
#: Words by which a text's script is told.
_FREQUENT = 40


@dataclass(frozen=True, slots=True)
class Collection:
    """What is known of the whole library: its index, and how many documents there are, in all and by language."""

    engine: Engine
    total: int
    by_language: Mapping[str, int]

    @classmethod
    def of(cls, engine: Engine) -> Self:
        """Count the documents of an index."""
        counted = engine.count_facets(MATCH_ALL, (), ["language"])
        return cls(engine, engine.document_count(), counted["language"])


class Profile:
    """A document's sample; what is found in it is worked out when first asked for.

    Attributes:
        document: the document.
        pages: the pages that were read.
        body: the beginnings of them, as one text.
        text: the same below title and summary.
        length: of the whole text in letters of an alphabet: a character of a script without spaces stands for three.
        is_whole: the sample is all of the text.
    """

    def __init__(self, document: Document, sample: Sample, collection: Collection) -> None:
        self.document = document
        self._collection = collection
        room = _CHARACTERS // max(1, len(sample.texts))
        texts = [text[:room] for text in sample.texts]
        self.pages = sample.texts
        self.body = "\n".join(texts)
        self.text = "\n".join(filter(None, (document.title, document.abstract, self.body)))
        self.length = sample.characters * (_LETTERS_A_CHARACTER if _is_unspaced(self.text) else 1)
        self.is_whole = sum(map(len, texts)) >= sample.characters

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """Distinct numbers of two digits and more, in the order in which they come first."""
        return figures_in(self.text)

    @cached_property
    def telling_figures(self) -> frozenset[str]:
        """Those that hardly stand in two texts by chance: neither small ones nor years."""
        return frozenset(filter(is_telling, self.figures))

    @cached_property
    def names(self) -> frozenset[str]:
        """Folded words in capitals, and such as begin with a capital letter within a sentence."""
        return frozenset(map(analysis.fold, _NAME.findall(self.text)))

    @cached_property
    def words(self) -> Mapping[str, tuple[int, str]]:
        """Folded words with how often they occur, and the spelling (in small letters) that occurs most."""
        found: dict[str, tuple[int, str]] = {}
        for surface, count in Counter(analysis.surfaces(self.text)).most_common():
            for word in analysis.folded([surface]):
                known, spelling = found.get(word, (0, surface))
                found[word] = known + count, spelling
        return found

    @cached_property
    def frequencies(self) -> Mapping[str, int]:
        """The words that can tell one document from another, with the number of documents that have them."""
        stop = _stop_words(self.document.language)
        words = [word for word in self.words if _can_tell(word) and word not in stop]
        return self._collection.engine.frequencies(words)

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """How much each word says of the document: more, the oftener it stands there and the rarer it is in its language."""
        total, language = self._collection.total, self.document.language or ""
        others = self._collection.by_language.get(language, total)
        found = {}
        for word, count in self.frequencies.items():
            among = total if word.isdecimal() else others
            rarity = log(max(1, among / max(1, count))) + _LEAST_WEIGHT
            found[word] = (1 + log(self.words[word][0])) * rarity
        return found

    @cached_property
    def across(self) -> Mapping[str, float]:
        """The same by what two languages may have in common: numbers, names, and the beginnings of words.

        Small numbers are left out: whatever has numbered articles, chapters or notes has them in common.
        """
        found: dict[str, float] = {}
        for word, weight in self.weights.items():
            key = word if word.isdecimal() else word[:COGNATE]
            if not key.isdecimal() or len(key) > SMALL:
                found[key] = max(found.get(key, 0.0), weight)
        return found

    @cached_property
    def alphabet(self) -> str:
        """The script of most of its frequent words: ``LATIN``, ``CYRILLIC``, ``CJK`` …; empty if there are none."""
        letters = [word[0] for word in islice(self.words, _FREQUENT) if word[0].isalpha()]
        scripts = Counter(unicodedata.name(letter, "?").split()[0] for letter in letters)
        return max(scripts, key=lambda script: (scripts[script], script), default="")

    def spelling(self, word: str) -> str:
        """The spelling of a folded word that occurs most."""
        return self.words[word][1]


def _is_unspaced(text: str) -> bool:
    return analysis.has_unspaced_script(text) and text.count(" ") * _MOST_SPACES < len(text)


def _can_tell(word: str) -> bool:
    """Is it a number of several digits, a word of several letters, or a pair of characters?"""
    if word.isascii():
        return len(word) >= (_LEAST_DIGITS if word.isdecimal() else _LEAST_LETTERS)
    return len(word) >= (_LEAST_DIGITS if analysis.has_unspaced_script(word) else _LEAST_LETTERS)


@cache
def _stop_words(language: str | None) -> frozenset[str]:
    """Those of the language, and the English ones, which most documents quote."""
    return analysis.stop_words("en") | (analysis.stop_words(language) if language else frozenset())
