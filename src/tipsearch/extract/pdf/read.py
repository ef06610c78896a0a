"""A PDF from bytes to an `Extraction`: which reader reads it, what becomes of its pages, in which state it ends."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw as pdfium

from tipsearch.extract.clean import clean_counted, join_hyphens
from tipsearch.extract.pdf.byline import find_byline
from tipsearch.extract.pdf.meta import find_dates, find_names
from tipsearch.extract.pdf.running import drop_running, running_lines
from tipsearch.extract.pdf.text import Look, RawDocument, RawPage, read_info, read_outline, read_pages
from tipsearch.extract.pdf.title import FirstPage, LayoutLine, find_title
from tipsearch.extract.sniff import PDF
from tipsearch.model import Extraction, Fact, FileState, Page, PageIssue, Record, RecordKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MAX_PAGES = 20_000
#: Of a whole document, in characters.
MAX_TEXT = 50_000_000
#: A page with fewer letters has no text.
_MIN_LETTERS = 3
#: On a picture, fewer letters than these are a stamp or a page number.
_MIN_LETTERS_ON_PICTURE = 50
#: More control characters than this share of a page: its font has no table of characters, what it says is unknown.
_MAX_DROPPED = 0.2
#: The second reader takes thirty times as long: so many silent pages it may try.
_MAX_SECOND_PAGES = 50

_NOTHING: Mapping[int, str] = MappingProxyType({})

_NEEDS_OCR = "the page is a picture without text"
_GARBLED = "the font of this page has no table of characters, so its text cannot be known"
_NO_TEXT = "the page has drawings or pictures but no text"
_SILENT = "the page has text that no reader could decode"


_LETTER = re.compile(r"[^\W\d_]")


class _TooBigError(Exception):
    """The document is beyond a limit; the message says which."""


def read_pdf(data: bytes, name: str, scanned: Mapping[int, str] = _NOTHING) -> Extraction:  # noqa: ARG001 - every reader takes (data, name)
    """Read a PDF.

    Args:
        data: its content.
        name: not used; a PDF is judged by its content alone.
        scanned: by number, the text of pages that are pictures, where OCR has read them.

    Returns:
        Its text page by page with title, dates, names and bookmarks, or the state and reason why there is none.
    """
    try:
        raw = _read_raw(data)
    except pypdfium2.PdfiumError as error:
        return _refused(data, error)
    except _TooBigError as error:
        return Extraction(FileState.TOO_BIG, PDF, reason=str(error))
    return _extraction(data, _with_scanned(raw, scanned))


def _with_scanned(raw: RawDocument, scanned: Mapping[int, str]) -> RawDocument:
    """The document with what OCR read on its pictures."""
    if not scanned:
        return raw
    pages = tuple(
        RawPage(scanned[number], page.label, ocr=True) if number in scanned else page
        for number, page in enumerate(raw.pages, 1)
    )
    return replace(raw, pages=pages)


def _read_raw(data: bytes) -> RawDocument:
    with closing(pypdfium2.PdfDocument(data)) as pdf:
        if len(pdf) > MAX_PAGES:
            raise _TooBigError(
                f"it says that it has {len(pdf):,} pages; the limit is {MAX_PAGES:,}: split it"
            )
        return RawDocument(tuple(_bounded(read_pages(pdf))), read_outline(pdf), read_info(pdf))


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
    if raw is not None and any(_has_letters(page.text) for page in raw.pages):
        return _extraction(data, raw)
    if error.err_code == pdfium.FPDF_ERR_SECURITY:
        reason = "it is protected in a way that cannot be opened; ask the publisher for an unprotected copy"
        return Extraction(FileState.ENCRYPTED, PDF, reason=reason)
    reason = "it begins like a PDF but is damaged or cut short, and no page can be found in it; get it again"
    return Extraction(FileState.MALFORMED, PDF, reason=reason)


def _extraction(data: bytes, raw: RawDocument) -> Extraction:
    raw = _with_second_reader(data, raw)
    texts, garbled = _clean(raw.pages)
    running = running_lines(texts)
    texts = drop_running(texts, running)
    judged = [_judge(*page) for page in zip(raw.pages, texts, garbled, strict=True)]
    issues = tuple(
        PageIssue(number, state, reason)
        for number, (state, reason) in enumerate(judged, 1)
        if state is not FileState.OK
    )
    if not any(_has_letters(text) for text in texts):
        return _without_text(raw, issues)
    pages = tuple(
        Page(number, text, _label(page.label, number), needs_ocr=state is FileState.NEEDS_OCR, ocr=page.ocr)
        for number, (page, text, (state, _)) in enumerate(zip(raw.pages, texts, judged, strict=True), 1)
    )
    record = Record(RecordKind.DOCUMENT, _facts(data, raw, pages, running), pages, raw.outline)
    return Extraction(FileState.OK, PDF, (record,), issues=issues)


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
    return RawDocument(pages, raw.outline, raw.info)


def _clean(pages: Sequence[RawPage]) -> tuple[list[str], list[bool]]:
    """The pages' texts, and which were garbled; a garbled text is dropped, as nobody could find or read it."""
    cleaned = [clean_counted(page.text) for page in pages]
    garbled = [dropped > _MAX_DROPPED * (len(text) + dropped) for text, dropped in cleaned]
    texts = ["" if bad else text for (text, _), bad in zip(cleaned, garbled, strict=True)]
    return join_hyphens(texts), garbled


