"""Words of a text, the same for indexing, for queries and for highlighting.

A word is a run of letters, digits and their marks; everything else separates, the underscore too. The English
possessive belongs to its word but isn't part of it ("child's" is *child*). Scripts that write no spaces (Han, kana,
Thai, Lao, Khmer, Burmese) give overlapping pairs of characters, as in Lucene's CJKBigramFilter, so that any word of two
characters or more is found as a phrase of pairs. So does Hangul: Korean does write spaces, but its particles cling to
the noun, and without a morphological dictionary pairs find the noun while whole words don't. A character standing
alone is a word by itself.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from tipsearch.analysis.cache import BoundedCache
from tipsearch.analysis.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Blocks that hold combining marks; looked through once at import (about a millisecond).
_MARK_BLOCKS = (
    (0x0300, 0x1DFF),
    (0x20D0, 0x20F1),
    (0x302A, 0x309B),
    (0xA66F, 0xABEE),
    (0xFB1E, 0xFB1F),
    (0xFE20, 0xFE30),
)
#: Invisible characters that don't end a word: soft hyphen, zero-width (non-)joiner, word joiner.
_JOINERS = "\u00ad\u200c\u200d\u2060"
#: Letters of scripts without spaces, and Hangul: Thai, Lao, Myanmar, Hangul, Khmer, kana, Han.
_UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecf\u0edc-\u0edf\u1000-\u103f\u1050-\u108f\u109a-\u109d\uaa60-\uaa7f"
    "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3\uffa0-\uffdc\u1780-\u17d3\u17dd"
    "\u3005-\u3007\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
)


def _mark_class() -> str:
    codes = (code for first, last in _MARK_BLOCKS for code in range(first, last))
    return "".join(chr(code) for code in codes if unicodedata.category(chr(code))[0] == "M")


_MARKS = _mark_class()
_ASCII_WORD = re.compile(r"([a-z0-9]+)(?:'s\b)?")
_POSSESSIVE = re.compile(r"(?<=[a-z0-9])'s\b")
_ASCII_SPACES = {code: " " for code in range(128) if not chr(code).isalnum()}
_WORD = re.compile(rf"([^\W_]++(?:[{_MARKS}{_JOINERS}]++[^\W_]*+)*+)(?:['’＇][sS]\b)?")
_RUNS = re.compile(rf"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_UNIT = re.compile(rf"[^{_MARKS}][{_MARKS}]*|[{_MARKS}]+")
_UNSPACED_CHARACTER = re.compile(rf"[{_UNSPACED}]")


#: A word in a text: where it starts and ends, in characters, and its folded form. A plain tuple, for speed.
Token: TypeAlias = tuple[int, int, str]


def has_unspaced_script(text: str) -> bool:
    """Whether some of it is in a script whose words are found as pairs of characters."""
    return not text.isascii() and _UNSPACED_CHARACTER.search(text) is not None


def tokens(text: str) -> list[Token]:
    """The words of a text with their places, in order; pairs of characters overlap."""
    lowered = _lower_in_place(text)
    if lowered.isascii():
        return [(*match.span(1), match[1]) for match in _ASCII_WORD.finditer(lowered)]
    if has_unspaced_script(lowered):
        spans = (
            (match.start(1) + start, match.start(1) + end)
            for match in _WORD.finditer(lowered)
            for start, end in _pieces(match[1])
        )
        found = [(start, end, _FOLDED[lowered[start:end]]) for start, end in spans]
    else:
        found = [(*match.span(1), _FOLDED[match[1]]) for match in _WORD.finditer(lowered)]
    return [token for token in found if token[2]]


def word_at(lowered: str, place: int) -> Token | None:
    """The word that begins at a place of a text in small letters, if one does; of a text without scripts that need cutting."""
    match = _WORD.match(lowered, place)
    return (*match.span(1), _FOLDED[match[1]]) if match and _FOLDED[match[1]] else None


def _lower_in_place(text: str) -> str:
    """The text in small letters, character by character where a letter would become two (Turkish capital İ)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(lower if len(lower := character.lower()) == 1 else character for character in text)


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return folded(surfaces(text))


def folded(found: list[str]) -> list[str]:
    """The folded words for what `surfaces` found."""
    return [word for word in map(_FOLDED.__getitem__, found) if word]


def surfaces(text: str) -> list[str]:
    """The words of a text in small letters but with their accents, which stemmers need; a few may fold to nothing."""
    lowered = text.lower()
    if lowered.isascii():
        return _ascii_words(lowered)
    found: list[str] = _WORD.findall(lowered)
    if not has_unspaced_script(lowered):
        return found
    return [word[start:end] for word in found for start, end in _pieces(word)]


def spelt(found: list[str]) -> list[str]:
    """Those of the words that `surfaces` found that folding changes, in the one form in which they are compared.

    By these a word typed with its accents prefers the texts that write them.
    """
    return [form for word in found if not word.isascii() and (form := _SPELT[word])]


def _ascii_words(lowered: str) -> list[str]:
    """What `_ASCII_WORD` finds, in two thirds of the time."""
    if "'s" in lowered:
        if "'s's" in lowered:
            return _ASCII_WORD.findall(lowered)
        lowered = _POSSESSIVE.sub("", lowered)
    return lowered.translate(_ASCII_SPACES).split()


def _pieces(word: str) -> Iterator[tuple[int, int]]:
    """Start and end of what a run of letters falls into: itself, or pairs where it is in an unspaced script."""
    if not has_unspaced_script(word):
        yield 0, len(word)
        return
    for run in _RUNS.finditer(word):
        if _UNSPACED_CHARACTER.match(run[0]):
            yield from _pairs(word, *run.span())
        else:
            yield run.span()


def _pairs(word: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    units = [unit.span() for unit in _UNIT.finditer(word, first, last)]
    if len(units) == 1:
        yield units[0]
    for (start, _), (_, end) in pairwise(units):
        yield start, end


def _spelt(word: str) -> str:
    form = unicodedata.normalize("NFC", word).translate(_WITHOUT_JOINERS)
    return "" if form == _FOLDED[word] else form


_WITHOUT_JOINERS = dict.fromkeys(map(ord, _JOINERS))
_FOLDED: BoundedCache[str] = BoundedCache(fold)
_SPELT: BoundedCache[str] = BoundedCache(_spelt)
