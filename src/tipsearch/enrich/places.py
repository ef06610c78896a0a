"""Finds the names of places in running text, and knows which of them aren't places.

English names count in every text, since acronyms and proper names travel; the names of another language only in texts
in that language, since "Nga" is Russia in Vietnamese and nothing elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from tipsearch.enrich.matcher import Matcher, flatten
from tipsearch.vocabulary import gazetteer, regions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: World isn't looked for in texts, only in titles (`says_worldwide`).
GLOBAL = "global"
#: Shorter names keep their accents and endings: "Peru" is found, but no "Y" for Vietnamese "Ý".
_MIN_PLAIN_LENGTH = 4
#: Names of towns are also matched in capitals from this length on.
_MIN_CAPITALS = 5
#: Characters on both sides in which a rival's word is looked for.
_NEAR = 50
_SMALL_WORDS = re.compile(r"\b(and|of|the)\b")
_NAME_AFTER = re.compile(r" [A-Z](?:[a-z]+|\.)")
_NAME_BEFORE = re.compile(r"\b[A-Z](?:[a-z]+|\.) $")
#: After these, a name is a place's, whatever stands beside it.
_PLACE_BEFORE = re.compile(
    r"\b(?:In|Of|From|To|For|Across|Throughout|Within|And|The|North|South|East|West|Northern|Southern|Eastern|Western"
    r"|Central|in|of|from|to|across|throughout|within|en|de|du|au|por) $"
)


class Kind(Enum):
    """What names a place, with its weight: how much a mention says about what a text is on."""

    NAME = 1.0
    PLACE = 0.6
    """A town, an island, a province: of a country that is mostly named itself as well."""
    PEOPLE = 0.5
    """A demonym: Cambodian workers may be anywhere."""
    SEAT = 0.1
    """A town where publishers and organisations sit, so that it stands in imprints and notes."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a form in print means: the places (of a shared name several, the likeliest first), and what names them."""

    values: tuple[str, ...]
    kind: Kind = Kind.NAME
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found: what it means, and where it stands."""

    name: Name
    start: int
    end: int


def warm_up(languages: Iterable[str] = ("en",)) -> None:
    """Build what texts in these languages need."""
    for language in languages:
        _matcher(language)


def find(text: str, language: str | None) -> list[Mention]:
    """The places that a text names, from left to right; names of other things that hold one are left out.

    Args:
        text: one page or title.
        language: its ISO 639 code; None looks for English names only.
    """
    return find_in_flat(flatten(text), language)


def find_in_flat(flat: str, language: str | None) -> list[Mention]:
    """The same in a text that `flatten` has gone over."""
    matcher = _matcher(language if language in gazetteer().names else "en")
    return [
        Mention(name, start, end)
        for name, start, end in matcher.find(flat)
        if name is not None and not _means_something_else(flat, start, end)
    ]


def says_worldwide(title: str, language: str | None) -> bool:
    """Whether a title speaks of the whole world."""
    words = gazetteer().worldwide
    pattern = "|".join(map(re.escape, {*words["en"], *words.get(language or "en", ())}))
    return re.search(rf"\b(?:{pattern})\b", title, re.IGNORECASE) is not None


def _means_something_else(text: str, start: int, end: int) -> bool:
    """A person ("Jordan Smith", "M. Chad"), another place of the name ("Atlanta, Georgia"), a bank or university of that name, or a currency ("US$ 5")."""
    before = text[max(0, start - _NEAR) : start]
    if text.startswith(_after_of_institutions(), end) or before.endswith(_before_of_institutions()):
        return True
    word = text[start:end].title()
    rivals = gazetteer().rivals.get(word)
    if rivals and any(rival in before or rival in text[end : end + _NEAR] for rival in rivals):
        return True
    if word not in _personal() or text[start:end].isupper():
        return False
    if _PLACE_BEFORE.search(before):
        return False
    return bool(_NAME_BEFORE.search(before) or _NAME_AFTER.match(text, end))


@cache
def _before_of_institutions() -> tuple[str, ...]:
    return tuple(f"{words} " for words in gazetteer().institutions["before"])


@cache
def _after_of_institutions() -> tuple[str, ...]:
    return ("$", *(f" {words}" for words in gazetteer().institutions["after"]))


@cache
def _personal() -> frozenset[str]:
    return frozenset(gazetteer().personal)


@cache
def _matcher(language: str) -> Matcher[Name | None]:
    """All forms in print with their meaning; of a form with several meanings the first table that has it counts."""
    tables = (
        _traps(),
        _shared(),
        _own_names("en"),
        _own_names(language),
        _people(language),
        _towns(language),
    )
    patterns: dict[str, Name | None] = {}
    for table in reversed(tables):
        patterns |= table
    return Matcher(patterns)


@cache
def _traps() -> dict[str, None]:
    return dict.fromkeys(gazetteer().not_places)


@cache
def _shared() -> dict[str, Name]:
    """Names that several places share, and their peoples."""
    known = gazetteer()
    names = {
        form: Name(values, shared=True) for text, values in known.shared.items() for form in _forms(text)
    }
    peoples = {
        form: Name(values, Kind.PEOPLE, shared=True)
        for table in known.shared_demonyms.values()
        for word, values in table.items()
        for form in _begun(word)
    }
    return peoples | names


@cache
def _own_names(language: str) -> dict[str, Name]:
    """The names of regions and countries in one language; in English their groups too."""
    found: dict[str, Name] = {}
    for text, values in _english_names() if language == "en" else _foreign_names(language):
        if values != (GLOBAL,):
            name = Name(values)
            for form in _forms(text):
                found.setdefault(form, name)
    return found


@cache
def _people(language: str) -> dict[str, Name]:
    demonyms = gazetteer().demonyms
    words = demonyms["en"] | demonyms.get(language, {})
    return {form: Name((value,), Kind.PEOPLE) for word, value in words.items() for form in _begun(word)}


@cache
def _towns(language: str) -> dict[str, Name]:
    known = gazetteer()
    seats = frozenset(known.seats)
    found: dict[str, Name] = {}
    for form, value in (known.places | known.places_by_language.get(language, {})).items():
        name = Name((value,), Kind.SEAT if form in seats else Kind.PLACE)
        found[form] = name
        if len(form) >= _MIN_CAPITALS:
            found[form.upper()] = name
    return found


def _begun(word: str) -> tuple[str, str]:
    """A demonym in small letters, and as a sentence begins with it."""
    return word, word[0].upper() + word[1:]


def _english_names() -> Iterator[tuple[str, tuple[str, ...]]]:
    for concept in regions().data:
        yield from ((text, (concept.value,)) for text in (concept.label, *concept.names))
    yield from regions().groups.items()


def _foreign_names(language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for variant in (language, f"{language}-hant"):
        for value, names in gazetteer().names.get(variant, {}).items():
            yield from ((text, (value,)) for text in names)


def _forms(name: str) -> set[str]:
    """A name as it may be printed: as it is, in capitals, with small words capitalised, and all without accents."""
    straight = name.replace("’", "'")
    stem = _cyrillic_stem(straight)
    forms = {straight, stem, straight.upper(), _SMALL_WORDS.sub(lambda word: word[0].title(), straight)}
    forms |= {form.replace("-", " ") for form in forms}
    if len(name) >= _MIN_PLAIN_LENGTH and not name.isascii():
        forms |= {_without_accents(form) for form in forms}
    return forms


def _cyrillic_stem(name: str) -> str:
    """A Russian or Ukrainian name of one word without the vowel that its case endings replace."""
    is_word = "\u0400" <= name[0] <= "\u04ff" and " " not in name
    return name[:-1] if is_word and len(name) > _MIN_PLAIN_LENGTH and name[-1] in "аяьйіеоы" else name


def _without_accents(text: str) -> str:
    """Latin letters without accents; other scripts' marks belong to the letter."""
    plain = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(c for c in plain if not "\u0300" <= c <= "\u036f"))
