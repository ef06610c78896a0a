"""Scanned documents: pictures of the pages of a PDF, as a PDF without a text layer."""

from __future__ import annotations

import io
import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
from PIL import Image, ImageFilter

from pdf import compile_pdf, metadata_title

if TYPE_CHECKING:
    import typst

    from documents import Document

SCAN_DPI = 120
_POINTS_PER_INCH = 72
#: By how many degrees pages are turned, one after the other.
_ANGLES = (0.7, -0.5, 0.4)
#: Grey values (of 255) of the ink and of the paper beyond the page's edge.
_INK, _EDGE = 38, 238


def scan(pdf: bytes, document: Document, fonts: typst.Fonts) -> bytes:
    """Return a PDF of pictures of the pages of another one; raises typst.TypstError."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        lines = [
            f"#set document(title: {metadata_title(document)})",
            f'#set page(paper: "{document.paper}", margin: 0pt)',
        ]
        for number, page in enumerate(pdfium.PdfDocument(pdf)):
            (root / f"{number}.jpg").write_bytes(_scan_page(page, number))
            lines.append(f'#image("{number}.jpg", width: 100%, height: 100%)')
        return compile_pdf("\n".join(lines), fonts, root)


def _scan_page(page: pdfium.PdfPage, number: int) -> bytes:
    """Return a page as the grey, slightly turned and grainy JPEG picture a scanner would give."""
    picture = page.render(scale=SCAN_DPI / _POINTS_PER_INCH).to_pil().convert("L")
    picture = picture.point([_INK + value * 200 // 255 for value in range(256)])
    angle = _ANGLES[number % len(_ANGLES)]
    picture = picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=_EDGE)
    grains = random.Random(number)  # noqa: S311 - no secret: the same grain in each run
    grain = Image.frombytes("L", picture.size, grains.randbytes(picture.width * picture.height))
    picture = Image.blend(picture, grain, 0.05).filter(ImageFilter.GaussianBlur(0.5))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=42, dpi=(SCAN_DPI, SCAN_DPI))
    return buffer.getvalue()
