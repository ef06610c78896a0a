"""Who is taken for the publisher, and who for an author."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.extract.pdf.meta import Declared
from tipsearch.extract.pdf.names import find_names, persons
from tipsearch.extract.pdf.published import imprint_pages
from tipsearch.model import Fact, Field, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

BODY = "Recruitment fees bind workers to their employers. " * 30


def named(
    pages: Sequence[str] = (BODY,), *, author: str = "", publisher: str = "", title: str = ""
) -> list[Fact]:
    own = [Page(number, text) for number, text in enumerate(pages, 1)]
    said = Declared(authors=(author,) if author else (), publishers=(publisher,) if publisher else ())
    return list(find_names(said, own, imprint_pages(own), title))


def values(facts: Sequence[Fact]) -> list[tuple[Field, str, str]]:
    return [(fact.field, fact.value, fact.evidence[0].where) for fact in facts]


@pytest.mark.parametrize(
    ("author", "field", "names"),
    [
        ("Brandie", Field.AUTHOR, []),
        ("U. S. Department of Labor", Field.PUBLISHER, ["U. S. Department of Labor"]),
        ("Ana Pérez; Bo Li and Ion Vasile-Pop", Field.AUTHOR, ["Ana Pérez", "Bo Li", "Ion Vasile-Pop"]),
        ("Ana Pérez, Bo Li", Field.AUTHOR, ["Ana Pérez", "Bo Li"]),
        ("Li, Bo", Field.AUTHOR, ["Li, Bo"]),
        ("Dr. Ana de la Cruz", Field.AUTHOR, ["Ana de la Cruz"]),
    ],
)
def test_author_entry_is_told_apart(author: str, field: Field, names: list[str]) -> None:
    assert values(named(author=author)) == [(field, name, "metadata") for name in names]


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "brandie",
        "Windows User",
        "Microsoft Office User",
        "Administrator",
        "Administrator 2",
        "HP Authorized Customer",
        "jdoe22",
        "a.perez@example.org",
        "C:\\Users\\ann",
        "Word",
        "Prepress Services Ltd",
        "Blue Fish Graphic Design",
        "https://example.org",
        "!!",
    ],
)
def test_users_programs_and_typesetters_are_nobody(junk: str) -> None:
    assert named(author=junk, publisher=junk) == []


def test_declared_publisher_is_one() -> None:
    assert values(named(publisher="Institute of Work")) == [
        (Field.PUBLISHER, "Institute of Work", "metadata")
    ]


def test_publisher_is_named_in_the_imprint() -> None:
    facts = named(["Hidden chains", "Published by the Institute of Work, Geneva"])
    assert [(fact.value, fact.evidence[0].pages) for fact in facts] == [("Institute of Work", (2,))]


@pytest.mark.parametrize(
    "notice",
    [
        "© 2020 International Labour Organization",
        "Copyright © International Labour Organization 2020",
        "© International Labour Organization, 2020. All rights reserved.",
        "© Photo: Agency 2019\n(c) 2020 by the International Labour Organization",
    ],
)
def test_holder_of_the_copyright_is_the_publisher(notice: str) -> None:
    expected = (Field.PUBLISHER, "International Labour Organization", "imprint")
    assert values(named([BODY, notice])) == [expected]


@pytest.mark.parametrize("notice", ["© 2020 Ana Pérez", "© 2020", "Photo © 2020 Ministry of Work"])
def test_other_holders_publish_nothing(notice: str) -> None:
    assert named([BODY, notice]) == []


@pytest.mark.parametrize(
    "line",
    [
        "This report was written by Ana Pérez and Bo Li.",
        "Written by: Ana Pérez, Bo Li",
        "Authors: Ana Pérez and Bo Li",
        "Authors\nAna Pérez and Bo Li",
        "Rédigé par Ana Pérez et Bo Li",
        "This report was prepared by Dr. Ana Pérez and Prof. Bo Li (consultants) for the Institute of Work.",
    ],
)
def test_authors_are_named_in_print(line: str) -> None:
    facts = named(["Hidden chains", f"{line}\n{BODY}"])
    assert values(facts) == [(Field.AUTHOR, name, "imprint") for name in ("Ana Pérez", "Bo Li")]


@pytest.mark.parametrize(
    "line", ["Authors of such reports know this.", "Written by hand", "Report by the Special Rapporteur"]
)
def test_prose_names_no_authors(line: str) -> None:
    assert named([f"{line}\n{BODY}"]) == []


def test_organisation_above_the_title_is_the_publisher_if_nothing_else_is_known() -> None:
    page = f"MINISTRY OF WORK AND ILO\nNo. 7\nHidden chains\nInstitute of Fees\n{BODY}\nThe ILO helped."
    facts = named([page], title="Hidden chains")
    assert values(facts) == [(Field.PUBLISHER, "Ministry of Work and ILO", "masthead")]
    assert facts[0].weight < 0.5


@given(st.text("Ana Bo. Li,;&é-dry", max_size=80))
def test_people_have_two_to_five_names(text: str) -> None:
    assert all(2 <= len(person.split()) <= 5 for person in persons(text))
