"""From the order in which the eye meets a line's signs to the order in which they are read.

Layout programs draw right-to-left text from left to right; pdfminer.six hands it on like that (its issues #515 and
#850), and PDFium turns it by rules of its own that know no numbers and no marks. Here stand the rules of the Unicode
Bidirectional Algorithm (UAX #9), applied backwards: what runs from left to right is told by the same rules in either
direction, as they look at neighbours only. Where two texts look the same, a number belongs to the Latin word on its
left («COVID 19»).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Hebrew, Arabic, Syriac, Thaana, N'Ko and their neighbours, with the presentation forms.
_RTL_LETTER = re.compile(
    "[\u05d0-\u05f2\u0620-\u064a\u066e-\u06d3\u06d5\u06ee-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
)
_LTR_LETTER = re.compile("[A-Za-z\u00c0-\u058f]")
_PAIRS = ("()", "[]", "{}", "«»", "‹›")
_MIRROR = {pair[at]: pair[1 - at] for pair in (*_PAIRS, "<>", "≤≥") for at in (0, 1)}
#: Letters that end words and begin none: teh marbuta, alef maksura, the final forms of Hebrew.
_FINAL = "\u0629\u0649\u05da\u05dd\u05df\u05e3\u05e5"
_BEGINS_WITH_FINAL, _ENDS_WITH_FINAL = re.compile(rf"\b[{_FINAL}]\w"), re.compile(rf"\w[{_FINAL}]\b")
#: Classes of UAX #9, table 4, by the first letter that this module uses for them; all others are neutral («o»).
_KINDS = {"L": "L", "R": "R", "AL": "R", "EN": "E", "AN": "N", "ES": "s", "ET": "t", "CS": "c", "NSM": "m"}
_NUMBERS = frozenset("EN")


def has_rtl(text: str) -> bool:
    """Whether some of it is written from right to left."""
    return not text.isascii() and _RTL_LETTER.search(text) is not None


def is_mainly_rtl(text: str) -> bool:
    """Whether it has more right-to-left letters than Latin, Greek and Cyrillic ones."""
    return has_rtl(text) and len(_RTL_LETTER.findall(text)) > len(_LTR_LETTER.findall(text))


def logical_order(visual: str) -> str:
    """Lines in visual order, as pdfminer.six gives them, in the order in which they are read.

    Never call it on text that is already in logical order, as PDFium's is: it would be destroyed.
    """
    if not has_rtl(visual):
        return visual
    mainly = is_mainly_rtl(visual)
    logical = "\n".join(
        reading_order(_signs(line), rtl=mainly or is_mainly_rtl(line)) if has_rtl(line) else line
        for line in visual.split("\n")
    )
    return visual if is_backwards(logical) else logical


def is_backwards(text: str) -> bool:
    """Whether its words begin with letters that only end words: a program without right-to-left text has drawn them."""
    return len(_BEGINS_WITH_FINAL.findall(text)) > len(_ENDS_WITH_FINAL.findall(text))


def reading_order(signs: Sequence[str], *, rtl: bool, mirrored: bool = False) -> str:
    """A line in the order in which it is read.

    Args:
        signs: its letters from left to right, each with its marks; a sign of several letters (a ligature) has them in
            the order in which they are read.
        rtl: whether the paragraph runs from right to left.
        mirrored: whether brackets among right-to-left letters stand for what they mean, not for what they look like;
            tried the other way round where that would leave none without its partner.
    """
    levels = _levels(signs, rtl=rtl)
    order = _reordered(levels)
    turned = [at for at in order if levels[at] % 2 and signs[at] in _MIRROR]
    meant = [signs[at] if mirrored else _MIRROR[signs[at]] for at in turned]
    given = dict(zip(turned, _partnered(meant), strict=True))
    return "".join(given.get(at, signs[at]) for at in order)


def _signs(line: str) -> list[str]:
    """Letters with their marks; in visual order a right-to-left letter stands behind its marks."""
    signs: list[str] = []
    marks = ""
    for character in line:
        if unicodedata.category(character) == "Mn":
            marks = character + marks
        elif marks and signs and not _RTL_LETTER.match(character):
            signs[-1] += marks[::-1]
            signs.append(character)
            marks = ""
        else:
            signs.append(character + marks)
            marks = ""
    return [*signs, marks] if marks else signs


def _levels(signs: Sequence[str], *, rtl: bool) -> list[int]:
    """The embedding level of each sign: odd ones run to the left (rules W1 to I2)."""
    kinds = [_kind(sign) for sign in signs]
    _join_numbers(kinds)
    _settle_numbers(kinds, rtl=rtl)
    _settle_neutrals(kinds, own="R" if rtl else "L")
    return [1 if kind == "R" else 2 if rtl or kind in _NUMBERS else 0 for kind in kinds]


def _kind(sign: str) -> str:
    """The class of a sign: that of its first letter, else that of its first character."""
    kinds = [_KINDS.get(unicodedata.bidirectional(character), "o") for character in sign] or ["o"]
    return next((kind for kind in kinds if kind in "LR"), kinds[0])


def _join_numbers(kinds: list[str]) -> None:
    """Rules W1, W4 and W5: marks belong to their letter, «12.5» and «50 %» are one number."""
    for at, kind in enumerate(kinds):
        if kind == "m":
            kinds[at] = kinds[at - 1] if at else "o"
    for at in range(1, len(kinds) - 1):
        before, kind, after = kinds[at - 1 : at + 2]
        if before == after and ((before == "E" and kind in "sc") or (before == "N" and kind == "c")):
            kinds[at] = before
    for at in range(1, len(kinds)):
        if kinds[at] == "t" and kinds[at - 1] == "E":
            kinds[at] = "E"
    for at in range(len(kinds) - 2, -1, -1):
        if kinds[at] == "t" and kinds[at + 1] == "E":
            kinds[at] = "E"


def _settle_numbers(kinds: list[str], *, rtl: bool) -> None:
    """Rules W6 and W7: lone separators are neutral, a number after a Latin word belongs to it."""
    last = "R" if rtl else "L"
    for at, kind in enumerate(kinds):
        if kind in "LR":
            last = kind
        elif kind == "E" and last == "L":
            kinds[at] = "L"
        elif kind in "stc":
            kinds[at] = "o"


def _settle_neutrals(kinds: list[str], *, own: str) -> None:
    """Rules N1 and N2: what lies between goes with both its neighbours where they agree, else with the paragraph."""
    at = 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] == "o":
            end += 1
        if end == at:
            at += 1
            continue
        before = _side(kinds[at - 1]) if at else own
        after = _side(kinds[end]) if end < len(kinds) else own
        kinds[at:end] = [before if before == after else own] * (end - at)
        at = end


def _side(kind: str) -> str:
    return "L" if kind == "L" else "R"


def _reordered(levels: Sequence[int]) -> list[int]:
    """Rule L2: the places of the signs in reading order; turning runs around is its own inverse."""
    order = list(range(len(levels)))
    for least in (1, 2):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and levels[order[end]] >= least:
                end += 1
            order[at:end] = reversed(order[at:end])
            at = end + 1
    return order


def _partnered(brackets: Sequence[str]) -> list[str]:
    """The brackets of a line, turned around where they come in pairs that stand the wrong way.

    Whether a font's table tells what a bracket looks like or what it means differs from program to program.
    """
    found = list(brackets)
    for pair in _PAIRS:
        places = [at for at, bracket in enumerate(found) if bracket in pair]
        own = [found[at] for at in places]
        turned = [_MIRROR[bracket] for bracket in own]
        if len(places) % 2 == 0 and not _is_nested(own, pair):
            mended = turned if _is_nested(turned, pair) else list(pair) * (len(places) // 2)
            for at, bracket in zip(places, mended, strict=True):
                found[at] = bracket
    return found


def _is_nested(brackets: Iterable[str], pair: str) -> bool:
    depth = 0
    for bracket in brackets:
        depth += 1 if bracket == pair[0] else -1
        if depth < 0:
            return False
    return depth == 0
