"""Text of a page as extractors give it to text that can be searched and shown."""

from __future__ import annotations

import re
import unicodedata

#: PDFium's mark for a hyphen at a line's end; the next line follows it directly.
HYPHEN_MARK = "\ufffe"

# One pass for all that is dropped (controls, soft hyphens, zero-width and bidi marks, lone surrogates) or ends a line:
# a single set of characters, as any alternative beside it makes the search ten times slower.
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LINE_BREAKS = frozenset("\x0b\x0c\x85\u2028\u2029")
#: ZWNJ and ZWJ belong to the spelling of Arabic and Indic scripts; after other letters they are typesetters' marks.
_JOINERS = frozenset("\u200c\u200d")
_SCRIPTS_WITH_JOINERS = ("\u0600", "\u1fff")
#: Characters that Unicode calls compatible with others, and no reader does: sara am of Thai and Lao, which would lose
#: its place behind a tone mark, and the letters of Korean that head items of a list.
_KEPT = re.compile("([\u0e33\u0eb3\u3131-\u318e]+)|[^\u0e33\u0eb3\u3131-\u318e]+")
#: What pdfminer writes for a glyph that has no character.
_CID = re.compile(r"\(cid:\d+\)")


def clean(text: str) -> str:
    """A page's text without what was never meant to be read: see `clean_counted`."""
    return clean_counted(text)[0]


def clean_counted(text: str) -> tuple[str, int]:
    r"""A page's text with ``\n`` as line end, in NFKC, without control characters, soft hyphens and zero-width marks.

    Line-end hyphens (`HYPHEN_MARK`) stay, as only the whole document tells how to join: see `hyphens`.

    Returns:
        The text, and how many control characters or ``(cid:n)`` were dropped: many of them mean a font without a table
        of characters. Invisible marks don't count: Khmer and Thai have one after every word.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    dropped = 0
    if "(cid:" in text:
        text, dropped = _CID.subn("", text)
    if not text.isascii() and not unicodedata.is_normalized("NFKC", text):
        text = _KEPT.sub(lambda part: part[1] or unicodedata.normalize("NFKC", part[0]), text)
    shorter = drop_odd(text)
    if len(shorter) < len(text):
        dropped += len(_CONTROL.findall(text))
    return shorter.replace(" \n", "\n").strip(), dropped


def drop_odd(text: str) -> str:
    """Text without control characters and invisible marks but as its author spelt it, full-width forms included."""
    return _ODD.sub(_without, text)


def _without(odd: re.Match[str]) -> str:
    if odd[0] in _LINE_BREAKS:
        return "\n"
    before = odd.string[odd.start() - 1 : odd.start()]
    first, last = _SCRIPTS_WITH_JOINERS
    return odd[0] if odd[0] in _JOINERS and first <= before <= last else ""
