from __future__ import annotations

import pytest

from tipsearch.enrich import places


def found(text: str, language: str | None = "en") -> list[str]:
    return [mention.name.values[0] for mention in places.find(text, language)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the Democratic Republic of the Congo", "democratic-republic-of-the-congo"),
        ("Congo, Democratic Republic of the", "democratic-republic-of-the-congo"),
        ("in the DRC", "democratic-republic-of-the-congo"),
        ("Republic of the Congo", "congo"),
        ("Equatorial Guinea", "equatorial-guinea"),
        ("PAPUA NEW GUINEA", "papua-new-guinea"),
        ("South\nSudan", "south-sudan"),
        ("the Dominican Republic", "dominican-republic"),
        ("Dominica", "dominica"),
        ("Hong Kong SAR, China", "hong-kong"),
        ("China, Hong Kong SAR", "hong-kong"),
        ("Cote d'Ivoire", "cote-d-ivoire"),
        ("Côte d’Ivoire", "cote-d-ivoire"),
        ("Bosnia And Herzegovina", "bosnia-and-herzegovina"),
        ("St. Lucia", "saint-lucia"),
        ("Timor Leste", "timor-leste"),
        ("Turkey", "turkiye"),
        ("Türkiye", "turkiye"),
        ("Burma", "myanmar"),
        ("Czech Republic", "czechia"),
        ("the U.S. and others", "united-states-of-america"),
        ("Northern Ireland", "united-kingdom"),
        ("Kosovo", "kosovo"),
        ("Taiwan", "taiwan"),
        ("Thai vessels", "thailand"),
        ("Southeast Asia", "south-eastern-asia"),
        ("West Bank and the Gaza Strip", "state-of-palestine"),
        ("American Samoa", "american-samoa"),
    ],
)
def test_a_name_is_one_place(text: str, value: str) -> None:
    assert found(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "U.S. Department of Labor",
        "the U.S. Embassy in",
        "US Government",
        "eating turkey",
        "join us",
        "the chad",
        "South China Sea",
        "Council of Europe",
        "African Development Bank",
        "Palermo, Italy",
        "Mr. Michael Jordan said",
        "Chad Smith",
        "Israel M. Gold",
        "Guineafowl",
        "the Palermo Protocol",
        "University of Ghana",
        "the Jakarta Post",
        "Roma, Ashkali, and Balkan Egyptian children",
        "Indian tribes and tribal courts",
        "Family Reunion",
        "US$ 236 billion",
    ],
)
def test_what_only_looks_like_a_place_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Atlanta, Georgia", "united-states-of-america"),
        ("New Mexico", "united-states-of-america"),
        ("Indiana", "united-states-of-america"),
        ("farms in Nebraska", "united-states-of-america"),
        ("NEBRASKA", "united-states-of-america"),
        ("boats to Lampedusa", "italy"),
        ("plantations of Sabah", "malaysia"),
        ("scams in Sihanoukville", "cambodia"),
    ],
)
def test_a_town_or_province_means_its_country(text: str, value: str) -> None:
    assert found(text) == [value]


def test_where_publishers_sit_says_little() -> None:
    seat, town = places.find("Geneva and Gulu", "en")
    assert seat.name.kind.value < town.name.kind.value


@pytest.mark.parametrize(
    "text",
    ["in Chad Sudanese refugees", "Government of Jordan Ministry", "GEORGIA LAW", "In Georgia, children"],
)
def test_a_name_that_persons_have_too_is_a_place_after_a_preposition(text: str) -> None:
    assert found(text)[0] in {"chad", "jordan", "georgia"}


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("es", "trabajadores en Tailandia", "thailand"),
        ("es", "víctimas colombianas", "colombia"),
        ("es", "América Latina y el Caribe", "latin-america-and-the-caribbean"),
        ("fr", "en Côte d’Ivoire", "cote-d-ivoire"),
        ("fr", "les enfants burkinabè", "burkina-faso"),
        ("fr", "en Afrique de l’Ouest", "western-africa"),
        ("pt", "no Brasil", "brazil"),
        ("de", "in Deutschland", "germany"),
        ("ru", "в Казахстане", "kazakhstan"),
        ("uk", "в Україні", "ukraine"),
        ("ar", "في الأردن", "jordan"),
        ("zh", "外籍家庭佣工在香港", "hong-kong"),
        ("zh", "菲律賓", "philippines"),
        ("th", "แรงงานในประเทศไทย", "thailand"),
        ("vi", "ở nước Nga", "russian-federation"),
        ("ja", "日本における", "japan"),
        ("ko", "한국 대한민국", "republic-of-korea"),
        ("km", "នៅកម្ពុជា", "cambodia"),
    ],
)
def test_places_are_found_in_the_language_of_the_text(language: str, text: str, value: str) -> None:
    assert value in found(text, language)


def test_names_of_another_language_count_only_there() -> None:
    assert found("Nga and Maurice went", "en") == []


def test_a_demonym_weighs_less_than_a_name() -> None:
    demonym, name = places.find("Cambodian workers in Thailand", "en")
    assert demonym.name.kind.value < name.name.kind.value


@pytest.mark.parametrize("title", ["Global Estimates of Modern Slavery", "Trafficking around the world"])
def test_a_title_can_speak_of_the_whole_world(title: str) -> None:
    assert places.says_worldwide(title, "en")
    assert places.says_worldwide("Estimaciones mundiales", "es")
    assert not places.says_worldwide("Globalisation", "en")
