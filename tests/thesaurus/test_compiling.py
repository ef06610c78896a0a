from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING

import pytest
from files import PREFIXES, WHOLE, compiled, concepts

from tipsearch.errors import ThesaurusError
from tipsearch.thesaurus import compile_skos
from tipsearch.vocabulary import ConceptData, Vocabulary

if TYPE_CHECKING:
    from pathlib import Path


def test_a_concept_has_all_that_its_file_says(tmp_path: Path) -> None:
    assert concepts(tmp_path, WHOLE)["debt-bondage"] == ConceptData(
        value="debt-bondage",
        label="Debt bondage",
        parent="servitude",
        codes=("4321",),
        facet="form",
        related=("recruitment",),
        labels={"en": "Debt bondage", "es": "Servidumbre por deudas"},
        terms={
            "en": ("Debt bondage", "bonded labour", "peonage", "bonded labours", "debt bondaged"),
            "es": ("Servidumbre por deudas",),
        },
        hidden={"en": ("bonded labours", "debt bondaged")},
        bare={"en": ("debt",), "es": ("deuda",)},
        acronyms=("UNDB",),
    )


def test_facets_have_labels_and_hand_them_down(tmp_path: Path) -> None:
    found = compiled(tmp_path, WHOLE).content
    assert found.facets == {"context": {"en": "Context"}, "form": {"en": "Form", "es": "Forma"}}
    assert {one.value: one.facet for one in found.concepts} == {
        "servitude": "form",
        "debt-bondage": "form",
        "migration": "context",
        "recruitment": "context",
    }


def test_a_label_is_shown_by_tag_and_matched_by_language(tmp_path: Path) -> None:
    one = concepts(tmp_path, WHOLE)["servitude"]
    assert one.labels["zh-hant"] == "奴役狀態"
    assert one.terms["zh"] == ("奴役", "奴役狀態")
    assert one.note == {"en": "A condition that nobody is free to leave."}
    known = Vocabulary(compiled(tmp_path, WHOLE).content)
    assert [known.label("servitude", tag) for tag in ("en", "es-MX", "zh-Hant", "zh-Hans", "ru")] == [
        "Servitude",
        "Servidumbre",
        "奴役狀態",
        "奴役",
        "Servitude",
    ]


def test_a_label_that_is_a_weak_one_too_is_shown_but_no_strong_sign(tmp_path: Path) -> None:
    one = concepts(tmp_path, WHOLE)["migration"]
    assert (one.label, one.terms, one.bare) == ("Migration", {}, {"en": ("migration",)})


def test_the_order_of_a_file_makes_no_difference(tmp_path: Path) -> None:
    statements = [one.strip() + " ." for one in WHOLE.split(" .\n") if one.strip()]
    chance = random.Random(3)
    found = [compiled(tmp_path, "\n".join(chance.sample(statements, len(statements)))) for _ in range(5)]
    assert all(one == found[0] for one in found)


def test_parents_come_before_children_and_facets_in_their_order(tmp_path: Path) -> None:
    values = [one.value for one in compiled(tmp_path, WHOLE).content.concepts]
    assert values == ["servitude", "debt-bondage", "migration", "recruitment"]


@pytest.mark.parametrize(
    "link",
    [
        "my:narrow skos:broader my:wide .",
        "my:wide skos:narrower my:narrow .",
        "my:wide skos:narrower my:narrow ; skos:topConceptOf my:scheme .",
        "my:narrow skos:broader my:wide . my:scheme a skos:ConceptScheme ; skos:hasTopConcept my:wide .",
    ],
)
def test_either_side_may_state_a_link(tmp_path: Path, link: str) -> None:
    text = 'my:wide skos:prefLabel "Wide"@en . my:narrow skos:prefLabel "Narrow"@en .'
    found = concepts(tmp_path, f"{text} {link}")
    assert {one.value: one.parent for one in found.values()} == {"wide": None, "narrow": "wide"}


@pytest.mark.parametrize(
    ("name", "value", "codes"),
    [
        ('my:x skos:notation "debt-bondage" .', "debt-bondage", ()),
        ('my:debt-bondage skos:notation "c_2" , "debt-bondage" , "x-1" .', "debt-bondage", ("c_2", "x-1")),
        ("my:DebtBondage skos:inScheme my:s .", "debtbondage", ()),
        ("<https://example.org/#Servidão%20x> skos:inScheme my:s .", "servidao-20x", ()),
        ('my:x skos:notation "05.06" .', "05-06", ("05.06",)),
        ('my:x skos:notation "Б-1" , "77" .', "77", ("Б-1",)),
        ('[] skos:notation "blank" .', "blank", ()),
        ('my:x skos:notation "1" ; skos:exactMatch "EV-2" .', "1", ("EV-2",)),
        ('my:x skos:exactMatch my:y . my:y skos:notation "EV-2" .', "x", ("EV-2",)),
        ("my:x skos:exactMatch <http://eurovoc.europa.eu/1234> .", "x", ()),
    ],
)
def test_ids_are_notations_or_the_end_of_addresses(
    tmp_path: Path, name: str, value: str, codes: tuple[str, ...]
) -> None:
    subject, _, says = name.partition(" ")
    text = f'{subject} a skos:Concept ; skos:prefLabel "Debt"@en ; {says}'
    (one,) = compiled(tmp_path, text).content.concepts
    assert (one.value, one.codes) == (value, codes)


