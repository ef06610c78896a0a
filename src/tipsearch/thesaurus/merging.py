"""A librarian's thesaurus joined to the one that comes with the program."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from tipsearch.analysis.spelling import american
from tipsearch.errors import ThesaurusError
from tipsearch.thesaurus.tree import arranged, circle
from tipsearch.thesaurus.words import Words, is_acronym

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from tipsearch.thesaurus.compiling import Compiled
    from tipsearch.vocabulary import ConceptData, VocabularyData


def extended(base: VocabularyData, own: Compiled, path: Path) -> VocabularyData:
    """The base with the concepts of a file.

    A concept that both have gets the labels of both; a preferred label or a note of the file replaces the base's in its
    language, and a place in the hierarchy the base's place. A word that the file gives to one of its own concepts is taken
    from those of the base.

    Args:
        base: what the file builds on.
        own: the file, compiled with the base's values as known ones.
        path: of the file, for messages.

    Raises:
        ThesaurusError: together they have a circle.
    """
    known = {concept.value for concept in base.concepts}
    theirs = {concept.value: concept for concept in own.content.concepts}
    new = [concept for concept in theirs.values() if concept.value not in known]
    claimed = _claims(new)
    whole = [*(_joined(concept, theirs.get(concept.value), own, claimed) for concept in base.concepts), *new]
    way = circle({concept.value: [concept.parent] if concept.parent else [] for concept in whole})
    if way:
        raise ThesaurusError(
            path,
            f"{way[0]}: is broader than itself together with the concepts that it builds on ({' → '.join(way)}); take one of "
            "these links out",
        )
    return msgspec.structs.replace(
        base,
        concepts=arranged(_related_both_ways(whole)),
        facets=_with_labels(base.facets, own.content.facets),
    )


def _joined(
    concept: ConceptData, own: ConceptData | None, file: Compiled, claimed: Callable[[str, str], bool]
) -> ConceptData:
    """A concept of the base with what the file says of it, and without what that gives to others."""
    words = Words.of_concept(concept)
    words.give_up(claimed)
    if own:
        words.join(Words.of_concept(own))
        concept = _placed(concept, own, is_top=concept.value in file.tops)
    return words.of(concept)


def _placed(concept: ConceptData, own: ConceptData, *, is_top: bool) -> ConceptData:
    return msgspec.structs.replace(
        concept,
        parent=None if is_top else own.parent or concept.parent,
        codes=tuple(sorted({*concept.codes, *own.codes})),
        facet=own.facet or concept.facet,
        related=tuple(sorted({*concept.related, *own.related})),
        note=dict(sorted((concept.note | own.note).items())),
    )


def _claims(concepts: Iterable[ConceptData]) -> Callable[[str, str], bool]:
    """Whether a word in a language is one of these concepts' strong ones."""
    words: set[tuple[str, str]] = set()
    acronyms: set[str] = set()
    for concept in concepts:
        acronyms |= set(concept.acronyms)
        words |= {(language, _plain(term)) for language, terms in concept.terms.items() for term in terms}
    return lambda language, word: word in acronyms if is_acronym(word) else (language, _plain(word)) in words


def _plain(term: str) -> str:
    """A term in either number and spelling, as it is matched (see `enrich.topics`)."""
    return " ".join(map(american, term.casefold().split())).removesuffix("s")


def _related_both_ways(concepts: Iterable[ConceptData]) -> Iterable[ConceptData]:
    known = {concept.value: concept for concept in concepts}
    related: dict[str, set[str]] = defaultdict(set)
    for concept in known.values():
        for other in {*concept.related} & known.keys():
            related[concept.value].add(other)
            related[other].add(concept.value)
    for concept in known.values():
        if concept.parent:
            related[concept.value].discard(concept.parent)
            related[concept.parent].discard(concept.value)
    return (
        msgspec.structs.replace(concept, related=tuple(sorted(related[concept.value])))
        for concept in known.values()
    )


def _with_labels(
    first: Mapping[str, Mapping[str, str]], second: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    return {
        name: dict(sorted({**first.get(name, {}), **second.get(name, {})}.items()))
        for name in sorted({*first, *second})
    }
