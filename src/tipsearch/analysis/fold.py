"""Folding: two spellings that a reader takes for the same word become the same string.

Case, accents, ligatures and full-width forms go (Unicode NFKD without the marks, UAX #15). Arabic loses vowel signs
and tatweel, and the variants of alef, yeh, kaf and teh marbuta become one each, as in Lucene's ArabicNormalizer and
PersianNormalizer. Decimal digits of any script become ASCII digits. Marks that carry the vowel (Indic scripts, Thai,
the voicing of kana) stay.
"""

from __future__ import annotations

import re
import unicodedata

#: Combining marks that are accents or optional signs, by block: Latin/Greek/Cyrillic, Hebrew points, Arabic signs.
_DROPPED_MARKS = tuple(
    (range(first, last + 1))
    for first, last in (
        (0x0300, 0x036F),
        (0x0483, 0x0487),
        (0x0591, 0x05C7),
        (0x0610, 0x061A),
        (0x064B, 0x065F),
        (0x0670, 0x0670),
        (0x06D6, 0x06ED),
        (0x1AB0, 0x1AFF),
        (0x1DC0, 0x1DFF),
        (0x20D0, 0x20FF),
        (0xFE20, 0xFE2F),
    )
)

#: Letters that Unicode doesn't decompose, or that we join or drop although they are letters.
_SPECIAL = {
    "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ہ": "ه", "ـ": "",
    "ʹ": "", "ʺ": "", "ʻ": "", "ʼ": "", "ʾ": "", "ʿ": "",
    "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "",
    "ำ": "ำ", "ຳ": "ຳ",
}  # fmt: skip

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


class _Folded(dict[int, str]):
    """Code point to its folded form, worked out when first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


def _is_dropped(character: str) -> bool:
    return unicodedata.category(character) == "Mn" and any(
        ord(character) in block for block in _DROPPED_MARKS
    )


def _fold_character(character: str) -> str:
    folded = "".join(_fold_lower(lowered) for lowered in character.casefold())
    # Compatibility forms may hold punctuation ("½" is "1⁄2"); a word must stay one word.
    if any(not (c.isalnum() or unicodedata.category(c)[0] == "M") for c in folded):
        return character.lower()
    return folded


def _fold_lower(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    decomposed = unicodedata.normalize("NFKD", character).casefold()
    kept = "".join(_SPECIAL.get(c, c) for c in decomposed if not _is_dropped(c))
    return unicodedata.normalize("NFKC", kept)


_TABLE = _Folded()


def _fold_run(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", match[0]).translate(_TABLE)


def fold(text: str) -> str:
    """The text without case, accents and optional signs; its length may change. Folding twice changes nothing.

    Word boundaries are kept: what isn't a letter, a digit or a mark stays as it is.
    """
    lowered = text.lower()
    return lowered if lowered.isascii() else _NOT_ASCII.sub(_fold_run, lowered)