@pytest.mark.parametrize(
    ("label", "is_acronym"),
    [
        ("TIP", True),
        ("HIV-1", True),
        ("NRM", True),
        ("C189", True),
        ("COVID-19", False),
        ("A", False),
        ("2030", False),
        ("Ngo", False),
        ("T I P", False),
        ("МОТ", False),
    ],
)
def test_labels_in_capitals_are_acronyms(tmp_path: Path, label: str, *, is_acronym: bool) -> None:
    text = f'my:x a skos:Concept ; skos:prefLabel "X thing"@en ; skos:altLabel "{label}"@fr .'
    one = concepts(tmp_path, text)["x"]
    assert one.acronyms == ((label,) if is_acronym else ())
    assert one.terms.get("fr", ()) == (() if is_acronym else (label,))


def test_an_acronym_may_be_the_label(tmp_path: Path) -> None:
    one = concepts(tmp_path, 'my:nrm a skos:Concept ; skos:prefLabel "NRM"@en .')["nrm"]
    assert (one.label, one.terms, one.acronyms) == ("NRM", {}, ("NRM",))


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        ('"Kafala"@en , "Kafala (fr)"@fr', "Kafala"),
        ('"Sponsorship"@en-GB , "Aval"@es', "Sponsorship"),
        ('"Parrainage"@fr , "Aval"@es', "Aval"),
        ('"Kafala"', "Kafala"),
    ],
)
def test_what_is_shown_is_english_if_there_is_such(tmp_path: Path, labels: str, shown: str) -> None:
    assert concepts(tmp_path, f"my:x a skos:Concept ; skos:prefLabel {labels} .")["x"].label == shown


def test_a_definition_does_for_a_scope_note(tmp_path: Path) -> None:
    text = 'my:x a skos:Concept ; skos:prefLabel "X"@en ; skos:definition "What it is."@en , [ skos:note "odd" ] .'
    assert concepts(tmp_path, text)["x"].note == {"en": "What it is."}


def test_related_is_said_of_both(tmp_path: Path) -> None:
    found = concepts(tmp_path, WHOLE)
    assert found["recruitment"].related == ("debt-bondage",)


X = 'my:x a skos:Concept ; skos:prefLabel "X"@en '


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (
            'my:y a skos:Concept ; skos:prefLabel "Y" .',
            "labels without a language are taken for English (1): y",
        ),
        (
            X + '; skos:broader my:b , my:a . my:a a skos:Concept ; skos:prefLabel "A"@en . '
            'my:b a skos:Concept ; skos:prefLabel "B"@en .',
            "of several broader concepts the first by id becomes the parent, the others are related (1): x",
        ),
        (
            X + "; skos:related <urn:other> .",
            "related concepts that the file doesn't have are left out (1): x → urn:other",
        ),
        (
            X + ', "Ex"@en .',
            "of several preferred labels in one language the first by alphabet counts (1): x",
        ),
        (
            X + '. my:y a skos:Concept ; skos:prefLabel "Y"@en ; skos:altLabel "x"@en .',
            "a label of several concepts counts for the first (1): x (x, y)",
        ),
        (
            X + '; skos:notation "A.1" .',
            "names are made into ids of lower case letters, digits and hyphens (1): A.1 → a-1",
        ),
        (
            X + ". facet:form a skos:Collection ; skos:member my:x , my:gone .",
            "members of a facet that the file doesn't have are left out (1): form → https://example.org/topics/gone",
        ),
        (
            X
            + ". facet:form a skos:Collection ; skos:member my:x . facet:sector a skos:Collection ; skos:member my:x .",
            "of several facets the first counts (1): x",
        ),
    ],
)
def test_what_is_taken_otherwise_than_written_is_said(tmp_path: Path, text: str, warning: str) -> None:
    assert warning in compiled(tmp_path, text).warnings


def test_of_several_broader_concepts_one_is_the_parent_and_the_others_are_related(tmp_path: Path) -> None:
    text = X + '; skos:broader my:b , my:a . my:a skos:prefLabel "A"@en . my:b skos:prefLabel "B"@en .'
    found = concepts(tmp_path, text)
    assert (found["x"].parent, found["x"].related, found["b"].related) == ("a", ("b",), ("x",))


