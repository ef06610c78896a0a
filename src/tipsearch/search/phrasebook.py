"""The names of a library's topics: which words of a query are one, and what else the same thing is called.

A name is a preferred label of a concept, or an alternative one that means all of it, in any language. Words are compared
by their stems in the language of the name, without its stop words, as those are left out of queries as well.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.analysis.spelling import american
from tipsearch.search.other_names import is_other_acronym, is_other_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from tipsearch.vocabulary import ConceptData, Vocabulary

#: Concepts that one name may belong to: of more it says too little.
_MOST_CONCEPTS = 2
#: Letters by which names are sorted before any is stemmed; stemmers leave them alone, but for the Arabic article.
_HEAD = 2
_WITHOUT_HEAD = frozenset(("ar",))


class Rank(IntEnum):
    """What a label is to its concept.

    Hidden ones are other forms of the others, found in texts and never shown. Those of a kind or part of it are no names.
    """

    PREFERRED = 0
    ALTERNATIVE = 1
    HIDDEN = 2
    NONE = 3


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
    """Labels that begin alike.

    Attributes:
        concepts: of names, by their stems.
        longest: how many stems the longest of them has.
        others: folded words of labels that are no other names, though their stems may be those of one: the *recruiters*
            beside *recruitment*.
    """

    concepts: Mapping[tuple[str, ...], tuple[str, ...]]
    longest: int
    others: frozenset[tuple[str, ...]]


class Phrasebook:
    """The names of a vocabulary's concepts."""

    def __init__(self, topics: Vocabulary) -> None:
        self._concepts = {concept.value: concept for concept in topics.data}
        self._acronyms: dict[str, list[str]] = defaultdict(list)
        self._listed: dict[tuple[str, str], list[tuple[str, str, Rank]]] = defaultdict(list)
        for concept in topics.data:
            for acronym in concept.acronyms:
                if is_other_acronym(concept.value, acronym):
                    self._acronyms[acronym].append(concept.value)
            for language, text, rank in _ranked(concept):
                if rank is not Rank.HIDDEN:
                    self._listed[language, _head(text, language)].append((text, concept.value, rank))
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
            content: tuple[str, ...] = ()
            for reached, word in enumerate(words, 1) if table.longest else ():
                if analysis.fold(word) not in analysis.stop_words(language):
                    content = (*content, word)
                if not content or len(content) > table.longest:
                    break
                if reached in ends and (values := _looked_up(table, content, language)):
                    yield language, reached, values

    def _compiled(self, language: str, head: str) -> _Table:
        found: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        named: set[tuple[str, ...]] = set()
        others: set[tuple[str, ...]] = set()
        for text, value, rank in self._listed.get((language, head), ()):
            words = tuple(map(analysis.fold, _content(text, language)))
            (others if rank is Rank.NONE else named).add(words)
            for key in _keys(text, language) if rank is not Rank.NONE else ():
                found[key][value] = None
        longest = max(map(len, found), default=0)
        return _Table(
            {key: tuple(values) for key, values in found.items()}, longest, frozenset(others - named)
        )

    def _names(self, value: str) -> tuple[Name, ...]:
        """All that a concept is called, the preferred names first; none that holds another of them."""
        names: dict[tuple[str, ...], Name] = {}
        for one in sorted(_named(self._concepts[value]), key=lambda one: one.rank):
            if one.words:
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


def _ranked(concept: ConceptData) -> Iterator[tuple[str, str, Rank]]:
    """Language, text and rank of each label."""
    preferred = set(concept.labels.values()) or {concept.label}
    for language, texts in concept.terms.items():
        hidden = set(concept.hidden.get(language, ()))
        for text in texts:
            if text in preferred:
                yield language, text, Rank.PREFERRED
            elif text in hidden:
                yield language, text, Rank.HIDDEN
            else:
                named = is_other_name(concept.value, language, text)
                yield language, text, Rank.ALTERNATIVE if named else Rank.NONE


def _named(concept: ConceptData) -> Iterator[Name]:
    for language, text, rank in _ranked(concept):
        shown = _in_running_text(text, language) if rank is Rank.PREFERRED else text
        if rank is not Rank.NONE:
            yield Name(shown, language, tuple(analysis.words(text)), rank)


def _keys(text: str, language: str) -> Iterator[tuple[str, ...]]:
    """A name's stems, as written and as typed without accents; none if it begins or ends in a stop word."""
    surfaces = analysis.surfaces(text)
    content = _content(text, language)
    if content and content[0] == surfaces[0] and content[-1] == surfaces[-1]:
        yield tuple(_stem(word, language) for word in content)
        yield tuple(_stem(analysis.fold(word), language) for word in content)


def _content(text: str, language: str) -> tuple[str, ...]:
    """A label's words without its stop words."""
    stop = analysis.stop_words(language)
    return tuple(word for word in analysis.surfaces(text) if analysis.fold(word) not in stop)


def _looked_up(table: _Table, words: tuple[str, ...], language: str) -> tuple[str, ...]:
    """The concepts of which these words are a name, as written or without accents."""
    folded = tuple(map(analysis.fold, words))
    if folded in table.others:
        return ()
    found = table.concepts.get(tuple(_stem(word, language) for word in words))
    return found or table.concepts.get(tuple(_stem(word, language) for word in folded), ())


def _stem(word: str, language: str) -> str:
    return analysis.stem(word, language) or analysis.fold(word)


def _head(text: str, language: str) -> str:
    return "" if language in _WITHOUT_HEAD else analysis.fold(text[:_HEAD])[:_HEAD]


def _holds_another(words: tuple[str, ...], names: Collection[tuple[str, ...]]) -> bool:
    """Whether a shorter name stands within this one, so that whoever says this one says that one."""
    parts = (words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    return any(part in names for part in parts if part != words)


def _in_running_text(label: str, language: str) -> str:
    """A preferred label as it is written within a sentence: small, but for acronyms and German nouns."""
    first = label.split(maxsplit=1)[0]
    return label if language == "de" or not first.istitle() else label[0].lower() + label[1:]
