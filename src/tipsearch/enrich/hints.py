"""What tells languages apart without statistics (``data/language_hints.json``), as tables.

The lists of frequent words are ours, written by hand; code point ranges are those of Unicode's blocks.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from tipsearch.paths import data_file

if TYPE_CHECKING:
    from collections.abc import Mapping


class Hints(msgspec.Struct, frozen=True):
    """The file's content.

    Attributes:
        profiles: languages that langdetect is asked to tell apart.
        scripts: script to its ranges of code points, in hexadecimal, in multiples of 16.
        by_script: scripts of (practically) one language.
        letters: script to rows in order, each with languages, their own letters and the percentage of them it takes.
            Where a row has several languages, their frequent words decide, the first of equals.
        relatives: languages, separated by spaces, that a few hundred characters sometimes leave undecided.
        words: frequent words by language, separated by spaces. Relatives (Malay and Indonesian) share the common ones
            and have those besides by which a reader tells them.
    """

    profiles: tuple[str, ...]
    scripts: dict[str, str]
    by_script: dict[str, str]
    letters: dict[str, tuple[tuple[str, str, float], ...]]
    relatives: tuple[str, ...]
    words: dict[str, str]


@cache
def hints() -> Hints:
    """The file, read once."""
    return msgspec.json.decode(data_file("language_hints.json").read_bytes(), type=Hints)


@cache
def words() -> Mapping[str, frozenset[str]]:
    """Frequent words by language."""
    return {language: frozenset(listed.split()) for language, listed in hints().words.items()}


@cache
def languages_by_word() -> Mapping[str, tuple[str, ...]]:
    """The languages in which a word is frequent."""
    found: dict[str, tuple[str, ...]] = {}
    for language, listed in words().items():
        for word in listed:
            found[word] = (*found.get(word, ()), language)
    return found


@cache
def blocks() -> Mapping[int, str]:
    """Script by code point divided by 16."""
    table: dict[int, str] = {}
    for script, ranges in hints().scripts.items():
        for first, last in (part.split("-") for part in ranges.split()):
            table.update(dict.fromkeys(range(int(first, 16) >> 4, (int(last, 16) >> 4) + 1), script))
    return table


@cache
def known() -> frozenset[str]:
    """All languages that can be told."""
    by_letters = {name for rows in hints().letters.values() for names, _, _ in rows for name in names.split()}
    return frozenset({*hints().profiles, *hints().words, *hints().by_script.values(), *by_letters})