def test_a_warning_has_examples_not_all(tmp_path: Path) -> None:
    text = "".join(f'my:c{number} a skos:Concept ; skos:prefLabel "C {number}" .\n' for number in range(9))
    (warning,) = compiled(tmp_path, text).warnings
    assert warning.endswith("(9): c0, c1, c2, c3, c4 and 4 more")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("my:x a skos:Concept .", "x: has no skos:prefLabel; give it one, in English if possible"),
        (
            "my:x a skos:Concept ; <http://www.w3.org/2008/05/skos-xl#prefLabel> my:label .",
            "x: has its labels in SKOS-XL, which isn't read; add plain skos:prefLabel and skos:altLabel",
        ),
        (
            X + "; skos:broader my:gone .",
            "x: is below https://example.org/topics/gone, which the file doesn't have; add that, or take the link out",
        ),
        (X + "; skos:broader my:x .", "x: is broader than itself (x → x); take one of these links out"),
        (
            X + '; skos:broader my:y . my:y skos:prefLabel "Y"@en ; skos:broader my:z . '
            'my:z skos:prefLabel "Z"@en ; skos:broader my:x .',
            "is broader than itself (",
        ),
        (
            X + '; skos:notation "n" . my:y a skos:Concept ; skos:prefLabel "Y"@en ; skos:notation "n" .',
            (
                "n: is the id of both «X» <https://example.org/topics/x> and «Y» <https://example.org/topics/y>; "
                "give one of them another skos:notation"
            ),
        ),
        (
            '[] a skos:Concept ; skos:prefLabel "Ничей"@ru .',
            "«Ничей»: has no name that an id can be made of; give it a skos:notation in Latin letters",
        ),
        (
            "my:x skos:note 'nothing of ours' .",
            "it has no skos:Concept; check that it is a thesaurus in SKOS",
        ),
    ],
)
def test_what_makes_a_thesaurus_useless_is_named_with_what_to_do(
    tmp_path: Path, text: str, problem: str
) -> None:
    with pytest.raises(ThesaurusError) as caught:
        compiled(tmp_path, text)
    assert problem in caught.value.problems[0]
    assert str(caught.value).startswith(f"the thesaurus {tmp_path / 'topics.ttl'}: ")


def test_all_errors_are_told_at_once(tmp_path: Path) -> None:
    text = "".join(f"my:x{number} a skos:Concept ." for number in range(3))
    with pytest.raises(
        ThesaurusError, match=r"x0: has no .* \(and 2 more; all: tipsearch thesaurus check "
    ) as caught:
        compiled(tmp_path, text)
    assert [problem.partition(":")[0] for problem in caught.value.problems] == ["x0", "x1", "x2"]


def test_only_concepts_are_concepts(tmp_path: Path) -> None:
    text = (
        X + '; skos:inScheme my:scheme . my:scheme a skos:ConceptScheme ; skos:prefLabel "All"@en . '
        'my:group a skos:Collection ; skos:prefLabel "Some"@en ; skos:member my:x . my:author skos:prefLabel "An author"@en .'
    )
    assert concepts(tmp_path, text).keys() == {"x"}


def test_a_deep_tree_is_no_deeper_than_others(tmp_path: Path) -> None:
    parts = ['my:c0 a skos:Concept ; skos:prefLabel "C0"@en .']
    parts += [
        f'my:c{low} a skos:Concept ; skos:prefLabel "C{low}"@en ; skos:broader my:c{high} .'
        for high, low in itertools.pairwise(range(3000))
    ]
    known = Vocabulary(compiled(tmp_path, "\n".join(parts)).content)
    assert len(known.path("c2999")) == 3000


def test_a_thesaurus_as_large_as_the_largest_in_24_languages_compiles(tmp_path: Path) -> None:
    chance = random.Random(24)
    languages = [
        "bg",
        "cs",
        "da",
        "de",
        "el",
        "en",
        "es",
        "et",
        "fi",
        "fr",
        "ga",
        "hr",
        "hu",
        "it",
        "lt",
        "lv",
        "mt",
        "nl",
        "pl",
        "pt",
        "ro",
        "sk",
        "sl",
        "sv",
    ]
    path = tmp_path / "large.ttl"
    with path.open("w", encoding="utf-8") as file:
        file.write(PREFIXES)
        for number in range(400):
            labels = "".join(
                f' ; skos:prefLabel "{tag} term {number}"@{tag} ; skos:altLabel '
                + " , ".join(f'"{tag} word {number} {chance.randrange(10**6)}"@{tag}' for _ in range(4))
                for tag in languages
            )
            above = f" ; skos:broader my:{number // 7}" if number > 20 else ""
            file.write(f"my:{number} a skos:Concept{labels}{above} .\n")
    found = compile_skos(path).content
    assert len(found.concepts) == 400
    assert {len(one.terms) for one in found.concepts} == {24}
    assert {len(terms) for one in found.concepts for terms in one.terms.values()} == {5}
