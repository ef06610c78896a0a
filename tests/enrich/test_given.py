from __future__ import annotations

import pytest

from tipsearch.enrich.given import resolve
from tipsearch.model import Fact, Field, Origin
from tipsearch.vocabulary import standard


def meant(field: Field, text: str) -> list[tuple[Field, str]]:
    return [
        (fact.field, fact.value)
        for fact in resolve([Fact(field, text, Origin.SOURCE)], standard())
        if fact.field is not field
    ]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Europe", [(Field.REGION, "europe")]),
        ("S.E. Asia", [(Field.REGION, "south-eastern-asia")]),
        ("Latin Amerca", [(Field.REGION, "latin-america-and-the-caribbean")]),
        ("MENA", [(Field.REGION, "western-asia"), (Field.REGION, "northern-africa")]),
        ("Global", [(Field.REGION, "global")]),
        ("child labour", [(Field.TOPIC, "child-labour")]),
        ("Asia, Europe", [(Field.REGION, "asia"), (Field.REGION, "europe")]),
        ("Congo, Democratic Republic of the", [(Field.REGION, "democratic-republic-of-the-congo")]),
        ("toolkit", [(Field.TOPIC, "training")]),
        ("something else", []),
    ],
)
def test_a_tag_means_places_or_topics(text: str, facts: list[tuple[Field, str]]) -> None:
    assert meant(Field.TAG, text) == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("News & Analysis", [(Field.TYPE, "news-analysis")]),
        ("Good Practices", [(Field.TYPE, "good-practice")]),
        ("COVID-19 resources", [(Field.TYPE, "covid-19")]),
        ("Asia", [(Field.REGION, "asia")]),
        ("Uncategorized", []),
    ],
)
def test_a_category_means_a_type_first(text: str, facts: list[tuple[Field, str]]) -> None:
    assert meant(Field.CATEGORY, text) == facts


def test_the_words_of_the_source_stay() -> None:
    fact = Fact(Field.TAG, "Europe", Origin.SOURCE)
    assert resolve([fact], standard())[0] == fact


def test_what_a_tag_means_comes_from_the_source_and_says_so() -> None:
    _, region = resolve([Fact(Field.TAG, "Hong Kong", Origin.SOURCE)], standard())
    assert region.origin is Origin.SOURCE
    assert [(evidence.where, evidence.quote) for evidence in region.evidence] == [("tag", "Hong Kong")]


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (Field.REGION, "Hong Kong", "hong-kong"),
        (Field.TOPIC, "Forced Labor", "forced-labour"),
        (Field.TYPE, "Report", "publication"),
        (Field.LANGUAGE, "en-GB", "en"),
    ],
)
def test_a_facet_given_in_words_gets_its_value(field: Field, text: str, value: str) -> None:
    assert [(fact.field, fact.value) for fact in resolve([Fact(field, text, Origin.SOURCE)], standard())] == [
        (field, value)
    ]


def test_a_facet_value_that_nobody_knows_becomes_a_tag() -> None:
    assert resolve([Fact(Field.REGION, "Narnia", Origin.SOURCE)], standard()) == [
        Fact(Field.TAG, "Narnia", Origin.SOURCE)
    ]


def test_other_facts_pass_unchanged() -> None:
    fact = Fact(Field.TITLE, "Asia", Origin.SOURCE)
    assert resolve([fact], standard()) == [fact]
