"""A page's picture as PNG (https://www.w3.org/TR/png-3/) in sixteen shades of grey, enough for print and half the size."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tipsearch.extract.pdf.picture import Picture

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BITS, _GREY = 4, 0
#: A page of text gets no smaller by more than this, only slower.
_LEVEL = 6
#: From 256 shades to 16, in the upper and in the lower half of a byte.
_UPPER = bytes(round(shade / 17) << 4 for shade in range(256))
_LOWER = bytes(round(shade / 17) for shade in range(256))


def png(picture: Picture) -> bytes:
    """The picture as a PNG file."""
    row = (picture.width + 1) // 2
    packed = _packed(picture)
    # Each row is led by the number of its filter: none.
    lines = b"".join(b"\0" + packed[at : at + row] for at in range(0, len(packed), row))
    head = (
        picture.width.to_bytes(4, "big") + picture.height.to_bytes(4, "big") + bytes((_BITS, _GREY, 0, 0, 0))
    )
    chunks = (b"IHDR", head), (b"IDAT", zlib.compress(lines, _LEVEL)), (b"IEND", b"")
    return _SIGNATURE + b"".join(_chunk(name, data) for name, data in chunks)


def _packed(picture: Picture) -> bytes:
    """Two pixels a byte, the left one in its upper half; an odd row ends with a white pixel that nobody sees."""
    pixels, width = picture.pixels, picture.width
    if width % 2:
        pixels = b"".join(pixels[at : at + width] + b"\xff" for at in range(0, len(pixels), width))
    left = int.from_bytes(pixels[::2].translate(_UPPER), "big")
    right = int.from_bytes(pixels[1::2].translate(_LOWER), "big")
    return (left | right).to_bytes(len(pixels) // 2, "big")


def _chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")
