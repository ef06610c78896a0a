"""Suggestions while typing: from where they come, in which order, and that each of them finds something."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chance import examples
from tipsearch import Library, SearchRequest
from tipsearch.errors import BadRequest
from tipsearch.search.suggest import Kind, Suggestion
from tipsearch.search.suggest.entries import Entry
from tipsearch.search.suggest.lookup import Lookup
from tipsearch.search.suggest.typed import Typed, plain, readings

if TYPE_CHECKING:
    from pathlib import Path


def texts(library: Library, typed: str, language: str = "en") -> list[str]:
    return [one.text for one in library.suggest(typed, 20, language)]


def found(library: Library, typed: str, kind: Kind) -> list[Suggestion]:
    return [one for one in library.suggest(typed, 20) if one.kind == kind.value]


def test_a_topic_is_found_by_the_beginning_of_any_of_its_words(sample: Library) -> None:
    for typed in ("forced la", "Forced ", "labo", "FÓRCED LAB"):
        (topic,) = [one for one in found(sample, typed, Kind.TOPIC) if one.label == "Forced labour"]
        assert topic.text == "forced labour"
        assert topic.count == sample.search(SearchRequest("forced labour")).total
    assert "forced labour" not in texts(sample, "orced la")


def test_each_kind_comes_from_the_library(sample: Library) -> None:
    nepal = found(sample, "nep", Kind.PLACE)[0]
    assert (nepal.text, nepal.label) == ("Nepal", "Nepal")
    title = sample.search(SearchRequest("debt bondage")).results[0].document.title
    assert title in [one.label for one in found(sample, title[:20], Kind.TITLE)]
    publisher = next(iter(sample.search(SearchRequest()).facets["publisher"])).label
    assert found(sample, publisher[:6], Kind.PUBLISHER)[0].text == f'publisher:"{publisher}"'
    assert "firefighters" in [one.text for one in found(sample, "firefig", Kind.TERM)]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("trabajo forz", "trabajo forzoso"),
        ("الاتجار بال", "الاتجار بالبشر"),
        ("اتجار بالب", "الاتجار بالبشر"),
        ("强迫", "强迫劳动"),
        ("劳动", "儿童劳动"),
    ],
)
def test_names_in_any_language_are_found(sample: Library, typed: str, text: str) -> None:
    assert text in texts(sample, typed)


def test_a_foreign_name_of_a_place_stands_for_the_place(sample: Library) -> None:
    (place,) = [one for one in found(sample, "ganá", Kind.PLACE) if one.label == "Ghana"] or found(
        sample, "غانا", Kind.PLACE
    )
    assert place.text == "region:غانا"
    assert place.count == sample.search(SearchRequest(regions=("ghana",))).total


def test_names_in_the_readers_language_come_first(sample: Library) -> None:
    assert texts(sample, "trabaj", "es")[0].startswith("trabaj")
    places = [one.label for one in sample.suggest("asi", 20, "fr") if one.kind == "place"]
    assert places[0] == "Asie"


def test_a_misspelt_word_of_five_letters_is_understood(sample: Library) -> None:
    assert "forced labour" in texts(sample, "forsed lab")
    assert "forced labour" in texts(sample, "frced la")
    assert not texts(sample, "dbt b")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("region:asia deb", "region:asia debt bondage"),
        ("fees deb", "fees debt bondage"),
        ('"debt bon', '"Debt bondage"'),
        ("(fees OR deb", "(fees OR debt bondage"),
        ('fees "recruitment" deb', 'fees "recruitment" debt bondage'),
        ("region:nep", "region:Nepal"),
        ("fees region:nep", "fees region:Nepal"),
        ("-deb", '-"Debt bondage"'),
    ],
)
def test_what_stands_before_is_kept(sample: Library, typed: str, text: str) -> None:
    assert text in texts(sample, typed)


def test_a_field_takes_only_what_can_stand_in_it(sample: Library) -> None:
    assert {one.kind for one in sample.suggest("region:n", 20)} == {"place"}
    assert {one.kind for one in sample.suggest("topic:for", 20)} == {"topic"}
    assert not sample.suggest("year:20", 20)


def test_what_is_typed_already_is_no_suggestion(sample: Library) -> None:
    assert "debt bondage" in texts(sample, "debt bondag")
    assert "debt bondage" not in texts(sample, "Debt Bondage")


def test_there_are_as_many_as_wanted_and_of_several_kinds(sample: Library) -> None:
    eight = sample.suggest("la")
    assert len(eight) == 8
    assert len({one.kind for one in eight}) > 1
    assert sample.suggest("la", 3) == eight[:3] or len(sample.suggest("la", 3)) == 3
    for limit in (0, 21):
        with pytest.raises(BadRequest, match="limit"):
            sample.suggest("la", limit)


def test_nothing_is_suggested_that_finds_nothing(sample: Library) -> None:
    assert not texts(sample, "kafala unicor")
    assert not texts(sample, "xylophon")
    for typed in ("a", "de", "tra", "child l", "women", "中", "ال"):
        for one in sample.suggest(typed, 20):
            assert sample.search(SearchRequest(one.text, spell=False)).total >= one.count > 0


def test_every_title_is_suggested_as_something_that_finds_it(sample: Library) -> None:
    for result in sample.search(SearchRequest(size=100)).results:
        title = result.document.title
        for one in found(sample, title[:30], Kind.TITLE):
            if one.label == title:
                totals = sample.search(SearchRequest(one.text, spell=False, size=100))
                assert result.document.id in {each.document.id for each in totals.results}


_PIECES = [
    "debt",
    "for",
    "labour",
    '"',
    "(",
    ")",
    "-",
    "OR",
    "NOT",
    "region:",
    "asia",
    "nep",
    "*",
    "~",
    "中国",
    "强迫",
    "اتج",
    "title:",
    "page:3",
    "traffiking",
    "ca",
    "?",
    "año",
    "the",
]
_TYPED = st.lists(st.sampled_from([*_PIECES, " ", "  "]), max_size=7).map("".join) | st.text(max_size=30)


@settings(max_examples=examples(120), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=_TYPED)
def test_whatever_is_typed_every_suggestion_finds_a_document(sample: Library, typed: str) -> None:
    for one in sample.suggest(typed):
        assert one.count > 0
        assert sample.search(SearchRequest(one.text, spell=False)).total > 0, one


def test_what_comes_into_the_library_is_suggested_and_what_goes_is_not(
    library: Library, papers: Path
) -> None:
    (papers / "new.txt").write_text(
        "Zebrafinches in quarries\n\nZebrafinches are seen in quarries.\n", "utf-8"
    )
    library.index([papers])
    assert texts(library, "zebraf")
    (papers / "new.txt").unlink()
    (papers / "other.txt").write_text("Wallabies in the shade\n\nWallabies sit in the shade.\n", "utf-8")
    library.index([papers])
    assert not texts(library, "zebraf")
    assert texts(library, "wallab")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ()),
        (" ", ()),
        ("Debt bon", (Typed("", "debt bon"), Typed("Debt ", "bon"))),
        ("debt ", (Typed("", "debt "),)),
        ("x AND deb", (Typed("x AND ", "deb"),)),
        ("a*", ()),
        ('"one" two', (Typed('"one" ', "two"),)),
        ("x" * 201, ()),
    ],
)
def test_what_is_typed_is_taken_apart(typed: str, expected: tuple[Typed, ...]) -> None:
    assert tuple(replace(one, kinds=None) for one in readings(typed)) == expected


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_no_end_of_misspelt_words_fills_the_memory() -> None:
    names = [f"{first}{'x' * length}" for first in "abcdefghij" for length in range(5, 40)]
    lookup = Lookup([Entry(Kind.TERM, name, name, name, name) for name in names])
    for name in names:
        for wrong in (f"{name}zq", f"é{name}", f"{name[:2]}zz{name[2:]}"):
            lookup.corrected(wrong)
            lookup.corrected(f"{wrong} ")
    assert 0 < len(lookup._alike) <= 64
