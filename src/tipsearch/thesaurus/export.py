"""A vocabulary of topics written out as SKOS, which compiles to the same again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.thesaurus.names import FACET, TIP, TOPIC
from tipsearch.thesaurus.source import SKOS, Kind
from tipsearch.thesaurus.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph

    from tipsearch.vocabulary import ConceptData, VocabularyData

#: Formats by the names under which people ask for them.
FORMATS = {"turtle": "turtle", "json-ld": "json-ld", "rdf-xml": "xml"}
_SCHEME = "urn:tipsearch:thesaurus"


def to_skos(content: VocabularyData, form: str = "turtle") -> bytes:
    """The thesaurus as a file.

    Args:
        content: the vocabulary.
        form: one of `FORMATS`.

    Returns:
        The file, in UTF-8; as Turtle the same bytes for the same content.
    """
    return _graph(content).serialize(format=FORMATS[form], encoding="utf-8")


def _graph(content: VocabularyData) -> Graph:
    from rdflib import RDF, Graph, Literal, URIRef  # noqa: PLC0415  90 ms that only writing needs

    graph = Graph(bind_namespaces="none")
    for prefix, namespace in (("rdf", str(RDF)), ("skos", SKOS), ("tip", TIP), ("facet", FACET), ("", TOPIC)):
        graph.bind(prefix, namespace)
    scheme = URIRef(_SCHEME)
    graph.add((scheme, RDF.type, URIRef(f"{SKOS}ConceptScheme")))
    for concept in content.concepts:
        subject = URIRef(TOPIC + concept.value)
        graph.add((subject, RDF.type, URIRef(f"{SKOS}Concept")))
        graph.add((subject, URIRef(f"{SKOS}inScheme"), scheme))
        if concept.parent is None:
            graph.add((subject, URIRef(f"{SKOS}topConceptOf"), scheme))
        for predicate, value in _links(concept):
            graph.add((subject, URIRef(SKOS + predicate), URIRef(TOPIC + value)))
        for predicate, words, language in _texts(concept):
            graph.add((subject, URIRef(predicate), Literal(words, lang=language)))
    for facet in sorted({*content.facets, *(concept.facet for concept in content.concepts)} - {""}):
        subject = URIRef(FACET + facet)
        graph.add((subject, RDF.type, URIRef(f"{SKOS}Collection")))
        for language, label in content.facets.get(facet, {}).items():
            graph.add((subject, URIRef(Kind.PREFERRED.property), Literal(label, lang=_tag(language))))
        for concept in content.concepts:
            if concept.facet == facet:
                graph.add((subject, URIRef(f"{SKOS}member"), URIRef(TOPIC + concept.value)))
    return graph


def _links(concept: ConceptData) -> Iterator[tuple[str, str]]:
    if concept.parent is not None:
        yield "broader", concept.parent
    for value in concept.related:
        yield "related", value


def _texts(concept: ConceptData) -> Iterator[tuple[str, str, str | None]]:
    """Property, words and language tag of all that a concept says in words."""
    for notation in (concept.value, *concept.codes):
        yield f"{SKOS}notation", notation, None
    for kind, language, label in Words.of_concept(concept).said():
        yield kind.property, label, _tag(language)
    for language, note in concept.note.items():
        yield f"{SKOS}scopeNote", note, _tag(language)


def _tag(language: str) -> str:
    """A language tag as it is usually written: ``zh-Hant``, ``pt-BR``."""
    first, *others = language.split("-")
    written = {2: str.upper, 4: str.title}
    return "-".join([first, *(written.get(len(other), str)(other) for other in others)])
