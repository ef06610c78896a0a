"""Turns the words by which a source describes a document into values of the facets.

A site's categories name kinds of documents, its tags places and topics, but sites differ: each word is looked up in
the vocabulary it most likely belongs to first. What is known nowhere stays a raw word.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tipsearch.model import Evidence, Fact, Field, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tipsearch.vocabulary import Vocabularies, Vocabulary

_SEPARATORS = re.compile(r"\s*[,;|]\s*")
#: Facets whose values a source may also give by their own name, in its own words.
_FACETS = frozenset({Field.REGION, Field.TOPIC, Field.TYPE, Field.LANGUAGE})
#: Where a raw word is looked up: all vocabularies of the first group that knows it.
_LOOKUPS: dict[Field, tuple[tuple[Field, ...], ...]] = {
    Field.TAG: ((Field.REGION, Field.TOPIC), (Field.TYPE,)),
    Field.CATEGORY: ((Field.TYPE,), (Field.REGION, Field.TOPIC)),
}
#: Characters of a source's words that evidence quotes.
_QUOTE = 200
#: Where a value that a source gave in its own words says what those were.
_GIVEN = "metadata"


def warm_up(vocabularies: Vocabularies) -> None:
    """Load the vocabularies, and what compares a word with them that none of them knows."""
    for field in _FACETS:
        _vocabulary(vocabularies, field).resolve_all("of no vocabulary")


def resolve(facts: Iterable[Fact], vocabularies: Vocabularies) -> list[Fact]:
    """The facts with facet values in the place of words, and what categories and tags mean added.

    A region, topic, type or language that no vocabulary knows becomes a tag: its word isn't lost, but isn't a value.
    """
    found: list[Fact] = []
    for fact in facts:
        if fact.field in _FACETS:
            found += _normalised(fact, vocabularies)
        else:
            found.append(fact)
            found += _meant(fact, vocabularies)
    return found


def as_said(facts: Iterable[Fact]) -> list[Fact]:
    """The facts without those that `resolve` made of categories and tags: what the source itself said."""
    facts = list(facts)
    words = {(fact.field.value, fact.value[:_QUOTE]) for fact in facts if fact.field in _LOOKUPS}
    return [
        fact
        for fact in facts
        if not (is_of_words(fact) and (fact.evidence[0].where, fact.evidence[0].quote) in words)
    ]


def is_of_words(fact: Fact) -> bool:
    """Is it what a category or a tag means?"""
    return fact.field in _FACETS and len(fact.evidence) == 1 and fact.evidence[0].where in _LOOKUPS


def _vocabulary(vocabularies: Vocabularies, field: Field) -> Vocabulary:
    known = vocabularies.get(field.value)
    assert known is not None
    return known


def _normalised(fact: Fact, vocabularies: Vocabularies) -> list[Fact]:
    """A facet's fact with its value as the vocabulary has it."""
    known = _vocabulary(vocabularies, fact.field)
    if fact.value in known:
        return [fact]
    # A value of another vocabulary is looked up by the words that it was made of, if they are known.
    words = [fact.value, *(one.quote for one in fact.evidence if one.where == _GIVEN)]
    values = next(filter(None, map(known.resolve_all, words)), ())
    if not values:
        tag = replace(fact, field=Field.TAG)
        return [tag, *_meant(tag, vocabularies)]
    evidence = fact.evidence or (Evidence(_GIVEN, fact.value[:_QUOTE]),)
    return [replace(fact, value=value, evidence=evidence) for value in values]


def _meant(fact: Fact, vocabularies: Vocabularies) -> Iterator[Fact]:
    """What a category or tag means, as facts of the source."""
    origin = max(fact.origin, Origin.SOURCE, key=_RANK.index)
    evidence = (Evidence(fact.field.value, fact.value[:_QUOTE]),)
    # A name that some vocabulary knows comes before one that a word of another looks like.
    for fuzzy in (False, True):
        for fields in _LOOKUPS.get(fact.field, ()):
            values = [
                (field, value)
                for field in fields
                for value in _values(_vocabulary(vocabularies, field), fact.value, fuzzy=fuzzy)
            ]
            if values:
                yield from (Fact(field, value, origin, fact.weight, evidence) for field, value in values)
                return


_RANK = tuple(Origin)


def _values(known: Vocabulary, text: str, *, fuzzy: bool) -> tuple[str, ...]:
    """The values of one facet that a word means; a list of words if it means nothing as a whole."""
    if values := known.resolve_all(text, fuzzy=fuzzy):
        return values
    parts = _SEPARATORS.split(text)
    if len(parts) == 1:
        return ()
    return tuple(value for part in parts for value in known.resolve_all(part, fuzzy=fuzzy))
