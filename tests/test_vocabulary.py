from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.query.wording import LANGUAGES
from tipsearch.vocabulary import (
    Concept,
    ConceptData,
    Vocabulary,
    VocabularyData,
    fold_name,
    gazetteer,
    languages,
    regions,
    standard,
    topics,
    types,
)
from tipsearch.vocabulary.labels import labels
from tipsearch.vocabulary.roles import ROLES

ALL = [regions, topics, types, languages]


@pytest.mark.parametrize("facet", ["region", "topic", "type", "language"])
def test_every_parent_is_a_concept_and_comes_before_its_children(facet: str) -> None:
    known = standard().get(facet)
    assert known is not None
    seen: set[str] = set()
    for concept in known:
        assert concept.parent is None or concept.parent in seen
        assert concept.path[-1] == concept.value
        assert concept.path[:-1] == known.ancestors(concept.value)
        seen.add(concept.value)
    assert len(seen) == len(known)


def test_a_facet_without_vocabulary_has_none() -> None:
    assert standard().get("publisher") is None


def test_related_topics_exist() -> None:
    assert all(value in topics() for concept in topics().data for value in concept.related)


def test_all_names_of_places_belong_to_places() -> None:
    known = gazetteer()
    values = {value for table in known.names.values() for value in table}
    values |= {value for table in known.demonyms.values() for value in table.values()}
    values |= {value for shared in known.shared.values() for value in shared}
    values |= {
        value for table in known.shared_demonyms.values() for shared in table.values() for value in shared
    }
    values |= {*known.places.values()}
    values |= {value for table in known.places_by_language.values() for value in table.values()}
    values |= {value for group in regions().groups.values() for value in group}
    assert all(value in regions() for value in values)


@pytest.mark.parametrize(
    ("value", "label", "path"),
    [
        ("hong-kong", "Hong Kong", ("asia", "eastern-asia", "hong-kong")),
        ("taiwan", "Taiwan", ("asia", "eastern-asia", "taiwan")),
        ("kosovo", "Kosovo", ("europe", "southern-europe", "kosovo")),
        (
            "cote-d-ivoire",
            "Côte d’Ivoire",
            ("africa", "sub-saharan-africa", "western-africa", "cote-d-ivoire"),
        ),
        ("bolivia", "Bolivia", ("americas", "latin-america-and-the-caribbean", "south-america", "bolivia")),
        ("republic-of-korea", "South Korea", ("asia", "eastern-asia", "republic-of-korea")),
        ("south-eastern-asia", "South-eastern Asia", ("asia", "south-eastern-asia")),
        ("antarctica", "Antarctica", ("antarctica",)),
        ("iran", "Iran", ("asia", "southern-asia", "iran")),
        ("holy-see", "Vatican City", ("europe", "southern-europe", "holy-see")),
        ("global", "Global", ("global",)),
    ],
)
def test_places_have_label_and_path(value: str, label: str, path: tuple[str, ...]) -> None:
    assert regions().get(value) == Concept(value, label, path[-2] if len(path) > 1 else None, path)
    assert regions().label(value) == label
    assert regions().path(value) == path


def test_the_tree_is_that_of_m49_with_two_more() -> None:
    assert set(regions().children()) == {
        "global",
        "africa",
        "americas",
        "asia",
        "europe",
        "oceania",
        "antarctica",
    }
    leaves = [concept for concept in regions() if not regions().children(concept.value)]
    assert len(leaves) == 248 + 2 + 1  # areas, Taiwan and Kosovo, and the world


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("HK", "hong-kong"),
        ("hkg", "hong-kong"),
        ("344", "hong-kong"),
        ("Hong Kong SAR", "hong-kong"),
        ("China, Hong Kong SAR", "hong-kong"),
        ("Macau", "macao"),
        ("NA", "namibia"),
        ("Turkey", "turkiye"),
        ("Burma", "myanmar"),
        ("Swaziland", "eswatini"),
        ("Czech Republic", "czechia"),
        ("Cape Verde", "cabo-verde"),
        ("East Timor", "timor-leste"),
        ("Cote d'Ivoire", "cote-d-ivoire"),
        ("Ivory Coast", "cote-d-ivoire"),
        ("Vietnam", "viet-nam"),
        ("united-states", "united-states-of-america"),
        ("U.S.", "united-states-of-america"),
        ("Congo, Democratic Republic of the", "democratic-republic-of-the-congo"),
        ("Bosnia & Herzegovina", "bosnia-and-herzegovina"),
        ("St. Lucia", "saint-lucia"),
        ("West Bank and the Gaza Strip", "state-of-palestine"),
        ("S.E. Asia", "south-eastern-asia"),
        ("Latin America", "latin-america-and-the-caribbean"),
        ("Sub-Saharan Africa", "sub-saharan-africa"),
        ("Middle East", "western-asia"),
        ("EU", "europe"),
        ("World", "global"),
        ("WORLDWIDE", "global"),
        ("Alemania", "germany"),
        ("Таиланд", "thailand"),
        ("日本", "japan"),
        ("Siberia", "russian-federation"),
        ("Nebraska", "united-states-of-america"),
        ("sihanoukville", "cambodia"),
    ],
)
def test_places_are_known_by_code_and_by_many_names(text: str, value: str) -> None:
    assert regions().resolve(text) == value


