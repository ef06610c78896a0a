"""Text that stands on a page without belonging to it: what was filled into a form, free text, stamps.

PDFium's text of a page leaves it out (57 of 1,002 files had nothing else). Drawing it into the page («flattening») puts
it where the eye finds it; what is stored without being drawn is added below.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

from pypdfium2 import raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfDocument, PdfPage

    from tipsearch.extract.pdf.attached import Attachments

#: Kinds that show text of their own; links, highlights and the windows of comments don't.
_SHOWN = frozenset({pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP})
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_FIELDS = frozenset(
    {pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX}
)
#: A field that hides what is typed (PDF 1.7, table 228).
_PASSWORD = 1 << 13
_MAX_NOTES = 2_000
#: Of one note, in UTF-16 units.
_MAX_TEXT = 20_000


class Notes:
    """What stands on one page without belonging to it.

    Attributes:
        shown: some of it is drawn.
        texts: what it says, as stored.
    """

    def __init__(self, pdf: PdfDocument, page: PdfPage, attachments: Attachments) -> None:
        """Look at what is laid over the page; files pinned to it are added to the document's `attachments`."""
        self.shown = False
        self.texts: list[str] = []
        self._attachments = attachments
        self._form = pdf.formenv
        for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MAX_NOTES)):
            note = pdfium.FPDFPage_GetAnnot(page, index)
            if note:
                self._take(note)
                pdfium.FPDFPage_CloseAnnot(note)

    def _take(self, note: Any) -> None:  # noqa: ANN401 - a handle of PDFium
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        if kind == pdfium.FPDF_ANNOT_FILEATTACHMENT:
            file = pdfium.FPDFAnnot_GetFileAttachment(note)
            if file:
                self._attachments.take(file)
        elif kind in _SHOWN and not pdfium.FPDFAnnot_GetFlags(note) & _UNSEEN:
            self.shown = True
            text = self._value(note) if kind == pdfium.FPDF_ANNOT_WIDGET else _string(note, b"Contents")
            # A stamp's words about itself («Draft by …») are no text of the page.
            self.texts += [text] if text and kind != pdfium.FPDF_ANNOT_STAMP else []

    def _value(self, widget: Any) -> str:  # noqa: ANN401 - a handle of PDFium
        if not self._form:
            return ""
        field = pdfium.FPDFAnnot_GetFormFieldType(self._form, widget)
        if field not in _FIELDS or pdfium.FPDFAnnot_GetFormFieldFlags(self._form, widget) & _PASSWORD:
            return ""
        length = pdfium.FPDFAnnot_GetFormFieldValue(self._form, widget, None, 0)
        buffer = _buffer(length)
        pdfium.FPDFAnnot_GetFormFieldValue(self._form, widget, buffer, ctypes.sizeof(buffer))
        return _text(buffer)


def has_notes(page: PdfPage) -> bool:
    """Whether anything is laid over the page, if only a link."""
    return bool(pdfium.FPDFPage_GetAnnotCount(page) > 0)


def draw_in(page: PdfPage) -> None:
    """Draw what is laid over the page into it; it has to be loaded anew to be read."""
    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)


def unsaid(texts: list[str], text: str) -> Iterator[str]:
    """Those of the texts that a page's text doesn't say already, however its lines are broken."""
    said = "".join(text.split())
    for one in texts:
        squeezed = "".join(one.split())
        if squeezed and squeezed not in said:
            said += squeezed
            yield one


def _string(note: Any, key: bytes) -> str:  # noqa: ANN401 - a handle of PDFium
    buffer = _buffer(pdfium.FPDFAnnot_GetStringValue(note, key, None, 0))
    pdfium.FPDFAnnot_GetStringValue(note, key, buffer, ctypes.sizeof(buffer))
    return _text(buffer)


def _buffer(length: int) -> ctypes.Array[Any]:
    """Room for a string of so many bytes with its end; none for one that is longer than any note."""
    return (pdfium.FPDF_WCHAR * (length // 2 if 0 < length <= 2 * _MAX_TEXT else 1))()


def _text(buffer: ctypes.Array[Any]) -> str:
    return bytes(buffer).decode("utf-16-le", "ignore").partition("\0")[0].strip()
