"""Typed values: any name that the vocabularies know, and nothing that they don't."""

from __future__ import annotations

import datetime as dt

import pytest

from tipsearch import vocabulary
from tipsearch.decisions.near import nearest
from tipsearch.decisions.values import FIELDS, Values, field_named, read_date
from tipsearch.errors import BadDecision
from tipsearch.model import Field


@pytest.fixture(scope="module")
def values() -> Values:
    return Values(vocabulary.standard())


@pytest.mark.parametrize(
    ("field", "text", "meant"),
    [
        ("region", "nepal", "nepal"),
        ("region", "HK", "hong-kong"),
        ("region", " hong  kong ", "hong-kong"),
        ("region", "Côte d'Ivoire", "cote-d-ivoire"),
        ("region", "Deutschland", "germany"),
        ("region", "nepal,qatar; HK", "nepal qatar hong-kong"),
        ("region", "Nepal, nepal", "nepal"),
        ("region", "MENA", "western-asia northern-africa"),
        ("region", "Congo, Democratic Republic of the, Nepal", "democratic-republic-of-the-congo nepal"),
        ("topic", "Forced Labour; Debt Bondage", "forced-labour debt-bondage"),
        ("topic", "trabajo forzoso", "forced-labour"),
        ("type", "Good Practices", "good-practice"),
        ("language", "Español", "es"),
        ("language", "en-GB", "en"),
        ("role", "origin:Nepal, Destination: HK", "origin:nepal destination:hong-kong"),
    ],
)
def test_values_go_by_any_name(values: Values, field: str, text: str, meant: str) -> None:
    assert values.read(Field(field), [text]) == tuple(meant.split())


def test_only_lists_are_split(values: Values) -> None:
    assert values.read(Field.PUBLISHER, ["Walk Free, Perth; and others"]) == ("Walk Free, Perth; and others",)
    assert values.read(Field.TITLE, ["Fees, debts; and more"]) == ("Fees, debts; and more",)
    assert values.read(Field.AUTHOR, ["Rai, Asha; Doe, J.", "Third"]) == ("Rai, Asha", "Doe, J.", "Third")


def test_said_twice_is_both(values: Values) -> None:
    assert values.read(Field.REGION, ["nepal", "qatar"]) == ("nepal", "qatar")


@pytest.mark.parametrize("field", [field for field in FIELDS if field is not Field.TITLE])
@pytest.mark.parametrize("text", ["", "  ", "(none)", " (None) "])
def test_nothing_is_none_at_all(values: Values, field: Field, text: str) -> None:
    assert values.read(field, [text]) == ()
    assert values.labels(field, ()) == "none"


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("region", "Nepaal", "no region called 'Nepaal'; did you mean Nepal?"),
        ("region", "Atlantis, Nepaal", "'Atlantis'.*'Nepaal'"),
        ("region", "forced-labour", "no region called 'forced-labour'"),
        ("topic", "sea slavery", "did you mean"),
        ("language", "Elvish", "no language called 'Elvish'"),
        ("title", "", "can't be empty"),
        ("title", "(none)", "can't be empty"),
        ("title", " ... ", "no letter"),
        ("title", "x" * 1001, "1,001 characters"),
        ("publisher", "\udcff", "isn't text in UTF-8"),
        ("role", "nepal", "a role is origin, transit or destination"),
        ("role", "victim:nepal", "a role is origin, transit or destination"),
        ("role", "origin:atlantis", "no region called 'atlantis'"),
    ],
)
def test_what_nobody_knows_is_an_error_with_what_is_near(
    values: Values, field: str, text: str, words: str
) -> None:
    with pytest.raises(BadDecision, match=words):
        values.read(Field(field), [text])


def test_nothing_is_ever_taken_for_what_it_looks_like(values: Values) -> None:
    assert vocabulary.regions().resolve("Latin Amerca", fuzzy=True) == "latin-america-and-the-caribbean"
    with pytest.raises(BadDecision, match="did you mean Latin America"):
        values.read(Field.REGION, ["Latin Amerca"])


def test_a_field_with_one_value_takes_no_second(values: Values) -> None:
    with pytest.raises(BadDecision, match="date has one value, not 2"):
        values.read(Field.DATE, ["2020", "2021"])
    assert values.read(Field.DATE, ["2020", "2020"]) == ("2020",)


def test_a_text_is_one_clean_line(values: Values) -> None:
    assert values.read(Field.TITLE, ["  Fees\n and\u202e debts\x1b[31m "]) == ("Fees and debts[31m",)
    assert values.read(Field.TITLE, ["《防止人口贩运》（2021）"]) == ("《防止人口贩运》（2021）",)


@pytest.mark.parametrize("text", ["2021", "2021-03", "2024-02-29", " 1999-12-31 "])
def test_dates_of_the_calendar_are_taken(text: str) -> None:
    assert read_date(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "2021-13",
        "2021-00",
        "2023-02-29",
        "2021-3",
        "21",
        "03/2021",
        "2021-03-28T10:00",
        "May 2021",
        "٢٠٢١",
        "2203",
        "0021",
    ],
)
def test_other_dates_are_refused(text: str) -> None:
    with pytest.raises(BadDecision):
        read_date(text)


def test_what_comes_out_next_year_can_be_dated() -> None:
    year = dt.datetime.now(dt.UTC).year
    assert read_date(str(year + 1)) == str(year + 1)
    with pytest.raises(BadDecision, match="lies between"):
        read_date(str(year + 2))


def test_a_field_mistyped_is_an_error_with_the_near_one() -> None:
    assert field_named(" Region ") is Field.REGION
    with pytest.raises(BadDecision, match=r"no field 'regoin'.*Did you mean region\?"):
        field_named("regoin")
    for name in ("url", "tag", "identifier", ""):
        with pytest.raises(BadDecision, match="no field"):
            field_named(name)


def test_labels_are_for_people(values: Values) -> None:
    assert values.labels(Field.REGION, ["hong-kong", "nepal"]) == "Hong Kong, Nepal"
    assert values.labels(Field.ROLE, ["origin:nepal"]) == "Origin: Nepal"
    assert values.labels(Field.AUTHOR, ["Rai, Asha", "Doe"]) == "Rai, Asha; Doe"
    assert values.labels(Field.TITLE, ["hong-kong"]) == "hong-kong"


@pytest.mark.parametrize(
    ("facet", "word", "value"),
    [
        ("region", "Honk Kong", "hong-kong"),
        ("region", "Uzbekistan cotton", "uzbekistan"),
        ("topic", "sex trafficing", "sexual-exploitation"),
        ("type", "toolkits", "guidance"),
    ],
)
def test_the_nearest_name_comes_first(facet: str, word: str, value: str) -> None:
    known = vocabulary.standard().get(facet)
    assert known
    found = nearest(known, word)
    assert found[0].value == value
    assert [one.similarity for one in found] == sorted((one.similarity for one in found), reverse=True)


def test_what_looks_like_nothing_is_near_to_nothing() -> None:
    assert nearest(vocabulary.regions(), "Atlantis") == ()
    assert nearest(vocabulary.regions(), "") == ()
