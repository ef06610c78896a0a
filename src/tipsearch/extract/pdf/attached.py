"""Files inside a PDF: attached to the document, pinned to a page, or the parts of a portfolio.

Each that can be read becomes a document of its own, a further record of the same file; each that can't is named.
"""

from __future__ import annotations

import ctypes
import hashlib
from dataclasses import dataclass, replace
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from pypdfium2 import raw as pdfium

from tipsearch import extract
from tipsearch.extract.facts import fact, unique
from tipsearch.extract.sniff import PDF, sniff
from tipsearch.model import (
    Evidence,
    Extraction,
    Fact,
    Field,
    FileState,
    Origin,
    PageIssue,
    Record,
    RecordKind,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pypdfium2 import PdfDocument

#: So many are read, and so many bytes of them together.
MAX_FILES = 20
MAX_BYTES = 64 << 20
#: So much of them is decoded at most (0.1 s for 64 MB): PDFium tells a file's length only by decoding all of it.
MAX_DECODED = 4 * MAX_BYTES
_MAX_NAME = 200
#: Hexadecimal digits of the content's SHA-256 that tell attachments of one name apart.
_MARK = 12


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside a PDF.

    Attributes:
        name: its name without folders.
        data: its content; None if PDFium can't give it, or if it is left out.
        is_left_out: with it, the document's attachments would be more than are read.
    """

    name: str
    data: bytes | None
    is_left_out: bool = False


class Attachments:
    """The files inside one document, read one at a time and within one bound for its list and all its pages.

    Attributes:
        files: what was found so far, each once: a file pinned to a page is often listed as well. One more than
            `MAX_FILES` at most, which tells of the rest.
    """

    def __init__(self) -> None:
        self.files: list[Attached] = []
        self._room = MAX_BYTES
        self._decodable = MAX_DECODED

    def take_listed(self, pdf: PdfDocument) -> None:
        """Read the files that the document lists (PDF 1.7, 7.11.4)."""
        for index in range(min(pdfium.FPDFDoc_GetAttachmentCount(pdf), MAX_FILES + 1)):
            file = pdfium.FPDFDoc_GetAttachment(pdf, index)
            if file:
                self.take(file)

    def take(self, file: Any) -> None:  # noqa: ANN401 - a handle of PDFium
        """Read a file, as far as there is room for it."""
        if len(self.files) > MAX_FILES:
            return
        found = self._read(file)
        if found not in self.files:
            self._room -= len(found.data or b"")
            self.files.append(found)

    def _read(self, file: Any) -> Attached:  # noqa: ANN401 - as above
        name = _name(file)
        left_out = Attached(name, None, is_left_out=True)
        if self._decodable <= 0:
            return left_out
        size = _size(file)
        self._decodable -= size
        is_twin = any(one.data and (one.name, len(one.data)) == (name, size) for one in self.files)
        if size > self._room and not is_twin:
            return left_out
        found = Attached(name, _content(file, size))
        return found if size <= self._room or found in self.files else left_out


def _name(file: Any) -> str:  # noqa: ANN401 - a handle of PDFium
    length = pdfium.FPDFAttachment_GetName(file, None, 0)
    name = (pdfium.FPDF_WCHAR * max(length // 2, 1))()
    pdfium.FPDFAttachment_GetName(file, name, ctypes.sizeof(name))
    decoded = bytes(name).decode("utf-16-le", "ignore").partition("\0")[0]
    return PurePath(decoded.replace("\\", "/")).name[:_MAX_NAME] or "without a name"


def _size(file: Any) -> int:  # noqa: ANN401 - a handle of PDFium
    """The length of a file in bytes, 0 if it can't be decoded; PDFium decodes it for that, and lets it go again."""
    size = ctypes.c_ulong()
    return size.value if pdfium.FPDFAttachment_GetFile(file, None, 0, size) else 0


def _content(file: Any, size: int) -> bytes | None:  # noqa: ANN401 - a handle of PDFium
    if not size:
        return None
    buffer = (ctypes.c_char * size)()
    done = pdfium.FPDFAttachment_GetFile(file, buffer, size, ctypes.c_ulong())
    return bytes(buffer) if done else None


def with_attached(
    whole: Extraction, files: Sequence[Attached], name: str, read_pdf: Callable[[bytes], Extraction]
) -> Extraction:
    """What a PDF says together with what its attachments say.

    Args:
        whole: what the PDF itself says.
        files: its attachments.
        name: of the PDF.
        read_pdf: reads an attached PDF without its own attachments.

    Returns:
        Its own record first, then one for each document in its attachments; attachments that gave none are issues of
        its first page. A PDF without text of its own is ok if an attachment has some, as a portfolio's cover may be.
    """
    records, issues = list(whole.records), list(whole.issues)
    numbers = count(1)
    for file in files[:MAX_FILES]:
        found = _read(file, read_pdf)
        documents = [
            record for record in found.records if record.kind is RecordKind.DOCUMENT and record.pages
        ]
        place = f"{PurePath(name).name}#attachment:{_mark(file)}"
        records += [_record(record, next(numbers), file.name, place) for record in documents]
        if not documents:
            reason = found.reason or "it has no text"
            issues.append(PageIssue(1, found.state, f"its attachment «{file.name}» was left out: {reason}"))
    if len(files) > MAX_FILES:
        reason = "it has more attachments than are read; take them out of it and add them as files"
        issues.append(PageIssue(1, FileState.TOO_BIG, reason))
    ordered = tuple(sorted(issues, key=lambda issue: issue.page))
    if not records or whole.records:
        return replace(whole, records=tuple(records), issues=ordered)
    return Extraction(FileState.OK, whole.media_type, tuple(records), issues=ordered)


def _read(file: Attached, read_pdf: Callable[[bytes], Extraction]) -> Extraction:
    if file.is_left_out:
        reason = f"with it, its attachments are more than {MAX_BYTES >> 20} MB; take it out of the PDF and add it as a file"
        return Extraction(FileState.TOO_BIG, reason=reason)
    if file.data is None:
        return Extraction(FileState.MALFORMED, reason="it is empty, or its content is damaged")
    if sniff(file.data, file.name).media_type == PDF:
        return read_pdf(file.data)
    return extract.read(file.data, file.name)


def _mark(file: Attached) -> str:
    return hashlib.sha256(file.data or b"").hexdigest()[:_MARK]


def _record(record: Record, number: int, attachment: str, place: str) -> Record:
    """A document of an attachment as a record of the PDF: with a title, and an identifier of its own.

    Args:
        record: the document, as the attachment has it.
        number: of the record within the PDF.
        attachment: its name.
        place: the PDF's name and a mark of the attachment's content, for other PDFs and attachments may have these names.
    """
    identifier = fact(Field.IDENTIFIER, f"{place}:{record.number}:{attachment}", "attachment")
    stem = PurePath(attachment).stem.replace("_", " ").strip() or attachment
    named = Fact(Field.TITLE, stem, Origin.DETECTED, 0.1, (Evidence("attachment", attachment),))
    own = [one for one in record.facts if one.field is not Field.IDENTIFIER]
    title = [] if record.first(Field.TITLE) else [named]
    return replace(record, number=number, facts=unique([identifier, *own, *title]))
