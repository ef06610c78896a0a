from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tipsearch.cite import FORMATS, bibtex, csl
from tipsearch.cite.names import STYLES
from tipsearch.cite.people import Person, person
from tipsearch.cite.reference import reference
from tipsearch.cite.styles import formatted
from tipsearch.model import Document

_BOOK = Document(
    id="b",
    title="Bonded",
    authors=("van der Berg, Pieter", "Müller, Änne", "Doe, Jane, Jr."),
    publisher="Example Press",
    date="2021",
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Doe, Jane", Person("Doe", "Jane")),
        ("van der Berg, Pieter", Person("Berg", "Pieter", "van der")),
        ("de la Cruz Ortiz, María José", Person("Cruz Ortiz", "María José", "de la")),
        ("Doe, Jane, Jr.", Person("Doe", "Jane", "", "Jr.")),
        ("O’Connell Davidson, Julia", Person("O’Connell Davidson", "Julia")),
        ("رشيد, ليلى", Person("رشيد", "ليلى")),
    ],
)
def test_family_comma_given_is_a_person(name: str, expected: Person) -> None:
    assert person(name) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Jane Doe",
        "Example Institute",
        "U.S. Department of Labor, Bureau of International Labor Affairs",
        "Verité, Inc.",
        "Smith, Jones & Partners",
        "Family, 2nd",
        "One, Two, Three",
        "Doe,",
        ", Jane",
        "",
    ],
)
def test_everything_else_stays_in_one_piece(name: str) -> None:
    assert person(name) is None


@pytest.mark.parametrize(
    ("given", "initials"),
    [("Jean-Pierre Luc", "J.-P. L."), ("Änne", "Ä."), ("J. R.", "J. R."), ("J.R.", "J.R."), ("ليلى", "ليلى")],
)
def test_given_names_have_initials(given: str, initials: str) -> None:
    assert Person("X", given).initials == initials


def test_the_short_reference_has_initials_and_a_comma_more() -> None:
    assert reference(_BOOK).startswith("van der Berg, P., Müller, Ä., & Doe, J., Jr. (2021). Bonded.")


def test_machines_get_the_parts_of_a_name() -> None:
    assert "author = {van der Berg, Pieter and Müller, Änne and Doe, Jr., Jane}" in FORMATS["bibtex"].write(
        [_BOOK]
    )
    assert csl.item(_BOOK)["author"] == [
        {"family": "Berg", "given": "Pieter", "non-dropping-particle": "van der"},
        {"family": "Müller", "given": "Änne"},
        {"family": "Doe", "given": "Jane", "suffix": "Jr."},
    ]
    assert bibtex.key_of(_BOOK) == "berg-2021-b"


def test_styles_write_persons_each_in_its_way() -> None:
    two = replace(_BOOK, authors=_BOOK.authors[:2])
    begun = {style: re.split(r"\.?,? [(\d“]|\. Bonded", formatted(two, style, "en"))[0] for style in STYLES}
    assert begun == {
        "apa": "van der Berg, P., & Müller, Ä",
        "chicago-author-date": "Berg, Pieter van der, and Änne Müller",
        "harvard-cite-them-right": "van der Berg, P. and Müller, Ä",
        "modern-language-association": "van der Berg, Pieter, and Änne Müller",
        "nlm-citation-sequence": "van der Berg P, Müller Ä",
        "ieee": "P. van der Berg and Ä. Müller",
    }
