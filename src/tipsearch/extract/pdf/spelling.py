"""Pages in scripts whose letters a PDF draws otherwise than they are spelt: Arabic, Hebrew, Thai, those of India.

PDFium's text of such a page has these faults, seen in files of Typst 0.13 and reproduced with small ones: it turns
declared readings (``ActualText``) around with the right-to-left line in which they stand, though they are given as they
are read; it reads a Latin line backwards where the document says that it runs from right to left; it says a cluster
twice whose mark is drawn for itself; and it loses a space drawn for itself between two declared clusters. So these
lines are put together anew from their signs.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice, pairwise
from statistics import median
from typing import TYPE_CHECKING

from tipsearch.extract.pdf.rtl import has_rtl, is_backwards, is_mainly_rtl, reading_order
from tipsearch.extract.pdf.signs import Line, Sign, SignReader, has_declared, ligature
from tipsearch.extract.pdf.wide import MEANT, is_wide

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pypdfium2 import PdfPage, PdfTextPage

#: Devanagari to Sinhala, Thai, Lao, Tibetan, Burmese, Khmer.
_CLUSTERED = re.compile("[\u0900-\u0fff\u1000-\u109f\u1780-\u17ff]")
#: More letters than any page has: a page of so many is a map or a trap.
_MAX_LETTERS = 20_000
#: The same of a line, and of clusters that PDFium leaves out on a page.
_MAX_SIGNS, _MAX_PUT_BACK = 1_000, 500
#: Parts of a line's height: a wider gap is a space, bases so close are one line, a wider gap parts columns, and so far
#: from its letter a mark can be, and so far off its line's base one that is set apart.
_SPACE, _DRIFT, _GUTTER, _NEAR, _APART = 0.08, 0.4, 2.0, 1.5, 0.01


def respelt(page: PdfPage, textpage: PdfTextPage, text: str, *, runs_left: bool) -> str:
    """The text of a page as it is spelt.

    Args:
        page: the page.
        textpage: its text page.
        text: as PDFium gives it.
        runs_left: the document says that it is read from right to left.

    Returns:
        The same text wherever PDFium is right, in lines as PDFium ends them.
    """
    if (text.isascii() and not runs_left) or len(text) > _MAX_LETTERS:
        return text
    if runs_left or has_rtl(text):
        return _right_to_left(
            SignReader(page, textpage, text), runs_left=runs_left, mainly=is_mainly_rtl(text)
        )
    if _CLUSTERED.search(text) and has_declared(page):
        return "".join(_left_to_right(line) for line in SignReader(page, textpage, text).lines())
    return text


def _right_to_left(reader: SignReader, *, runs_left: bool, mainly: bool) -> str:
    """The text of a page with right-to-left lines, these put together from the places of their signs."""
    lines = _merged(reader.lines(), runs_left=runs_left)
    _put_back(lines, reader.unsaid())
    rows = [_row(line, runs_left=runs_left) for line in lines]
    ends = [line.end for line in lines]
    spelt = "".join(_in_order(row, mainly=mainly) + end for row, end in zip(rows, ends, strict=True))
    if is_backwards(spelt):
        return "".join("".join(row) + end for row, end in zip(rows, ends, strict=True))
    return spelt


def _merged(lines: Iterable[Line], *, runs_left: bool) -> list[Line]:
    """The lines, those that stand on one base beside one another as one: PDFium begins anew where a mark is set apart."""
    merged: list[Line] = []
    for line in lines:
        last = merged[-1] if merged else None
        turned = last and (runs_left or has_rtl(last.text) or has_rtl(line.text))
        if last and turned and _is_one_line(last, line):
            merged[-1] = Line(last.signs + line.signs, f"{last.text} {line.text}", line.end)
        else:
            merged.append(line)
    return merged


def _is_one_line(one: Line, other: Line) -> bool:
    here, there = _drawn(one.signs), _drawn(other.signs)
    if one.end != "\r\n" or not here or not there:
        return False
    height = _height([*here, *there])
    if abs(median(sign.base for sign in here) - median(sign.base for sign in there)) > _DRIFT * height:
        return False
    apart = max(_left(here) - _right(there), _left(there) - _right(here))
    return -height < apart < _GUTTER * height


def _put_back(lines: Sequence[Line], signs: Iterable[Sign]) -> None:
    """Signs that PDFium has left out, each in the line on whose base it stands."""
    places = [
        (line.signs, median(sign.base for sign in drawn), _height(drawn), _left(drawn), _right(drawn))
        for line in lines
        if (drawn := _drawn(line.signs))
    ]
    for sign in islice(signs, _MAX_PUT_BACK):
        for line, base, height, left, right in places:
            if abs(sign.base - base) < _APART * height and left - height < sign.left < right + height:
                line.append(sign)
                break


def _drawn(signs: Iterable[Sign]) -> list[Sign]:
    return [sign for sign in signs if not sign.made]


def _left(signs: Iterable[Sign]) -> float:
    return min(sign.left for sign in signs)


def _right(signs: Iterable[Sign]) -> float:
    return max(sign.right for sign in signs)


def _height(signs: Sequence[Sign]) -> float:
    return median(sign.top - sign.bottom for sign in signs) or 1.0


def _row(line: Line, *, runs_left: bool) -> list[str]:
    """The signs of a line from left to right, with their marks and with spaces where there are gaps.

    A line without right-to-left letters is one piece, unless PDFium has read it backwards as the document runs so.
    """
    if not (runs_left or has_rtl(line.text)) or len(line.signs) > _MAX_SIGNS:
        return [line.text]
    drawn = _without_covered(_without_echoes(_drawn(line.signs)))
    for sign in drawn:
        sign.text = sign.text if sign.declared else ligature(sign.text)
    row = _with_spaces(_with_marks(drawn))
    while row and row[0].isspace():
        row.pop(0)
    return row


def _in_order(row: Sequence[str], *, mainly: bool) -> str:
    text = "".join(row)
    if not has_rtl(text):
        return text
    return reading_order(row, rtl=mainly or is_mainly_rtl(text), mirrored=True)


def _left_to_right(line: Line) -> str:
    """A line of a script of clusters: in PDFium's order, without echoes, with the spaces that are drawn."""
    if len(line.signs) > _MAX_SIGNS or not any(sign.declared or _is_cluster(sign) for sign in line.signs):
        return line.text + line.end
    return "".join(_with_spaces(_drawn(_without_echoes(line.signs)))) + line.end


