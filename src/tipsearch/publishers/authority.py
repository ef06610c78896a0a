"""The authority list of publishers (`data/publishers.json`), and the words by which other names are compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from tipsearch.paths import data_file
from tipsearch.publishers.names import key_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: «news», «gas» and the like are no plurals.
_LEAST_PLURAL = 4


class Listed(msgspec.Struct, frozen=True):
    """A publisher of the authority list.

    Attributes:
        name: the one under which it is shown.
        acronyms: in any language.
        names: others, as in other languages and former ones.
        parent: the name of the body that it is part of.
    """

    name: str
    acronyms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    parent: str | None = None


class _File(msgspec.Struct, frozen=True):
    publishers: tuple[Listed, ...]
    legal_forms: str
    small: str
    places: str
    states: str
    units: str
    imprints: str
    generic: str
    ordinary: str


@dataclass(frozen=True, slots=True)
class Authority:
    """The list and its word lists, ready for use.

    Attributes:
        names: key of every name to the name shown.
        by_name: the publishers by the name shown.
        spelt: words of every name, for comparing misspelt ones, to the name shown.
        acronyms: as written, to the name shown.
        common: words of several publishers' names, which may be mended.
        known: words of any name, which are no misspellings.
        singular: the same without a final s.
        legal_forms: words of each.
        small: words that tell nothing apart (``of``).
        places: cities where publishers sit.
        states: provinces behind a city.
        units: words of parts of an organisation (``section``).
        imprints: words behind the name of one that mean the same (``publications``).
        generic: words of which there is one in every country or city (``ministry``).
        ordinary: words that don't tell two of these apart (``centre``, ``research``).
    """

    publishers: tuple[Listed, ...]
    names: Mapping[str, str]
    by_name: Mapping[str, Listed]
    spelt: Mapping[str, str]
    acronyms: Mapping[str, str]
    common: frozenset[str]
    known: frozenset[str]
    singular: frozenset[str]
    legal_forms: frozenset[tuple[str, ...]]
    small: frozenset[str]
    places: frozenset[str]
    states: frozenset[str]
    units: frozenset[str]
    imprints: frozenset[str]
    generic: frozenset[str]
    ordinary: frozenset[str]

    def above(self, name: str) -> Iterator[str]:
        """The bodies that a listed one is part of, the nearest first."""
        while parent := self.by_name[name].parent:
            yield parent
            name = parent


def names_of(name: str) -> tuple[str, ...]:
    """All names by which a publisher is known, the given one first; of one that isn't listed that alone."""
    one = authority().by_name.get(name)
    return (name, *one.acronyms, *one.names) if one else (name,)


def listed() -> tuple[Listed, ...]:
    """The authority list."""
    return authority().publishers


@cache
def authority() -> Authority:
    """The list, read once per process."""
    raw = msgspec.json.decode(data_file("publishers.json").read_bytes(), type=_File)
    names: dict[str, str] = {}
    spelt: dict[str, str] = {}
    holders: Counter[str] = Counter()
    for one in raw.publishers:
        every = [words_of(name) for name in (one.name, *one.names, *one.acronyms)]
        for words in every:
            names.setdefault("".join(words), one.name)
            spelt.setdefault(" ".join(words), one.name)
        holders.update({word for words in every for word in words})
    return Authority(
        publishers=raw.publishers,
        names=names,
        by_name={one.name: one for one in raw.publishers},
        spelt=spelt,
        acronyms={short: one.name for one in raw.publishers for short in one.acronyms if short.isupper()},
        common=frozenset(word for word, count in holders.items() if count > 1),
        known=frozenset(holders),
        singular=frozenset(map(singular, holders)),
        legal_forms=frozenset(tuple(form.split()) for form in raw.legal_forms.split("|")),
        small=_keys(raw.small),
        places=_keys(raw.places),
        states=_keys(raw.states),
        units=_keys(raw.units),
        imprints=_keys(raw.imprints),
        generic=frozenset(" ".join(words_of(words)) for words in raw.generic.split("|")),
        ordinary=_keys(raw.ordinary),
    )


def singular(word: str) -> str:
    """A word without an s at its end."""
    return word[:-1] if word.endswith("s") and len(word) > _LEAST_PLURAL else word


def _keys(words: str) -> frozenset[str]:
    return frozenset(key_of(word) for word in words.split("|"))
