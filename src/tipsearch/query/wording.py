"""What is said to readers about their query, in their own language: templates with named fields, one file a language.

A word that the reader typed may run in another direction than the sentence around it. It is set between Unicode isolates
then (FSI and PDI of UAX #9), so that neither disturbs the order of the other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from tipsearch.paths import data_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Languages in which we speak, each a file ``data/reading/<language>.json``; the first one is for all others.
LANGUAGES = ("en", "es", "fr", "ar", "pt", "ru", "zh")
#: Longer pieces of what was typed are cut where a notice quotes them.
_MOST_QUOTED = 60
#: The most ranges of a header that are looked at.
_MOST_RANGES = 20
_RANGE = re.compile(r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9]{1,8})*\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?")
_ISOLATE, _POP = "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
#: Characters that turn the direction of what follows; no word needs them.
_TURNING = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell about a query, still without words: the template's key, and what its fields hold.

    A text among the fields is a piece of what was typed, a tuple several of them, a number a number, and a notice is put
    in words before.
    """

    key: str
    fields: tuple[tuple[str, Said], ...] = ()

    @classmethod
    def of(cls, key: str, **fields: Said) -> Notice:
        """The notice of that key."""
        return cls(key, tuple(fields.items()))

    def __str__(self) -> str:
        """In English."""
        return wording("en").notice(self)


Said: TypeAlias = str | int | tuple[str, ...] | Notice


@dataclass(frozen=True, slots=True)
class Wording:
    """The templates of one language.

    Attributes:
        language: its code.
        templates: key to template.
    """

    language: str
    templates: Mapping[str, str]

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return self.templates["direction"]

    def say(self, key: str, **fields: str) -> str:
        """A template filled with what is in words already."""
        return self.templates[key].format(**fields)

    def quoted(self, text: str) -> str:
        """What the reader typed, between quotation marks."""
        return self.say("quoted", text=self.isolated(text))

    def isolated(self, text: str) -> str:
        """What the reader typed, unable to disturb the direction of the sentence."""
        text = text.translate(_TURNING)
        turns = self.direction == "rtl" or any(
            unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in text
        )
        return f"{_ISOLATE}{text}{_POP}" if turns else text

    def number(self, number: int) -> str:
        """A number with its thousands set apart as the language does."""
        return f"{number:,}".replace(",", self.templates["thousands"])

    def joined(self, key: str, texts: Iterable[str]) -> str:
        """Several texts as one, by a template that joins two (``and``, ``or``, ``comma``, ``semicolon``)."""
        found = ""
        for text in texts:
            found = self.say(key, one=found, other=text) if found else text
        return found

    def notice(self, notice: Notice) -> str:
        """A notice in words."""
        return self.say(notice.key, **{name: self._field(value) for name, value in notice.fields})

    def _field(self, value: Said) -> str:
        match value:
            case Notice():
                return self.notice(value)
            case int():
                return self.number(value)
            case tuple():
                return self.joined("comma", (self.quoted(_cut(text)) for text in value))
            case _:
                return self.isolated(_cut(value))


@cache
def wording(language: str) -> Wording:
    """The templates of a language, or the English ones where there are none."""
    spoken = spoken_language(language)
    file = data_file(f"reading/{spoken}.json")
    return Wording(spoken, msgspec.json.decode(file.read_bytes(), type=dict[str, str]))


def spoken_language(tag: str) -> str:
    """The language that we speak to readers of this one: ``fr`` for ``fr-CA`` or ``fr_FR.UTF-8``, ``en`` for the unknown."""
    first = re.split(r"[-_.@]", tag.strip().lower(), maxsplit=1)[0]
    return first if first in LANGUAGES else LANGUAGES[0]


def accepted_language(header: str) -> str:
    """The language that we speak and a reader likes best, by their ``Accept-Language`` (RFC 9110, 12.5.4)."""
    best, weight = LANGUAGES[0], 0.0
    for one in header.split(",")[:_MOST_RANGES]:
        found = _RANGE.fullmatch(one)
        quality = float(found[2] or 1) if found else 0.0
        if found and quality > weight and found[1].lower() in LANGUAGES:
            best, weight = found[1].lower(), quality
    return best


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED]}…"
