"""What is to be said about a page: that it needs OCR, is damaged, or isn't the document that it should be."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from tipsearch.extract.pdf.text import Look
from tipsearch.extract.sniff import PDF
from tipsearch.model import Extraction, FileState, PageIssue
from tipsearch.paths import data_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tipsearch.extract.pdf.text import RawDocument, RawPage

#: A page with fewer letters has no text.
_MIN_LETTERS = 3
#: On a picture, fewer letters than these are a stamp or a page number.
_MIN_LETTERS_ON_PICTURE = 50
#: What a server says in place of a document is this short, and so is what stands in place of a form that isn't drawn.
_MAX_NOT_FOUND, _MAX_PLACEHOLDER = 400, 1_500

_DAMAGED = "the page is damaged and was left out"
_NO_WORDS = "the page is a picture on which OCR found no words"
_NEEDS_OCR = "the page is a picture without text"
_GARBLED = "the font of this page has no table of characters, so its text cannot be known"
_NO_TEXT = "the page has drawings or pictures but no text"
_CURVES = "the page has no text but many shapes, which may be letters drawn as curves"
_SILENT = "the page has text, but no characters were found for it"
_TEXTLESS = {
    Look.SILENT: (FileState.NEEDS_OCR, _SILENT),
    Look.CURVES: (FileState.NEEDS_OCR, _CURVES),
    Look.DRAWING: (FileState.NO_TEXT, _NO_TEXT),
}
#: What is said of a document without letters that has such pages; the first that holds.
_WITHOUT = {
    _GARBLED: "the fonts of {} of {} pages have no table of characters; OCR can read them",
    _NEEDS_OCR: "{} of {} pages are pictures without text",
    _SILENT: "{} of {} pages have text, but no characters were found for it; OCR can read them",
    _CURVES: "{} of {} pages have no text but many shapes, which may be letters; OCR can tell",
}
_NOT_FOUND = "this looks like a server's message that the document is not there; get the document again"
_DYNAMIC_FORM = "this is a form that only Adobe's programs draw (XFA); open it there, print it as PDF and add that instead"

# Read now: few documents are so short, and a child may open no files by then.
_NOT_FOUND_PHRASES: tuple[str, ...] = tuple(
    json.loads(data_file("not_found.json").read_text(encoding="utf-8"))["phrases"]
)
_LETTER = re.compile(r"[^\W\d_]")


def has_letters(text: str, least: int = _MIN_LETTERS) -> bool:
    """Whether there is so much to search."""
    return next(islice(_LETTER.finditer(text), least - 1, None), None) is not None


def issues(raw: RawDocument, texts: Sequence[str], garbled: Sequence[bool]) -> tuple[PageIssue, ...]:
    """What a librarian should know about the pages of a document.

    Args:
        raw: the document as it was read.
        texts: the final texts of its pages.
        garbled: of each page, whether its text was dropped because nobody could read it.
    """
    return tuple(
        PageIssue(number, *found)
        for number, (page, text, bad) in enumerate(zip(raw.pages, texts, garbled, strict=True), 1)
        if (found := _of_page(page, text, bad)) is not None
    ) or tuple(_of_whole(raw, texts))


def _of_page(page: RawPage, text: str, garbled: bool) -> tuple[FileState, str] | None:  # noqa: FBT001 - a row of columns
    """The state that a page would give its file, with the reason."""
    if page.error:
        return FileState.MALFORMED, _DAMAGED
    if page.ocr and not text:
        return FileState.NO_TEXT, _NO_WORDS
    if garbled:
        return FileState.NEEDS_OCR, _GARBLED
    if page.look is Look.PICTURE and not has_letters(text, _MIN_LETTERS_ON_PICTURE):
        return FileState.NEEDS_OCR, _NEEDS_OCR
    return None if has_letters(text) else _TEXTLESS.get(page.look)


def _of_whole(raw: RawDocument, texts: Sequence[str]) -> Iterator[PageIssue]:
    """What concerns a document whose pages are sound; said of the first."""
    length = sum(map(len, texts))
    if raw.is_dynamic and length < _MAX_PLACEHOLDER:
        yield PageIssue(1, FileState.NO_TEXT, _DYNAMIC_FORM)
    elif len(texts) == 1 and 0 < length < _MAX_NOT_FOUND:
        squeezed = " ".join(texts[0].casefold().split())
        if any(phrase in squeezed for phrase in _NOT_FOUND_PHRASES):
            yield PageIssue(1, FileState.MALFORMED, _NOT_FOUND)


def without_text(raw: RawDocument, found: tuple[PageIssue, ...]) -> Extraction:
    """The result for a document that has no letters, with the reason."""
    total = len(raw.pages)
    damaged = sum(issue.state is FileState.MALFORMED for issue in found)
    if damaged == total:
        reason = f"none of its pages ({total}) can be read; get it again"
        return Extraction(FileState.MALFORMED, PDF, reason=reason, issues=found)
    reasons = Counter(issue.reason for issue in found)
    needed = next((reason for reason in _WITHOUT if reason in reasons), None)
    if needed:
        reason = _WITHOUT[needed].format(reasons[needed], total)
    elif raw.is_dynamic:
        reason = _DYNAMIC_FORM
    elif any(page.text.strip() for page in raw.pages):
        reason = "there are no words in it, only numbers or signs that no reader could decode"
    else:
        reason = "there is no text in it (no text layer)"
    return Extraction(FileState.NO_TEXT, PDF, reason=reason, issues=found)
