"""How texts name places, and how places are called in other languages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from tipsearch.paths import data_file

if TYPE_CHECKING:
    from collections.abc import Iterator


class Gazetteer(msgspec.Struct, frozen=True):
    """How texts name places.

    Attributes:
        names: by language other than English, value to names, the usual one first.
        demonyms: by language, word to value.
        shared: a name of several places to their values, the likeliest first.
        personal: names that persons have too.
        rivals: a name to words near which another place of that name is meant.
        worldwide: by language, words of a title that mean the whole world.
        not_places: phrases that hold a place's name but aren't about it (agencies, other places).
    """

    names: dict[str, dict[str, tuple[str, ...]]]
    demonyms: dict[str, dict[str, str]]
    shared: dict[str, tuple[str, ...]]
    personal: tuple[str, ...]
    rivals: dict[str, tuple[str, ...]]
    worldwide: dict[str, tuple[str, ...]]
    not_places: tuple[str, ...]


@cache
def gazetteer() -> Gazetteer:
    """How texts name places (340 kB: only for matchers and for names in other languages)."""
    return msgspec.json.decode(data_file("gazetteer.json").read_bytes(), type=Gazetteer)


def foreign_place_names() -> Iterator[tuple[str, str]]:
    """Names and demonyms in other languages than English, each with its place."""
    for table in gazetteer().names.values():
        for value, names in table.items():
            for name in names:
                yield name, value
    for demonyms in gazetteer().demonyms.values():
        yield from demonyms.items()


def place_label(value: str, language: str) -> str | None:
    """How a place is called in another language than English, None where that isn't known."""
    return next(iter(gazetteer().names.get(language, {}).get(value, ())), None)
