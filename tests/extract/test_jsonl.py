from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.extract.jsonl import read_jsonl
from tipsearch.model import Field, FileState, Record, RecordKind

FULL = {
    "id": "a1",
    "title": "Owed wages",
    "text": "The crew was owed wages.",
    "url": "https://crews.example/a1",
    "publisher": "Crew Union",
    "authors": ["Okoro, Ada", "Lind, Per"],
    "date": "2023-05",
    "lang": "en-GB",
    "types": ["Guidance"],
    "regions": ["asia"],
    "topics": "forced-labour",
    "colour": "red",
}


def read(*lines: object) -> tuple[Record, ...]:
    extraction = read_jsonl("\n".join(json.dumps(line) for line in lines).encode(), "list.jsonl")
    assert extraction.state is FileState.OK, extraction.reason
    return extraction.records


def test_a_line_is_a_document_with_all_its_facts() -> None:
    (record,) = read(FULL)

    assert (record.kind, record.number, record.pages[0].text) == (
        RecordKind.DOCUMENT,
        0,
        "The crew was owed wages.",
    )
    assert {
        fact.field: fact.value for fact in record.facts if fact.field not in {Field.AUTHOR, Field.TAG}
    } == {
        Field.IDENTIFIER: "list.jsonl#a1",
        Field.URL: "https://crews.example/a1",
        Field.TITLE: "Owed wages",
        Field.PUBLISHER: "Crew Union",
        Field.DATE: "2023-05",
        Field.LANGUAGE: "en",
        Field.CATEGORY: "Guidance",
        Field.ABSTRACT: "The crew was owed wages.",
    }
    assert record.all(Field.AUTHOR) == ("Okoro, Ada", "Lind, Per")


def test_a_content_warning_is_kept_as_the_source_words_it() -> None:
    (record,) = read(FULL | {"content_warning": "Describes  violence\u200b"})
    assert record.first(Field.WARNING) == "Describes violence"
    (without,) = read(FULL)
    assert without.first(Field.WARNING) is None


def test_tags_say_whether_they_were_regions_or_topics() -> None:
    (record,) = read(FULL)

    tags = [(fact.value, fact.evidence[0].where) for fact in record.facts if fact.field is Field.TAG]
    assert tags == [("asia", "regions"), ("forced-labour", "topics")]


def test_a_document_is_identified_by_its_file_and_id() -> None:
    (record,) = read({"id": 7, "text": "wages"})

    assert record.first(Field.IDENTIFIER) == "list.jsonl#7"


def test_pages_are_kept_apart() -> None:
    (record,) = read({"id": "a", "pages": ["one", "", "three"]})

    assert [(page.number, page.text) for page in record.pages] == [(1, "one"), (2, ""), (3, "three")]


@pytest.mark.parametrize(
    ("date", "value"),
    [(2019, "2019"), ("2019-05-03T01:02", "2019-05-03"), ("May 2019", "2019-05"), ("?", None)],
)
def test_dates_are_made_iso(date: object, value: str | None) -> None:
    (record,) = read({"id": "a", "text": "wages", "date": date})

    assert record.first(Field.DATE) == value


@pytest.mark.parametrize(
    "broken",
    [
        '{"id": "b", "text":',
        "[1, 2]",
        '"text"',
        '{"id": "b", "text": 5}',
        '{"text": "no id"}',
        '{"id": " ", "text": "x"}',
        "[" * 100_000,
    ],
)
def test_a_broken_line_is_named_and_the_others_are_read(broken: str) -> None:
    good = '{"id": "%s", "text": "wages"}'
    extraction = read_jsonl(f"{good % 'a'}\n{broken}\n\n{good % 'c'}\n".encode(), "list.jsonl")

    assert [record.number for record in extraction.records] == [0, 3]
    assert [(issue.page, issue.state) for issue in extraction.issues] == [(2, FileState.MALFORMED)]
    assert extraction.issues[0].reason


def test_a_document_without_text_is_found_by_its_title_and_named() -> None:
    extraction = read_jsonl(b'{"id": "a", "title": "Owed wages", "text": " "}\n{"id": "b"}', "list.jsonl")

    assert [(record.first(Field.TITLE), record.pages) for record in extraction.records] == [
        ("Owed wages", ())
    ]
    assert [(issue.page, issue.state) for issue in extraction.issues] == [
        (1, FileState.NO_TEXT),
        (2, FileState.NO_TEXT),
    ]


def test_a_file_without_any_document_is_malformed() -> None:
    extraction = read_jsonl(b"{}\n", "list.jsonl")

    assert extraction.state is FileState.MALFORMED
    assert "line 1" in extraction.reason


@given(st.text(min_size=1, max_size=40))
def test_any_title_survives_as_one_line(title: str) -> None:
    (record,) = read({"id": "a", "title": f"Owed {title}", "text": "wages"})

    value = record.first(Field.TITLE)
    assert value is not None
    assert value.startswith("Owed")
    assert value == " ".join(value.split())


def test_a_text_without_a_title_is_called_by_its_first_line() -> None:
    (record,) = read({"id": "a", "text": "\nOwed wages\n\nThe crew was owed wages for eight months.\n"})

    assert record.first(Field.TITLE) == "Owed wages"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("More apps like this:\n\nOwed wages", "More apps like this: Owed wages"),
        (
            "The crew was owed wages for eight months before anybody asked, and nobody on the pier wondered.",
            "The crew was owed wages for eight months before anybody asked, and nobody on the...",
        ),
        ("工" * 200, "工" * 80 + "..."),
    ],
)
def test_a_text_whose_first_line_is_no_title_is_called_by_its_first_words(text: str, title: str) -> None:
    (record,) = read({"id": "a", "text": text})

    assert record.first(Field.TITLE) == title


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"owed \ud800 wages", "owed \ufffd wages"),
        (r"owed \uDC00\ud83d\ude00", "owed \ufffd\U0001f600"),
        (r"\\ud800 is written \udfff", "\\ud800 is written \ufffd"),
    ],
)
def test_half_a_surrogate_pair_costs_no_line(written: str, text: str) -> None:
    extraction = read_jsonl(f'{{"id": "a", "text": "{written}"}}'.encode(), "list.jsonl")

    assert [record.pages[0].text for record in extraction.records] == [text]
    assert extraction.issues == ()


def test_no_reason_shows_where_the_file_lies() -> None:
    assert "secret" not in read_jsonl(b"{}\n", "/home/secret/list.jsonl").reason
