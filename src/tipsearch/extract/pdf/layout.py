"""Lines of one page with their type size, weight and place, read by pdfminer.six: what a title is recognised by.

An own device instead of pdfminer's layout analysis, which spends a third of its time on character objects and orders
boxes that nobody asks for.
"""

from __future__ import annotations

import logging
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from math import hypot
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from tipsearch.extract.facts import as_spelt
from tipsearch.extract.pdf.headline import LayoutLine

# Its debug messages cost time even where nobody listens, and its warnings speak of fonts.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

_MAX_GLYPHS = 20_000
_MAX_SECONDS = 3.0
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600
#: Distances as parts of the type size: a word space, the largest step to the next letter, the least gap between
#: columns, and how far a line's letters may stray from its base.
_SPACE, _STEP, _GUTTER, _DRIFT = 0.16, 1.0, 1.0, 0.25
#: Small capitals are set so much smaller than the capitals beside them.
_SMALL_CAPITALS = 0.65
_END_HYPHENS = ("\xad", "\u2010")
#: Letters that lean more than this against the page's edge are watermarks and labels of figures.
_MAX_SLANT = 0.1


class _EnoughError(Exception):
    """The page has more letters, or takes more time, than its title is worth."""


@dataclass(slots=True)
class _Piece:
    """Letters of one font and size on one base line; lengths in points."""

    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    letters: list[str]


class _Pieces(PDFTextDevice):
    """Collects the letters of a page into pieces of lines."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.pieces: list[_Piece] = []
        self.height = 1.0
        self._glyphs = 0
        self._deadline = time.monotonic() + _MAX_SECONDS

    def begin_page(self, page: PDFPage, _ctm: tuple[float, ...]) -> None:
        """Note the page's height; the interpreter turns rotated pages upright."""
        x0, y0, x1, y1 = page.mediabox
        self.height = abs(x1 - x0 if page.rotate in (90, 270) else y1 - y0) or 1.0

    def render_char(  # noqa: PLR0917 - pdfminer's signature
        self,
        matrix: tuple[float, float, float, float, float, float],
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,  # noqa: ARG002 - pdfminer's signature
        cid: int,
        *_: Any,  # noqa: ANN401 - colour space and graphics state
    ) -> float:
        """Take in one letter and return how far it moves the pen."""
        self._count()
        advance = float(font.char_width(cid)) * fontsize * scaling
        a, b, c, d, x, y = matrix
        size = abs(fontsize) * hypot(c, d)
        if size > 0 and abs(b) <= _MAX_SLANT * abs(a):
            self._add(_Piece(x, x + advance * a, y, size, _is_bold(font), [_unicode(font, cid)]))
        return advance

    def _count(self) -> None:
        self._glyphs += 1
        if self._glyphs > _MAX_GLYPHS or time.monotonic() > self._deadline:
            raise _EnoughError

    def _add(self, letter: _Piece) -> None:
        last = self.pieces[-1] if self.pieces else None
        if last is None or not _continues(last, letter):
            self.pieces.append(letter)
            return
        if letter.x0 - last.x1 > _SPACE * letter.size:
            last.letters.append(" ")
        last.letters += letter.letters
        last.x1 = letter.x1


def read_layout(data: bytes, number: int = 1) -> tuple[LayoutLine, ...]:
    """The lines of a page from top to bottom.

    Args:
        data: the PDF.
        number: which page, 1-based.

    Returns:
        Its upright lines; none if pdfminer can't read it. Right-to-left text stands in visual order.
    """
    try:
        page = next(islice(PDFPage.create_pages(PDFDocument(PDFParser(BytesIO(data)))), number - 1, None))
        resources = PDFResourceManager()
        device = _Pieces(resources)
        with suppress(_EnoughError):  # a title stands near the beginning
            PDFPageInterpreter(resources, device).process_page(page)
        return _lines(device.pieces, device.height)
    except Exception:  # noqa: BLE001 - pdfminer raises anything on damaged files, and a title is not worth the document
        return ()


def _unicode(font: PDFFont, cid: int) -> str:
    try:
        return str(font.to_unichr(cid))
    except PDFUnicodeNotDefined:
        return ""


def _is_bold(font: PDFFont) -> bool:
    weight = font.descriptor.get("FontWeight", 0)
    heavy = isinstance(weight, int | float) and weight >= _BOLD_WEIGHT
    return heavy or _BOLD.search(str(font.fontname)) is not None


def _continues(last: _Piece, letter: _Piece) -> bool:
    if last.size != letter.size or last.bold != letter.bold:
        return False
    return abs(letter.y - last.y) <= _DRIFT * last.size and abs(letter.x0 - last.x1) < _STEP * last.size


def _lines(pieces: list[_Piece], height: float) -> tuple[LayoutLine, ...]:
    """Pieces of the same line put together, from top to bottom."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.y, piece.x0)):
        row = rows[-1] if rows else None
        if row is None or abs(row[-1].y - piece.y) > _DRIFT * max(piece.size, row[-1].size):
            rows.append([piece])
        else:
            row.append(piece)
    return tuple(line for row in rows for line in _split(sorted(row, key=lambda piece: piece.x0), height))


def _split(row: list[_Piece], height: float) -> list[LayoutLine]:
    """The lines of a row: pieces side by side of like size are one, with a wide gap between them they are columns."""
    groups: list[list[_Piece]] = []
    for piece in row:
        last = groups[-1][-1] if groups else None
        if last is not None and _is_same_line(last, piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    lines = [_line(group, height) for group in groups]
    return [line for line in lines if line.text]


def _is_same_line(left: _Piece, right: _Piece) -> bool:
    gap = (right.x0 - left.x1) / max(left.size, right.size)
    if left.size == right.size:
        return gap < _GUTTER
    # Small capitals beside capitals; a headline in the next column is further away.
    alike = min(left.size, right.size) >= _SMALL_CAPITALS * max(left.size, right.size)
    return alike and gap < _GUTTER / 2


def _line(group: list[_Piece], height: float) -> LayoutLine:
    text = ""
    for at, piece in enumerate(group):
        gap = at and piece.x0 - group[at - 1].x1 > _SPACE * piece.size
        text += (" " if gap else "") + "".join(piece.letters)
    if text.rstrip().endswith(_END_HYPHENS):
        text = text.rstrip()[:-1] + "-"
    weight = sum(len(piece.letters) for piece in group if piece.bold)
    return LayoutLine(
        text=as_spelt(text),
        size=max(piece.size for piece in group),
        bold=weight * 2 > len(text),
        top=1.0 - group[0].y / height,
        left=group[0].x0,
        right=group[-1].x1,
    )
