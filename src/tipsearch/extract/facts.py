"""How the readers of pages write down what they found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from tipsearch.extract.clean import clean, drop_odd
from tipsearch.model import Evidence, Fact, Field, Origin
from tipsearch.vocabulary import languages

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPACE = re.compile(r"\s\s+|[^\S ]")
_WIDE_MARKS = re.compile("([\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\uff5e]+)")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9_-]+)?", re.IGNORECASE)
#: Codes that name no language (ISO 639-2 and what people write).
_NO_LANGUAGES = frozenset({"und", "mul", "zxx", "mis", "xx", "xxx"})
#: «Portuguese (Brazil)», «English; French», «en, es».
_BRACKETS = re.compile(r"\s*[(\[].*")
_BETWEEN_LANGUAGES = re.compile(r"[,;/|]|\s[-–]\s")
_MAX_LANGUAGE = 200
_QUOTE = 200
_ABSTRACT = 300
_MAX_VALUE = 2000


def fact(
    field: Field,
    value: str,
    where: str,
    *,
    weight: float = 1.0,
    origin: Origin = Origin.SOURCE,
    quote: str = "",
) -> Fact:
    """A fact with its evidence; the value is cleaned and its white space made single spaces, a title kept `as_spelt`.

    Args:
        field: what it is about.
        value: as found.
        where: where it was found (see `Evidence`).
        weight: 0..1.
        origin: who says so.
        quote: the words found there, if they aren't the value itself.
    """
    value = (as_spelt if field is Field.TITLE else one_line)(value)[:_MAX_VALUE]
    return Fact(field, value, origin, weight, (Evidence(where, one_line(quote or value)[:_QUOTE]),))


def one_line(text: str) -> str:
    """The text cleaned, on one line."""
    return squeeze(clean(text))


def as_spelt(text: str) -> str:
    """The text cleaned, on one line, with the full-width punctuation by which Chinese and Japanese are spelt."""
    if not _WIDE_MARKS.search(text):
        return one_line(text)
    parts = _WIDE_MARKS.split(drop_odd(text))
    return squeeze("".join(part if index % 2 else _cleaned(part) for index, part in enumerate(parts)))


def _cleaned(part: str) -> str:
    """A part of a text cleaned, with the spaces at its ends."""
    return f"{' ' * part[:1].isspace()}{clean(part)}{' ' * part[-1:].isspace()}"


def squeeze(text: str) -> str:
    """The text on one line, without leading, trailing or doubled white space."""
    # Splitting and joining would hold millions of words of a hostile page at once.
    return _SPACE.sub(" ", text).strip()


def has_letters(text: str) -> bool:
    """Whether there is anything to search."""
    return any(character.isalpha() for character in text)


def unique(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts without empty ones and without those that an earlier one already states with as much weight."""
    kept: dict[tuple[Field, str], Fact] = {}
    for one in facts:
        key = (one.field, one.value.casefold())
        if one.value and (key not in kept or kept[key].weight < one.weight):
            kept[key] = one
    return tuple(kept.values())


def abstract(paragraphs: Iterable[str]) -> str:
    """The beginning of a text, at most about 300 characters, cut after a word."""
    return beginning(paragraphs, _ABSTRACT)


def beginning(paragraphs: Iterable[str], most: int) -> str:
    """The first words of a text, so many characters at most."""
    text = ""
    for paragraph in paragraphs:
        text = f"{text} {paragraph}".strip()
        if len(text) >= most:
            break
    if len(text) <= most:
        return text
    head = text[: most + 1]
    # A script without spaces has no word to cut after.
    return (head.rsplit(" ", 1)[0] if " " in head else head[:most]).rstrip(" ,;:–-(")


def resolve(href: str, base: str | None) -> str | None:
    """A link's address, absolute if the page's own is known; None for ``javascript:``, ``mailto:``, ``#…`` and the like."""
    href = href.strip()
    if not href or href.startswith("#") or len(href) > _MAX_VALUE:
        return None
    try:
        address = urljoin(base, href) if base else href
        scheme = urlsplit(address).scheme
    except ValueError:  # a host in broken brackets
        return None
    return address if scheme in {"http", "https", ""} else None


def language_code(text: str) -> str | None:
    """The code of a language that is given by a tag (``en-US``, ``pt_BR``) or a name (``English``, ``Anglais``).

    Of several (``English; French``) the first that is known. None if it names none; a code that the vocabulary doesn't
    know stays as it is.
    """
    text = text.strip()[:_MAX_LANGUAGE]
    if match := _LANGUAGE.fullmatch(text):
        code = match[1].lower()
        return None if code in _NO_LANGUAGES else code
    names = (text, *_BETWEEN_LANGUAGES.split(text))
    return next(filter(None, (languages().resolve(_BRACKETS.sub("", name)) for name in names)), None)
