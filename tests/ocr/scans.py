"""Scans made in the test that needs them: a page of text is drawn, and its picture is all that a new PDF has."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tipsearch.errors import ProgramMissing
from tipsearch.extract.pdf.picture import Picture
from tipsearch.extract.pdf.render import render
from tipsearch.ocr import Limits, PageReader, Tesseract

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLE = Path(__file__).parents[2] / "corpus.sample" / "reports"
#: Enough for print of 12 points, and quicker than the default.
DPI = 150


def tesseract(*packs: str, limits: Limits | None = None) -> Tesseract:
    """The real program; a test that needs a pack which isn't here is skipped."""
    try:
        found = Tesseract.find(limits)
    except ProgramMissing as error:
        pytest.skip(str(error))
    for pack in ("eng", *packs):
        if pack not in found.packs:
            pytest.skip(f"tesseract has no language pack {pack}: apt-get install tesseract-ocr-{pack}")
    return found


def reader(*packs: str, only: Sequence[str] = (), languages: Sequence[str] = ("en",)) -> PageReader:
    """What reads pages; with `only`, as on a machine that has these packs and no others."""
    program = tesseract(*packs, *only)
    if only:
        program = Tesseract(program.program, program.limits, program.version, frozenset(only))
    return PageReader(program, languages, 60)


def text_pdf(*pages: str) -> bytes:
    """A PDF with text."""
    return scanned(*(f"text:{page}" for page in pages))


def picture_of(page: str = "", *, of: bytes | Path = b"", number: int = 1, dpi: int = DPI) -> Picture:
    """A page drawn: of this text, or of that PDF."""
    data = of.read_bytes() if isinstance(of, Path) else of or text_pdf(page)
    return render(io.BytesIO(data), number, dpi)


def scanned(*pictures: Picture | str) -> bytes:
    """A PDF of nothing but these pictures; a string is a page of text, and `text:` before it one that isn't scanned."""
    objects = [b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    kids = []
    for one in pictures:
        if isinstance(one, str) and one.startswith("text:"):
            drawn, more = _written(one.removeprefix("text:")), b""
        else:
            picture = picture_of(one) if isinstance(one, str) else one
            objects.append(_image(picture))
            drawn = b"q 612 0 0 792 0 0 cm /I Do Q"
            more = b"/XObject<</I %d 0 R>>" % (len(objects) + 2)
        objects.append(_stream(drawn))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>%s>>>>"
            % (len(objects) + 2, more)
        )
        kids.append(len(objects) + 2)
    return _assembled(objects, kids)


def noise(width: int = 900, height: int = 1200) -> Picture:
    """A picture of nothing: the same pixels every time, without any order."""
    state, pixels = 12345, bytearray(width * height)
    for at in range(len(pixels)):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        pixels[at] = state >> 16 & 0xFF
    return Picture(width, height, DPI, bytes(pixels))


def _written(text: str) -> bytes:
    lines = (line.encode("cp1252").translate(None, b"()\\") for line in text.split("\n"))
    return b"BT /F 12 Tf 17 TL 60 740 Td %s ET" % b" ".join(b"(%s) Tj T*" % line for line in lines)


def _image(picture: Picture) -> bytes:
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"
    return _stream(zlib.compress(picture.pixels, 1), entries % (picture.width, picture.height))


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def _assembled(objects: Sequence[bytes], kids: Sequence[int]) -> bytes:
    """A PDF of these objects, which are numbered from 3."""
    tree = b" ".join(b"%d 0 R" % kid for kid in kids)
    everything = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (tree, len(kids)),
        *objects,
    ]
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(everything, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref, size = len(out), len(everything) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, xref)
    return bytes(out)
