from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.extract.pdf.picture import Picture
from tipsearch.ocr.picture import is_blank, pack, portable_graymap, turned, unpack

SIDES = st.integers(1, 12)
PICTURES = st.tuples(SIDES, SIDES).flatmap(
    lambda sides: st.binary(min_size=sides[0] * sides[1], max_size=sides[0] * sides[1]).map(
        lambda pixels: Picture(*sides, 200, pixels)
    )
)


@given(PICTURES)
def test_four_quarters_are_a_whole_turn(picture: Picture) -> None:
    assert turned(turned(picture, 90), 270) == picture
    assert turned(turned(picture, 180), 180) == picture


def test_a_quarter_turn_goes_clockwise() -> None:
    assert turned(Picture(3, 2, 200, b"abcdef"), 90) == Picture(2, 3, 200, b"daebfc")


@given(PICTURES)
def test_a_picture_survives_its_way_out_of_the_child(picture: Picture) -> None:
    assert unpack(pack(picture)) == picture


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xc1",
        msgspec.msgpack.encode(["x"]),
        pack(Picture(3, 3, 200, b"too few")),
        pack(Picture(0, 0, 200, b"")),
        pack(Picture(-2, -2, 200, b"four")),
        pack(Picture(1 << 40, 1, 200, b"x")),
    ],
)
def test_what_a_child_that_was_taken_over_sends_is_refused(payload: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  msgspec has its own words for some
        unpack(payload)


def test_a_page_of_one_shade_is_blank() -> None:
    assert is_blank(Picture(2, 2, 200, b"\xff" * 4))
    assert not is_blank(Picture(2, 2, 200, b"\xff\xff\x00\xff"))


def test_the_graymap_is_what_the_format_says() -> None:
    assert portable_graymap(Picture(3, 2, 200, b"abcdef")) == b"P5 3 2 255\nabcdef"
