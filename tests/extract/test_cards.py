from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.extract.web.cards import (
    Card,
    card_record,
    card_records,
    clean_teaser,
    is_read_more,
    split_labels,
    split_tags,
)
from tipsearch.extract.words import page_words
from tipsearch.model import Field, RecordKind
from tipsearch.vocabulary import types

LABELS = page_words().category_labels


@given(
    st.lists(st.sampled_from(LABELS), min_size=1, max_size=8, unique=True), st.sampled_from(["", " ", ", "])
)
def test_labels_run_together_in_any_order_are_split_again(labels: list[str], between: str) -> None:
    assert split_labels(between.join(labels)) == tuple(labels)


def test_every_set_of_labels_is_split_and_means_its_types() -> None:
    sets = [some for size in range(1, len(LABELS) + 1) for some in combinations(LABELS, size)]
    for labels in sets:
        assert split_labels("".join(labels)) == labels
        assert split_labels("".join(reversed(labels))) == labels[::-1]
        assert len({types().resolve(label) for label in labels} - {None}) == len(labels)


@given(
    st.lists(st.sampled_from(LABELS), min_size=1, max_size=3),
    st.text(alphabet="abcXYZ019", min_size=1, max_size=5),
)
def test_a_line_with_anything_left_over_is_no_line_of_labels(labels: list[str], rest: str) -> None:
    assert split_labels("".join(labels) + rest) == ()
    assert split_labels(rest + "".join(labels)) == ()


def test_a_label_named_twice_counts_once() -> None:
    assert split_labels("PublicationsGuidancePublications") == ("Publications", "Guidance")


def test_an_empty_line_has_no_labels() -> None:
    assert split_labels("") == ()


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("TAGS: Europe", ("Europe",)),
        ("Tags : Europe, Asia", ("Europe", "Asia")),
        ("Europe", ()),
        ("TAGS:", ()),
    ],
)
def test_tags_stand_behind_their_colon(line: str, tags: tuple[str, ...]) -> None:
    assert split_tags(line) == tags


@pytest.mark.parametrize("text", ["Read More", "read more »", "...Read More", "Leer más", "Lire la suite →"])
def test_the_link_of_a_card_in_several_languages(text: str) -> None:
    assert is_read_more(text)


@pytest.mark.parametrize("text", ["Read more about ports", "Bread more", "", "More"])
def test_other_texts_are_no_link_of_a_card(text: str) -> None:
    assert not is_read_more(text)


@pytest.mark.parametrize(
    ("teaser", "kept"),
    [
        ("The crew had no contract. Conseq...Read More", "The crew had no contract."),
        ("The crew had no contr…Read More", "The crew had no"),
        ("The crew had no ...Read More", "The crew had no"),
        ("The crew had no [...] Continue reading", "The crew had no"),
        ("The crew had no contract....Read More", "The crew had no contract."),
        ("The crew had no contract. Read More", "The crew had no contract."),
        ("Anti-traf...Read More", ""),
        ("渔民没有合同也没有工资...Read More", "渔民没有合同也没有工资"),
        (
            "Fishers log- ging hours with- out pay or vol- untary rest...Read More",
            "Fishers logging hours without pay or voluntary",
        ),
    ],
)
def test_a_teaser_loses_its_link_and_the_word_it_was_cut_in(teaser: str, kept: str) -> None:
    assert clean_teaser(teaser) == kept


@given(
    st.lists(st.sampled_from(["crew", "wages", "port", "owed"]), min_size=2, max_size=30),
    st.integers(min_value=1, max_value=3),
)
def test_a_cut_word_is_never_kept(words: list[str], kept: int) -> None:
    cut = words[-1][:kept]

    assert clean_teaser(f"{' '.join(words[:-1])} {cut}...Read More") == " ".join(words[:-1])


def test_a_card_becomes_a_record_with_its_facts() -> None:
    card = Card("Owed wages", "Crews wait for", ("Guidance",), ("Asia",), "/owed-wages/")

    record = card_record(card, 3, "https://library.example/a/b/")

    assert record is not None
    assert (record.kind, record.number, record.pages[0].text) == (RecordKind.CARD, 3, "Crews wait for")
    assert record.first(Field.TITLE) == "Owed wages"
    assert record.first(Field.URL) == "https://library.example/owed-wages/"
    assert record.all(Field.CATEGORY) == ("Guidance",)
    assert record.all(Field.TAG) == ("Asia",)


def test_the_address_of_a_card_stays_relative_where_the_page_has_none() -> None:
    record = card_record(Card("Owed wages", href="/owed-wages/"), 1, None)

    assert record is not None
    assert record.first(Field.URL) == "/owed-wages/"


def test_a_card_without_a_title_keeps_the_rest_of_what_it_says() -> None:
    record = card_record(Card("", "A teaser", ("Guidance",), ("Asia",), "/x/"), 1, None)

    assert record is not None
    assert record.first(Field.URL)
    assert record.first(Field.TITLE) is None
    assert record.first(Field.ABSTRACT)
    assert record.pages


def test_a_card_with_neither_title_nor_address_is_dropped_and_leaves_no_gap() -> None:
    records = card_records([Card("A"), Card("", "teaser only"), Card("B")], None)

    assert [(record.number, record.first(Field.TITLE)) for record in records] == [(1, "A"), (2, "B")]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "mailto:a@b.example", "#top", "http://[broken", "data:text/html,x"]
)
def test_a_link_that_leads_nowhere_is_no_address(href: str) -> None:
    record = card_record(Card("Owed wages", href=href), 1, "https://library.example/")

    assert record is not None
    assert record.first(Field.URL) is None
