"""Lines of scripts that break them anywhere, and the spaces that PDFium sees in them.

Chinese, Japanese, Thai, Lao, Burmese and Khmer set no spaces, and Korean lines are often broken within a word, so a line
break parts what is searched for: a full line is joined to the next. A gap between Han and Latin letters is a matter of
looks (JIS X 4051, 4.7: a quarter of an em), not a space.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pypdfium2 import raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdfium2 import PdfTextPage

_HAN = "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HANGUL = "\uac00-\ud7a3"
_OTHERS = "\u0e01-\u0e4e\u0e81-\u0ecd\u1000-\u103f\u1780-\u17d3"
_UNSPACED = re.compile(f"[{_HAN}{_HANGUL}{_OTHERS}]")
_BREAK = re.compile(f"(?<=[{_HAN}{_OTHERS}])\r\n(?=[{_HAN}{_OTHERS}])|(?<=[{_HANGUL}])\r\n(?=[{_HANGUL}])")
_SPACE_AT_END = re.compile(f"[{_HANGUL}] \r\n")
_GAP = re.compile(f"(?<=[{_HAN}]) (?=[0-9A-Za-z{_HAN}])|(?<=[0-9A-Za-z]) (?=[{_HAN}])")
#: A line is full if it is as long as this share of the longest around it, and no shorter than so many columns (a wide
#: character takes two): cells of a table and headings are shorter.
_FULL, _LEAST = 0.85, 24
#: A gap wider than this part of a character's height is meant: between columns, or names.
MEANT = 0.6
_MAX_GAPS = 2_000


def is_wide(text: str) -> bool:
    """Whether some of it is in one of these scripts."""
    return not text.isascii() and _UNSPACED.search(text) is not None


def unbroken(textpage: PdfTextPage, text: str) -> str:
    """The text of a page, as PDFium gives it, without the spaces that nobody set, and with full lines joined."""
    return join_lines(_without_gaps(textpage, text))


def join_lines(text: str) -> str:
    r"""The text, its lines ended by ``\r\n``, with those joined that were broken because they were full.

    A Korean line may have ended with its word: if so, a space stands at the end of such lines, and where no line of the
    page has one nobody knows.
    """
    breaks = list(_BREAK.finditer(text))
    if not breaks:
        return text
    korean = _SPACE_AT_END.search(text) is not None
    lines = text.split("\r\n")
    lengths = [_columns(line) for line in lines]
    joined = [lines[0]]
    at = len(lines[0])
    places = {
        found.start() for found in breaks if korean or not "\uac00" <= text[found.start() - 1] <= "\ud7a3"
    }
    for number, line in enumerate(lines[1:], start=1):
        if at in places and _is_full(lengths, number - 1):
            joined[-1] += line
        else:
            joined.append(line)
        at += len("\r\n") + len(line)
    return "\r\n".join(joined)


def _is_full(lengths: Sequence[int], at: int) -> bool:
    around = max(lengths[max(0, at - 1) : at + 2])
    return lengths[at] >= _LEAST and lengths[at] >= _FULL * around


def _columns(line: str) -> int:
    """How wide a line is (UAX #11): marks take no room, wide characters that of two."""
    return sum(
        2 if unicodedata.east_asian_width(one) in "WF" else unicodedata.category(one) != "Mn" for one in line
    )


def _without_gaps(textpage: PdfTextPage, text: str) -> str:
    """The text without spaces that PDFium made of narrow gaps beside Han letters."""
    gaps = [found.start() for found in _GAP.finditer(text)][:_MAX_GAPS]
    # Places in the text are those of the page's characters unless some are missing or have two units.
    if not gaps or pdfium.FPDFText_CountChars(textpage.raw) != len(text):
        return text
    box, other = pdfium.FS_RECTF(), pdfium.FS_RECTF()
    parts, last = [], 0
    for at in gaps:
        if pdfium.FPDFText_IsGenerated(textpage.raw, at) != 1:
            continue
        pdfium.FPDFText_GetLooseCharBox(textpage.raw, at - 1, box)
        pdfium.FPDFText_GetLooseCharBox(textpage.raw, at + 1, other)
        if other.left - box.right < MEANT * (box.top - box.bottom):
            parts.append(text[last:at])
            last = at + 1
    return "".join([*parts, text[last:]])
