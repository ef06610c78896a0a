"""A PDF from bytes to an `Extraction`: which reader reads it, what becomes of its pages, in which state it ends."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw as pdfium

from tipsearch.extract.clean import clean_counted
from tipsearch.extract.hyphens import Joined, join_hyphens, mark_hyphens
from tipsearch.extract.pdf import verdict
from tipsearch.extract.pdf.about import find_facts
from tipsearch.extract.pdf.attached import Attachments, with_attached
from tipsearch.extract.pdf.garbled import is_garbled
from tipsearch.extract.pdf.outline import read_outline
from tipsearch.extract.pdf.running import Running, drop_running, find_running
from tipsearch.extract.pdf.text import Look, RawDocument, RawPage, read_info, read_pages
from tipsearch.extract.sniff import PDF
from tipsearch.model import Extraction, Fact, FileState, Page, Record, RecordKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tipsearch.extract.pdf.attached import Attached

MAX_PAGES = 20_000
#: Of a whole document, in characters.
MAX_TEXT = 50_000_000
#: The second reader takes thirty times as long: so many silent pages it may try; OCR can read the others.
_MAX_SECOND_PAGES = 50

#: A longer label is a mistake: the thousandth page of a preface in roman numbers.
_MAX_LABEL = 20

_NOTHING: Mapping[int, str] = MappingProxyType({})

#: Kinds of form that are nothing but XFA.
_DYNAMIC = frozenset({pdfium.FORMTYPE_XFA_FULL})


class _TooBigError(Exception):
    """The document is beyond a limit; the message says which."""


def read_pdf(data: bytes, name: str, scanned: Mapping[int, str] = _NOTHING) -> Extraction:
    """Read a PDF.

    Args:
        data: its content, by which alone it is judged.
        name: its name, by which the documents in its attachments are known.
        scanned: by number, the text of pages that are pictures, where OCR has read them.

    Returns:
        Its text page by page with title, dates, names and bookmarks, and the documents attached to it; or the state and
        reason why there is none.
    """
    whole, attached = _read(data, scanned)
    if not attached:
        return whole
    return with_attached(whole, attached, name, lambda inner: _read(inner, _NOTHING)[0])


def _read(data: bytes, scanned: Mapping[int, str]) -> tuple[Extraction, tuple[Attached, ...]]:
    """A PDF without its attachments, and these."""
    try:
        raw = _read_raw(data)
    except pypdfium2.PdfiumError as error:
        return _refused(data, error), ()
    except _TooBigError as error:
        return Extraction(FileState.TOO_BIG, PDF, reason=str(error)), ()
    return _extraction(data, _with_scanned(raw, scanned)), raw.attached


def _with_scanned(raw: RawDocument, scanned: Mapping[int, str]) -> RawDocument:
    """The document with what OCR read on its pictures."""
    if not scanned:
        return raw
    pages = tuple(
        RawPage(mark_hyphens(scanned[number]), page.label, ocr=True) if number in scanned else page
        for number, page in enumerate(raw.pages, 1)
    )
    return replace(raw, pages=pages)


def _read_raw(data: bytes) -> RawDocument:
    with closing(pypdfium2.PdfDocument(data)) as pdf:
        form = pdf.get_formtype()
        if form != pdfium.FORMTYPE_NONE:
            pdf.init_forms()
        if len(pdf) > MAX_PAGES:
            raise _TooBigError(
                f"it says that it has {len(pdf):,} pages; the limit is {MAX_PAGES:,}: split it"
            )
        attachments = Attachments()
        attachments.take_listed(pdf)
        pages = tuple(_bounded(read_pages(pdf, attachments)))
        return RawDocument(
            pages, read_outline(pdf), read_info(pdf), tuple(attachments.files), form in _DYNAMIC
        )


def _bounded(pages: Iterable[RawPage]) -> Iterable[RawPage]:
    length = 0
    for page in pages:
        length += len(page.text)
        if length > MAX_TEXT:
            raise _TooBigError(f"its text has more than {MAX_TEXT:,} characters; split it")
        yield page


def _refused(data: bytes, error: pypdfium2.PdfiumError) -> Extraction:
    """A file that PDFium will not open: locked, or seen by the second reader, or damaged."""
    if error.err_code == pdfium.FPDF_ERR_PASSWORD:
        reason = "it opens only with a password; ask the publisher for a copy without one"
        return Extraction(FileState.ENCRYPTED, PDF, reason=reason)
    from tipsearch.extract.pdf.second import read_whole  # noqa: PLC0415 - 40 ms that few files need

    raw = read_whole(data)
    if raw is not None and any(verdict.has_letters(page.text) for page in raw.pages):
        return _extraction(data, raw)
    if error.err_code == pdfium.FPDF_ERR_SECURITY:
        reason = "it is protected in a way that cannot be opened; ask the publisher for an unprotected copy"
        return Extraction(FileState.ENCRYPTED, PDF, reason=reason)
    reason = "it begins like a PDF but is damaged or cut short, and no page can be found in it; get it again"
    return Extraction(FileState.MALFORMED, PDF, reason=reason)


def _extraction(data: bytes, raw: RawDocument) -> Extraction:
    raw = _with_second_reader(data, raw)
    texts, garbled = _clean(raw.pages)
    running = find_running(texts)
    joined = join_hyphens(drop_running(texts, running))
    found = verdict.issues(raw, [one.text for one in joined], garbled)
    if not any(verdict.has_letters(one.text) for one in joined):
        return verdict.without_text(raw, found)
    unread = {issue.page for issue in found if issue.state is FileState.NEEDS_OCR}
    pages = tuple(
        _page(number, page, one, running, needs_ocr=number in unread)
        for number, (page, one) in enumerate(zip(raw.pages, joined, strict=True), 1)
    )
    record = Record(RecordKind.DOCUMENT, _facts(data, raw, pages, running.masks), pages, raw.outline)
    return Extraction(FileState.OK, PDF, (record,), issues=found)


def _page(number: int, raw: RawPage, joined: Joined, running: Running, *, needs_ocr: bool) -> Page:
    label = _label(raw.label or running.labels.get(number - 1, ""), number)
    return Page(number, joined.text, label, needs_ocr=needs_ocr, ocr=raw.ocr, breaks=joined.breaks)


def _with_second_reader(data: bytes, raw: RawDocument) -> RawDocument:
    """The document with the pages on which PDFium found text but no characters read by pdfminer.six."""
    silent = [number for number, page in enumerate(raw.pages, 1) if page.look is Look.SILENT][
        :_MAX_SECOND_PAGES
    ]
    if not silent:
        return raw
    from tipsearch.extract.pdf.second import read_some  # noqa: PLC0415 - 40 ms that few files need

    found = read_some(data, frozenset(silent))
    pages = tuple(
        RawPage(found[number], page.label) if number in found else page
        for number, page in enumerate(raw.pages, 1)
    )
    return replace(raw, pages=pages)


def _clean(pages: Sequence[RawPage]) -> tuple[list[str], list[bool]]:
    """The pages' texts, and which were garbled; a garbled text is dropped, as nobody could find or read it."""
    cleaned = [clean_counted(page.text) for page in pages]
    garbled = [is_garbled(text, dropped) for text, dropped in cleaned]
    return ["" if bad else text for (text, _), bad in zip(cleaned, garbled, strict=True)], garbled


def _facts(data: bytes, raw: RawDocument, pages: Sequence[Page], running: frozenset[str]) -> tuple[Fact, ...]:
    first = next(page for page in pages if verdict.has_letters(page.text))
    return find_facts(data, raw.info or {}, pages[first.number - 1 :], running)


def _label(label: str, number: int) -> str | None:
    return None if label in {"", str(number)} or len(label) > _MAX_LABEL else label
