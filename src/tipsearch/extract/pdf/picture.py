"""A page as a picture: the carrier between drawing and reading it; free of PDFium, so that who reads needn't load that."""

from __future__ import annotations

from dataclasses import dataclass

#: Bounds on a picture: an A3 page at 300 dots an inch has 17 million; tesseract takes 32,767 on a side.
MAX_PIXELS = 20_000_000
MAX_SIDE = 12_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in shades of grey.

    Attributes:
        width, height: in pixels.
        dpi: pixels an inch of the page.
        pixels: row by row from the top, a byte each, 0 black to 255 white.
    """

    width: int
    height: int
    dpi: int
    pixels: bytes