def test_a_group_of_regions_resolves_to_all_of_them() -> None:
    assert regions().resolve_all("MENA") == ("western-asia", "northern-africa")
    assert regions().resolve_all("Asia & the Pacific") == ("asia", "oceania")


@pytest.mark.parametrize("text", ["Latin Amerca", "Kazahkstan", "South Eastren Asia"])
def test_a_misspelt_tag_is_understood(text: str) -> None:
    assert regions().resolve(text) is None
    assert regions().resolve_all(text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Mynamar", ("myanmar",)),
        ("The Carribbean", ("caribbean",)),
        ("CIS countries", ("eastern-europe", "central-asia")),
        ("Burma/Myanmar", ("myanmar",)),
        ("Swaziland (eSwatini)", ("eswatini",)),
        ("Asia: Thailand", ("thailand",)),
        ("Thailand - Mae Sot", ("thailand",)),
        ("Georgia, USA", ("united-states-of-america",)),
        ("England and Wales", ("united-kingdom",)),
        ("USA & Canada", ("united-states-of-america", "canada")),
        ("Brazil (river towns)", ("brazil",)),
        ("W. Africa", ("western-africa",)),
        ("Africa, West", ("western-africa",)),
        ("Vietnam, Socialist Republic of", ("viet-nam",)),
    ],
)
def test_a_tag_is_understood_with_what_stands_beside_a_name(text: str, values: tuple[str, ...]) -> None:
    assert regions().resolve_all(text) == values
    assert regions().resolve_all(text, fuzzy=False) in {(), values}


@pytest.mark.parametrize("text", ["S. Africa", "Law and order", "Asia and beyond", "Thailand, Atlantis"])
def test_a_tag_of_which_a_part_is_unclear_is_none(text: str) -> None:
    assert regions().resolve_all(text) == ()


@pytest.mark.parametrize("text", ["", "…", "women", "Austrlia", "forced labour", "Narnia"])
def test_what_is_no_place_for_sure_is_none(text: str) -> None:
    assert regions().resolve_all(text) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("child labor", "child-labour"),
        ("Child Labour", "child-labour"),
        ("Trata de personas", "trafficking"),
        ("travail forcé", "forced-labour"),
        ("人口贩运", "trafficking"),
        ("debt-bondage", "debt-bondage"),
        ("law", "legislation"),
    ],
)
def test_topics_are_known_by_their_terms(text: str, value: str) -> None:
    assert topics().resolve_all(text)[:1] == (value,)


def test_topics_stand_below_broader_ones() -> None:
    assert topics().path("online-scams") == ("trafficking", "forced-criminality", "online-scams")
    assert topics().path("child-labour") == ("child-labour",)
    assert topics().label("online-scams") == "Online scam centres"


def test_types_are_the_eight_of_the_seed() -> None:
    assert {concept.label: concept.value for concept in types()} == {
        "Publications": "publication",
        "Guidance": "guidance",
        "News & Analysis": "news-analysis",
        "Graphics & Infographics": "graphics-infographics",
        "Good Practices": "good-practice",
        "Standards & Codes of Conduct": "standards-codes-of-conduct",
        "Online Tools": "online-tool",
        "COVID-19 resources": "covid-19",
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Reports", "publication"),
        ("Infografics", "graphics-infographics"),
        ("Toolkit", "guidance"),
        ("Blog", "news-analysis"),
    ],
)
def test_types_are_known_by_the_words_of_other_sites(text: str, value: str) -> None:
    assert types().resolve(text, fuzzy=True) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("en-US", "en"),
        ("EN", "en"),
        ("eng", "en"),
        ("zh-Hant-HK", "zh"),
        ("de_LU", "de"),
        ("Français", "fr"),
        ("english", "en"),
        ("fil", "tl"),
        ("العربية", "ar"),
    ],
)
def test_languages_are_known_by_code_tag_and_name(text: str, value: str) -> None:
    assert languages().resolve(text) == value


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "Germany"), ("es", "Alemania"), ("fr-CA", "Allemagne"), ("zh-Hant", "德國"), ("tlh", "Germany")],
)
def test_places_are_called_by_their_name_in_a_language_or_else_in_english(language: str, label: str) -> None:
    assert standard().label("region", "germany", language) == label


