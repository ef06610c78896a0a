"""Which publisher a name means: one of the list, by itself or with what stands around it, or none of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tipsearch.publishers.authority import authority, singular
from tipsearch.publishers.names import key_of, words_of
from tipsearch.vocabulary import regions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: A name is compared with listed ones from this similarity on (rapidfuzz's normalised Indel similarity, 0..100), word by
#: word: «International Labour Orgnization» has 98.
SIMILARITY = 90.0
#: … if it has so many characters and words,
MIN_LENGTH, MIN_WORDS = 12, 2
#: … and so many of its words, of so many letters, differ by one letter, added, lost, swapped or replaced.
MAX_MISSPELT, MIN_LETTERS = 2, 4

_BETWEEN = re.compile(r"\s+[-–—|/]\s+|\s*[,;|]\s+|:\s+")
_BRACKETS = re.compile(r"^(.{2,}?)\s*[(\[]([^()\[\]]+)[)\]]$")
_ACRONYM = re.compile(r"(?=(?:[^A-ZА-Я]*[A-ZА-Я]){2})[A-ZА-Я][\w.&/-]{1,11}")
_EDGES = " \t\n,;:|&/-–—\"'«»“”„"
#: City-states: an office there is that of a country.
_STATES = frozenset({"hongkong", "singapore"})
#: Legal forms of two letters are words of some language; as a form they are in capitals or have full stops.
_SHORT_FORM = 2
_MAX_NAME = 300


@dataclass(frozen=True, slots=True)
class Identity:
    """Which publisher a name means.

    Attributes:
        name: as it is shown: of a listed one the list's, of others the name without what isn't part of it.
        key: the same for all spellings that are taken for one publisher.
        listed: it is in the authority list.
        acronym: key of the acronym that the name gives in brackets, empty if it gives none.
    """

    name: str
    key: str
    listed: bool = False
    acronym: str = ""


def canonical(name: str) -> str:
    """The name under which a publisher is listed, whatever it is called; one that isn't listed without what isn't its name.

    So «unodc», «UNODC, Vienna» and «УООН…» give «United Nations Office on Drugs and Crime», «The Kiln Watch, Inc.» gives
    «Kiln Watch».
    """
    return identify(name).name


@lru_cache(maxsize=8192)
def identify(name: str) -> Identity:
    """Which publisher a name means, as a source spells it."""
    text = " ".join(name[:_MAX_NAME].split()).strip(_EDGES) or name.strip()
    if found := _listed(text):
        return Identity(found, key_of(found), listed=True)
    shown, acronym = _bare(text)
    return Identity(shown, _key_of_unlisted(shown), acronym=key_of(acronym))


def best_spelling(spellings: Mapping[str, int]) -> str:
    """Of several spellings with how often they occur the one to show: neither all capitals nor all small, then the usual."""
    return min(spellings, key=lambda one: (one.isupper() or one.islower(), -spellings[one], one))


def _listed(text: str) -> str | None:
    """The listed name that is meant, by itself, with what stands around it, or misspelt."""
    return _exactly(text) or _in_brackets(text) or _with_others(text) or _misspelt(text)


def _exactly(text: str) -> str | None:
    """A listed name as it is, or with a word like ``Publications`` or, behind an acronym, a city."""
    known = authority()
    if found := known.names.get(key_of(text)):
        return found
    rest, _, last = text.rpartition(" ")
    if key_of(last) in known.imprints:
        return known.names.get(key_of(rest))
    first, _, place = text.partition(" ")
    is_city = _is_place(place) and key_of(place) not in _STATES
    return known.acronyms.get(first) if is_city else None


def _in_brackets(text: str) -> str | None:
    """«International Labour Organization (ILO)», «ILO (Geneva)», but not «UNICEF (Nepal)»."""
    match = _BRACKETS.match(text)
    if not match:
        return None
    outer, inner = _listed_or_none(match[1]), _exactly(match[2])
    if outer and (inner is None) and (_ACRONYM.fullmatch(match[2]) or _is_place(match[2])):
        return outer
    return _deepest([outer, inner]) if outer and inner else None


def _listed_or_none(text: str) -> str | None:
    return _exactly(text) or _with_others(text)


def _with_others(text: str) -> str | None:
    """A listed name between marks beside places, its own parts and the body that it is part of."""
    parts = _parts(text)
    if len(parts) == 1:
        parts = text.split("/")
    if len(parts) == 1:
        return None
    named = [_exactly(part) or _in_brackets(part) for part in parts]
    rest = [part for part, name in zip(parts, named, strict=True) if name is None]
    has_city = any(map(_is_place, rest))
    # A country belongs to a city before it: «Geneva, Switzerland»; alone it tells offices apart.
    if not all(_is_place(part) or (has_city and _is_state(part)) or _is_unit(part) for part in rest):
        return None
    return _deepest(named)


def _deepest(named: Sequence[str | None]) -> str | None:
    """Of bodies that are part of one another the smallest; None if they aren't."""
    names = {name for name in named if name}
    for name in names:
        if names <= {name, *authority().above(name)}:
            return name
    return None


