"""The names of places: complete, known under the forms that texts print, and none with two meanings."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest

from tipsearch.vocabulary import gazetteer, regions

SOURCES = Path(__file__).parent.parent / "tools" / "corpus"
#: Forms of two or three letters that are matched all the same.
SHORT = {"Edo", "Goa", "Huế", "NYC", "Niš", "Fès", "Qom"}
#: Countries and areas without another place of theirs: they are a town, or too small for one to be spoken of.
WITHOUT_PLACES = """
american-samoa anguilla antarctica antigua-and-barbuda bermuda bonaire-sint-eustatius-and-saba
bouvet-island british-indian-ocean-territory christmas-island cocos-keeling-islands cook-islands
french-southern-territories gibraltar grenada heard-island-and-mcdonald-islands holy-see isle-of-man
monaco montserrat niue norfolk-island pitcairn reunion saint-barthelemy saint-helena saint-martin
saint-pierre-and-miquelon san-marino sao-tome-and-principe south-georgia-and-the-south-sandwich-islands
svalbard-and-jan-mayen-islands tokelau united-states-minor-outlying-islands
"""


def countries() -> set[str]:
    return {concept.value for concept in regions() if not regions().children(concept.value)} - {"global"}


def names_of_countries() -> set[str]:
    own = {name for concept in regions().data for name in (concept.label, *concept.names)}
    return own | {name for table in gazetteer().names.values() for names in table.values() for name in names}


def forms() -> set[str]:
    """All forms of places inside countries, of one country or of several."""
    known = gazetteer()
    return {*known.places, *known.shared, *chain.from_iterable(known.places_by_language.values())}


def lower_case_words() -> dict[str, set[str]]:
    """By language, the words that the sample's texts write without a capital."""
    found: dict[str, set[str]] = {}
    for path in SOURCES.glob("*/*.md"):
        _, front_matter, body = path.read_text("utf-8").split("+++\n", 2)
        words = {word for word in re.findall(r"[^\W\d_]+", body) if word.islower()}
        found.setdefault(tomllib.loads(front_matter).get("lang", "en"), set()).update(words)
    return found


@pytest.mark.parametrize("language", gazetteer().names)
def test_every_place_of_the_tree_has_a_name_in_every_language(language: str) -> None:
    named = gazetteer().names[language]
    assert [concept.value for concept in regions() if not named.get(concept.value)] == []


def test_the_gazetteer_speaks_the_languages_of_the_literature_and_of_its_readers() -> None:
    wanted = "es fr ar zh ru pt de nl it th vi id tl ja ko hi bn tr uk zh-hant"
    assert set(wanted.split()) <= set(gazetteer().names)


def test_no_town_has_the_name_of_a_country_or_region() -> None:
    assert sorted(set(gazetteer().places) & names_of_countries()) == []


def test_no_form_of_a_place_means_two_things() -> None:
    known = gazetteer()
    assert sorted(set(known.places) & set(known.shared)) == []
    assert sorted(forms() & set(known.not_places)) == []
    for table in known.places_by_language.values():
        assert {form for form, value in table.items() if known.places.get(form, value) != value} == set()


def test_a_shared_name_has_several_places() -> None:
    tables = gazetteer().shared_demonyms.values()
    values = [*gazetteer().shared.values(), *chain.from_iterable(table.values() for table in tables)]
    assert all(len(set(shared)) == len(shared) > 1 for shared in values)


def test_no_place_is_also_a_word() -> None:
    words = lower_case_words()
    everywhere = set().union(*words.values())
    assert {
        form for form in (*gazetteer().places, *gazetteer().shared) if form.lower() in everywhere
    } == set()
    for language, table in gazetteer().places_by_language.items():
        assert {form for form in table if form.lower() in words.get(language, set())} == set()


def test_places_are_written_with_a_capital_and_are_no_short_words() -> None:
    latin = {form for form in forms() if form[0] < "\u0250"}
    assert {form for form in latin if len(form) < 4} == SHORT
    assert {form for form in latin if form.islower()} == set()


def test_seats_are_known_places() -> None:
    assert set(gazetteer().seats) <= forms()


def test_names_that_persons_have_are_known_places() -> None:
    assert set(gazetteer().personal) <= forms() | names_of_countries()
    assert set(gazetteer().rivals) <= forms() | names_of_countries() | set(gazetteer().demonyms["en"])


