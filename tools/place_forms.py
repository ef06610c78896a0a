"""The forms in which places are written: inflected demonyms, spellings of towns, phrases that only hold a name, tags.

A part of make_vocabulary.py; tables are those of ``places/*.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import permutations, product
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.core import get_global

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: What follows the stem of a demonym, by the ending that its entry has in brackets.
ENDINGS = {
    "o": ("o", "a", "os", "as"),
    "és": ("és", "esa", "eses", "esas"),
    "án": ("án", "ana", "anes", "anas"),
    "ón": ("ón", "ona", "ones", "onas"),
    "í": ("í", "íes", "ís"),
    "ês": ("ês", "esa", "eses", "esas"),
    "ão": ("ão", "ã", "ães", "ãs"),
    "u": ("u", "ia", "us", "ias"),
    "ne": ("", "ne", "s", "nes"),
    "que": ("", "que", "s", "ques"),
    "s": ("", "s"),
    "es": ("", "es"),
}
_STEM = re.compile(r"(.+)\((\w+)\)")
#: Latin letters that Unicode doesn't take apart.
_LETTERS = str.maketrans("ŁłØøĐđı", "LlOoDdi")
#: Languages whose names of towns can stand beside the English ones, and those in scripts of their own.
_LATIN = ("es", "fr", "pt")
_OTHER = ("ar", "ru", "zh")
_NO_WORD = re.compile(r"[\W_]+")
_UNITED_STATES = ("U.S.", "US", "United States")
_OF = re.compile(r"(.+ of) (?:the )?(.+)")


def demonyms(own: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """The tables `demonyms` and `shared_demonyms` of the gazetteer."""
    return {
        "demonyms": {
            language: {
                form: values[code]
                for code, stems in table.items()
                for stem in stems
                for form in _inflected(stem)
            }
            for language, table in own["demonyms"].items()
        },
        "shared_demonyms": {
            language: {
                form: [values[code] for code in codes]
                for stem, codes in table.items()
                for form in _inflected(stem)
            }
            for language, table in own["shared_demonyms"].items()
        },
    }


def _inflected(stem: str) -> list[str]:
    """All forms of a demonym; an entry without brackets is a form itself."""
    match = _STEM.fullmatch(stem)
    if not match:
        return [stem]
    word, ending = match.groups()
    if ending == "e":
        return [word + form for form in (("", "e", "es") if word.endswith("s") else ("", "e", "s", "es"))]
    return [word + form for form in ENDINGS[ending]]


def towns(own: Mapping[str, Any], values: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Any]:
    """The tables `shared`, `places`, `places_by_language` and `seats` of the gazetteer.

    Args:
        own: our tables.
        values: by code.
        names: names of countries and regions to their values.

    Raises:
        SystemExit: a form would mean two places, or is also the name of a country.
    """
    accented = frozenset(own["accented"]["words"])
    shared = {name: [values[code] for code in codes] for name, codes in own["shared"].items()}
    for name, codes in own["shared_places"].items():
        for form in _spellings(name, accented):
            shared[form] = [values[code] for code in codes]
    taken = {**names, **dict.fromkeys(shared, "several places")}
    places: dict[str, str] = {}
    for table in (own["cities"], own["subdivisions"]):
        for code, names_here in table.items():
            for form in _all_spellings(names_here, accented):
                _claim(places, form, values[code], taken)
    by_language = _by_language(own, values, places, taken)
    return {
        "shared": shared,
        "places": places,
        "places_by_language": by_language,
        "seats": list(dict.fromkeys(_all_spellings(own["seats"]["names"], accented))),
    }


def _claim(places: dict[str, str], form: str, value: str, taken: Mapping[str, str]) -> None:
    other = taken.get(form) or places.get(form, value)
    if form in taken or other != value:
        raise SystemExit(f"{form!r} is to be {value}, but it is {other} already: share it or leave it out")
    places[form] = value


def _by_language(
    own: Mapping[str, Any], values: Mapping[str, str], places: dict[str, str], taken: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """Forms that count in one language only; CLDR's names in Spanish, French and Portuguese go to `places`."""
    accented = frozenset(own["accented"]["words"])
    tables: dict[str, dict[str, str]] = {}
    for language, table in own["places_by_language"].items():
        forms = tables.setdefault(language, {})
        for code, names in table.items():
            forms.update(dict.fromkeys(_all_spellings(names, accented), values[code]))
    unwanted = frozenset(own["not_towns"]["names"])
    for language, value, name in _exemplar_cities(values, frozenset(places.items())):
        if name in unwanted or name in taken:
            continue
        forms = tables.setdefault(language, {}) if language in _OTHER else places
        for form in _spellings(name, accented):
            if form not in unwanted:
                forms.setdefault(form, value)
    return {language: forms for language, forms in tables.items() if forms}


