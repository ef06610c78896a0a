"""A type that is only guessed yields to one that any record gives."""

from __future__ import annotations

from tipsearch.catalogue.compose import StoredRecord, compose
from tipsearch.model import Fact, Field, Origin, Record, RecordKind

HTML, PDF = "text/html", "application/pdf"


def guessed(value: str, weight: float) -> Fact:
    return Fact(Field.TYPE, value, Origin.DETECTED, weight)


def given(value: str) -> Fact:
    return Fact(Field.TYPE, value, Origin.SOURCE, 0.5)


def types_of(*said: tuple[str, RecordKind, Fact], decided: tuple[str, ...] = ()) -> list[tuple[str, Origin]]:
    records = [
        StoredRecord(number, Record(kind, (fact,)), f"{number}", media_type, 1)
        for number, (media_type, kind, fact) in enumerate(said)
    ]
    document = compose("a", records, {Field.TYPE: decided} if decided else {})
    return [(tag.value, tag.origin) for tag in document.types]


OWN, CARD = RecordKind.DOCUMENT, RecordKind.CARD


def test_what_a_page_gives_stands_alone_beside_what_its_file_looks_like() -> None:
    file, page = (PDF, OWN, guessed("publication", 0.8)), (HTML, OWN, given("good-practice"))
    assert types_of(file, page) == types_of(page, file) == [("good-practice", Origin.SOURCE)]


def test_a_card_gives_a_type_as_well() -> None:
    assert types_of((PDF, OWN, guessed("publication", 0.8)), (HTML, CARD, given("guidance"))) == [
        ("guidance", Origin.SOURCE)
    ]


def test_all_given_types_stand() -> None:
    assert types_of((PDF, OWN, given("guidance")), (HTML, OWN, given("publication"))) == [
        ("guidance", Origin.SOURCE),
        ("publication", Origin.SOURCE),
    ]


def test_of_guesses_the_surest_stands_alone() -> None:
    file, page = (PDF, OWN, guessed("publication", 0.25)), (HTML, OWN, guessed("guidance", 0.7))
    assert types_of(file, page) == [("guidance", Origin.DETECTED)]


def test_of_guesses_as_sure_the_file_s_stands() -> None:
    file, page = (PDF, OWN, guessed("publication", 0.7)), (HTML, OWN, guessed("guidance", 0.7))
    assert types_of(page, file) == [("publication", Origin.DETECTED)]


def test_a_librarian_s_type_replaces_guesses_and_given_ones() -> None:
    said = ((PDF, OWN, guessed("publication", 0.8)), (HTML, OWN, given("guidance")))
    assert types_of(*said, decided=("covid-19",)) == [("covid-19", Origin.LIBRARIAN)]
