"""From a SKOS file to a vocabulary of topics."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from tipsearch.errors import ThesaurusError
from tipsearch.thesaurus import source
from tipsearch.thesaurus.findings import Findings, some
from tipsearch.thesaurus.links import Links
from tipsearch.thesaurus.names import facet_rank, last_part, slug
from tipsearch.thesaurus.parsing import contents
from tipsearch.thesaurus.source import Kind
from tipsearch.thesaurus.tree import arranged
from tipsearch.thesaurus.words import Words
from tipsearch.vocabulary import ConceptData, VocabularyData

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from tipsearch.thesaurus.parsing import Text
    from tipsearch.thesaurus.source import Source, SourceConcept, SourceFacet

#: Raise this when the same file gives something else than before.
COMPILER_VERSION = "2"


class Compiled(msgspec.Struct, frozen=True):
    """What a file has become.

    Attributes:
        content: its concepts. One of a thesaurus that the file builds on may have no label, and its parent may be such a one.
        tops: values of concepts that the file wants at the top.
        warnings: what was taken otherwise than written.
    """

    content: VocabularyData
    tops: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def compile_skos(path: Path, known: Collection[str] = (), data: bytes | None = None) -> Compiled:
    """Compile a file in Turtle, RDF/XML, JSON-LD or N-Triples; the same statements in any order give the same.

    Args:
        path: of the file.
        known: values of concepts that the file may build on without having them.
        data: its bytes, if they have been read already.

    Raises:
        ThesaurusError: it can't be read or used; says of which concepts what is wrong and what to do.
    """
    read, findings = source.read(path, contents(path) if data is None else data), Findings()
    if not read.concepts:
        raise ThesaurusError(path, "it has no skos:Concept; check that it is a thesaurus in SKOS")
    ids = _ids(read, findings)
    findings.raise_errors(path)
    links = Links(ids, known, findings)
    concepts = [_concept(one, ids[uri], links) for uri, one in read.concepts.items()]
    links.check()
    findings.raise_errors(path)
    whole = _joined(concepts, links.related(), _facets(read, ids, findings))
    _warn_of_shared(whole, findings)
    return Compiled(
        VocabularyData(whole, facets={one.id: _by_tag(one.labels) for one in read.facets.values()}),
        tuple(sorted(ids[uri] for uri, one in read.concepts.items() if one.is_top and not one.broader)),
        findings.warnings(),
    )


def _joined(
    concepts: Iterable[ConceptData], related: Mapping[str, set[str]], facets: Mapping[str, str]
) -> tuple[ConceptData, ...]:
    """The concepts with what only all of them together tell, in their order."""
    return arranged(
        msgspec.structs.replace(
            concept, related=tuple(sorted(related[concept.value])), facet=facets.get(concept.value, "")
        )
        for concept in concepts
    )


def _ids(read: Source, findings: Findings) -> dict[str, str]:
    """The id of each concept by its name in the file."""
    found: dict[str, str] = {}
    taken: dict[str, str] = {}
    for uri, one in read.concepts.items():
        notation = _notation(one)
        value = slug(notation)
        if not value:
            findings.error(
                _called(one),
                "has no name that an id can be made of; give it a skos:notation in Latin letters",
            )
            continue
        if value != notation:
            findings.warn(
                "names are made into ids of lower case letters, digits and hyphens", f"{notation} → {value}"
            )
        if value in taken:
            both = f"{_called(read.concepts[taken[value]])} and {_called(one)}"
            findings.error(value, f"is the id of both {both}; give one of them another skos:notation")
        found[uri], taken[value] = value, uri
    return found


def _notation(one: SourceConcept) -> str:
    """What names a concept: the notation that ends its address, else its first one, else the address's end."""
    end = "" if one.uri.startswith("_:") else last_part(one.uri)
    if end in one.notations:
        return end
    slugs = sorted(notation for notation in one.notations if slug(notation) == notation)
    return next(iter([*slugs, *sorted(filter(slug, one.notations))]), end)


def _concept(one: SourceConcept, value: str, links: Links) -> ConceptData:
    if not one.labels[Kind.PREFERRED] and value not in links.known:
        links.findings.error(
            value,
            "has its labels in SKOS-XL, which isn't read; add plain skos:prefLabel and skos:altLabel"
            if one.has_xl
            else "has no skos:prefLabel; give it one, in English if possible",
        )
    concept = ConceptData(
        value=value,
        label="",
        parent=links.take(one, value),
        codes=tuple(sorted({*one.notations, *one.matches} - {value})),
        note=_by_tag(sorted(one.notes or one.definitions)),
    )
    return Words.of_source(one, value, links.findings).of(concept)


def _facets(read: Source, ids: dict[str, str], findings: Findings) -> dict[str, str]:
    """The facet of each concept that is a member of one, by id."""
    found: dict[str, SourceFacet] = {}
    for facet in sorted(read.facets.values(), key=lambda one: facet_rank(one.id)):
        for uri in sorted(facet.members):
            if uri not in ids:
                findings.warn(
                    "members of a facet that the file doesn't have are left out", f"{facet.id} → {uri}"
                )
            elif found.setdefault(ids[uri], facet) is not facet:
                findings.warn("of several facets the first counts", ids[uri])
    return {value: facet.id for value, facet in found.items()}


def _by_tag(texts: Iterable[Text]) -> dict[str, str]:
    """All that is said in one language as one text."""
    found: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        found[text.language or "en"].append(text.words)
    return {tag: " ".join(found[tag]) for tag in sorted(found)}


def _warn_of_shared(concepts: Iterable[ConceptData], findings: Findings) -> None:
    first: dict[tuple[str, str], ConceptData] = {}
    for concept in concepts:
        for language, terms in concept.terms.items():
            for term in terms:
                other = first.setdefault((language, term.casefold()), concept)
                if other is not concept:
                    example = f"{term} ({some((other.value, concept.value))})"
                    findings.warn("a label of several concepts counts for the first", example)


def _called(one: SourceConcept) -> str:
    """A concept for people: its label, and its address if that tells."""
    label = next((text.words for kind in Kind for text in sorted(one.labels[kind])), "")
    where = "" if one.uri.startswith("_:") else f"<{one.uri}>"
    return (
        " ".join(filter(None, (f"«{label}»" if label else "", where)))
        or "a concept without label and address"
    )
