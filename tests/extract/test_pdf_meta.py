"""Dates, publishers and authors of PDFs."""

from __future__ import annotations

import pytest
from pdfs import pdf

from tipsearch.extract import read
from tipsearch.extract.pdf.meta import find_dates, find_names, parse_info_date
from tipsearch.model import Evidence, Fact, Field, Origin, Page

BODY = "Recruitment fees bind workers to their employers. " * 30


def title(value: str, where: str = "metadata") -> Fact:
    return Fact(Field.TITLE, value, Origin.SOURCE, 0.9, (Evidence(where, value),))


def best(facts: list[Fact]) -> str | None:
    ranked = sorted(facts, key=lambda fact: (fact.origin is Origin.SOURCE, fact.weight))
    return ranked[-1].value if ranked else None


def date(*, created: str = "", of: Fact | None = None, text: str = "") -> str | None:
    return best(list(find_dates(created, of, [Page(1, f"{text}\n{BODY}")])))


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("D:20220909125005-04'00'", "2022-09-09"),
        ("D:202209", "2022-09"),
        ("D:2022", "2022"),
        ("D:20221399", "2022"),
        ("2022-09-09T12:50:05Z", "2022-09-09"),
        ("D:19700101000000Z", None),
        ("D:29990101", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_information_dates_are_read_as_far_as_they_are_dates(raw: str, iso: str | None) -> None:
    assert parse_info_date(raw) == iso


def test_creation_date_is_the_last_resort() -> None:
    assert date(created="D:20220909") == "2022-09"
    facts = list(find_dates("D:20220909", None, [Page(1, BODY)]))
    assert [(fact.origin, fact.weight < 0.5) for fact in facts] == [(Origin.DETECTED, True)]


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("2021 Findings on the Worst Forms of Labour", "2021"),
        ("Trends 2015-2018", "2018"),
        ("Trends 2015–18", "2018"),
        ("Implementing the Modern Slavery Act 2015", None),
        ("The Convention of 1930 revisited", None),
        ("La loi française du 27 mars 2017", None),
        ("Agenda 2999", None),
    ],
)
def test_year_of_a_title_is_strong_unless_it_is_a_laws_or_to_come(name: str, year: str | None) -> None:
    assert date(of=title(name)) == year
    assert date(of=title(name), created="D:20220909") == (year or "2022-09")


def test_date_alone_in_a_line_of_the_first_page_is_strongest() -> None:
    assert date(text="12 July 2019", of=title("Trends 2018"), created="D:20220909") == "2019-07-12"


@pytest.mark.parametrize("line", ["Downloaded 12 May 2023", "In June 2019 the law changed", "2019"])
def test_other_dates_on_a_full_page_do_not_count(line: str) -> None:
    assert date(text=line, created="D:20200101") == "2020-01"


def test_year_alone_on_a_cover_counts() -> None:
    facts = list(find_dates("", None, [Page(1, "Hidden chains\n2019")]))
    assert best(facts) == "2019"


def test_imprint_beats_the_creation_date() -> None:
    assert date(text="Copyright © Institute of Work 2017", created="D:20200101") == "2017"


def test_year_of_a_series_head_yields_to_a_creation_date_that_fits_it() -> None:
    head = title("2018 Findings: Ruritania", where="running head")
    assert date(of=head, created="D:20190912") == "2019-09"
    assert date(of=head, created="D:20240912") == "2018"


@pytest.mark.parametrize(
    ("author", "field", "values"),
    [
        ("U. S. Department of Labor", Field.PUBLISHER, ["U. S. Department of Labor"]),
        ("Ana Pérez; Bo Li and Ion Vasile-Pop", Field.AUTHOR, ["Ana Pérez", "Bo Li", "Ion Vasile-Pop"]),
        ("brandie", Field.AUTHOR, []),
        ("Brandie", Field.AUTHOR, []),
        ("Windows User", Field.AUTHOR, []),
        ("jdoe22", Field.AUTHOR, []),
        ("a.perez@example.org", Field.AUTHOR, []),
        ("", Field.AUTHOR, []),
    ],
)
def test_author_entry_is_told_apart(author: str, field: Field, values: list[str]) -> None:
    facts = list(find_names(author, [Page(1, BODY)]))
    assert [(fact.field, fact.value) for fact in facts] == [(field, value) for value in values]


def test_publisher_is_named_in_the_imprint() -> None:
    facts = list(
        find_names("", [Page(1, "Hidden chains"), Page(2, "Published by the Institute of Work, Geneva")])
    )
    assert [(fact.value, fact.evidence[0].pages) for fact in facts] == [("Institute of Work", (2,))]


def test_facts_of_a_file_carry_their_evidence() -> None:
    info = {"Title": "2021 Findings: Ruritania", "Author": "Ministry of Work", "CreationDate": "D:20220909"}
    facts = (
        read(pdf("2021 FINDINGS\nRuritania\n" + "It made progress. " * 4, info=info), "a.pdf")
        .records[0]
        .facts
    )
    assert [(fact.field, fact.value, fact.evidence[0].where) for fact in facts] == [
        (Field.TITLE, "2021 Findings: Ruritania", "metadata"),
        (Field.DATE, "2021", "title"),
        (Field.DATE, "2022-09", "metadata"),
        (Field.PUBLISHER, "Ministry of Work", "metadata"),
    ]
