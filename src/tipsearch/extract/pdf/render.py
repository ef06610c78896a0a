"""A page of a PDF as a picture in shades of grey, for reading it by OCR."""

from __future__ import annotations

import math
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

import pypdfium2
from pypdfium2 import raw as pdfium

from tipsearch.extract.pdf.picture import MAX_PIXELS, MAX_SIDE, Picture

if TYPE_CHECKING:
    from pypdfium2 import PdfBitmap, PdfPage

_POINTS_AN_INCH = 72
#: A scan is drawn with at most so many times its own dots. Of six old bulletins those with 72 to 150 dots an inch were
#: read best at 1.5 to 2 times that; beyond, only the time grows.
_MOST_ENLARGED = 1.75
#: A picture of that share of the page is what the page consists of.
_SCAN_SHARE = 0.3
_MAX_OBJECTS = 2_000


def render(file: BinaryIO, number: int, dpi: int, width: int = MAX_SIDE) -> Picture:
    """Draw one page.

    Args:
        file: the PDF, open for reading; only what the page needs is read.
        number: of the page, 1-based.
        dpi: dots an inch at most; fewer where the page is huge or a coarse scan.
        width: pixels from side to side at most.

    Raises:
        pypdfium2.PdfiumError: the file can't be opened or the page can't be loaded.
    """
    with closing(pypdfium2.PdfDocument(file)) as pdf, closing(pdf[number - 1]) as page:
        scale = min(_scale(page, dpi), width / max(1.0, page.get_width()))
        with closing(page.render(scale=scale, grayscale=True, may_draw_forms=False)) as bitmap:
            return Picture(bitmap.width, bitmap.height, round(scale * _POINTS_AN_INCH), _grey(bitmap))


def _scale(page: PdfPage, dpi: int) -> float:
    """Pixels a point."""
    width, height = (max(1.0, side) for side in page.get_size())
    wanted = dpi / _POINTS_AN_INCH
    own = _own_scale(page, width * height)
    if own is not None:
        wanted = min(wanted, own * _MOST_ENLARGED)
    scale: float = min(wanted, math.sqrt(MAX_PIXELS / (width * height)), MAX_SIDE / max(width, height))
    return scale


def _own_scale(page: PdfPage, page_area: float) -> float | None:
    """Pixels a point of the picture that the page consists of, None if there is no such picture."""
    largest, scale = _SCAN_SHARE * page_area, None
    images = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2)
    for image in islice(images, _MAX_OBJECTS):
        left, bottom, right, top = image.get_bounds()
        area = (right - left) * (top - bottom)
        width, height = image.get_px_size()
        # The finer one of two that cover the same: scanners put letters and background apart.
        if area >= largest and width * height:
            largest, scale = area, max(scale or 0.0, math.sqrt(width * height / area))
    return scale


def _grey(bitmap: PdfBitmap) -> bytes:
    """The pixels, row by row without padding, 0 black to 255 white."""
    pixels = bytes(bitmap.buffer)
    width, stride = bitmap.width, bitmap.stride
    if width == stride:
        return pixels[: width * bitmap.height]
    return b"".join(pixels[row * stride : row * stride + width] for row in range(bitmap.height))
