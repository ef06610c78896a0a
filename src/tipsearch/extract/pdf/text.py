"""Text, labels, bookmarks and document information of a PDF, read by PDFium.

pypdfium2's ``get_text_range`` reads 28 times as many pages a second as pdfminer.six, in logical order also from right
to left. PDFium is not thread-safe: one document at a time in one process.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import Enum
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw as pdfium

from tipsearch.extract.clean import clean, drop_odd
from tipsearch.model import Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pypdfium2 import PdfDocument, PdfPage

# PDFium's Python layer reports loops in bookmarks on its logger; without a handler Python would print them on stderr.
logging.getLogger("pypdfium2").addHandler(logging.NullHandler())

#: Shorter page texts are looked at for pictures: a stamp or page number on a scan is no text.
_SUSPICIOUS_LENGTH = 400
#: A picture of that share of the page is a scan (73 of 229 textless pages of 618 reports).
_PICTURE_SHARE = 0.6
#: So many objects of a page are looked at; drawings can have a million.
_MAX_OBJECTS = 2_000
#: So many lines and shapes without a word are a drawing; fewer are rules and frames of an empty page.
_DRAWING_SHAPES = 20
_MAX_SECTIONS = 2_000
_MAX_OUTLINE_DEPTH = 10
_MAX_HEADING = 300
_INFO_KEYS = ("Title", "Author", "CreationDate")


class Look(Enum):
    """What a page with little or no text looks like."""

    TEXT = "text"
    PICTURE = "picture"
    DRAWING = "drawing"
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
    """A document as a reader found it: its pages, bookmarks, and document information by key (``Title``, ``Author``, …)."""

    pages: tuple[RawPage, ...]
    outline: tuple[Section, ...] = ()
    info: dict[str, str] | None = None


def read_pages(pdf: PdfDocument) -> Iterator[RawPage]:
    """All pages in order; each is opened once and closed before the next."""
    for index in range(len(pdf)):
        try:
            yield _read_page(pdf, index)
        except pypdfium2.PdfiumError as error:
            yield RawPage("", error=str(error))


def read_info(pdf: PdfDocument) -> dict[str, str]:
    """Title, author and creation date as the document information has them; absent ones are empty."""
    return {key: drop_odd(_decoded(partial(pdf.get_metadata_value, key))) for key in _INFO_KEYS}


def read_outline(pdf: PdfDocument) -> tuple[Section, ...]:
    """The bookmarks, at most 2,000 and 10 levels deep."""
    sections = []
    for bookmark in islice(pdf.get_toc(max_depth=_MAX_OUTLINE_DEPTH), _MAX_SECTIONS):
        heading = " ".join(clean(_decoded(bookmark.get_title)).split())[:_MAX_HEADING]
        if heading:
            destination = bookmark.get_dest()
            index = destination.get_index() if destination else None
            sections.append(Section(heading, bookmark.level, None if index is None else index + 1))
    return tuple(sections)


def _decoded(get: Callable[[], str]) -> str:
    """A string that PDFium holds, empty if it isn't one: pypdfium2 decodes strictly, files contain anything."""
    try:
        return get()
    except UnicodeDecodeError:
        return ""


def _read_page(pdf: PdfDocument, index: int) -> RawPage:
    page = pdf.get_page(index)
    try:
        textpage = page.get_textpage()
        try:
            text = textpage.get_text_range()
        finally:
            textpage.close()
        look = _look(page, text) if len(text) < _SUSPICIOUS_LENGTH else Look.TEXT
    finally:
        page.close()
    return RawPage(text, _decoded(partial(pdf.get_page_label, index)), look)


def _look(page: PdfPage, text: str) -> Look:
    width, height = page.get_size()
    covered, shapes, words = 0.0, 0, False
    for item in islice(page.get_objects(max_depth=2), _MAX_OBJECTS):
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            covered += _area(item.get_bounds(), width, height)
        words = words or item.type == pdfium.FPDF_PAGEOBJ_TEXT
        shapes += item.type in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING)
    # The sum, as scanners cut pages into strips.
    if covered > _PICTURE_SHARE * width * height:
        return Look.PICTURE
    if text.strip():
        return Look.TEXT
    if words:
        return Look.SILENT
    return Look.DRAWING if covered or shapes > _DRAWING_SHAPES else Look.BLANK


def _area(bounds: tuple[float, float, float, float], width: float, height: float) -> float:
    """What of a box lies on the page, in square points."""
    left, bottom, right, top = bounds
    return max(0.0, min(right, width) - max(left, 0.0)) * max(0.0, min(top, height) - max(bottom, 0.0))
