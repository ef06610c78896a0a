"""The bookmarks of a PDF, read by PDFium, as the sections of the document."""

from __future__ import annotations

import logging
from itertools import islice
from typing import TYPE_CHECKING

from pypdfium2 import raw as pdfium

from tipsearch.extract.clean import clean
from tipsearch.model import Section

if TYPE_CHECKING:
    from pypdfium2 import PdfBookmark, PdfDocument

# PDFium's Python layer reports loops in bookmarks on its logger; without a handler Python would print them on stderr.
logging.getLogger("pypdfium2").addHandler(logging.NullHandler())

_MAX_SECTIONS = 2_000
_MAX_OUTLINE_DEPTH = 10
_MAX_HEADING = 300
#: Bookmarks whose action leads out of the document; PDFium gives the page of the other file all the same.
_ELSEWHERE = frozenset({pdfium.PDFACTION_REMOTEGOTO, pdfium.PDFACTION_LAUNCH, pdfium.PDFACTION_URI})


def read_outline(pdf: PdfDocument) -> tuple[Section, ...]:
    """The bookmarks in order, at most 2,000 and 10 levels deep; one that leads to no page of this file has none.

    Named destinations and those inside actions are resolved by PDFium; bookmarks that form a circle end where it closes.
    """
    sections = []
    count = len(pdf)
    for bookmark in islice(pdf.get_toc(max_depth=_MAX_OUTLINE_DEPTH), _MAX_SECTIONS):
        heading = " ".join(clean(_title(bookmark)).split())[:_MAX_HEADING]
        if heading:
            sections.append(Section(heading, bookmark.level, _page(bookmark, count)))
    return tuple(sections)


def _title(bookmark: PdfBookmark) -> str:
    """Its title, empty if it isn't one: pypdfium2 decodes strictly, files contain anything."""
    try:
        return str(bookmark.get_title())
    except UnicodeDecodeError:
        return ""


def _page(bookmark: PdfBookmark, count: int) -> int | None:
    """The 1-based number of the page that it leads to, None if that isn't in this file."""
    if pdfium.FPDFAction_GetType(pdfium.FPDFBookmark_GetAction(bookmark)) in _ELSEWHERE:
        return None
    destination = bookmark.get_dest()
    index = destination.get_index() if destination else None
    return None if index is None or not 0 <= index < count else index + 1
