"""Which of tesseract's language packs read which language and script (``ocr_languages.json``)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from tipsearch.paths import data_file
from tipsearch.vocabulary import languages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

#: More packs at once make it slow (2.8 times with five) and hardly better.
_MOST_AT_ONCE = 3
_ENGLISH = "eng"
#: Letters of a code.
_ISO_639_3 = 3


class _Table(msgspec.Struct, frozen=True):
    """What the codes of languages don't tell.

    Attributes:
        packs: packs of languages whose names aren't their ISO 639-3 code.
        scripts: tesseract's name of a script to the languages written in it, the commonest first.
    """

    packs: dict[str, tuple[str, ...]]
    scripts: dict[str, tuple[str, ...]]


@cache
def _table() -> _Table:
    return msgspec.json.decode(data_file("ocr_languages.json").read_bytes(), type=_Table)


def packs_of(language: str) -> tuple[str, ...]:
    """Names of the packs for a language (ISO 639 code), the best one first; empty for one that nobody knows."""
    known = _table().packs.get(language)
    if known:
        return known
    codes = (*_codes().get(language, ()), language)
    return tuple(dict.fromkeys(code for code in codes if len(code) == _ISO_639_3))


def installed_for(language: str, installed: Collection[str]) -> tuple[str, ...]:
    """The packs for reading a page in that language, of those that are there; empty if there is none.

    In other scripts than Latin, names and addresses are in Latin letters, for which English stands beside.
    """
    found = tuple(pack for pack in packs_of(language) if pack in installed)
    if found and _ENGLISH in installed and language in _not_latin():
        return (*found, _ENGLISH)
    return found


def installed_for_all(wanted: Iterable[str], installed: Collection[str]) -> tuple[str, ...]:
    """The packs for pages in any of those languages, at most three."""
    found = (pack for language in wanted for pack in packs_of(language)[:1] if pack in installed)
    return tuple(dict.fromkeys(found))[:_MOST_AT_ONCE]


def languages_of(script: str) -> tuple[str, ...]:
    """Languages written in a script that tesseract has named; empty for one that isn't in the table."""
    return _table().scripts.get(script, ())


def debian_package(pack: str) -> str:
    """The package that brings a pack: ``tesseract-ocr-chi-sim``."""
    return f"tesseract-ocr-{pack.replace('_', '-')}"


def install_command(wanted: Sequence[str]) -> str:
    """What to type to get the packs for these languages."""
    packages = dict.fromkeys(debian_package(pack) for one in wanted for pack in packs_of(one)[:1])
    return f"sudo apt-get install {' '.join(packages)}"


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    return {concept.value: concept.codes for concept in languages().data}


@cache
def _not_latin() -> frozenset[str]:
    """Languages of all other scripts."""
    scripts = _table().scripts
    latin = {*scripts["Latin"], *scripts["Fraktur"]}
    return frozenset(one for found in scripts.values() for one in found) - latin
