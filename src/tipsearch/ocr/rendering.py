"""The nursery's job: one page of a PDF to a picture, in a child process with limits."""

from __future__ import annotations

import io
import os

import msgspec

from tipsearch.extract.pdf.picture import MAX_SIDE
from tipsearch.ocr.picture import pack

#: A page of one word, drawn once while warming up: what PDFium makes on first use is made then.
_SAMPLE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length 32>>stream\nBT /F 9 Tf 9 50 Td (Page) Tj ET \nendstream endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n"
)


class Request(msgspec.Struct, frozen=True):
    """Which page (1-based) is to be drawn, with how many dots an inch, and how many pixels wide, at most."""

    page: int
    dpi: int
    width: int = MAX_SIDE


_REQUEST = msgspec.msgpack.Decoder(Request)


def warm_up(_: bytes) -> None:
    """Load PDFium and draw a page."""
    from tipsearch.extract.pdf.render import render  # noqa: PLC0415  the user's process draws nothing

    pack(render(io.BytesIO(_SAMPLE), 1, 72))


def run(descriptor: int, request: bytes) -> bytes:
    """Draw the page that is asked for of the file behind the descriptor; its picture, packed."""
    from tipsearch.extract.pdf.render import render  # noqa: PLC0415  as above

    asked = _REQUEST.decode(request)
    with os.fdopen(descriptor, "rb", closefd=False) as file:
        return pack(render(file, asked.page, asked.dpi, asked.width))


def request(page: int, dpi: int, width: int = MAX_SIDE) -> bytes:
    """The words that go with a file to `run`."""
    return msgspec.msgpack.encode(Request(page, dpi, width))
