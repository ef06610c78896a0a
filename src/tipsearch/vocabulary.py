"""The controlled vocabularies: regions (UN M49), topics (the thesaurus), types and languages.

Each is a tree of concepts with a stable value (a slug, a thesaurus id, an ISO 639 code), a label for people and a
path from the top. The data are files (``data/*.json``; sources and licences in ``data/README.md``), read when first
needed and kept.

World (``global``) is a value of its own beside the regions, not above them: a report on all the world isn't found by
everyone who picks Asia, nor is every report on Asia counted as global. Hence no path holds ``global``, but its own.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Self

import msgspec

from tipsearch.paths import data_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

#: A given tag that is no known name is taken for the most similar one from this similarity on (rapidfuzz's normalised
#: Indel similarity, 0..100). Wanted: "Latin Amerca" 96, "Columbia" 88, "Infografics" 87. Not wanted: "Siberia" is 86
#: like Liberia, Gambia 83 like Zambia, "women" 80 like Yemen.
FUZZY_THRESHOLD = 86.5
#: … and if no other concept is as similar but for this: "Austrlia" has 94 with Australia and 93 with Austria.
FUZZY_MARGIN = 3.0
#: Shorter tags are never guessed at.
FUZZY_MIN_LENGTH = 6

_LANGUAGE_TAG = re.compile(r"([A-Za-z]{2,3})[-_][A-Za-z0-9_-]+$")
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


class ConceptData(msgspec.Struct, frozen=True):
    """A concept as its data file has it.

    Attributes:
        codes: ISO 639, ISO 3166 or UN M49 codes, accepted as input.
        names: further names in English (for types and languages in any language).
        facet: of a topic: ``form``, ``context``, ``response`` or ``sector``, empty in none of them.
        related: values of related concepts.
        terms: by language, the words by which texts speak of it; the first is its preferred label.
        bare: common words that mean it only in a title or when repeated often.
        acronyms: matched with their case, as whole words.
    """

    value: str
    label: str
    parent: str | None = None
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    facet: str = ""
    related: tuple[str, ...] = ()
    terms: dict[str, tuple[str, ...]] = {}
    bare: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True):
    """A vocabulary file; `groups` and `tags` are names that stand for one or several concepts."""

    concepts: tuple[ConceptData, ...]
    groups: dict[str, tuple[str, ...]] = {}
    tags: dict[str, tuple[str, ...]] = {}


class Gazetteer(msgspec.Struct, frozen=True):
    """How texts name places.

    Attributes:
        names: by language other than English, value to names, the usual one first.
        demonyms: by language, word to value.
        shared: a name of several places to their values, the likeliest first.
        personal: names that persons have too.
        rivals: a name to words near which another place of that name is meant.
        worldwide: by language, words of a title that mean the whole world.
        not_places: phrases that hold a place's name but aren't about it (agencies, other places).
    """

    names: dict[str, dict[str, tuple[str, ...]]]
    demonyms: dict[str, dict[str, str]]
    shared: dict[str, tuple[str, ...]]
    personal: tuple[str, ...]
    rivals: dict[str, tuple[str, ...]]
    worldwide: dict[str, tuple[str, ...]]
    not_places: tuple[str, ...]


class Vocabulary:
    """The concepts of one facet. Iterates over them in the order of the file, parents before children.

    Args:
        file: the decoded data file.
        further: names that are only read when the others don't know an input: (name, value) pairs.
    """

    def __init__(self, file: _File, further: Callable[[], Iterable[tuple[str, str]]] | None = None) -> None:
        self._file = file
        self._further = further
        self._concepts: dict[str, Concept] = {}
        parents = {concept.value: concept.parent for concept in file.concepts}
        for concept in file.concepts:
            path = _path(concept.value, parents)
            self._concepts[concept.value] = Concept(concept.value, concept.label, concept.parent, path)

    @classmethod
    def of(cls, concepts: Iterable[ConceptData]) -> Self:
        """A vocabulary of these concepts, parents before children."""
        return cls(_File(tuple(concepts)))

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
        return self._file.concepts

    @property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """Names that stand for several concepts (``MENA``)."""
        return self._file.groups

    def get(self, value: str) -> Concept | None:
        """The concept of that value, or None."""
        return self._concepts.get(value)

    def label(self, value: str) -> str:
        """The label; an unknown value (of an index made with another vocabulary) is its own label."""
        concept = self._concepts.get(value)
        return concept.label if concept else value

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
        for name, values in (self._file.groups | self._file.tags).items():
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
            for term in concept.bare:
                table.setdefault(fold_name(term), (concept.value,))
        for name, value in self._further() if self._further else ():
            table.setdefault(fold_name(name), (value,))
        return table

    def _similar(self, key: str) -> tuple[str, ...]:
        if len(key) < FUZZY_MIN_LENGTH:
            return ()
        # 17 ms to import, and only needed for a tag that isn't spelled as anywhere known.
        from rapidfuzz import fuzz, process  # noqa: PLC0415

        found = process.extract(
            key, list(self._near), scorer=fuzz.ratio, score_cutoff=FUZZY_THRESHOLD - FUZZY_MARGIN, limit=8
        )
        best: dict[tuple[str, ...], float] = {}
        for name, score, _ in found:
            best.setdefault(self._near[name], score)
        (values, score), *others = list(best.items()) or [((), 0.0)]
        sure = score >= FUZZY_THRESHOLD and all(score - other >= FUZZY_MARGIN for _, other in others)
        return values if sure else ()


class _Languages(Vocabulary):
    """Languages also go by the tags of RFC 5646 that web pages carry: ``en-GB``, ``zh-Hant-HK``."""

    def resolve_all(self, text: str, *, fuzzy: bool = True) -> tuple[str, ...]:
        """As of any vocabulary; of a tag with script or country the language alone."""
        tag = _LANGUAGE_TAG.match(text)
        return super().resolve_all(tag[1] if tag else text, fuzzy=fuzzy)


@cache
def regions() -> Vocabulary:
    """World regions, subregions, countries and areas: UN M49 with Taiwan and Kosovo. About 280 concepts."""
    return Vocabulary(_read("regions.json"), _foreign_place_names)


@cache
def topics() -> Vocabulary:
    """The thesaurus of the field: forms, context, responses and economic sectors."""
    return Vocabulary(_read("topics.json"))


@cache
def types() -> Vocabulary:
    """Kinds of documents, labelled as on the site the project was made for."""
    return Vocabulary(_read("types.json"))


@cache
def languages() -> Vocabulary:
    """Languages of documents by ISO 639-1 code (639-3 where there is no shorter)."""
    return _Languages(_read("languages.json"))


@cache
def gazetteer() -> Gazetteer:
    """How texts name places (340 kB: only for matchers and for names in other languages)."""
    return msgspec.json.decode(data_file("gazetteer.json").read_bytes(), type=Gazetteer)


@dataclass(frozen=True, slots=True, eq=False)
class Vocabularies:
    """The vocabularies that one library works with; its thesaurus may be a librarian's own."""

    regions: Vocabulary
    topics: Vocabulary
    types: Vocabulary
    languages: Vocabulary

    @property
    def roles(self) -> Vocabulary:
        """What places are to those trafficked (``origin:nepal``): below each role the tree of regions."""
        # It is made of this module's parts, so it can't be imported above.
        from tipsearch.roles import roles_of  # noqa: PLC0415

        return roles_of(self.regions)

    def get(self, facet: str) -> Vocabulary | None:
        """The vocabulary of ``region``, ``topic``, ``type``, ``language`` or ``role``; None of what has none."""
        known = {"region": self.regions, "topic": self.topics, "type": self.types, "language": self.languages}
        return self.roles if facet == "role" else known.get(facet)

    def label(self, facet: str, value: str) -> str:
        """How a facet's value is called in English; one without a vocabulary is its own label."""
        known = self.get(facet)
        return known.label(value) if known else value


@cache
def standard() -> Vocabularies:
    """The vocabularies that come with the program."""
    return Vocabularies(regions(), topics(), types(), languages())


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


def _read(name: str) -> _File:
    return msgspec.json.decode(data_file(name).read_bytes(), type=_File)


def _foreign_place_names() -> Iterator[tuple[str, str]]:
    for table in gazetteer().names.values():
        for value, names in table.items():
            for name in names:
                yield name, value
    for demonyms in gazetteer().demonyms.values():
        yield from demonyms.items()
