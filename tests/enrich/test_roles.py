"""What a text says a country is to those trafficked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.enrich import regions, zones
from tipsearch.model import Fact, Field, Page


def found(text: str, language: str = "en", title: str = "Trafficking") -> dict[str, Fact]:
    facts = regions.detect([title], zones.bodies([Page(1, text, language=language)]), language)
    return {fact.value: fact for fact in facts if fact.field is Field.ROLE}


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "Nepal is a source, transit, and, to a lesser extent, a destination country for men and women.",
            {"origin:nepal", "transit:nepal", "destination:nepal"},
        ),
        (
            "Namibia is a country of origin and destination for children.",
            {"origin:namibia", "destination:namibia"},
        ),
        (
            "Women from Nepal, India and Bangladesh are trafficked to Qatar.",
            {"origin:nepal", "origin:india", "origin:bangladesh", "destination:qatar"},
        ),
        (
            "Cambodian men are subjected to forced labour in Thailand.",
            {"origin:cambodia", "destination:thailand"},
        ),
        (
            "Girls are trafficked through Mali and via Niger to Libya.",
            {"transit:mali", "transit:niger", "destination:libya"},
        ),
        (
            "Victims from neighbouring countries such as Togo and Benin are exploited in Ghana.",
            {"origin:togo", "origin:benin", "destination:ghana"},
        ),
    ],
)
def test_roles_that_a_sentence_states(text: str, roles: set[str]) -> None:
    assert set(found(text)) == roles


@pytest.mark.parametrize(
    ("language", "text", "roles"),
    [
        (
            "es",
            "Mujeres procedentes de Venezuela y Colombia son víctimas de trata en España.",
            {"origin:venezuela", "origin:colombia", "destination:spain"},
        ),
        (
            "es",
            "México es un país de origen, tránsito y destino.",
            {"origin:mexico", "transit:mexico", "destination:mexico"},
        ),
        (
            "fr",
            "Des femmes originaires du Nigéria sont exploitées en Italie.",
            {"origin:nigeria", "destination:italy"},
        ),
        ("fr", "Le Togo est un pays d'origine et de transit.", {"origin:togo", "transit:togo"}),
    ],
)
def test_roles_are_read_in_the_language_of_the_text(language: str, text: str, roles: set[str]) -> None:
    assert set(found(text, language)) == roles


@pytest.mark.parametrize(
    "text",
    [
        "Delegates from Nepal travelled to Qatar to sign the agreement.",
        "The Government of Ghana works with Togo and Benin.",
        "Forced labour is a crime in Thailand.",
        "Ghanaian children are subjected to forced labour in Ghana.",
        "The report was sent from Switzerland.",
    ],
)
def test_no_role_where_none_is_stated(text: str) -> None:
    assert not found(text, title="Child labour in Ghana" if "Ghana" in text else "Notes")


def test_a_full_stop_in_a_name_ends_no_clause() -> None:
    assert set(found("Women from the U.S. and Canada are trafficked to Mexico.")) == {
        "origin:united-states-of-america",
        "origin:canada",
        "destination:mexico",
    }


def test_a_role_tells_the_clause_and_grows_surer_with_each() -> None:
    one = found("Women from Nepal are exploited in Qatar.")["origin:nepal"]
    two = found("Women from Nepal are exploited in Qatar. Girls from Nepal are trafficked to Oman.")[
        "origin:nepal"
    ]
    assert one.evidence[0].quote == "Women from Nepal are exploited in Qatar"
    assert one.evidence[0].pages == (1,)
    assert one.weight < two.weight < 1
    assert two.evidence[0].count == 2


def test_a_place_with_a_role_is_a_region_beside_the_main_one() -> None:
    text = "Ghana has laws. Ghana has schools. Children from Togo are exploited in Ghana. A study was made in Norway."
    facts = regions.detect(["Child labour in Ghana"], zones.bodies([Page(1, text, language="en")]), "en")
    assert [fact.value for fact in facts if fact.field is Field.REGION] == ["ghana", "togo"]


@given(
    st.lists(
        st.sampled_from(
            ["Nepal", "Qatari", "women", " from ", ", and ", ". ", " to ", "trafficked", "\n\n", "U.S."]
        )
    )
)
def test_any_order_of_words_gives_roles_of_places_that_it_names(words: list[str]) -> None:
    text = " ".join(words)
    for value, fact in found(text).items():
        role, _, place = value.partition(":")
        assert role in {"origin", "transit", "destination"}
        assert place in {"nepal", "qatar", "united-states-of-america"}
        assert 0 < fact.weight < 1


@pytest.mark.parametrize(
    "text",
    [
        "Nepal is not a source country for trafficking.",
        "Nepal is no longer a transit country for trafficking victims.",
        "Kenya is a popular destination country for safari holidays.",
        "Moldova is a destination country for child sex tourists.",
        "Colombia is the main source country of cut flowers.",
        "In Peru, Chinese nationals accused of trafficking were arrested.",
    ],
)
def test_what_is_denied_or_said_of_others_is_no_role(text: str) -> None:
    assert not found(text, title="Notes")


def test_countries_named_by_their_adjectives_are_places() -> None:
    text = "Guinean girls are subjected to forced labour in West African and European countries."
    assert set(found(text, title="Guinea")) == {
        "origin:guinea",
        "destination:western-africa",
        "destination:europe",
    }
