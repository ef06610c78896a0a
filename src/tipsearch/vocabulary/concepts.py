"""A vocabulary: a tree of concepts, and all the names by which people and programs mean one of them.

World (``global``) is a value of its own beside the regions, not above them: a report on all the world isn't found by
everyone who picks Asia, nor is every report on Asia counted as global. Hence no path holds ``global``, but its own.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

import msgspec

from tipsearch.analysis.spelling import american

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

#: A given tag that is no known name is taken for the most similar one from this similarity on (rapidfuzz's normalised
#: Indel similarity, 0..100). Wanted: "Latin Amerca" 96, "Columbia" 88, "Infografics" 87. Not wanted: Siberia (if it weren't
#: known) is 86 like Liberia, Gambia 83 like Zambia, "women" 80 like Yemen.
FUZZY_THRESHOLD = 86.5
#: … and if no other concept is as similar but for this: "Austrlia" has 94 with Australia and 93 with Austria.
FUZZY_MARGIN = 3.0
#: … whose words, if it has as many, are as similar as this: "sea" has 67 with "sex", "s." 67 with "se".
FUZZY_WORD = 70.0
#: Shorter tags are never guessed at, nor are longer ones: they are sentences.
FUZZY_MIN_LENGTH, FUZZY_MAX_LENGTH = 6, 80
#: Guesses that are kept.
_MOST_GUESSED = 10_000
#: Labels in other languages that are kept; a page of results has hundreds.
_MOST_CALLED = 10_000
#: … but for two neighbouring letters that changed places, which the threshold would refuse in short names: "Mynamar" has
#: 86 with Myanmar, "Isreal" 83 with Israel. No other letter may differ, as it does in Siberia and Liberia.
FUZZY_SWAPS = 1

_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Concept:
    """One value of a facet.

    Attributes:
        value: what is stored, indexed and put into URLs.
        label: for people, in English.
        parent: the value right above, or None at the top.
        path: the values from the top to this one, both included.
    """

    value: str
    label: str
    parent: str | None
    path: tuple[str, ...]


class ConceptData(msgspec.Struct, frozen=True, omit_defaults=True):
    """A concept as its data file has it.

    Attributes:
        label: for people, in English, or in some language where there is no English one.
        codes: ISO 639, ISO 3166 or UN M49 codes, or notations of other thesauri, accepted as input.
        names: further names in English (for types and languages in any language).
        facet: of a topic: ``form``, ``context``, ``response`` or ``sector``, empty in none of them.
        related: values of related concepts.
        labels: for people, by language tag in lower case (``zh-hant``).
        note: what the concept covers, by language tag.
        terms: by language, the words by which texts speak of it: its label, then others.
        hidden: by language, those of the terms that are never shown (misspellings, inflected forms).
        bare: by language, common words that mean it only in a title or when repeated often.
        near: by language, words near which a mention of the concept right above means this one ("children").
        other: by language, phrases that hold one of its words and mean something else ("drug trafficking").
        acronyms: matched with their case, as whole words.
    """

    value: str
    label: str
    parent: str | None = None
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    facet: str = ""
    related: tuple[str, ...] = ()
    labels: dict[str, str] = {}
    note: dict[str, str] = {}
    terms: dict[str, tuple[str, ...]] = {}
    hidden: dict[str, tuple[str, ...]] = {}
    bare: dict[str, tuple[str, ...]] = {}
    near: dict[str, tuple[str, ...]] = {}
    other: dict[str, tuple[str, ...]] = {}
    acronyms: tuple[str, ...] = ()


class VocabularyData(msgspec.Struct, frozen=True, omit_defaults=True):
    """A vocabulary as its data file has it.

    Attributes:
        concepts: parents before children.
        groups: names that stand for several concepts.
        tags: names that only given tags have.
        facets: of topics, what each facet is called, by language tag.
    """

    concepts: tuple[ConceptData, ...]
    groups: dict[str, tuple[str, ...]] = {}
    tags: dict[str, tuple[str, ...]] = {}
    facets: dict[str, dict[str, str]] = {}


class Vocabulary:
    """The concepts of one facet. Iterates over them in the order of the file, parents before children.

    Args:
        content: the decoded data file.
        further: names that are only read when the others don't know an input: (name, value) pairs.
        spoken: the label of a value in another language, None where it has none; the concepts' own labels if not given.
    """

    def __init__(
        self,
        content: VocabularyData,
        further: Callable[[], Iterable[tuple[str, str]]] | None = None,
        spoken: Callable[[str, str], str | None] | None = None,
    ) -> None:
        self.content = content
        self._further = further
        self._guessed: dict[str, tuple[str, ...]] = {}
        self._called: dict[tuple[str, str], str] = {}
        self._spoken = spoken or self._own_label
        self._concepts: dict[str, Concept] = {}
        parents = {concept.value: concept.parent for concept in content.concepts}
        for concept in content.concepts:
            path = _path(concept.value, parents)
            self._concepts[concept.value] = Concept(concept.value, concept.label, concept.parent, path)

    @classmethod
    def of(cls, concepts: Iterable[ConceptData]) -> Self:
        """A vocabulary of these concepts, parents before children."""
        return cls(VocabularyData(tuple(concepts)))

    def __iter__(self) -> Iterator[Concept]:
        """All concepts."""
        return iter(self._concepts.values())

    def __len__(self) -> int:
        """The number of concepts."""
        return len(self._concepts)

    def __contains__(self, value: object) -> bool:
        """Whether this is the value of a concept (not just a name of one)."""
        return value in self._concepts

    @property
    def data(self) -> tuple[ConceptData, ...]:
        """The concepts with all their names and terms, for matchers."""
        return self.content.concepts

    @property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """Names that stand for several concepts (``MENA``)."""
        return self.content.groups

    @cached_property
    def digest(self) -> str:
        """Tells this vocabulary's content from any other."""
        return hashlib.sha256(msgspec.json.encode(self.content, order="deterministic")).hexdigest()

    def get(self, value: str) -> Concept | None:
        """The concept of that value, or None."""
        return self._concepts.get(value)

    def label(self, value: str, language: str = "en") -> str:
        """The label in a language (ISO 639 code or tag: ``fr``, ``zh-Hant``), in English where it has none in that.

        An unknown value (of an index made with another vocabulary) is its own label.
        """
        concept = self._concepts.get(value)
        if concept is None:
            return value
        if language == "en":
            return concept.label
        known = self._called.get((value, language))
        if known is None:
            if len(self._called) >= _MOST_CALLED:
                self._called.clear()
            known = self._called[value, language] = self._label(concept, language.lower())
        return known

    def _label(self, concept: Concept, tag: str) -> str:
        if tag == "en":
            return concept.label
        found = self._spoken(concept.value, tag) or self._spoken(concept.value, tag.partition("-")[0])
        return found or concept.label

    def _own_label(self, value: str, language: str) -> str | None:
        return self._labels[value].get(language)

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, str]]:
        return {concept.value: concept.labels for concept in self.data}

    def path(self, value: str) -> tuple[str, ...]:
        """The values from the top to this one, without ``global``; an unknown value is its own path."""
        concept = self._concepts.get(value)
        return concept.path if concept else (value,)

    def ancestors(self, value: str) -> tuple[str, ...]:
        """The values above, from the top."""
        return self.path(value)[:-1]

    def children(self, value: str | None = None) -> tuple[str, ...]:
        """The values right below; with None those at the top."""
        return self._children.get(value, ())

    @cached_property
    def _children(self) -> Mapping[str | None, tuple[str, ...]]:
        below: dict[str | None, list[str]] = {}
        for concept in self:
            below.setdefault(concept.parent, []).append(concept.value)
        return {parent: tuple(values) for parent, values in below.items()}

    def resolve(self, text: str, *, fuzzy: bool = False) -> str | None:
        """The value that a person or a program means: a value, code or name in any case, with or without accents.

        Args:
            text: ``HK``, ``hong-kong``, ``Hong Kong``, ``Côte d'Ivoire`` …
            fuzzy: also take the most similar name, see `FUZZY_THRESHOLD`.

        Returns:
            The value, None if nothing is meant for sure. Of a group (``MENA``) the first value.
        """
        return next(iter(self.resolve_all(text, fuzzy=fuzzy)), None)

    def resolve_all(self, text: str, *, fuzzy: bool = True) -> tuple[str, ...]:
        """All values that a given tag means: ``MENA`` is both Western Asia and Northern Africa; empty if none."""
        if text in self._concepts:
            return (text,)
        key = fold_name(text)
        if not key:
            return ()
        return self._near.get(key) or self._far.get(key) or (self._similar(key) if fuzzy else ())

    @cached_property
    def _near(self) -> dict[str, tuple[str, ...]]:
        """The folded names of the vocabulary's own file to values. Earlier kinds of names win over later ones."""
        table: dict[str, tuple[str, ...]] = {}
        for concept in self.data:
            table.setdefault(fold_name(concept.value), (concept.value,))
        for concept in self.data:
            for name in (concept.label, *concept.codes):
                table.setdefault(fold_name(name), (concept.value,))
        for concept in self.data:
            for name in (*concept.names, *concept.acronyms, *concept.terms.get("en", ())):
                table.setdefault(fold_name(name), (concept.value,))
        for name, values in list(table.items()):
            table.setdefault(" ".join(map(american, name.split())), values)
        for name, values in (self.content.groups | self.content.tags).items():
            table.setdefault(fold_name(name), values)
        return table

    @cached_property
    def _far(self) -> dict[str, tuple[str, ...]]:
        """The folded names in other languages and the terms of texts, built when first asked for."""
        table: dict[str, tuple[str, ...]] = {}
        for concept in self.data:
            for terms in concept.terms.values():
                for term in terms:
                    table.setdefault(fold_name(term), (concept.value,))
        for concept in self.data:
            for terms in concept.bare.values():
                for term in terms:
                    table.setdefault(fold_name(term), (concept.value,))
        for name, value in self._further() if self._further else ():
            table.setdefault(fold_name(name), (value,))
        return table

    def _similar(self, key: str) -> tuple[str, ...]:
        if not FUZZY_MIN_LENGTH <= len(key) <= FUZZY_MAX_LENGTH:
            return ()
        if key not in self._guessed:
            if len(self._guessed) >= _MOST_GUESSED:
                self._guessed.clear()
            self._guessed[key] = self._guess(key)
        return self._guessed[key]

    def _guess(self, key: str) -> tuple[str, ...]:
        # 17 ms to import, and only needed for a tag that isn't spelled as anywhere known.
        from rapidfuzz import fuzz, process  # noqa: PLC0415

        found = process.extract(
            key, self._near_names, scorer=fuzz.ratio, score_cutoff=FUZZY_THRESHOLD - FUZZY_MARGIN, limit=8
        )
        best: dict[tuple[str, ...], tuple[float, str]] = {}
        for name, score, _ in found:
            best.setdefault(self._near[name], (score, name))
        (values, (score, name)), *others = list(best.items()) or [((), (0.0, ""))]
        alone = all(score - other >= FUZZY_MARGIN for _, (other, _) in others)
        if alone and score >= FUZZY_THRESHOLD and _word_by_word(key, name, fuzz.ratio):
            return values
        return self._swapped(key)

    def _swapped(self, key: str) -> tuple[str, ...]:
        """The values of the one name in which two neighbouring letters stand the other way round."""
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        names = self._by_letters.get("".join(sorted(key)), ())
        found = {self._near[name] for name in names if OSA.distance(key, name) <= FUZZY_SWAPS}
        return found.pop() if len(found) == 1 else ()

    @cached_property
    def _near_names(self) -> list[str]:
        return list(self._near)

    @cached_property
    def _by_letters(self) -> dict[str, list[str]]:
        """The names by their letters in order."""
        table: dict[str, list[str]] = {}
        for name in self._near:
            table.setdefault("".join(sorted(name)), []).append(name)
        return table


def _word_by_word(one: str, other: str, similarity: Callable[[str, str], float]) -> bool:
    """Whether two names of as many words differ in letters, and not in a word: *sea slavery* is no *sex slavery*."""
    ours, theirs = one.split(), other.split()
    return len(ours) != len(theirs) or all(
        similarity(a, b) >= FUZZY_WORD for a, b in zip(ours, theirs, strict=True)
    )


def fold_name(text: str) -> str:
    """A name as it is compared: lower case, no accents, one space for whatever is no letter or digit."""
    plain = text
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        plain = unicodedata.normalize("NFC", "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f"))
    return _NO_WORD.sub(" ", plain.lower().replace("&", " and ")).strip()


def _path(value: str, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    path = [value]
    while (parent := parents[path[-1]]) is not None:
        path.append(parent)
    return tuple(reversed(path))
