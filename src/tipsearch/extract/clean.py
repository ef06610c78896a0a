"""Text of a page as extractors give it to text that can be searched and shown."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: PDFium's mark for a hyphen at a line's end; the next line follows it directly.
HYPHEN_MARK = "\ufffe"

# One pass for all that is dropped (controls, soft hyphens, zero-width and bidi marks, lone surrogates) or ends a line:
# a single set of characters, as any alternative beside it makes the search ten times slower.
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"
)
_LINE_BREAKS = frozenset("\x0b\x0c\x85\u2028\u2029")
#: ZWNJ and ZWJ belong to the spelling of Arabic and Indic scripts; after other letters they are typesetters' marks.
_JOINERS = frozenset("\u200c\u200d")
_SCRIPTS_WITH_JOINERS = ("\u0600", "\u1fff")
#: What pdfminer writes for a glyph that has no character.
_CID = re.compile(r"\(cid:\d+\)")

_FIRST_WORD = re.compile(r"\w+")
_HARD_HYPHEN = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_])")
#: Longer ones are no words but lines without spaces.
_LONGEST_WORD = 100
_PUNCTUATION = ".,;:()[]“”‘’\"'!?/…"


def clean(text: str) -> str:
    """A page's text without what was never meant to be read: see `clean_counted`."""
    return clean_counted(text)[0]


def clean_counted(text: str) -> tuple[str, int]:
    r"""A page's text with ``\n`` as line end, in NFKC, without control characters, soft hyphens and zero-width marks.

    Line-end hyphens (`HYPHEN_MARK`) stay, as only the whole document tells how to join: see `join_hyphens`.

    Returns:
        The text, and how many characters or ``(cid:n)`` were dropped: many of them mean a font without a character table.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    dropped = 0
    if "(cid:" in text:
        text, dropped = _CID.subn("", text)
    if not text.isascii() and not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    before = len(text)
    text = drop_odd(text)
    dropped += before - len(text)
    return text.replace(" \n", "\n").strip(), dropped


def drop_odd(text: str) -> str:
    """Text without control characters and invisible marks but as its author spelt it, full-width forms included."""
    return _ODD.sub(_without, text)


def mark_hyphens(text: str) -> str:
    """Text of an extractor that leaves ``-`` and a line break inside words, with `HYPHEN_MARK` in their place."""
    return _HARD_HYPHEN.sub(HYPHEN_MARK, text)


def join_hyphens(texts: Sequence[str]) -> list[str]:
    """The pages of one document with words that were parted at a line's end made whole.

    The document itself knows its words: a word is joined if it occurs elsewhere in one piece, keeps its hyphen if it
    occurs elsewhere with it, and is joined otherwise (of 4,546 breaks in 62 reports, 80 % occur joined, 8 % only
    hyphenated).
    """
    if not any(HYPHEN_MARK in text for text in texts):
        return list(texts)
    words = _vocabulary(texts)
    return [_join(text, words) if HYPHEN_MARK in text else text for text in texts]


def _without(odd: re.Match[str]) -> str:
    if odd[0] in _LINE_BREAKS:
        return "\n"
    before = odd.string[odd.start() - 1 : odd.start()]
    first, last = _SCRIPTS_WITH_JOINERS
    return odd[0] if odd[0] in _JOINERS and first <= before <= last else ""


def _join(text: str, words: frozenset[str]) -> str:
    whole, *rest = text.split(HYPHEN_MARK)
    for piece in rest:
        left = whole[-_LONGEST_WORD:].rsplit(None, 1)[-1:]
        right = _FIRST_WORD.match(piece)
        if not left or not right or whole[-1].isspace():
            whole += "-" + piece
        else:
            whole += _link(left[0].lstrip(_PUNCTUATION), right[0], words) + piece
    return whole


def _link(left: str, right: str, words: frozenset[str]) -> str:
    """What belongs between the parts of a word: a hyphen or nothing."""
    if (left + right).casefold() in words:
        return ""
    return "-" if f"{left}-{right}".casefold() in words or _keeps_hyphen(left, right) else ""


def _vocabulary(texts: Sequence[str]) -> frozenset[str]:
    # Replacing and splitting takes a quarter of the time of a regular expression for words.
    text = "\n".join(texts).casefold()
    for mark in _PUNCTUATION:
        text = text.replace(mark, " ")
    return frozenset(text.split())


def _keeps_hyphen(left: str, right: str) -> bool:
    """Whether a compound that occurs nowhere else is one all the same: ``COVID-19``, ``state-of-the-art``, ``Anglo-Dutch``."""
    if "-" in left or not left or left[-1].isdigit() or right[0].isdigit():
        return True
    return right[0].isupper() and not left[-1].isupper()