def _is_place(text: str) -> bool:
    return key_of(text) in authority().places


def _is_state(text: str) -> bool:
    return key_of(text) in authority().states or regions().resolve(text) is not None


def _parts(text: str) -> list[str]:
    return [part for part in _BETWEEN.split(text) if part.strip(_EDGES)]


def _is_unit(text: str) -> bool:
    """Whether it is a part of an organisation: «Human Trafficking and Migrant Smuggling Section»."""
    return not authority().units.isdisjoint(words_of(text))


def _misspelt(text: str) -> str | None:
    """The listed name that is meant by one with a letter wrong in a common word."""
    words = words_of(text)
    key = " ".join(words)
    strange = sum(singular(word) not in authority().singular for word in words)
    if len(key) < MIN_LENGTH or len(words) < MIN_WORDS or strange > MAX_MISSPELT:
        return None
    # 17 ms to import, and only needed for a name that isn't spelt as anywhere known.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    known = authority().spelt
    near = process.extract(key, known.keys(), scorer=fuzz.ratio, score_cutoff=SIMILARITY, limit=8)
    found = {known[name] for name, _, _ in near if _are_same(words, name.split())}
    return found.pop() if len(found) == 1 else None


def _are_same(given: Sequence[str], wanted: Sequence[str]) -> bool:
    from rapidfuzz.distance import OSA  # noqa: PLC0415  as above

    if len(given) != len(wanted):
        return False
    wrong = [
        (one, other) for one, other in zip(given, wanted, strict=True) if singular(one) != singular(other)
    ]
    return len(wrong) <= MAX_MISSPELT and all(
        min(len(one), len(other)) >= MIN_LETTERS
        and other in authority().common
        and one not in authority().known
        and OSA.distance(one, other, score_cutoff=1) <= 1
        for one, other in wrong
    )


def _bare(text: str) -> tuple[str, str]:
    """A name that isn't listed without article, legal form and city, and its acronym."""
    name, acronym = text, ""
    for _ in range(2):  # «Network (KWN), Geneva» and «Network, Geneva (KWN)»
        match = _BRACKETS.match(name)
        if match and _ACRONYM.fullmatch(match[2]) and not _is_state(match[2]):
            name, acronym = match[1], match[2]
        name = _without_place(_without_form(name))
    if name.casefold().startswith("the ") and len(name.split()) > 2:  # noqa: PLR2004  «The Hague»
        name = name[len("the ") :]
    name = name.strip(_EDGES)
    return (name, acronym) if key_of(name) else (text, "")


def _key_of_unlisted(name: str) -> str:
    """Its key; a listed acronym that it begins with counts as the name in full: «UNICEF Nepal»."""
    first, space, rest = name.partition(" ")
    full = authority().acronyms.get(first.strip(_EDGES)) if space else None
    return key_of(f"{full} {rest}" if full else name) or name


def _without_form(name: str) -> str:
    """A name without the legal forms at its end."""
    words = name.split()
    while len(words) > 1:
        length = next((count for count in (6, 5, 4, 3, 2, 1) if _is_form(words[1:][-count:], count)), 0)
        if not length:
            break
        words = words[:-length]
    return " ".join(words).rstrip(_EDGES)


def _is_form(words: Sequence[str], count: int) -> bool:
    if len(words) != count:
        return False
    form = tuple(words_of(" ".join(words)))
    if form not in authority().legal_forms:
        return False
    return (
        len("".join(form)) > _SHORT_FORM or words[0].isupper() or "." in words[0] or words[0] in {"eV", "Co"}
    )


def _without_place(name: str) -> str:
    """A name without a city (and its country) before or behind it, where the rest can be only one publisher's."""
    known, parts = authority(), _parts(name)
    while len(parts) > 1 and (_is_place(parts[-1]) or (_is_state(parts[-1]) and _is_place(parts[-2]))):
        parts.pop()
    if len(parts) > 1 and _is_place(parts[0]):
        del parts[0]
    words = words_of(parts[0]) if parts else []
    distinct = [word for word in words if word not in known.small]
    is_generic = any(f" {one} " in f" {' '.join(words)} " for one in known.generic)
    tells = len(distinct) >= MIN_WORDS and not known.ordinary.issuperset(distinct)
    return parts[0] if len(parts) == 1 and tells and not is_generic else name