def test_every_country_has_places_but_those_that_are_one() -> None:
    known = gazetteer()
    placed = {*known.places.values()}
    placed |= {value for table in known.places_by_language.values() for value in table.values()}
    assert countries() - placed == set(WITHOUT_PLACES.split())


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("myanmar", "Yangon|Rangoon|Naypyidaw|Myawaddy|KK Park|Shwe Kokko|Rakhine"),
        ("cambodia", "Phnom Penh|Sihanoukville|Poipet"),
        ("thailand", "Bangkok|Mae Sot|Pattaya|Surat Thani|Samut Sakhon"),
        ("malaysia", "Kuala Lumpur|Sabah|Sarawak|Johor"),
        ("indonesia", "Jakarta|Yakarta|Benjina|Batam|Bali|West Timor"),
        ("bangladesh", "Dhaka|Cox's Bazar|Rana Plaza"),
        ("india", "New Delhi|Nueva Delhi|Mumbai|Tamil Nadu|West Bengal"),
        ("china", "Beijing|Pekín|Pékin|Guangdong|Inner Mongolia|Mongolia Interior"),
        ("nigeria", "Abuja|Lagos|Benin City|Edo State|Niger Delta|Niger State|Delta del Níger"),
        ("niger", "Niamey|Agadez"),
        ("libya", "Benghazi|Sabha|Kufra|Zuwara"),
        ("italy", "Rome|Milán|Lampedusa|Sicilia|Foggia"),
        ("spain", "Madrid|Ceuta|Melilla|Islas Canarias|Îles Canaries"),
        ("greece", "Athens|Atenas|Athènes|Lesbos|Moria"),
        ("france", "Paris|Calais|Marsella|Île-de-France|Ile de France"),
        ("united-kingdom", "London|Londres|Glasgow|Morecambe Bay"),
        ("germany", "Berlin|Múnich|Bavaria|Baviera|Nordrhein-Westfalen"),
        (
            "united-states-of-america",
            "New Mexico|New Jersey|Nebraska|Washington|Washington, D.C.|Nueva York|Athens, Georgia",
        ),
        ("mexico", "Ciudad Juárez|Ciudad Juarez|Tijuana|Tapachula|Baja California"),
        ("panama", "Darién|Darien|Darién Gap|Panama City"),
        ("trinidad-and-tobago", "Port of Spain|Puerto España"),
        ("papua-new-guinea", "Port Moresby|Manus Island|New Britain|New Ireland"),
        ("south-africa", "Pretoria|East London|KwaZulu-Natal|KwaZulu Natal"),
        ("russian-federation", "Moscow|Moscú|Moscou|Siberia|North Caucasus|St. Petersburg"),
        ("ukraine", "Kyiv|Kiev|Donbas|Crimea"),
        ("viet-nam", "Hanoi|Hà Nội|Ho Chi Minh City|Mekong Delta|Lao Cai"),
        ("brazil", "São Paulo|Sao Paulo|Minas Gerais|Pará|Mato Grosso do Sul"),
        ("canada", "Ottawa|Ontario|Québec|Quebec|British Columbia|Columbia Británica"),
        ("australia", "Canberra|Queensland|Tasmania"),
        ("northern-mariana-islands", "Saipan"),
        ("mozambique", "Maputo|Cabo Delgado|Gaza Province"),
        ("poland", "Warsaw|Varsovia|Łódź|Lodz|Gdansk"),
    ],
)
def test_places_lie_in_their_countries(value: str, names: str) -> None:
    wanted = names.split("|")
    assert {name: gazetteer().places.get(name) for name in wanted} == dict.fromkeys(wanted, value)


@pytest.mark.parametrize(
    ("language", "form", "value"),
    [
        ("zh", "北京", "china"),
        ("zh", "妙瓦底", "myanmar"),
        ("zh", "内蒙古", "china"),
        ("ru", "Москва", "russian-federation"),
        ("ru", "Чечня", "russian-federation"),
        ("ar", "دبي", "united-arab-emirates"),
        ("ar", "بنغازي", "libya"),
        ("fr", "Damas", "syrian-arab-republic"),
        ("en", "Praia", "cabo-verde"),
    ],
)
def test_places_that_are_words_elsewhere_count_in_one_language(language: str, form: str, value: str) -> None:
    assert gazetteer().places_by_language[language][form] == value
    assert form not in gazetteer().places


