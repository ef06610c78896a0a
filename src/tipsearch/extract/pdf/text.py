"""Text, labels, bookmarks and document information of a PDF, read by PDFium.

pypdfium2's ``get_text_range`` reads 28 times as many pages a second as pdfminer.six, in logical order also from right
to left. PDFium is not thread-safe: one document at a time in one process.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from enum import Enum
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw as pdfium

from tipsearch.extract.clean import drop_odd
from tipsearch.extract.pdf.attached import Attachments
from tipsearch.extract.pdf.notes import Notes, draw_in, has_notes, unsaid
from tipsearch.extract.pdf.spelling import respelt
from tipsearch.extract.pdf.wide import is_wide, join_lines, unbroken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pypdfium2 import PdfDocument, PdfObject, PdfPage, PdfTextPage

    from tipsearch.extract.pdf.attached import Attached
    from tipsearch.model import Section

#: Shorter page texts are looked at for pictures: a stamp or page number on a scan is no text.
_SUSPICIOUS_LENGTH = 400
#: A picture of that share of the page is a scan (73 of 229 textless pages of 618 reports).
_PICTURE_SHARE = 0.6
#: … and one of that share on a page without a letter may well say something: a map, a table, a chart.
_LONE_PICTURE_SHARE = 0.25
#: So many objects of a page are looked at; drawings can have a million.
_MAX_OBJECTS = 2_000
#: So many lines and shapes without a word are a drawing; fewer are rules and frames of an empty page.
_DRAWING_SHAPES = 20
#: So many may well be letters drawn as curves, each a shape of its own: a few lines of text.
_LETTER_SHAPES = 200
#: The catalogue's language is a tag of BCP 47; its length in bytes, as a file can hold anything.
_MAX_LANGUAGE = 100
#: Hebrew to Mongolian, and from kana on; ligatures and `HYPHEN_MARK` left out.
_OTHER_SCRIPTS = re.compile("[\u0590-\u1dff\u3005-\ud7a3\uf900-\ufaff\ufb1d-\ufdff\ufe70-\uffdc]")
_INFO_KEYS = ("Title", "Author", "CreationDate", "ModDate", "Creator", "Producer")


class Look(Enum):
    """What a page with little or no text looks like."""

    TEXT = "text"
    PICTURE = "picture"
    DRAWING = "drawing"
    CURVES = "curves"  # a drawing of so many shapes that they may be letters
    SILENT = "silent"  # there is text on it, but PDFium has no characters for it
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as a reader found it.

    Attributes:
        text: its text, not cleaned.
        label: its printed label, empty if there is none.
        look: what it looks like.
        error: why it could not be read, empty if it could.
        ocr: its text was read from a picture of it.
    """

    text: str
    label: str = ""
    look: Look = Look.TEXT
    error: str = ""
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A document as a reader found it.

    Attributes:
        pages: its pages.
        outline: its bookmarks.
        info: its document information by key (``Title``, ``Author``, …).
        attached: the files in it.
        is_dynamic: it is a form that only Adobe's programs draw (XFA); its pages tell so.
    """

    pages: tuple[RawPage, ...]
    outline: tuple[Section, ...] = ()
    info: dict[str, str] | None = None
    attached: tuple[Attached, ...] = ()
    is_dynamic: bool = False


def read_pages(pdf: PdfDocument, attachments: Attachments | None = None) -> Iterator[RawPage]:
    """All pages in order; each is opened once and closed before the next.

    Args:
        pdf: the document.
        attachments: takes in the files that are pinned to its pages.
    """
    attachments = attachments or Attachments()
    runs_left = _runs_left(pdf)
    count = len(pdf)
    # A page in the middle of a labelled document has a label, too; most documents have none.
    labelled = any(_label(pdf, index) for index in {0, count // 2, count - 1} if index >= 0)
    for index in range(count):
        try:
            yield _read_page(pdf, index, attachments, runs_left=runs_left, labelled=labelled)
        except pypdfium2.PdfiumError as error:
            yield RawPage("", error=str(error))


def _runs_left(pdf: PdfDocument) -> bool:
    """Whether the document says that it is read from right to left (``Direction`` in PDF 1.7, table 150)."""
    buffer = ctypes.create_string_buffer(len(b"R2L\0"))
    length = pdfium.FPDF_VIEWERREF_GetName(pdf, b"Direction", buffer, len(buffer))
    return length == len(buffer) and buffer.value == b"R2L"


def _label(pdf: PdfDocument, index: int) -> str:
    return _decoded(partial(pdf.get_page_label, index))


def read_info(pdf: PdfDocument) -> dict[str, str]:
    """Title, author, dates and programs as the document information has them, ``Lang`` as the catalogue; absent ones empty."""
    info = {key: drop_odd(_decoded(partial(pdf.get_metadata_value, key))) for key in _INFO_KEYS}
    return {**info, "Lang": drop_odd(_language(pdf))}


def _language(pdf: PdfDocument) -> str:
    length = pdfium.FPDFCatalog_GetLanguage(pdf, None, 0)
    if not 0 < length <= _MAX_LANGUAGE:
        return ""
    buffer = (pdfium.FPDF_WCHAR * length)()
    pdfium.FPDFCatalog_GetLanguage(pdf, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").partition("\0")[0]


def _decoded(get: Callable[[], str]) -> str:
    """A string that PDFium holds, empty if it isn't one: pypdfium2 decodes strictly, files contain anything."""
    try:
        return get()
    except UnicodeDecodeError:
        return ""