def test_a_concept_is_called_by_its_own_label_in_a_language() -> None:
    labels = {"en": "Debt bondage", "pt": "servidão por dívida", "pt-br": "servidão por dívidas"}
    known = Vocabulary(VocabularyData((ConceptData("debt-bondage", "Debt bondage", labels=labels),)))
    called = {language: known.label("debt-bondage", language) for language in ("en", "pt-PT", "pt-BR", "ru")}
    assert called == {
        "en": "Debt bondage",
        "pt-PT": "servidão por dívida",
        "pt-BR": "servidão por dívidas",
        "ru": "Debt bondage",
    }


@pytest.mark.parametrize(
    ("facet", "value", "language", "label"),
    [
        ("type", "guidance", "en", "Guidance"),
        ("type", "guidance", "es-MX", "Guías y orientaciones"),
        ("type", "good-practice", "fr", "Bonnes pratiques"),
        ("type", "guidance", "sw", "Guidance"),
        ("language", "ne", "es", "Nepalí"),
        ("language", "en", "zh", "英语"),
        ("language", "ar", "tlh", "Arabic"),
        ("language", "ar", "no such tag", "Arabic"),
        ("role", "origin:nepal", "fr", "Origine : Népal"),
        ("role", "transit:asia", "en", "Transit: Asia"),
        ("role", "destination", "ar", "بلد المقصد"),
        ("role", "origin:nepal", "sw", "Origin: Nepal"),
        ("topic", "debt-bondage", "es", "Servidumbre por deudas"),
        ("publisher", "Example Institute", "es", "Example Institute"),
    ],
)
def test_values_are_called_by_a_name_in_a_language_or_else_in_english(
    facet: str, value: str, language: str, label: str
) -> None:
    assert standard().label(facet, value, language) == label


def test_types_and_roles_have_a_label_in_each_language_that_readers_are_spoken_to() -> None:
    known = labels()
    for language in LANGUAGES[1:]:
        assert known.types[language].keys() == {one.value for one in types()}
        assert known.roles[language].keys() == known.places[language].keys() == set(ROLES)
        assert all("{place}" in form for form in known.places[language].values())
    assert known.undated.keys() == set(LANGUAGES)


def test_another_word_of_a_concept_makes_another_vocabulary() -> None:
    def known(term: str) -> Vocabulary:
        return Vocabulary(VocabularyData((ConceptData("kafala", "Kafala", terms={"en": (term,)}),)))

    assert known("kafala").digest == known("kafala").digest
    assert known("kafala").digest != known("kafeel").digest


def test_an_unknown_value_is_its_own_label_and_path() -> None:
    assert regions().label("atlantis") == "atlantis"
    assert regions().path("atlantis") == ("atlantis",)
    assert regions().children("atlantis") == ()
    assert regions().get("atlantis") is None


@pytest.mark.parametrize("make", ALL)
def test_values_and_labels_resolve_to_themselves(make: object) -> None:
    assert callable(make)
    known: Vocabulary = make()
    for concept in known:
        assert known.resolve(concept.value) == concept.value
        assert known.resolve(concept.value.upper()) == concept.value


@given(st.text(max_size=60))
def test_resolving_never_raises_and_gives_known_values(text: str) -> None:
    for make in ALL:
        known = make()
        assert all(value in known for value in known.resolve_all(text))


@given(st.text())
def test_folding_a_folded_name_changes_nothing(text: str) -> None:
    assert fold_name(fold_name(text)) == fold_name(text)


@pytest.mark.parametrize("text", ["Korean", "Guinean", "Dominican", "Congolese"])
def test_a_people_of_several_countries_means_none_of_them(text: str) -> None:
    assert regions().resolve_all(text) == ()


def test_a_state_is_no_people_of_another_language() -> None:
    assert regions().resolve_all("Indiana") == ("united-states-of-america",)


def test_a_name_is_known_in_american_spelling() -> None:
    assert topics().resolve("Child labor") == "child-labour"
    assert topics().resolve("forced labor") == "forced-labour"


def test_a_tag_as_long_as_a_page_means_nothing_and_costs_nothing() -> None:
    assert regions().resolve_all("a" + " " * 200_000 + "b") == ()
