"""The names of a library's topics: which words of a query are one, and what else the same thing is called.

A name is a preferred or alternative label of a concept, in any language. Words are compared by their stems in the
language of the name, without its stop words, as those are left out of queries as well.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.analysis.spelling import american

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from tipsearch.vocabulary import ConceptData, Vocabulary

#: Concepts that one name may belong to: of more it says too little.
_MOST_CONCEPTS = 2
#: Parts of the thesaurus whose concepts gather many things: sugarcane and palm oil are both agriculture, but not the
#: same. Of those with more alternative labels in one language than these, only the preferred ones are other names.
_GATHERING = frozenset(("context", "response", "sector"))
_MOST_SYNONYMS = 6
#: Letters by which names are sorted before any is stemmed; stemmers leave them alone, but for the Arabic article.
_HEAD = 2
_WITHOUT_HEAD = frozenset(("ar",))


class Rank(IntEnum):
    """What a name is to its concept; hidden ones are other forms of the others, found in texts and never shown."""

    PREFERRED = 0
    ALTERNATIVE = 1
    HIDDEN = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a concept: as readers see it, its language, all its words folded, and its rank."""

    text: str
    language: str
    words: tuple[str, ...]
    rank: Rank


@dataclass(frozen=True, slots=True)
class Match:
    """Words of a query that are a name: how many, of which concepts, in which languages."""

    length: int
    concepts: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """Names that begin alike, by their stems, and how many stems the longest has."""

    concepts: Mapping[tuple[str, ...], tuple[str, ...]]
    longest: int


class Phrasebook:
    """The names of a vocabulary's concepts."""

    def __init__(self, topics: Vocabulary) -> None:
        self._concepts = {concept.value: concept for concept in topics.data}
        self._acronyms: dict[str, list[str]] = defaultdict(list)
        self._listed: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for concept in topics.data:
            for acronym in concept.acronyms:
                self._acronyms[acronym].append(concept.value)
            for language, text in _labels(concept):
                self._listed[language, _head(text, language)].append((text, concept.value))
        self._languages = tuple(dict.fromkeys(language for language, _ in self._listed))
        self._table = cache(self._compiled)
        self.names = cache(self._names)

    def longest(self, words: Sequence[str], ends: Collection[int]) -> Match | None:
        """The longest name that a run of words begins with.

        Args:
            words: as typed.
            ends: how many of the words a name may take.

        Returns:
            None if there is none, or if it belongs to too many concepts.
        """
        length, concepts, languages = 0, dict[str, None](), dict[str, None]()
        for language, reached, values in self._all(words, ends):
            if reached > length:
                length, concepts, languages = reached, {}, {}
            if reached == length:
                concepts.update(dict.fromkeys(values))
                languages[language] = None
        if not 0 < len(concepts) <= _MOST_CONCEPTS:
            return None
        return Match(length, tuple(concepts), tuple(languages))

    def _all(self, words: Sequence[str], ends: Collection[int]) -> Iterator[tuple[str, int, Sequence[str]]]:
        """Language, number of words and concepts of each name at the beginning of a run."""
        if 1 in ends and words[0] in self._acronyms:
            yield "", 1, self._acronyms[words[0]]
        for language in self._languages:
            table = self._table(language, _head(words[0], language))
            key: tuple[str, ...] = ()
            for reached, word in enumerate(words, 1) if table.longest else ():
                if analysis.fold(word) not in analysis.stop_words(language):
                    key = (*key, _stem(word, language))
                if not key or len(key) > table.longest:
                    break
                if reached in ends and key in table.concepts:
                    yield language, reached, table.concepts[key]

    def _compiled(self, language: str, head: str) -> _Table:
        found: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        for text, value in self._listed.get((language, head), ()):
            for key in _keys(text, language):
                found[key][value] = None
        longest = max(map(len, found), default=0)
        return _Table({key: tuple(values) for key, values in found.items()}, longest)

    def _names(self, value: str) -> tuple[Name, ...]:
        """All that a concept is called, the preferred names first; none that holds another of them."""
        concept = self._concepts[value]
        preferred = set(concept.labels.values()) or {concept.label}
        names: dict[tuple[str, ...], Name] = {}
        for one in sorted(_named(concept, preferred), key=lambda one: one.rank):
            if one.words and (one.rank is not Rank.ALTERNATIVE or not _gathers(concept)):
                names.setdefault(one.words, one)
        names = _without_strangers(names)
        for one in [one for one in names.values() if one.language == "en"]:
            # Texts are looked through for the very words, and the thesaurus is spelt the British way.
            respelt = tuple(map(american, one.words))
            names.setdefault(respelt, replace(one, words=respelt, rank=Rank.HIDDEN))
        return tuple(one for one in names.values() if not _holds_another(one.words, names))


