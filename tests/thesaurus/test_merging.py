from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from files import WHOLE, compiled

from tipsearch.errors import ThesaurusError
from tipsearch.thesaurus import extended
from tipsearch.vocabulary import Vocabulary, VocabularyData

if TYPE_CHECKING:
    from pathlib import Path

    from tipsearch.vocabulary import ConceptData


@pytest.fixture
def base(tmp_path: Path) -> VocabularyData:
    return compiled(tmp_path, WHOLE).content


def joined(folder: Path, base: VocabularyData, text: str) -> dict[str, ConceptData]:
    own = compiled(folder, text, known=tuple(one.value for one in base.concepts))
    return {one.value: one for one in extended(base, own, folder / "topics.ttl").concepts}


KAFALA = 'my:kafala a skos:Concept ; skos:prefLabel "Kafala"@en ; skos:broader :recruitment .'


def test_own_concepts_stand_below_those_of_the_base(tmp_path: Path, base: VocabularyData) -> None:
    found = joined(tmp_path, base, KAFALA)
    assert [*found] == ["servitude", "debt-bondage", "migration", "recruitment", "kafala"]
    assert found["kafala"].parent == "recruitment"


def test_an_own_concept_has_the_facet_of_those_above_it(tmp_path: Path, base: VocabularyData) -> None:
    assert joined(tmp_path, base, KAFALA)["kafala"].facet == "context"


def test_what_the_file_says_nothing_of_stays_as_it_is(tmp_path: Path, base: VocabularyData) -> None:
    found = joined(tmp_path, base, KAFALA)
    assert [found[one.value] for one in base.concepts] == list(base.concepts)


def test_labels_join_those_of_a_concept_that_both_have(tmp_path: Path, base: VocabularyData) -> None:
    text = ':debt-bondage skos:altLabel "peonaje"@es , "debt servitude"@en ; tip:weakLabel "deudas"@es .'
    one = joined(tmp_path, base, text)["debt-bondage"]
    assert one.label == "Debt bondage"
    assert one.terms["es"] == ("Servidumbre por deudas", "peonaje")
    assert one.terms["en"] == (
        *("Debt bondage", "bonded labour", "debt servitude", "peonage"),
        *("bonded labours", "debt bondaged"),
    )
    assert one.bare == {"en": ("debt",), "es": ("deuda", "deudas")}


def test_a_concept_that_both_have_is_renamed_and_the_old_name_still_found(
    tmp_path: Path, base: VocabularyData
) -> None:
    text = ':debt-bondage skos:prefLabel "Bonded labour and debt"@en ; skos:scopeNote "Ours."@en .'
    one = joined(tmp_path, base, text)["debt-bondage"]
    assert (one.label, one.labels["en"], one.note) == (
        "Bonded labour and debt",
        "Bonded labour and debt",
        {"en": "Ours."},
    )
    assert one.labels["es"] == "Servidumbre por deudas"
    assert "Debt bondage" in one.terms["en"]


def test_a_concept_that_both_have_is_moved(tmp_path: Path, base: VocabularyData) -> None:
    found = joined(tmp_path, base, ":debt-bondage skos:broader :recruitment .")
    assert found["debt-bondage"].parent == "recruitment"
    known = Vocabulary(VocabularyData(tuple(found.values())))
    assert known.path("debt-bondage") == ("migration", "recruitment", "debt-bondage")


def test_a_concept_that_both_have_is_moved_below_an_own_one(tmp_path: Path, base: VocabularyData) -> None:
    text = 'my:finance a skos:Concept ; skos:prefLabel "Finance"@en ; skos:narrower :debt-bondage .'
    found = joined(tmp_path, base, text)
    assert (found["debt-bondage"].parent, found["finance"].parent) == ("finance", None)


def test_a_concept_that_both_have_is_moved_to_the_top(tmp_path: Path, base: VocabularyData) -> None:
    assert joined(tmp_path, base, ":recruitment skos:topConceptOf my:scheme .")["recruitment"].parent is None


def test_a_word_of_an_own_concept_is_taken_from_those_of_the_base(
    tmp_path: Path, base: VocabularyData
) -> None:
    text = 'my:peonage a skos:Concept ; skos:prefLabel "Peonage"@en , "UNDB"@fr .'
    found = joined(tmp_path, base, text)
    assert "peonage" not in found["debt-bondage"].terms["en"]
    assert (found["debt-bondage"].acronyms, found["peonage"].acronyms) == ((), ("UNDB",))
    assert found["debt-bondage"].bare == {"en": ("debt",), "es": ("deuda",)}


def test_related_is_said_of_both(tmp_path: Path, base: VocabularyData) -> None:
    found = joined(tmp_path, base, KAFALA[:-1] + "; skos:related :debt-bondage , :recruitment .")
    assert found["kafala"].related == ("debt-bondage",)
    assert found["debt-bondage"].related == ("kafala", "recruitment")
    assert found["recruitment"].related == ("debt-bondage",)


def test_facets_may_be_called_otherwise_and_joined_by_own_ones(tmp_path: Path, base: VocabularyData) -> None:
    text = (
        KAFALA + 'facet:form a skos:Collection ; skos:prefLabel "Forme"@fr .'
        'facet:law a skos:Collection ; skos:prefLabel "Law"@en ; skos:member my:kafala .'
    )
    own = compiled(tmp_path, text, known=("recruitment",))
    found = extended(base, own, tmp_path)
    assert found.facets == {
        "context": {"en": "Context"},
        "form": {"en": "Form", "es": "Forma", "fr": "Forme"},
        "law": {"en": "Law"},
    }
    assert {one.value: one.facet for one in found.concepts}["kafala"] == "law"


def test_what_is_on_neither_side_is_an_error(tmp_path: Path, base: VocabularyData) -> None:
    with pytest.raises(
        ThesaurusError, match=r"kafala: is below urn:tipsearch:topic:gone, which the file doesn't have"
    ):
        joined(tmp_path, base, KAFALA.replace(":recruitment", ":gone"))


def test_a_circle_through_the_base_is_an_error(tmp_path: Path, base: VocabularyData) -> None:
    with pytest.raises(
        ThesaurusError, match="is broader than itself together with the concepts that it builds on"
    ):
        joined(tmp_path, base, KAFALA + " my:kafala skos:narrower :migration .")


def test_a_word_in_the_other_number_is_taken_as_well(tmp_path: Path, base: VocabularyData) -> None:
    theirs = 'my:loans a skos:Concept ; skos:prefLabel "Loans of labourers"@en ; skos:altLabel "debt bondages"@en .'
    found = joined(tmp_path, base, theirs)
    assert "debt bondage" not in {term.casefold() for term in found["debt-bondage"].terms["en"][1:]}
