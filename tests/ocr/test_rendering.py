from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from ocr.scans import noise, picture_of, scanned, text_pdf
from tipsearch.extract.pdf.picture import MAX_PIXELS, MAX_SIDE, Picture
from tipsearch.extract.pdf.render import render
from tipsearch.isolation import Fate, Limits, Task
from tipsearch.ocr import painters
from tipsearch.ocr.picture import unpack
from tipsearch.ocr.rendering import request
from tipsearch.sources import open_file, walk

if TYPE_CHECKING:
    from pathlib import Path


def test_a_page_comes_out_of_the_child_as_it_was_drawn(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(scanned("one", "Debt bondage"))
    (candidate,) = walk(tmp_path).candidates
    with painters(1, Limits()) as nursery:
        tasks = [Task(page, open_file(candidate), request(page, 72)) for page in (2, 3)]
        found, missing = nursery.run(tasks)
    assert found.fate is Fate.DONE
    assert unpack(found.payload) == picture_of(of=scanned("one", "Debt bondage"), number=2, dpi=72)
    assert missing.fate is Fate.CRASHED


def test_a_page_is_drawn_black_on_white() -> None:
    picture = picture_of("Debt bondage binds a worker", dpi=72)
    assert (picture.width, picture.height, picture.dpi) == (612, 792, 72)
    assert picture.pixels.count(255) > 0.9 * len(picture.pixels)
    assert min(picture.pixels) < 60


def test_a_coarse_scan_is_not_blown_up() -> None:
    coarse = picture_of("Debt", dpi=40)
    assert picture_of(of=scanned(coarse), dpi=200).dpi == pytest.approx(70, abs=1)


def test_a_fine_scan_is_drawn_as_asked() -> None:
    assert picture_of(of=scanned(picture_of("Debt", dpi=200)), dpi=200).dpi == 200


@pytest.mark.parametrize("box", [b"0 0 100000 100000", b"0 0 1000000000 1", b"0 0 1 14400", b"0 0 0 0"])
def test_pages_of_senseless_size_give_pictures_of_sensible_size(box: bytes) -> None:
    data = text_pdf("Debt").replace(b"/MediaBox[0 0 612 792]", b"/MediaBox[" + box + b"]")
    picture = render(io.BytesIO(data), 1, 600)
    assert max(picture.width, picture.height) <= MAX_SIDE + 1
    assert picture.width * picture.height == len(picture.pixels) <= 1.01 * MAX_PIXELS


def test_a_picture_of_nothing_is_drawn_too() -> None:
    assert isinstance(picture_of(of=scanned(noise(200, 300))), Picture)
