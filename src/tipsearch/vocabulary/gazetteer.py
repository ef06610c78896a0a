"""How texts name places, and how places are called in other languages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from tipsearch.paths import data_file
from tipsearch.vocabulary.concepts import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator


class Gazetteer(msgspec.Struct, frozen=True):
    """How texts name places.

    Attributes:
        names: by language other than English, value to names, the usual one first.
        demonyms: by language, word to value.
        shared: a name of several places (countries or towns) to their values, the likeliest first.
        shared_demonyms: by language, the same of demonyms ("Congolese").
        places: names of towns, camps, islands, states and provinces to the value of their country. They are forms as
            printed, in any language, also without accents and hyphens; of five letters and more in capitals as well.
        places_by_language: by language, more of them that mean something else, or nothing, in texts of other languages.
        seats: those of them where governments, publishers and organisations sit, so that they say little.
        personal: names that persons have too.
        rivals: a name to words near which another place of that name is meant.
        institutions: words "before" and "after" a name that make it part of the name of an institution.
        worldwide: by language, words of a title that mean the whole world.
        not_places: phrases that hold a place's name but aren't about it (agencies, other places).
    """

    names: dict[str, dict[str, tuple[str, ...]]]
    demonyms: dict[str, dict[str, str]]
    shared: dict[str, tuple[str, ...]]
    shared_demonyms: dict[str, dict[str, tuple[str, ...]]]
    places: dict[str, str]
    places_by_language: dict[str, dict[str, str]]
    seats: tuple[str, ...]
    personal: tuple[str, ...]
    rivals: dict[str, tuple[str, ...]]
    institutions: dict[str, tuple[str, ...]]
    worldwide: dict[str, tuple[str, ...]]
    not_places: tuple[str, ...]


@cache
def gazetteer() -> Gazetteer:
    """How texts name places (600 kB: only for matchers and for names in other languages)."""
    return msgspec.json.decode(data_file("gazetteer.json").read_bytes(), type=Gazetteer)


def foreign_place_names() -> Iterator[tuple[str, str]]:
    """Names and demonyms in other languages than English, and names of towns in any, each with its place."""
    for table in gazetteer().names.values():
        for value, names in table.items():
            for name in names:
                yield name, value
    for words in (gazetteer().places, *gazetteer().demonyms.values()):
        yield from words.items()


@cache
def ambiguous_peoples() -> frozenset[str]:
    """Demonyms of several countries, folded: *Korean* is neither North nor South Korea."""
    return frozenset(fold_name(word) for table in gazetteer().shared_demonyms.values() for word in table)


def place_label(value: str, language: str) -> str | None:
    """How a place is called in another language than English, None where that isn't known."""
    return next(iter(gazetteer().names.get(language, {}).get(value, ())), None)
