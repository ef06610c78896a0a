"""A SKOS file as it was written: what it says of each concept and of each facet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from tipsearch.thesaurus.names import FACET, TIP, TOPIC
from tipsearch.thesaurus.parsing import Text, statements

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

    from tipsearch.thesaurus.parsing import Statements

SKOS = "http://www.w3.org/2004/02/skos/core#"
_XL = "http://www.w3.org/2008/05/skos-xl#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Kind(StrEnum):
    """What a label is for; earlier ones count more."""

    PREFERRED = "prefLabel"
    ALTERNATIVE = "altLabel"
    HIDDEN = "hiddenLabel"
    WEAK = "weakLabel"
    NEAR = "nearLabel"
    NOT = "notLabel"

    @property
    def property(self) -> str:
        """The property that gives a concept such a label."""
        return (TIP if self in _OURS else SKOS) + self


#: Kinds that SKOS hasn't.
_OURS = frozenset({Kind.WEAK, Kind.NEAR, Kind.NOT})


@dataclass(slots=True)
class SourceConcept:
    """What a file says of one concept.

    Attributes:
        uri: its name in the file; one that begins with ``_:`` is none to go by.
        labels: by kind.
        broader, related: names of other concepts.
        matches: notations of what it matches exactly.
        is_top: is it said to be at the top?
        is_whole: is it said to be a concept, and not just spoken of?
        has_xl: has it labels of SKOS-XL?
    """

    uri: str
    notations: list[str] = field(default_factory=list)
    labels: dict[Kind, list[Text]] = field(default_factory=lambda: {kind: [] for kind in Kind})
    notes: list[Text] = field(default_factory=list)
    definitions: list[Text] = field(default_factory=list)
    broader: set[str] = field(default_factory=set)
    related: set[str] = field(default_factory=set)
    matches: set[str] = field(default_factory=set)
    is_top: bool = False
    is_whole: bool = False
    has_xl: bool = False


@dataclass(frozen=True, slots=True)
class SourceFacet:
    """A collection of the facets' own namespace: its id, its labels, and its members' names."""

    id: str
    labels: tuple[Text, ...]
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Source:
    """What a file says: concepts by their name in it, sorted, and facets by id."""

    concepts: dict[str, SourceConcept]
    facets: dict[str, SourceFacet]


def read(path: Path, data: bytes) -> Source:
    """What a SKOS file with these bytes says.

    Raises:
        ThesaurusError: it is broken, or wants something fetched.
    """
    return _Reader(statements(path, data)).source()


class _Reader:
    """Goes through the statements once."""

    def __init__(self, said: Statements) -> None:
        self._said = said
        self._concepts: dict[str, SourceConcept] = {}

    def source(self) -> Source:
        for uri in self._of_type("Concept"):
            self._concept(uri).is_whole = True
        self._take_labels()
        self._take_links()
        self._take_words()
        self._forget_what_is_none()
        return Source(dict(sorted(self._concepts.items())), self._facets())

    def _concept(self, uri: str) -> SourceConcept:
        if uri not in self._concepts:
            self._concepts[uri] = SourceConcept(uri)
        return self._concepts[uri]

    def _take_labels(self) -> None:
        for kind in Kind:
            for uri, text in self._texts(kind.property):
                self._concept(uri).labels[kind].append(text)
            for uri, _ in self._links(_XL + kind):
                self._concept(uri).has_xl = True

    def _take_links(self) -> None:
        for uri, other in self._links(f"{SKOS}broader"):
            self._concept(uri).broader.add(other)
        for other, uri in self._links(f"{SKOS}narrower"):
            self._concept(uri).broader.add(other)
        for uri, other in self._links(f"{SKOS}related"):
            self._concept(uri).related.add(other)
        for uri, _ in self._links(f"{SKOS}topConceptOf"):
            self._concept(uri).is_top = True
        for _, uri in self._links(f"{SKOS}hasTopConcept"):
            self._concept(uri).is_top = True

    def _take_words(self) -> None:
        notations: dict[str, set[str]] = defaultdict(set)
        for uri, text in self._texts(f"{SKOS}notation"):
            self._concept(uri).notations.append(text.words)
            notations[uri].add(text.words)
        for uri, text in self._texts(f"{SKOS}scopeNote"):
            self._concept(uri).notes.append(text)
        for uri, text in self._texts(f"{SKOS}definition"):
            self._concept(uri).definitions.append(text)
        for uri, text in self._texts(f"{SKOS}exactMatch"):
            self._concept(uri).matches.add(text.words)
        for uri, other in self._links(f"{SKOS}exactMatch"):
            self._concept(uri).matches |= notations[other]

    def _forget_what_is_none(self) -> None:
        """Collections and schemes have labels and notations too, and so may anything else that a file speaks of."""
        for kind in ("ConceptScheme", "Collection", "OrderedCollection"):
            for uri in self._of_type(kind):
                self._concepts.pop(uri, None)
        linked = {uri for uri, _ in self._links(f"{SKOS}inScheme")}
        for one in self._concepts.values():
            if one.is_top or one.broader or one.related:
                linked |= {one.uri, *one.broader, *one.related}
        self._concepts = {uri: one for uri, one in self._concepts.items() if _is_concept(one, linked)}

    def _facets(self) -> dict[str, SourceFacet]:
        labels: dict[str, list[Text]] = defaultdict(list)
        for uri, text in self._texts(Kind.PREFERRED.property):
            labels[uri].append(text)
        members: dict[str, set[str]] = defaultdict(set)
        for uri, member in self._links(f"{SKOS}member"):
            members[uri].add(member)
        found = {}
        for uri in sorted({*self._of_type("Collection"), *self._of_type("OrderedCollection")}):
            name = uri.removeprefix(FACET)
            if name not in {uri, ""}:
                found[name] = SourceFacet(name, tuple(sorted(labels[uri])), frozenset(members[uri]))
        return found

    def _of_type(self, kind: str) -> list[str]:
        return [uri for uri, other in self._links(_TYPE) if other == SKOS + kind]

    def _links(self, predicate: str) -> Iterator[tuple[str, str]]:
        for uri, value in self._said.get(predicate, ()):
            if isinstance(value, str):
                yield uri, value

    def _texts(self, predicate: str) -> Iterator[tuple[str, Text]]:
        """What is said in words; that a note may also be a thing with words of its own is left alone."""
        for uri, value in self._said.get(predicate, ()):
            if isinstance(value, Text):
                yield uri, value


def _is_concept(one: SourceConcept, linked: Container[str]) -> bool:
    """Is it said to be one, or one of ours, or is it labelled and linked as only concepts are?"""
    has_labels = any(one.labels.values()) or one.has_xl
    return one.is_whole or one.uri.startswith(TOPIC) or (one.uri in linked and has_labels)
