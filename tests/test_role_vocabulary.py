"""Roles of places: a vocabulary made of the regions."""

from __future__ import annotations

import pytest

from tipsearch.vocabulary import standard
from tipsearch.vocabulary.roles import ROLES, parts

TREE = standard().roles


def test_each_role_stands_above_the_whole_tree_of_regions() -> None:
    regions = standard().regions
    assert TREE.children() == ROLES == ("origin", "transit", "destination")
    assert TREE.path("origin:nepal") == ("origin", "origin:asia", "origin:southern-asia", "origin:nepal")
    for role in ROLES:
        assert TREE.children(role) == tuple(f"{role}:{one}" for one in regions.children())
    assert len(TREE) == 3 * (len(regions) + 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("origin:nepal", "origin:nepal"),
        ("origin:NP", "origin:nepal"),
        ("Origin: Nepal", "origin:nepal"),
        ("destination:Hong Kong", "destination:hong-kong"),
        ("transit:Côte d'Ivoire", "transit:cote-d-ivoire"),
        ("origin:asia", "origin:asia"),
        ("origin", "origin"),
        ("Country of destination", "destination"),
        ("source country: Népal", "origin:nepal"),
        ("origin:atlantis", None),
        ("origin:", None),
        ("nepal", None),
        ("victim:nepal", None),
        ("", None),
    ],
)
def test_a_role_and_whatever_means_a_region_is_understood(text: str, value: str | None) -> None:
    assert TREE.resolve(text) == value


def test_a_misspelt_place_is_as_likely_as_among_regions() -> None:
    assert TREE.resolve_all("origin:Columbia") == ("origin:colombia",)
    assert TREE.resolve_all("origin:women") == ()


def test_a_label_stands_alone() -> None:
    assert [TREE.label(one) for one in ("origin:nepal", "transit", "destination:hong-kong")] == [
        "Origin: Nepal",
        "Country of transit",
        "Destination: Hong Kong",
    ]


def test_a_value_falls_into_role_and_region() -> None:
    assert parts("origin:nepal") == ("origin", "nepal")
    assert parts("origin") == ("origin", "")


def test_the_vocabularies_of_a_library_know_its_roles() -> None:
    assert standard().get("role") is TREE
    assert standard().label("role", "origin:nepal") == "Origin: Nepal"
