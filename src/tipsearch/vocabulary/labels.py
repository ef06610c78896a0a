"""How values are called in other languages than English, where their vocabularies don't say it: types, roles, languages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from tipsearch.paths import data_file

if TYPE_CHECKING:
    from collections.abc import Mapping


class Labels(msgspec.Struct, frozen=True):
    """Labels by language.

    Attributes:
        types: value to label.
        roles: role to what it is called alone (``País de origen``).
        places: role to what a place in it is called (``Origen: {place}``).
        undated: what stands for the year of documents without one.
    """

    types: dict[str, dict[str, str]]
    roles: dict[str, dict[str, str]]
    places: dict[str, dict[str, str]]
    undated: dict[str, str]


@cache
def labels() -> Labels:
    """The labels that come with the program."""
    return msgspec.json.decode(data_file("labels.json").read_bytes(), type=Labels)


def type_label(value: str, language: str) -> str | None:
    """How a type is called in another language than English, None where that isn't known."""
    return labels().types.get(language, {}).get(value)


def language_label(value: str, language: str) -> str | None:
    """How a language is called in another one than English, None where that isn't known.

    With a capital letter, as at the beginning of a line; CLDR writes names as inside a sentence.
    """
    name = _language_names(language).get(value)
    return name[:1].upper() + name[1:] if name else None


def undated_label(language: str) -> str:
    """What stands for the year of documents without one; in English where it isn't known in that language."""
    known = labels().undated
    return known.get(language) or known["en"]


@cache
def _language_names(language: str) -> Mapping[str, str]:
    # 30 ms to import, and English readers need none of it.
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        return Locale.parse(language, sep="-").languages
    except (ValueError, UnknownLocaleError):
        return {}
