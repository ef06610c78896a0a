"""Words that a document parts at the ends of its lines, made whole.

A PDF reader marks such a place with `HYPHEN_MARK`. Whether the hyphen belongs to the word is asked of the document
itself: of 4,546 places in 62 reports 80 % occur joined elsewhere in it, 8 % only with the hyphen. Where it says nothing,
the word is joined and the place kept (`Joined.breaks`), as the whole collection may know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from tipsearch.extract.clean import HYPHEN_MARK

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

_FIRST_WORD = re.compile(r"\w+")
_HARD_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\xad\u2010]\n(?=[^\W\d_])")
#: Longer ones are no words but lines without spaces.
_LONGEST_WORD = 300
#: A program that hyphenates parts a word every 1,500 characters or so; hyphens of compounds stand at the end of a line
#: every 15,000 (59 reports).
_SELDOM = 5_000
#: The length of a text times its parted words, up to which these are looked for one by one: about 5 ms.
_MOST_LETTERS_SEARCHED = 20_000_000
#: An address is broken at a hyphen of its own.
_ADDRESS = re.compile(r"//|www\.|@|/.*/")
_WORD = re.compile(r"\w+(?:-\w+)*")
_LAST_WORD = re.compile(r"\w+(?:-\w+)*-?$")


@dataclass(frozen=True, slots=True)
class Joined:
    """A page's text with its words whole, and the places in it at which a hyphen was left out without knowing."""

    text: str
    breaks: tuple[int, ...] = ()


class _Link(Enum):
    """What belongs between two parts of a word, and how that is known."""

    JOINED = "nothing: it occurs in one piece"
    HYPHENATED = "a hyphen: it occurs with one"
    SURE = "a hyphen: by what stands around it"
    OPEN = "nothing is known"


def mark_hyphens(text: str) -> str:
    """Text of an extractor that leaves ``-`` and a line break inside words, with `HYPHEN_MARK` in their place."""
    return _HARD_HYPHEN.sub(HYPHEN_MARK, text)


def join_hyphens(texts: Sequence[str]) -> list[Joined]:
    """The pages of one document with words that were parted at a line's end made whole.

    A word is joined if it occurs elsewhere in one piece; it keeps its hyphen if it occurs elsewhere with it, is surely a
    compound (``COVID-19``, ``Anglo-Dutch``), or stands in a document whose lines end in no hyphens but their words' own.
    Else it is joined and its place noted. A word that goes on on the next page is put to its beginning.
    """
    if not any(HYPHEN_MARK in text for text in texts):
        return [Joined(text) for text in texts]
    words = _vocabulary(texts)
    parted = [text.split(HYPHEN_MARK) for text in _over_pages(texts)]
    links = [[_link(pieces, at, words) for at in range(1, len(pieces))] for pieces in parted]
    guess = _guess([link for page in links for link in page], sum(map(len, texts)))
    return [_join(pieces, page, guess) for pieces, page in zip(parted, links, strict=True)]


def _over_pages(texts: Sequence[str]) -> list[str]:
    """The pages with words that end on the next one whole on the page where they begin."""
    whole = list(texts)
    for at in range(len(whole) - 1):
        if not whole[at].endswith(HYPHEN_MARK):
            continue
        rest = _FIRST_WORD.match(whole[at + 1])
        # What begins with a capital is a heading or a running head.
        if rest is not None and rest[0].islower():
            end = rest.end() + (whole[at + 1][rest.end() : rest.end() + 1] in {",", ".", ";", ":"})
            whole[at] += whole[at + 1][:end]
            whole[at + 1] = whole[at + 1][end:].lstrip()
    return whole


def _link(pieces: Sequence[str], at: int, words: Container[str]) -> _Link:
    """What belongs before the piece at that place."""
    tail = _tail(pieces, at)
    before, after = _LAST_WORD.search(tail), _FIRST_WORD.match(pieces[at])
    if not pieces[at - 1] or before is None or after is None or _ADDRESS.search(tail):
        return _Link.SURE
    left, right = before[0], after[0]
    if (left + right).casefold() in words:
        return _Link.JOINED
    if f"{left}-{right}".casefold() in words:
        return _Link.HYPHENATED
    return _Link.SURE if _keeps_hyphen(left, right) else _Link.OPEN


def _guess(links: Sequence[_Link], characters: int) -> str:
    """What the open ones get: a program that hyphenates does so every few lines, and its words occur whole as well."""
    joined, hyphenated = links.count(_Link.JOINED), links.count(_Link.HYPHENATED)
    seldom = not joined and len(links) * _SELDOM < characters
    return "-" if hyphenated > joined or seldom else ""


def _join(pieces: Sequence[str], links: Sequence[_Link], guess: str) -> Joined:
    parts, length, breaks = [pieces[0]], len(pieces[0]), []
    for piece, link in zip(pieces[1:], links, strict=True):
        if link is _Link.OPEN and not guess:
            breaks.append(length)
        hyphen = guess if link is _Link.OPEN else "" if link is _Link.JOINED else "-"
        parts += [hyphen, piece]
        length += len(hyphen) + len(piece)
    return Joined("".join(parts), tuple(breaks))


def _tail(pieces: Sequence[str], at: int) -> str:
    """What follows the last white space before a piece; a word parted more than once lies in several."""
    tail = ""
    for number in range(at - 1, -1, -1):
        tail = pieces[number][-_LONGEST_WORD:] + tail
        if len(tail) >= _LONGEST_WORD or " " in tail:
            break
    return "" if tail[-1:].isspace() else "".join(tail.split()[-1:])


class _Text:
    """The words of a text, looked for in it: three times as fast as making a set of them for the few that are wanted."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __contains__(self, word: object) -> bool:
        """Whether it occurs as a whole word, in small letters."""
        if not isinstance(word, str):
            return False
        text, at = self._text, self._text.find(word)
        while at >= 0:
            end = at + len(word)
            if not (_is_inner(text[at - 1 : at]) or _is_inner(text[end : end + 1])):
                return True
            at = text.find(word, at + 1)
        return False


def _is_inner(character: str) -> bool:
    return character.isalnum() or character in {"-", "_"}


def _vocabulary(texts: Sequence[str]) -> Container[str]:
    """The words of a document in small letters, those with hyphens as one."""
    text = "\n".join(texts).casefold()
    if len(text) * text.count(HYPHEN_MARK) < _MOST_LETTERS_SEARCHED:
        return _Text(text)
    # Most words occur often: what is between white space is made distinct first, then freed of its punctuation.
    return frozenset(_WORD.findall(" ".join(set(text.split()))))


def _keeps_hyphen(left: str, right: str) -> bool:
    """Whether a compound that occurs nowhere else is one all the same: ``COVID-19``, ``state-of-the-art``, ``Anglo-Dutch``."""
    if "-" in left or not left or left[-1].isdigit() or right[0].isdigit():
        return True
    return right[0].isupper() and not left[-1].isupper()
