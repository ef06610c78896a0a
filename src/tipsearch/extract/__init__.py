"""From the bytes of a file to what it says: text page by page, title, date, publisher.

`read` is the only entry: it finds out what a file is and hands it to the reader of that type. A reader takes
``(data, name)`` and returns an `Extraction`; it never opens files, and a file that it cannot read is a result with a
state and a reason, not an exception.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from types import MappingProxyType

from tipsearch.extract.sniff import HTML, PDF, TEXT, sniff
from tipsearch.model import JSONL, Extraction, FileState

__all__ = ["READERS", "read", "warm_up"]

#: Takes (data, name), and a PDF's the text of scanned pages.
Reader = Callable[..., Extraction]

#: Media type to the function that reads it; loaded when the first such file comes.
READERS = MappingProxyType(
    {
        PDF: "tipsearch.extract.pdf.read:read_pdf",
        HTML: "tipsearch.extract.web.read:read_html",
        TEXT: "tipsearch.extract.web.text:read_text",
        JSONL: "tipsearch.extract.jsonl:read_jsonl",
    }
)

_TINY_PAGE = b"<!doctype html><html lang=en><title>Warm</title><body><p>A page.</p></body></html>"
_TINY_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length 76>>stream\nBT /F 9 Tf 9 50 Td (May 2020) Tj 0 -9 Td (Published May 2020, ISBN 1) Tj ET \n"
    b"endstream endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n"
)


def read(data: bytes, name: str, scanned: Mapping[int, str] = MappingProxyType({})) -> Extraction:
    """Read a file.

    Args:
        data: its content.
        name: its name; used to tell kinds of text apart, and in messages.
        scanned: by number, the text of pages that are pictures, where OCR has read them.

    Returns:
        What it says, or why it can't be read. Never raises: this is the edge at which one document's trouble ends.
    """
    if not data:
        return Extraction(FileState.MALFORMED, reason="the file is empty; get it again")
    if not data[:64].strip(b"\0") and not data.strip(b"\0"):
        return Extraction(FileState.MALFORMED, reason="the file holds zero bytes only; get it again")
    sniffed = sniff(data, name)
    if sniffed.media_type not in READERS:
        reason = f"this is {sniffed.label}, which cannot be read: {sniffed.todo}"
        return Extraction(FileState.UNSUPPORTED, sniffed.media_type, reason=reason)
    try:
        reader = _reader(sniffed.media_type)
        # Only of a PDF are there such pages, so only its reader takes them.
        return (partial(reader, scanned=scanned) if scanned else reader)(data, name)
    except MemoryError:
        reason = "it needs more memory than one document may have; raise the limit, or split it"
        return Extraction(FileState.MEMORY, sniffed.media_type, reason=reason)
    except Exception as error:  # noqa: BLE001 - the per-document edge: a reader's fault costs one document, with a reason
        reason = f"reading it failed ({type(error).__name__}: {error}); please report this with the file"
        return Extraction(FileState.CRASHED, sniffed.media_type, reason=reason[:500])


def warm_up() -> None:
    """Load what reading PDF and HTML needs, by reading a tiny file of each: a forked child then finds it loaded."""
    read(_TINY_PAGE, "warm.html")
    read(_TINY_PDF, "warm.pdf")
    # Wanted by some files only; a child that may open no files could not load them any more.
    for media_type in READERS:
        _reader(media_type)
    from tipsearch.extract import preload  # noqa: PLC0415 - nobody else needs it

    preload.load_all()


def _reader(media_type: str) -> Reader:
    module, _, function = READERS[media_type].partition(":")
    reader: Reader = getattr(import_module(module), function)
    return reader
