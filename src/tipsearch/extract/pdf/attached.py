"""Files inside a PDF: attached to the document, pinned to a page, or the parts of a portfolio.

Each that can be read becomes a document of its own, a further record of the same file; each that can't is named.
"""

from __future__ import annotations

import ctypes
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
    from collections.abc import Callable, Iterator, Sequence

    from pypdfium2 import PdfDocument

#: So many are read, and so many bytes of them together.
MAX_FILES = 20
MAX_BYTES = 64 << 20
_MAX_NAME = 200


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside a PDF: its name, and its content; None if PDFium can't give it or it is too long."""

    name: str
    data: bytes | None


def all_attached(pdf: PdfDocument) -> Iterator[Attached]:
    """The files that the document lists (PDF 1.7, 7.11.4), as many as are read, and one more that tells of the rest."""
    total = pdfium.FPDFDoc_GetAttachmentCount(pdf)
    for index in range(min(total, MAX_FILES + 1)):
        file = pdfium.FPDFDoc_GetAttachment(pdf, index)
        if file:
            yield read_attached(file)


def read_attached(file: Any) -> Attached:  # noqa: ANN401 - a handle of PDFium
    """Name and content of a file inside a PDF."""
    length = pdfium.FPDFAttachment_GetName(file, None, 0)
    name = (pdfium.FPDF_WCHAR * max(length // 2, 1))()
    pdfium.FPDFAttachment_GetName(file, name, ctypes.sizeof(name))
    decoded = bytes(name).decode("utf-16-le", "ignore").partition("\0")[0]
    return Attached(PurePath(decoded.replace("\\", "/")).name[:_MAX_NAME] or "without a name", _content(file))


def _content(file: Any) -> bytes | None:  # noqa: ANN401 - a handle of PDFium
    size = ctypes.c_ulong()
    if not pdfium.FPDFAttachment_GetFile(file, None, 0, size) or not 0 < size.value <= MAX_BYTES:
        return None
    buffer = (ctypes.c_char * size.value)()
    done = pdfium.FPDFAttachment_GetFile(file, buffer, size.value, size)
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
    room = MAX_BYTES
    for at, file in enumerate(_distinct(files)):
        room -= len(file.data or b"")
        if at >= MAX_FILES or room < 0:
            reason = "it has more attachments than are read; take them out of it and add them as files"
            issues.append(PageIssue(1, FileState.TOO_BIG, reason))
            break
        found = _read(file, read_pdf)
        documents = [
            record for record in found.records if record.kind is RecordKind.DOCUMENT and record.pages
        ]
        records += [_record(record, next(numbers), file.name, name) for record in documents]
        if not documents:
            reason = found.reason or "it has no text"
            issues.append(PageIssue(1, found.state, f"its attachment «{file.name}» was left out: {reason}"))
    ordered = tuple(sorted(issues, key=lambda issue: issue.page))
    if not records or whole.records:
        return replace(whole, records=tuple(records), issues=ordered)
    return Extraction(FileState.OK, whole.media_type, tuple(records), issues=ordered)


def _distinct(files: Sequence[Attached]) -> list[Attached]:
    """The files, each once: one pinned to a page is often listed as well."""
    return list(dict.fromkeys(files))


def _read(file: Attached, read_pdf: Callable[[bytes], Extraction]) -> Extraction:
    if file.data is None:
        return Extraction(FileState.MALFORMED, reason="its content is damaged, or longer than 64 MB")
    if sniff(file.data, file.name).media_type == PDF:
        return read_pdf(file.data)
    return extract.read(file.data, file.name)


def _record(record: Record, number: int, attachment: str, name: str) -> Record:
    """A document of an attachment as a record of the PDF: with a name of its own, and a title."""
    identifier = fact(Field.IDENTIFIER, f"{PurePath(name).name}#attachment:{attachment}", "attachment")
    stem = PurePath(attachment).stem.replace("_", " ").strip() or attachment
    named = Fact(Field.TITLE, stem, Origin.DETECTED, 0.1, (Evidence("attachment", attachment),))
    own = [one for one in record.facts if one.field is not Field.IDENTIFIER]
    title = [] if record.first(Field.TITLE) else [named]
    return replace(record, number=number, facts=unique([identifier, *own, *title]))