def _judge(page: RawPage, text: str, garbled: bool) -> tuple[FileState, str]:  # noqa: FBT001 - a row of three columns
    """The state that a page would give its file, with the reason."""
    if page.error:
        return FileState.MALFORMED, "the page is damaged and was left out"
    if garbled:
        return FileState.NEEDS_OCR, _GARBLED
    if page.look is Look.PICTURE and not _has_letters(text, _MIN_LETTERS_ON_PICTURE):
        return FileState.NEEDS_OCR, _NEEDS_OCR
    if page.look is Look.SILENT:
        return FileState.NO_TEXT, _SILENT
    if page.look is Look.DRAWING:
        return FileState.NO_TEXT, _NO_TEXT
    return FileState.OK, ""


def _without_text(raw: RawDocument, issues: tuple[PageIssue, ...]) -> Extraction:
    total = len(raw.pages)
    damaged = sum(issue.state is FileState.MALFORMED for issue in issues)
    if damaged == total:
        reason = f"none of its pages ({total}) can be read; get it again"
        return Extraction(FileState.MALFORMED, PDF, reason=reason, issues=issues)
    pictures = sum(issue.state is FileState.NEEDS_OCR for issue in issues)
    if pictures:
        reason = f"{pictures} of {total} pages are pictures without text"
    else:
        reason = "there is no text in it (no text layer)"
    return Extraction(FileState.NO_TEXT, PDF, reason=reason, issues=issues)


def _facts(data: bytes, raw: RawDocument, pages: Sequence[Page], running: frozenset[str]) -> tuple[Fact, ...]:
    info = raw.info or {}
    first = next(page for page in pages if _has_letters(page.text))
    title = find_title(
        info.get("Title", ""),
        FirstPage(first.number, first.text, running),
        partial(_layout, data, first.number),
    )
    dates = find_dates(info.get("CreationDate", ""), title, pages[first.number - 1 :])
    names = find_names(info.get("Author", ""), pages[first.number - 1 :])
    byline = find_byline(pages[first.number - 1])
    return (*([title] if title else []), *byline, *dates, *names)


def _layout(data: bytes, number: int) -> tuple[LayoutLine, ...]:
    from tipsearch.extract.pdf.layout import read_layout  # noqa: PLC0415 - 40 ms that few files need

    return read_layout(data, number)


def _label(label: str, number: int) -> str | None:
    return None if label in {"", str(number)} else label


def _has_letters(text: str, least: int = _MIN_LETTERS) -> bool:
    return next(islice(_LETTER.finditer(text), least - 1, None), None) is not None
