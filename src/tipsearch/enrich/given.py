"""Turns the words by which a source describes a document into values of the facets.

A site's categories name kinds of documents, its tags places and topics, but sites differ: each word is looked up in
the vocabulary it most likely belongs to first. What is known nowhere stays a raw word.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tipsearch.model import Evidence, Fact, Field, Origin
from tipsearch.vocabulary import Vocabulary, languages, regions, topics, types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_SEPARATORS = re.compile(r"\s*[,;|]\s*")
#: Facets whose values a source may also give by their own name, in its own words.
_FACETS: dict[Field, Callable[[], Vocabulary]] = {
    Field.REGION: regions,
    Field.TOPIC: topics,
    Field.TYPE: types,
    Field.LANGUAGE: languages,
}
#: Where a raw word is looked up: all vocabularies of the first group that knows it.
_LOOKUPS: dict[Field, tuple[tuple[Field, ...], ...]] = {
    Field.TAG: ((Field.REGION, Field.TOPIC), (Field.TYPE,)),
    Field.CATEGORY: ((Field.TYPE,), (Field.REGION, Field.TOPIC)),
}


def warm_up() -> None:
    """Load the vocabularies, and what compares a word with them that none of them knows."""
    for vocabulary in _FACETS.values():
        vocabulary().resolve_all("of no vocabulary")


def resolve(facts: Iterable[Fact]) -> list[Fact]:
    """The facts with facet values in the place of words, and what categories and tags mean added.

    A region, topic, type or language that no vocabulary knows becomes a tag: its word isn't lost, but isn't a value.
    """
    found: list[Fact] = []
    for fact in facts:
        if fact.field in _FACETS:
            found += _normalised(fact)
        else:
            found.append(fact)
            found += _meant(fact)
    return found


def _normalised(fact: Fact) -> list[Fact]:
    """A facet's fact with its value as the vocabulary has it."""
    vocabulary = _FACETS[fact.field]()
    if fact.value in vocabulary:
        return [fact]
    values = vocabulary.resolve_all(fact.value)
    if not values:
        tag = replace(fact, field=Field.TAG)
        return [tag, *_meant(tag)]
    evidence = fact.evidence or (Evidence("metadata", fact.value[:200]),)
    return [replace(fact, value=value, evidence=evidence) for value in values]


def _meant(fact: Fact) -> Iterator[Fact]:
    """What a category or tag means, as facts of the source."""
    for fields in _LOOKUPS.get(fact.field, ()):
        values = [(field, value) for field in fields for value in _values(field, fact.value)]
        for field, value in values:
            evidence = Evidence(fact.field.value, fact.value[:200])
            yield Fact(
                field, value, max(fact.origin, Origin.SOURCE, key=_RANK.index), fact.weight, (evidence,)
            )
        if values:
            return


_RANK = tuple(Origin)


def _values(field: Field, text: str) -> tuple[str, ...]:
    """The values of one facet that a word means; a list of words if it means nothing as a whole."""
    vocabulary = _FACETS[field]()
    if values := vocabulary.resolve_all(text):
        return values
    parts = _SEPARATORS.split(text)
    return tuple(value for part in parts for value in vocabulary.resolve_all(part)) if len(parts) > 1 else ()