@pytest.mark.parametrize(
    "form", ["Male", "Para", "Genes", "Fes", "Sana", "Nice", "Split", "Roma", "Reading", "Salvador"]
)
def test_words_are_no_places(form: str) -> None:
    assert form not in gazetteer().places


@pytest.mark.parametrize(
    "form", ["Tripoli", "Córdoba", "Cordoba", "Valencia", "San José", "Santiago", "Alexandria", "Punjab"]
)
def test_a_name_of_several_places_is_shared(form: str) -> None:
    assert len(gazetteer().shared[form]) > 1


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_practically_every_country_has_a_demonym(language: str) -> None:
    known = gazetteer()
    have = {
        *known.demonyms[language].values(),
        *chain.from_iterable(known.shared_demonyms[language].values()),
    }
    lacking = {value for value in countries() - set(WITHOUT_PLACES.split()) if value not in have}
    assert len(lacking) < 0.22 * len(countries()), sorted(lacking)


@pytest.mark.parametrize(
    ("language", "word", "value"),
    [
        ("es", "camboyanas", "cambodia"),
        ("es", "alemanes", "germany"),
        ("es", "francesa", "france"),
        ("es", "marroquíes", "morocco"),
        ("es", "nigerinos", "niger"),
        ("es", "nigerianas", "nigeria"),
        ("fr", "nigériennes", "niger"),
        ("fr", "nigérians", "nigeria"),
        ("fr", "grecques", "greece"),
        ("fr", "birmane", "myanmar"),
        ("pt", "alemães", "germany"),
        ("pt", "moçambicanas", "mozambique"),
        ("pt", "europeias", "europe"),
        ("en", "Kittitian", "saint-kitts-and-nevis"),
        ("en", "Northern Irish", "united-kingdom"),
    ],
)
def test_demonyms_are_known_in_gender_and_number(language: str, word: str, value: str) -> None:
    assert gazetteer().demonyms[language][word] == value


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("en", "American"),
        ("en", "Congolese"),
        ("en", "French"),
        ("es", "indio"),
    ],
)
def test_a_demonym_of_several_places_means_none(language: str, word: str) -> None:
    assert word not in gazetteer().demonyms[language]


def test_no_demonym_has_one_place_and_several() -> None:
    known = gazetteer()
    for language, shared in known.shared_demonyms.items():
        assert set(shared) & set(known.demonyms[language]) == set()


@pytest.mark.parametrize(
    "phrase",
    [
        *("Palermo Protocol", "Protocolo de Palermo", "Protocole de Palerme", "Protocolos de Palermo"),
        *("Istanbul Convention", "Convenio de Estambul", "Convention d'Istanbul", "Convenção de Istambul"),
        *(
            "Geneva Conventions",
            "Convenios de Ginebra",
            "Conventions de Genève",
            "日内瓦公约",
            "اتفاقية جنيف",
        ),
        *(
            "Vienna Convention",
            "Lanzarote Convention",
            "Hague Convention",
            "Budapest Convention",
            "Kampala Convention",
        ),
        *(
            "Bangkok Rules",
            "Tokyo Rules",
            "Montreux Document",
            "Lima Group",
            "Bali Process",
            "Colombo Process",
        ),
        *(
            "Abu Dhabi Dialogue",
            "Brussels Declaration",
            "Ouagadougou Action Plan",
            "Maputo Protocol",
            "Dhaka Principles",
        ),
        *(
            "Rome Statute",
            "Estatuto de Roma",
            "Statut de Rome",
            "California Transparency in Supply Chains Act",
        ),
        *(
            "New York Times",
            "Washington Post",
            "Bank of England",
            "Royal Bank of Scotland",
            "Guinea worm",
            "Congo Basin",
        ),
        *(
            "Dominican Order",
            "French fries",
            "Georgian era",
            "Gobierno de Canadá",
            "Ambassade du Canada",
            "Cuenca del",
        ),
        *(
            "U.S. Embassy",
            "US Embassy",
            "United States Embassy",
            "en español",
            "inglés y francés",
            "en anglais",
        ),
    ],
)
def test_phrases_that_only_hold_a_name_are_known(phrase: str) -> None:
    assert phrase in gazetteer().not_places
