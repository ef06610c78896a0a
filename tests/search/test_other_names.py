"""Only other names of a whole topic stand for it, not those of a kind of it, a part, or the fight against it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tipsearch import analysis, vocabulary
from tipsearch.paths import data_file
from tipsearch.search.phrasebook import Phrasebook, phrasebook
from tipsearch.vocabulary import ConceptData, Vocabulary

if TYPE_CHECKING:
    from tipsearch.search.phrasebook import Match

LISTED: dict[str, dict[str, list[str]]] = json.loads(data_file("other_names.json").read_text("utf-8"))
TOPICS = {concept.value: concept for concept in vocabulary.topics().data}
NAMES = [
    (concept, language, name)
    for concept, languages in LISTED.items()
    for language, names in languages.items()
    for name in names
]


def as_typed(text: str) -> list[str]:
    """The words of a query, acronyms with their case."""
    return [text] if text.isupper() and text.isalpha() and text.isascii() else list(analysis.surfaces(text))


def recognised(text: str, book: Phrasebook | None = None) -> Match | None:
    """The name that the words, all of them, are."""
    words = as_typed(text)
    return (book or phrasebook(vocabulary.topics())).longest(words, {len(words)})


def names(concept: str) -> set[str]:
    """All that a search for the topic adds, folded."""
    return {" ".join(name.words) for name in phrasebook(vocabulary.topics()).names(concept)}


@pytest.mark.parametrize(
    ("typed", "name", "concept"),
    [
        ("human trafficking", "trafficking in persons", "trafficking"),
        ("trafficking in human beings", "human trafficking", "trafficking"),
        ("people trafficking", "trata de personas", "trafficking"),
        ("trata de seres humanos", "traite des personnes", "trafficking"),
        ("tráfico de pessoas", "tráfico de seres humanos", "trafficking"),
        ("торговля людьми", "الاتجار بالأشخاص", "trafficking"),
        ("人口贩运", "人口販運", "trafficking"),
        ("贩卖人口", "торговля людьми", "trafficking"),
        ("TIP", "human trafficking", "trafficking"),
        ("forced labor", "compulsory labour", "forced-labour"),
        ("compulsory labour", "trabajo forzoso", "forced-labour"),
        ("العمل القسري", "travail forcé", "forced-labour"),
        ("الكفالة", "kafala", "kafala"),
        ("sponsorship system", "الكفالة", "kafala"),
        ("العمل القسرى", "forced labour", "forced-labour"),
        ("принудительного труда", "强迫劳动", "forced-labour"),
        ("debt bondage", "bonded labour", "debt-bondage"),
        ("servidumbre por deudas", "servitude pour dettes", "debt-bondage"),
        ("modern-day slavery", "esclavitud moderna", "modern-slavery"),
        ("people smuggling", "migrant smuggling", "smuggling"),
        ("child sexual exploitation", "explotación sexual infantil", "csec"),
        ("child soldier", "enfants soldats", "child-soldiers"),
        ("supply chain", "cadena de suministro", "supply-chains"),
        ("trabajo del hogar", "domestic work", "domestic-work"),
    ],
)
def test_another_name_of_the_whole_topic_stands_for_it(typed: str, name: str, concept: str) -> None:
    match = recognised(typed)
    assert match is not None
    assert match.concepts == (concept,)
    assert " ".join(analysis.words(name)) in names(concept)


#: Alternative labels that tell what a text is about, and are no other names of it.
NARROWER = [
    ("employment agencies", "recruitment"),
    ("coltan", "mining"),
    ("brick kilns", "manufacturing"),
    ("palm oil", "agriculture"),
    ("forestry", "agriculture"),
    ("sumangali", "garments"),
    ("restavek", "domestic-servitude"),
    ("vidomègon", "domestic-servitude"),
    ("talibé", "forced-begging"),
    ("prison labour", "state-imposed"),
    ("indefinite national service", "state-imposed"),
    ("child marriage", "forced-marriage"),
    ("bride trafficking", "forced-marriage"),
    ("non-punishment principle", "remedy"),
    ("access to justice", "remedy"),
    ("national referral mechanism", "victim-identification"),
    ("NRM", "victim-identification"),
    ("labour exploitation", "forced-labour"),
    ("explotación laboral", "forced-labour"),
    ("pemerdagangan buruh", "forced-labour"),
    ("labour trafficking", "forced-labour"),
    ("anti-trafficking", "trafficking"),
    ("lucha contra la trata", "trafficking"),
    ("trafficking survivor", "trafficking"),
    ("trafficking victim", "trafficking"),
    ("victims of trafficking", "trafficking"),
    ("human trafficker", "trafficking"),
    ("trata de mujeres", "trafficking"),
    ("indentured labour", "debt-bondage"),
    ("sex tourism", "sexual-exploitation"),
    ("child pornography", "csec"),
    ("migrant workers", "migration"),
    ("refugees", "refugees"),
    ("TVPA", "legislation"),
    ("legislación contra la trata", "legislation"),
    ("empleadas domésticas", "domestic-work"),
    ("labour recruiters", "recruitment"),
]


@pytest.mark.parametrize(("label", "concept"), NARROWER)
def test_a_name_of_a_kind_or_part_neither_is_expanded_nor_added(label: str, concept: str) -> None:
    assert recognised(label) is None
    assert " ".join(analysis.words(label)) not in names(concept)


@pytest.mark.parametrize("concept", LISTED)
def test_each_listed_name_is_an_alternative_label_of_its_concept(concept: str) -> None:
    topic = TOPICS[concept]
    for language, listed in LISTED[concept].items():
        assert len(set(listed)) == len(listed)
        shown = set(topic.terms[language]) - set(topic.hidden.get(language, ())) - {topic.labels[language]}
        assert set(listed) <= shown | set(topic.acronyms)


@pytest.mark.parametrize(("concept", "language", "name"), NAMES)
def test_each_listed_name_is_recognised_as_typed(concept: str, language: str, name: str) -> None:
    match = recognised(name)
    assert match is not None
    assert match.concepts == (concept,)
    assert name in TOPICS[concept].acronyms or language in match.languages


@pytest.mark.parametrize("concept", TOPICS)
def test_preferred_labels_are_names_in_all_languages(concept: str) -> None:
    topic = TOPICS[concept]
    for language, label in topic.labels.items():
        if label not in topic.terms.get(language, ()):
            continue  # A weak label, such as "Health", says too little.
        match = recognised(label)
        assert match is not None
        assert concept in match.concepts
        assert language in match.languages


def test_what_a_librarys_own_thesaurus_adds_are_other_names() -> None:
    ours = TOPICS["debt-bondage"]
    labels = dict(ours.terms, en=(*ours.terms["en"], "jeeta"))
    taught = ConceptData(
        ours.value, ours.label, labels=ours.labels, terms=labels, hidden=ours.hidden, acronyms=("JTA",)
    )
    own = ConceptData("kilns", "Kilns", labels={"en": "Kilns"}, terms={"en": ("Kilns", "kiln work")})
    book = Phrasebook(Vocabulary.of([taught, own]))
    for typed, concept in (("jeeta", "debt-bondage"), ("JTA", "debt-bondage"), ("kiln work", "kilns")):
        match = recognised(typed, book)
        assert match is not None
        assert match.concepts == (concept,)
    assert recognised("indentured labour", book) is None
