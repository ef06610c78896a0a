"""What was typed so far, taken apart: what stays as it is, and the beginning that can be completed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.search.suggest.entries import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Nobody types more before choosing.
MOST_TYPED = 200
#: Words at the end that are completed together, at most; a title's first words are as many.
_MOST_WORDS = 8
#: … and fewer of them, which are tried as well.
_FEWER = (3, 2, 1)
#: Characters at the end of a word in a script without spaces that are completed, at most.
_MOST_CHARACTERS = 6
#: A word that is only a word.
_PLAIN = re.compile(r"(?![+-])[^\s\"():*?~^]+")
_OPERATORS = frozenset(("AND", "OR", "NOT"))
#: A word with what belongs to the query language before it: ``-deb``, ``(deb``, ``region:nep``.
_SIGNED = re.compile(r"([+\-(]*(?:([A-Za-z]+):)?\(?)([^\s\"():*?~^]+)")
_TOKEN = re.compile(r"\S+")
_PLACES, _TOPICS = frozenset((Kind.PLACE,)), frozenset((Kind.TOPIC,))
_WORDS = frozenset((Kind.TOPIC, Kind.TERM, Kind.PLACE))
_KINDS = {
    **dict.fromkeys(("region", "origin", "transit", "destination"), _PLACES),
    **dict.fromkeys(("topic", "form", "context", "response", "sector"), _TOPICS),
    "publisher": frozenset((Kind.PUBLISHER,)),
    **dict.fromkeys(("title", "page"), _WORDS),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """One way to read what was typed.

    Attributes:
        before: stays as it is.
        beginning: folded; what is to be completed. A space at its end stands for a finished word.
        bound: a sign or a field stands right before, so that several words are put between quotation marks.
        in_quotes: a quotation mark stands right before, and is to be closed.
        kinds: what may stand there, None for anything.
    """

    before: str
    beginning: str
    bound: bool = False
    in_quotes: bool = False
    kinds: frozenset[Kind] | None = None


class _Letters(dict[int, int | str]):
    """Code point to itself if it belongs to a word, else to a space."""

    def __missing__(self, code: int) -> int | str:
        self[code] = code if unicodedata.category(chr(code))[0] in "LNM" else " "
        return self[code]


_LETTERS = _Letters()


def plain(text: str) -> str:
    """The folded words of a text with one space between them; a space at its end is kept as one."""
    found = " ".join(analysis.fold(text).translate(_LETTERS).split())
    return f"{found} " if found and text[-1:].isspace() else found


def readings(text: str) -> tuple[Typed, ...]:
    """The ways to read what was typed, the one that completes most of it first; none if nothing can be completed."""
    if len(text) > MOST_TYPED:
        return ()
    return tuple(one for one in _readings(text) if one.beginning and not _is_letter(one))


def _is_letter(typed: Typed) -> bool:
    """One letter behind other words is the beginning of too many."""
    alone = len(typed.beginning) == 1 and not analysis.has_unspaced_script(typed.beginning)
    return alone and bool(typed.before) and not typed.bound


def _readings(text: str) -> Iterator[Typed]:
    if text.count('"') % 2:
        at = text.rindex('"')
        signed = _SIGNED.fullmatch(f"{text[:at].rpartition(' ')[2]}x")
        kinds = _KINDS.get(signed[2].lower(), frozenset()) if signed and signed[2] else None
        yield Typed(text[:at], plain(text[at + 1 :]), in_quotes=True, kinds=kinds)
        return
    tokens = list(_TOKEN.finditer(text))
    starts = _plain_starts(tokens)
    if starts:
        first = starts[-_MOST_WORDS:][0]
        chosen = dict.fromkeys([first, *(starts[-count] for count in _FEWER if count <= len(starts))])
        yield from (Typed(text[:start], plain(text[start:])) for start in chosen)
        yield from _inside(text, starts[-1])
    elif tokens and not text[-1].isspace() and (signed := _SIGNED.fullmatch(tokens[-1][0])):
        kinds = _KINDS.get(signed[2].lower(), frozenset()) if signed[2] else _WORDS
        yield Typed(text[: tokens[-1].start() + signed.start(3)], plain(signed[3]), bound=True, kinds=kinds)


def _plain_starts(tokens: list[re.Match[str]]) -> list[int]:
    """Where the words start that end the text and are only words."""
    starts: list[int] = []
    for token in reversed(tokens):
        if token[0] in _OPERATORS or not _PLAIN.fullmatch(token[0]):
            break
        starts.append(token.start())
    return starts[::-1]


def _inside(text: str, start: int) -> Iterator[Typed]:
    """Shorter and shorter ends of a last word in a script without spaces."""
    if not analysis.has_unspaced_script(text[start:]):
        return
    for at in range(max(start + 1, len(text) - _MOST_CHARACTERS), len(text) - 1):
        if analysis.has_unspaced_script(text[at]):
            yield Typed(text[:at], plain(text[at:]))