def _read_page(
    pdf: PdfDocument, index: int, attachments: Attachments, *, runs_left: bool, labelled: bool
) -> RawPage:
    page = pdf.get_page(index)
    notes: Notes | None = None
    try:
        if has_notes(page):
            notes = Notes(pdf, page, attachments)
            if notes.shown:
                draw_in(page)
                page.close()
                page = pdf.get_page(index)
        text = _text(page, runs_left=runs_left)
        if notes and notes.texts:
            text = "\r\n".join([text, *unsaid(notes.texts, text)])
        look = _look(page, text) if len(text) < _SUSPICIOUS_LENGTH else Look.TEXT
    finally:
        page.close()
    return RawPage(text, _label(pdf, index) if labelled else "", look)


def _text(page: PdfPage, *, runs_left: bool) -> str:
    textpage = page.get_textpage()
    try:
        text = str(textpage.get_text_range())
        return (
            text if text.isascii() and not runs_left else _mended(page, textpage, text, runs_left=runs_left)
        )
    finally:
        textpage.close()


def _mended(page: PdfPage, textpage: PdfTextPage, text: str, *, runs_left: bool) -> str:
    """The text of a page with what PDFium gets wrong in scripts other than Latin, Greek and Cyrillic."""
    if not runs_left and not _OTHER_SCRIPTS.search(text):
        return text
    spelt = respelt(page, textpage, text, runs_left=runs_left)
    if not is_wide(spelt):
        return spelt
    return unbroken(textpage, text) if spelt is text else join_lines(spelt)


def _look(page: PdfPage, text: str) -> Look:
    width, height = page.get_size()
    covered, shapes, words = 0.0, 0, False
    for item in islice(page.get_objects(max_depth=2), _MAX_OBJECTS):
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            covered += _area(item.get_bounds(), width, height)
        words = words or (item.type == pdfium.FPDF_PAGEOBJ_TEXT and _is_seen(item))
        shapes += item.type in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING)
    # The sum, as scanners cut pages into strips.
    says_something = any(map(str.isalpha, text))
    if covered > (_PICTURE_SHARE if says_something else _LONE_PICTURE_SHARE) * width * height:
        return Look.PICTURE
    if text.strip():
        return Look.TEXT
    if words or text.strip(" \r\n"):
        return Look.SILENT
    if shapes > _LETTER_SHAPES:
        return Look.CURVES
    return Look.DRAWING if covered or shapes > _DRAWING_SHAPES else Look.BLANK


def _is_seen(words: PdfObject) -> bool:
    """Whether a piece of text draws anything: the spaces on a page that is «intentionally blank» have no height."""
    _, bottom, _, top = words.get_bounds()
    return bool(top > bottom)


def _area(bounds: tuple[float, float, float, float], width: float, height: float) -> float:
    """What of a box lies on the page, in square points."""
    left, bottom, right, top = bounds
    return max(0.0, min(right, width) - max(left, 0.0)) * max(0.0, min(top, height) - max(bottom, 0.0))
