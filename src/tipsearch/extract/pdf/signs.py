"""The signs of a page with their places and the text that the file says they stand for, read by PDFium.

A sign is what is drawn at one place: a letter, a ligature, or a cluster whose text the file declares (``ActualText``,
PDF 1.7, 14.9.4). It costs three calls a letter, 15 ms a page, so it is asked for only where PDFium's own text is known
to go wrong: see `spelling`.
"""

from __future__ import annotations

import codecs
import ctypes
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pypdfium2 import raw as pdfium

from tipsearch.extract.clean import HYPHEN_MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfPage, PdfTextPage

#: In bytes: a cluster or a word; longer declared texts are whole phrases and stay what PDFium makes of them.
_MAX_DECLARED = 200
_MAX_MARKS = 8
#: So many objects of a page are looked at; a drawing can have a million.
_MAX_OBJECTS = 5_000
#: Classes of UAX #9: letters that run to the left, their marks, and joiners.
_LEFTWARDS = frozenset({"R", "AL", "NSM", "BN"})


@dataclass(slots=True)
class Sign:
    """What is drawn at one place; lengths in points, from the page's lower left corner.

    Attributes:
        text: what it stands for, in reading order.
        left, right, bottom, top: its box, with the room that its font gives it.
        base: the height of the line on which it stands.
        declared: the file says its text in so many words.
        made: PDFium made it up: a space where it saw a gap.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    base: float
    declared: bool = False
    made: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line as PDFium has it.

    Attributes:
        signs: its signs in PDFium's order.
        text: its text, as PDFium gives it.
        end: what ends it: a line break, a `HYPHEN_MARK`, or nothing.
    """

    signs: list[Sign]
    text: str
    end: str


class SignReader:
    """Reads the signs of one text page."""

    def __init__(self, page: PdfPage, textpage: PdfTextPage, text: str) -> None:
        self._whole = page.raw
        self._page = textpage.raw
        self._text = text
        self._box = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._objects: dict[int, tuple[int, str] | None] = {}

    def lines(self) -> Iterator[Line]:
        """The lines in PDFium's order; letters of one place are one sign."""
        signs: dict[object, Sign] = {}
        text = ""
        for index, character in enumerate(self._characters()):
            if character == "\r":
                continue
            if character in ("\n", HYPHEN_MARK):
                yield Line(list(signs.values()), text, "\r\n" if character == "\n" else character)
                signs, text = {}, ""
            else:
                self._take(signs, index, character)
                text += character
        yield Line(list(signs.values()), text, "")

    def unsaid(self) -> Iterator[Sign]:
        """Signs with a declared reading that PDFium has left out of the lines, once these have been read.

        It takes two neighbours for one whose innermost marks have no properties, as ``ReversedChars`` has none.
        """
        said = {declared[0] for declared in self._objects.values() if declared}
        if not said:
            return
        for drawn in _objects(self._whole):
            if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_TEXT:
                continue
            declared = _declared(drawn)
            if declared and declared[0] not in said:
                said.add(declared[0])
                yield _placed(drawn, declared[1])

    def _characters(self) -> Iterator[str]:
        count = pdfium.FPDFText_CountChars(self._page)
        if count == len(self._text):
            return iter(self._text)
        # Some letters are missing from the text, or are two of its units.
        return (chr(pdfium.FPDFText_GetUnicode(self._page, index)) for index in range(count))

    def _take(self, signs: dict[object, Sign], index: int, character: str) -> None:
        drawn = pdfium.FPDFText_GetTextObject(self._page, index)
        pdfium.FPDFText_GetLooseCharBox(self._page, index, self._box)
        box = self._box
        if not drawn:
            signs[index] = self._sign(index, character, made=True)
            return
        address = ctypes.addressof(drawn.contents)
        if address not in self._objects:
            self._objects[address] = _declared(drawn)
        declared = self._objects[address]
        key = declared[0] if declared else (address, box.left, box.right)
        known = signs.get(key)
        if known is None:
            text = declared[1] if declared else character
            signs[key] = self._sign(index, text, declared=declared is not None)
            return
        if not declared:
            known.text += character
        known.left, known.right = min(known.left, box.left), max(known.right, box.right)
        known.bottom, known.top = min(known.bottom, box.bottom), max(known.top, box.top)

    def _sign(self, index: int, text: str, *, declared: bool = False, made: bool = False) -> Sign:
        pdfium.FPDFText_GetCharOrigin(self._page, index, self._x, self._y)
        box = self._box
        return Sign(text, box.left, box.right, box.bottom, box.top, self._y.value, declared, made)


def ligature(text: str) -> str:
    """The letters of a right-to-left ligature in reading order; PDFium has turned them with their line.

    It hasn't where the ligature was a character of its own (U+FEFB, U+FC3F), so what only such a one gives is left as
    it is. Marks follow their letter.
    """
    if len(text) == 1 or not all(unicodedata.bidirectional(letter) in _LEFTWARDS for letter in text):
        return text
    if any(unicodedata.category(letter) == "Mn" for letter in text):
        return text[::-1] if unicodedata.category(text[0]) == "Mn" else text
    ligatures = _ligatures()
    return text if text in ligatures and text[::-1] not in ligatures else text[::-1]


@cache
def _ligatures() -> frozenset[str]:
    """What the ligatures among the Arabic and Hebrew presentation forms stand for."""
    forms = map(chr, (*range(0xFB1D, 0xFDFD), *range(0xFE70, 0xFEFD)))
    letters = (unicodedata.normalize("NFKC", form) for form in forms)
    return frozenset(text for text in letters if len(text) > 1)


def has_declared(page: PdfPage) -> bool:
    """Whether some text of the page has a declared reading."""
    return any(_declared(drawn) is not None for drawn in _objects(page.raw))


def _objects(page: Any) -> Iterator[Any]:  # noqa: ANN401 - a handle of PDFium
    count = min(pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)
    return (pdfium.FPDFPage_GetObject(page, index) for index in range(count))


def _placed(drawn: Any, text: str) -> Sign:  # noqa: ANN401 - a handle of PDFium
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(drawn, matrix)
    return Sign(text, matrix.e, right.value, bottom.value, top.value, matrix.f, declared=True)


def _declared(drawn: Any) -> tuple[int, str] | None:  # noqa: ANN401 - a handle of PDFium
    """Where the mark of a piece of text lies that declares its reading, and the reading; None if there is none."""
    for index in range(min(pdfium.FPDFPageObj_CountMarks(drawn), _MAX_MARKS)):
        mark = pdfium.FPDFPageObj_GetMark(drawn, index)
        buffer = (ctypes.c_ubyte * _MAX_DECLARED)()
        length = ctypes.c_ulong()
        if pdfium.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", buffer, _MAX_DECLARED, length):
            text = _decoded(bytes(buffer)[: length.value]) if length.value <= _MAX_DECLARED else ""
            if text:
                return ctypes.addressof(mark.contents), text
    return None


def _decoded(raw: bytes) -> str:
    """A text string of a PDF (1.7, 7.9.2.2); what isn't marked as Unicode is next to Latin-1."""
    if raw.startswith(codecs.BOM_UTF16_BE):
        return raw[2:].decode("utf-16-be", "ignore")
    if raw.startswith(codecs.BOM_UTF8):
        return raw[3:].decode("utf-8", "ignore")
    return raw.decode("latin-1")
