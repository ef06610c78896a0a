"""Names of persons, told from those of organisations by their form: «Family, Given»."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tipsearch.cite.plain import one_line

#: What stands behind a third comma of a name.
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
#: A person's family name or given names have few words; what has more is a department of something.
_MAX_WORDS = 5
#: Small words in front of a family name that sort with the given names in some styles.
_PARTICLES = re.compile(r"((?:[^\W\d_A-ZÀ-Þ][\w'’]*\s+)+)(?=[A-ZÀ-Þ])")
#: Words and signs of organisations that have a comma in their name: «Department of Labor, Bureau of Affairs».
_ORGANISED = re.compile(
    r"[\d&/()]|\b(?:of|for|and|on|the|against|und|für|et|pour|por|para|inc|ltd|llc|gmbh)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name in parts: ``van der``, ``Berg``, ``Pieter``, ``Jr.``; what there is none of is empty."""

    family: str
    given: str
    particle: str = ""
    suffix: str = ""

    @property
    def whole_family(self) -> str:
        """The family name with what stands before it."""
        return f"{self.particle} {self.family}".strip()

    @property
    def initials(self) -> str:
        """``P.``, ``J.-P.``, ``J. R.`` of the given names; names in scripts without capitals stay whole."""
        return " ".join("-".join(map(_initial, word.split("-"))) for word in self.given.split())


def person(name: str) -> Person | None:
    """The person of that name, None for an organisation or where the form doesn't tell.

    >>> person("van der Berg, Pieter")
    Person(family='Berg', given='Pieter', particle='van der', suffix='')
    >>> person("U.S. Department of Labor, Bureau of Labor Statistics"), person("Jane Doe")
    (None, None)
    """
    parts = [part.strip() for part in one_line(name).split(",")]
    suffix = parts.pop() if len(parts) == 3 and parts[2].casefold().rstrip(".") in _SUFFIXES else ""  # noqa: PLR2004  family, given, suffix
    if len(parts) != 2 or not all(map(_is_name, parts)):  # noqa: PLR2004  family and given
        return None
    family, given = parts
    particle = _PARTICLES.match(family)
    before = particle[1] if particle else ""
    return Person(family[len(before) :], given, before.strip(), suffix)


def _is_name(part: str) -> bool:
    return bool(part) and len(part.split()) <= _MAX_WORDS and not _ORGANISED.search(part)


def _initial(word: str) -> str:
    return f"{word[0]}." if word[:1].isupper() and "." not in word else word