def _exemplar_cities(
    values: Mapping[str, str], known: frozenset[tuple[str, str]]
) -> Iterator[tuple[str, str, str]]:
    """CLDR's names of the towns after which time zones are called, of those that we know: language, value, name."""
    english = Locale.parse("en").time_zones
    for zone, territory in sorted(get_global("zone_territories").items()):
        town = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        value = values.get(territory)
        if (town, value) not in known or value is None:
            continue
        for language in (*_LATIN, *_OTHER):
            name = Locale.parse(language).time_zones.get(zone, {}).get("city")
            if name and not set("[](),") & set(name) and "о-" not in name:
                yield language, value, name.replace("’", "'")


def _all_spellings(names: Iterable[str], accented: frozenset[str]) -> list[str]:
    return [form for name in names for form in _spellings(name, accented)]


def _spellings(name: str, accented: frozenset[str]) -> list[str]:
    """A name, and the same without hyphens and (unless that is a word) without accents."""
    straight = name.replace("’", "'")
    forms = [straight, straight.replace("-", " ")]
    if straight not in accented:
        forms += [_plain(form) for form in forms]
    return list(dict.fromkeys(forms))


def _plain(text: str) -> str:
    """Latin letters without accents; the marks of other scripts belong to the letter."""
    if not unicodedata.name(text[0]).startswith("LATIN"):
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def phrases(own: Mapping[str, Any]) -> list[str]:
    """What holds a place's name but isn't about it: our list, instruments and donors' agencies in four languages."""
    found = [form for phrase in own["not_places"]["phrases"] for form in _filled(phrase)]
    found += _instruments(own)
    donors = own["donors"]
    found += [f"{word} {name}" for word in donors["words"] for name in donors["names"]]
    found += donors["phrases"]
    found += _names_of_languages(own["language_names"])
    return list(dict.fromkeys(found))


def _names_of_languages(tables: Mapping[str, Any]) -> Iterator[str]:
    for table in tables.values():
        for word in table["words"]:
            yield from (f"{one}{word}" if one.endswith("'") else f"{one} {word}" for one in table["before"])
        pairs = permutations(table["beside"], 2)
        yield from (f"{one}{between}{other}" for one, other in pairs for between in table["between"])


def _filled(phrase: str) -> list[str]:
    return [phrase.replace("{US}", form) for form in _UNITED_STATES] if "{US}" in phrase else [phrase]


def _instruments(own: Mapping[str, Any]) -> Iterator[str]:
    for place, kinds in own["instruments"].items():
        local = own["instrument_places"].get(place, [place] * len(_LATIN))
        for kind in kinds:
            english, *others = own["instrument_words"][kind]
            for word in english:
                yield f"{place} {word}"
                yield f"{word} of {place}"
            for language, words, name in zip(_LATIN, others, local, strict=True):
                elided = language == "fr" and _plain(name)[0] in "AEIOUHY" and not name.startswith("Y")
                yield from (f"{word} d'{name}" if elided else f"{word} de {name}" for word in words)


def tag_variants(names: Mapping[str, Iterable[str]], own: Mapping[str, Any]) -> dict[str, str]:
    """Spellings of tags for the English names of places: shortened ("W. Africa") and inverted ("Africa, West").

    Those that several places would have ("S. Africa") are left out, and those that only differ in case or marks from
    a name or from one another.
    """
    known = {_folded(name) for forms in names.values() for name in forms}
    movable = frozenset(own["inverted"]["words"])
    found: dict[str, dict[str, str]] = {}
    for value, forms in names.items():
        for name in forms:
            for variant in (*_shortened(name, own["abbreviations"]), *_inverted(name, movable)):
                if _folded(variant) not in known:
                    found.setdefault(_folded(variant), {}).setdefault(value, variant)
    return {variant: value for one in found.values() if len(one) == 1 for value, variant in one.items()}


def _shortened(name: str, abbreviations: Mapping[str, list[str]]) -> Iterator[str]:
    words = name.split(" ")
    if not any(word in abbreviations for word in words):
        return
    for chosen in product(*([word, *abbreviations.get(word, ())] for word in words)):
        if list(chosen) != words:
            yield " ".join(chosen)


def _inverted(name: str, movable: frozenset[str]) -> Iterator[str]:
    first, _, rest = name.partition(" ")
    if first in movable and " " not in rest:
        yield f"{rest}, {first}"
    if not set(",()") & set(name) and (match := _OF.fullmatch(name)):
        yield f"{match[2]}, {match[1]}"


def _folded(name: str) -> str:
    return _NO_WORD.sub(" ", _plain(name).lower()).strip()
