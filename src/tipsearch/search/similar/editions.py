"""A title taken apart: what the series is called, and which of it this one is.

«2019 Findings on the Worst Forms of Child Labor: Nepal» and «Nepal: Findings on the Worst Forms of Child Labor (2020)» are
called the same; years, numbers and places tell them apart. In «Policy brief 3: Debt bondage at sea» the series is what
stands before the number.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.analysis.spelling import american
from tipsearch.paths import data_file
from tipsearch.vocabulary import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tipsearch.vocabulary import Vocabulary

#: A place's name of one word has so many letters; shorter ones are codes, and words of some language.
_LEAST_PLACE = 4
_YEAR = re.compile(r"(?:19|20)\d\d")
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th|a|e|o|er|eme)")
_ROMAN = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})")
#: Characters of a title in which a series' name and number are looked for.
_LONGEST = 300
#: «Issue brief no. 5: …», «Working Paper #12 – …»; and the same at the end, in brackets or behind a dash.
_SIGN = r"(?:n[o°º]\.?|nr\.?|num\.?|number|issue|vol\.?|#)?"
_NUMBERED = (
    re.compile(
        rf"(?P<name>[^:.–—|()]{{3,60}}?)[\s,]*{_SIGN}\s*(?<!\d)(?P<number>\d{{1,3}})\s*(?:[:.–—|]|-\s)\s*\S.*",
        re.IGNORECASE,
    ),
    re.compile(
        rf".*\S\s*[:(–—|]\s*(?P<name>[^:.–—|()]{{3,60}}?)[\s,]*{_SIGN}\s*(?<!\d)(?P<number>\d{{1,3}})\s*\)?",
        re.IGNORECASE,
    ),
)


@dataclass(frozen=True, slots=True)
class Edition:
    """A title taken apart.

    Attributes:
        name: its words but for those that tell members of a series apart, in alphabetical order.
        years, numbers, places: those that it names; places as values of the vocabulary.
        column: of a numbered series in which each has a title of its own, the words of the series' name.
        position: and the number in it.
    """

    name: tuple[str, ...]
    years: frozenset[str]
    numbers: frozenset[str]
    places: frozenset[str]
    column: tuple[str, ...] = ()
    position: str = ""


@lru_cache(maxsize=4096)
def edition(title: str, language: str | None, regions: Vocabulary) -> Edition:
    """Take a title apart, by the names that places have in its language and in English."""
    words = analysis.words(title)
    places, rest = _without_places(words, _place_names(regions, language))
    marks = _marks()
    kept, numbers = [], set()
    for at, word in enumerate(rest):
        is_part = at > 0 and rest[at - 1] in marks
        if word.isdecimal() or _ORDINAL.fullmatch(word) or (is_part and _ROMAN.fullmatch(word)):
            numbers.add(word)
        elif word not in marks:
            kept.append(american(word))
    dated = frozenset(one for one in numbers if _YEAR.fullmatch(one))
    column, position = _numbered(title)
    return Edition(tuple(sorted(kept)), dated, frozenset(numbers) - dated, places, column, position)


def _numbered(title: str) -> tuple[tuple[str, ...], str]:
    """The name of a numbered series and the number in it; nothing where the title names none."""
    # Runs of spaces would be split in all ways between the parts of a pattern.
    title = " ".join(title.split())[:_LONGEST]
    for pattern in _NUMBERED:
        if found := pattern.fullmatch(title):
            words = [american(word) for word in analysis.words(found["name"])]
            column = tuple(word for word in words if word not in _marks() and not word.isdecimal())
            if column:
                return column, found["number"].lstrip("0")
    return (), ""


def _without_places(
    words: Sequence[str], names: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
) -> tuple[frozenset[str], list[str]]:
    """The places that these words name, and the other words."""
    found, rest, at = set(), [], 0
    while at < len(words):
        for name, value in names.get(words[at], ()):
            if tuple(words[at : at + len(name)]) == name:
                found.add(value)
                at += len(name)
                break
        else:
            rest.append(words[at])
            at += 1
    return frozenset(found), rest


@lru_cache(maxsize=64)
def _place_names(
    regions: Vocabulary, language: str | None
) -> Mapping[str, Sequence[tuple[tuple[str, ...], str]]]:
    """The names of places by their first word, the longest first, with what they mean."""
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for name, value in _names(regions, language):
        words = tuple(analysis.words(name))
        if len(words) > 1 or (words and len(words[0]) >= _LEAST_PLACE):
            found.setdefault(words[0], {}).setdefault(words, value)
    return {first: sorted(some.items(), key=lambda one: -len(one[0])) for first, some in found.items()}


def _names(regions: Vocabulary, language: str | None) -> Iterator[tuple[str, str]]:
    for place in regions.data:
        for name in (place.label, *place.names):
            yield name, place.value
    if language not in {None, "en"}:
        for value, names in gazetteer().names.get(language or "", {}).items():
            for name in names:
                yield name, value


@cache
def _marks() -> frozenset[str]:
    """Folded words of editions, parts and months (`data/editions.json`)."""
    listed = json.loads(data_file("editions.json").read_text("utf-8"))
    return frozenset(word for words in listed.values() for word in words)