def _without_echoes(signs: Sequence[Sign]) -> list[Sign]:
    """The signs without marks set apart that stand for their cluster; the letter beside them then stands for it."""
    drawn = _drawn(signs)
    clusters = [sign for sign in drawn if _is_cluster(sign)]
    if not clusters:
        return list(signs)
    base, height = median(sign.base for sign in drawn), _height(drawn)
    level = [sign for sign in drawn if abs(sign.base - base) <= _APART * height]
    apart = [sign for sign in clusters if abs(sign.base - base) > _APART * height]
    gone = {id(sign) for sign in apart if _is_said(sign, level, _NEAR * height)}
    kept: dict[str, list[Sign]] = {}
    for sign in clusters:
        alike = kept.setdefault(sign.text, [])
        if any(_gap(one, sign) < -(sign.right - sign.left) / 2 for one in alike):
            gone.add(id(sign))
        elif id(sign) not in gone:
            alike.append(sign)
    return [sign for sign in signs if id(sign) not in gone]


def _is_cluster(sign: Sign) -> bool:
    return len(sign.text) > 1 and any(unicodedata.category(one)[0] == "M" for one in sign.text)


def _gap(one: Sign, other: Sign) -> float:
    """The room between two signs, less than 0 where they lie over one another."""
    return max(one.left - other.right, other.left - one.right)


def _is_said(mark: Sign, signs: Iterable[Sign], near: float) -> bool:
    """Whether a sign nearby says the cluster of that mark; one that says only its letter is made to say all of it."""
    text = sorted(mark.text)
    letters = [one for one in mark.text if unicodedata.category(one)[0] != "M"]
    around = [one for one in signs if _gap(one, mark) < near]
    if any(sorted(one.text) == text for one in around):
        return True
    alone = [one for one in around if list(one.text) == letters]
    if alone:
        closest = min(alone, key=lambda one: _gap(one, mark))
        closest.text = ligature(mark.text)
    return bool(alone)


def _with_marks(signs: Sequence[Sign]) -> list[Sign]:
    """The signs with lone marks put to the letters over which they stand."""
    letters = [sign for sign in signs if not _is_mark(sign)]
    if not letters:
        return list(signs)
    for mark in signs:
        if _is_mark(mark):
            middle = (mark.left + mark.right) / 2
            nearest = min(letters, key=lambda sign: _distance(sign, middle))
            nearest.text += mark.text
    return letters


def _is_mark(sign: Sign) -> bool:
    return all(unicodedata.category(one) == "Mn" for one in sign.text)


def _distance(sign: Sign, x: float) -> float:
    if sign.text.isspace():
        return float("inf")
    return max(sign.left - x, x - sign.right, 0.0)


def _with_spaces(signs: Sequence[Sign]) -> list[str]:
    """The texts of the signs of a line, with a space in every gap between them that is wider than those of its letters."""
    gaps = [after.left - before.right for before, after in pairwise(signs)]
    wide = _SPACE * _height(signs) + max(0.0, median(gaps)) if gaps else 0.0
    spaced: list[str] = []
    meant = max(wide, MEANT * _height(signs)) if gaps else 0.0
    for sign, gap in zip(signs, [0.0, *gaps], strict=True):
        # Thai and its like set no spaces between words, and draw those that they set.
        limit = meant if spaced and is_wide(sign.text) and is_wide(spaced[-1]) else wide
        if gap > limit and not sign.text.isspace() and not spaced[-1].isspace():
            spaced.append(" ")
        spaced.append(sign.text)
    return spaced


def _without_covered(signs: Sequence[Sign]) -> list[Sign]:
    """The signs, by their places from left to right, without spaces over which a letter or a full stop is drawn."""
    ordered = sorted(signs, key=lambda sign: (sign.left + sign.right, sign.left))
    around = zip([None, *ordered], ordered, [*ordered[1:], None], strict=False)
    return [sign for before, sign, after in around if not (_is_over(before, sign) or _is_over(after, sign))]


def _is_over(sign: Sign | None, space: Sign) -> bool:
    if sign is None or not space.text.isspace() or sign.text.isspace():
        return False
    return _gap(sign, space) < -(space.right - space.left) / 2
