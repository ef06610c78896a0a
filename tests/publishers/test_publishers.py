"""Which publisher a name means; couples of spellings are measured in tests/quality."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.publishers import best_spelling, canonical, identify, key_of, listed

UNODC, ILO = "United Nations Office on Drugs and Crime", "International Labour Organization"


def test_every_name_of_the_list_means_its_publisher() -> None:
    for one in listed():
        for name in (one.name, *one.names, *one.acronyms):
            assert canonical(name) == one.name, name
            assert canonical(name.upper()) == one.name, name


def test_the_list_has_hundreds_of_publishers_each_once_and_their_parents() -> None:
    names = [one.name for one in listed()]
    assert len(names) == len(set(names)) > 250
    assert {one.parent for one in listed() if one.parent} <= set(names)


def test_no_body_is_part_of_itself() -> None:
    parents = {one.name: one.parent for one in listed()}
    for name, parent in parents.items():
        above, seen = parent, {name}
        while above:
            assert above not in seen
            seen.add(above)
            above = parents[above]


@pytest.mark.parametrize(
    "name",
    [
        "UNODC",
        "unodc",
        "U.N.O.D.C.",
        "U. N. Office on Drugs and Crime",
        "UNODC, Vienna",
        "Vienna: UNODC",
        "UNODC Vienna",
        "UNODC (Vienna)",
        "UN Office on Drugs and Crime",
        "United Nations Office on Drugs and Crime (UNODC), Vienna, Austria",
        "UNODC – United Nations Office on Drugs and Crime",
        "UNODC, Research and Trend Analysis Branch",
        "UNODC Publications",
        "United Nations Ofice on Drugs and Crimes",
        "Oficina de las Naciones Unidas contra la Droga y el Delito (ONUDC)",
        "مكتب الأمم المتحدة المعني بالمخدرات والجريمة",
    ],
)
def test_a_listed_publisher_is_known_in_whatever_is_written_around_it(name: str) -> None:
    assert canonical(name) == UNODC
    assert identify(name).listed


@pytest.mark.parametrize(
    "name",
    [
        "UNODC Nepal",
        "UNODC, Nepal",
        "UNODC and IOM",
        "UNODC Hong Kong",
        "UNODC Regional Office for South Asia",
        "Friends of UNODC",
        "United Nations Office on Dregs and Grime Prevention",
    ],
)
def test_another_publisher_is_not_taken_for_it(name: str) -> None:
    assert not identify(name).listed
    assert identify(name).key != key_of(UNODC)


def test_of_a_body_and_what_it_is_part_of_the_smaller_one_is_the_publisher() -> None:
    ilab = "Bureau of International Labor Affairs"
    assert canonical("U.S. Department of Labor, Bureau of International Labor Affairs") == ilab
    assert canonical("ILAB | US Department of Labor") == ilab
    assert canonical("U.S. Department of Justice, Bureau of International Labor Affairs") != ilab


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("The Kiln Watch, Inc.", "Kiln Watch"),
        ("Kiln Watch e.V.", "Kiln Watch"),
        ("Kiln Watch Pvt. Ltd.", "Kiln Watch"),
        ("Kiln Watch & Co.", "Kiln Watch"),
        ("«Kiln Watch»", "Kiln Watch"),
        ("Kiln Watch Network (KWN), Geneva", "Kiln Watch Network"),
        ("Kiln Watch Network, Geneva (KWN)", "Kiln Watch Network"),
        ("Kiln Watch Network (KWN)", "Kiln Watch Network"),
        ("London: Kiln Watch", "Kiln Watch"),
        ("Instituto Redes, Lima, Peru", "Instituto Redes"),
        ("The Hague", "The Hague"),
        ("Inc.", "Inc."),
        ("Trafficking as such", "Trafficking as such"),
        ("Ministry of Labour, Geneva", "Ministry of Labour, Geneva"),
        ("Center for Social Research, Beijing", "Center for Social Research, Beijing"),
    ],
)
def test_of_a_name_that_nobody_listed_only_what_is_no_name_is_left_out(name: str, shown: str) -> None:
    assert canonical(name) == shown
    assert not identify(name).listed


def test_an_acronym_in_brackets_is_told() -> None:
    assert identify("Kiln Watch Network (KWN)").acronym == key_of("KWN")
    assert identify("Kiln Watch Network (Nepal)").acronym == ""
    assert identify("Kiln Watch Network").acronym == ""


def test_a_listed_acronym_at_the_beginning_counts_as_the_name_in_full() -> None:
    assert identify("UNICEF Nepal").key == identify("United Nations Children's Fund, Nepal").key


def test_of_spellings_the_usual_one_is_shown_but_none_of_capitals() -> None:
    assert best_spelling({"KILN WATCH": 5, "Kiln Watch": 1, "kiln watch": 9}) == "Kiln Watch"
    assert best_spelling({"Kiln Watch": 1, "Kiln-Watch": 2}) == "Kiln-Watch"
    assert best_spelling({"Kiln Watch": 2, "Kiln-Watch": 2}) == "Kiln Watch"
    assert best_spelling({"KWN": 1}) == "KWN"


@given(st.text(max_size=80))
def test_any_name_means_something_and_what_is_shown_means_the_same(name: str) -> None:
    identity = identify(name)
    if identity.listed:
        assert canonical(identity.name) == identity.name
    elif key_of(name):
        assert identity.name
        assert identity.key