def stems_of(words: Sequence[str], language: str) -> frozenset[str]:
    """The stems of a name's words without its stop words."""
    stop = analysis.stop_words(language)
    return frozenset(_stem(word, language) for word in words if analysis.fold(word) not in stop)


@lru_cache(maxsize=8)
def phrasebook(topics: Vocabulary) -> Phrasebook:
    """The names of a library's topics, gathered once."""
    return Phrasebook(topics)


def _without_strangers(names: Mapping[tuple[str, ...], Name]) -> dict[tuple[str, ...], Name]:
    """The names without those hidden labels that are no other form of a shown one: they tell topics of texts, no more."""
    known = {
        (one.language, stems)
        for one in names.values()
        if one.rank < Rank.HIDDEN
        for stems in _keys(one.text, one.language)
    }
    return {
        words: one
        for words, one in names.items()
        if one.rank < Rank.HIDDEN
        or any((one.language, stems) in known for stems in _keys(one.text, one.language))
    }


def _labels(concept: ConceptData) -> Iterator[tuple[str, str]]:
    """Language and text of each label that readers are shown."""
    for language, texts in concept.terms.items():
        hidden = set(concept.hidden.get(language, ()))
        for text in texts:
            if text not in hidden:
                yield language, text


def _named(concept: ConceptData, preferred: Collection[str]) -> Iterator[Name]:
    for language, texts in concept.terms.items():
        hidden = set(concept.hidden.get(language, ()))
        for text in texts:
            words = tuple(analysis.words(text))
            if text in preferred:
                yield Name(_in_running_text(text, language), language, words, Rank.PREFERRED)
            else:
                yield Name(text, language, words, Rank.HIDDEN if text in hidden else Rank.ALTERNATIVE)


def _keys(text: str, language: str) -> Iterator[tuple[str, ...]]:
    """A name's stems, as written and as typed without accents; none if it begins or ends in a stop word."""
    surfaces = analysis.surfaces(text)
    stop = analysis.stop_words(language)
    content = [word for word in surfaces if analysis.fold(word) not in stop]
    if content and content[0] is surfaces[0] and content[-1] is surfaces[-1]:
        yield tuple(_stem(word, language) for word in content)
        yield tuple(_stem(analysis.fold(word), language) for word in content)


def _stem(word: str, language: str) -> str:
    return analysis.stem(word, language) or analysis.fold(word)


def _head(text: str, language: str) -> str:
    return "" if language in _WITHOUT_HEAD else analysis.fold(text[:_HEAD])[:_HEAD]


def _gathers(concept: ConceptData) -> bool:
    most = max(
        (len(texts) - len(concept.hidden.get(lang, ())) for lang, texts in concept.terms.items()), default=0
    )
    return concept.facet in _GATHERING and most > _MOST_SYNONYMS


def _holds_another(words: tuple[str, ...], names: Collection[tuple[str, ...]]) -> bool:
    """Whether a shorter name stands within this one, so that whoever says this one says that one."""
    parts = (words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    return any(part in names for part in parts if part != words)


def _in_running_text(label: str, language: str) -> str:
    """A preferred label as it is written within a sentence: small, but for acronyms and German nouns."""
    first = label.split(maxsplit=1)[0]
    return label if language == "de" or not first.istitle() else label[0].lower() + label[1:]
