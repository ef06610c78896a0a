"""Small SKOS files for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.thesaurus import Compiled, compile_skos

if TYPE_CHECKING:
    from pathlib import Path

    from tipsearch.vocabulary import ConceptData

PREFIXES = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix tip: <urn:tipsearch:ns:> .
@prefix facet: <urn:tipsearch:facet:> .
@prefix : <urn:tipsearch:topic:> .
@prefix my: <https://example.org/topics/> .
"""
#: All that the format has, in one small file.
WHOLE = """\
facet:form a skos:Collection ; skos:prefLabel "Form"@en , "Forma"@es ; skos:member :servitude , :debt-bondage .
facet:context a skos:Collection ; skos:prefLabel "Context"@en ; skos:member :migration .
:servitude a skos:Concept ; skos:notation "servitude" ;
    skos:prefLabel "Servitude"@en , "Servidumbre"@es , "奴役"@zh , "奴役狀態"@zh-Hant ;
    skos:scopeNote "A condition that nobody is free to leave."@en .
:debt-bondage a skos:Concept ; skos:notation "debt-bondage" , "4321" ; skos:broader :servitude ;
    skos:prefLabel "Debt bondage"@en , "Servidumbre por deudas"@es ;
    skos:altLabel "peonage"@en , "bonded labour"@en , "UNDB"@en ; skos:hiddenLabel "debt bondaged"@en , "bonded labours"@en ;
    tip:weakLabel "debt"@en , "deuda"@es ; skos:related :recruitment .
:migration a skos:Concept ; skos:notation "migration" ; skos:prefLabel "Migration"@en ; tip:weakLabel "migration"@en .
:recruitment a skos:Concept ; skos:notation "recruitment" ; skos:broader :migration ; skos:prefLabel "Recruitment"@en .
"""


def compiled(folder: Path, text: str, *, known: tuple[str, ...] = ()) -> Compiled:
    """What a Turtle file becomes; the prefixes are there."""
    path = folder / "topics.ttl"
    path.write_text(PREFIXES + text, "utf-8")
    return compile_skos(path, known)


def concepts(folder: Path, text: str, *, known: tuple[str, ...] = ()) -> dict[str, ConceptData]:
    """Its concepts by value."""
    return {one.value: one for one in compiled(folder, text, known=known).content.concepts}
