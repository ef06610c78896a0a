"""What is done with a page's picture before tesseract sees it."""

from __future__ import annotations

import msgspec

from tipsearch.extract.pdf.picture import MAX_PIXELS, MAX_SIDE, Picture

_ENCODER = msgspec.msgpack.Encoder()
_QUARTER = 90
_DECODER = msgspec.msgpack.Decoder(Picture)


def pack(picture: Picture) -> bytes:
    """For the way out of the child process."""
    return _ENCODER.encode(picture)


def unpack(payload: bytes) -> Picture:
    """The reverse of `pack`.

    Raises:
        ValueError: that is no sound picture; whoever took the child over by a hostile file may send anything.
    """
    picture = _DECODER.decode(payload)
    sides = picture.width, picture.height
    if min(sides) < 1 or max(sides) > MAX_SIDE + 1 or len(picture.pixels) > 2 * MAX_PIXELS:
        raise ValueError(f"a picture of {picture.width} x {picture.height} pixels was not asked for")
    if picture.width * picture.height != len(picture.pixels):
        raise ValueError("its picture has other sides than it says")
    return picture


def portable_graymap(picture: Picture) -> bytes:
    """As a file of the plainest format there is (https://netpbm.sourceforge.net/doc/pgm.html): little to go wrong in."""
    return b"P5 %d %d 255\n" % (picture.width, picture.height) + picture.pixels


def turned(picture: Picture, degrees: int) -> Picture:
    """The picture turned clockwise by 0, 90, 180 or 270 degrees."""
    for _ in range(degrees // _QUARTER):
        picture = _turned_right(picture)
    return picture


def is_blank(picture: Picture) -> bool:
    """Is it all of one shade?"""
    return picture.pixels.count(picture.pixels[:1]) == len(picture.pixels)


def _turned_right(picture: Picture) -> Picture:
    """Turned by a quarter: its columns, read from below, are the new rows."""
    width, height, pixels = picture.width, picture.height, picture.pixels
    columns = (pixels[column::width][::-1] for column in range(width))
    return Picture(height, width, picture.dpi, b"".join(columns))
