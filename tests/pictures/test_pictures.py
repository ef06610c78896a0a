from __future__ import annotations

import os
import stat
import threading
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from tipsearch.errors import CannotBeDrawn, PainterBusy
from tipsearch.extract.pdf.picture import Picture
from tipsearch.pictures import PagePainter, PictureCache, painter
from tipsearch.pictures import cache as pictures
from tipsearch.pictures.cache import state_of
from tipsearch.pictures.png import png

REPORT = Path(__file__).parents[2] / "corpus.sample" / "reports" / "pocket-handbook-human-trafficking.pdf"


def _chunks(data: bytes) -> dict[bytes, bytes]:
    """The parts of a PNG file; their checksums must be right."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    found, at = {}, 8
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert zlib.crc32(name + body) == int.from_bytes(data[at + 8 + length : at + 12 + length], "big")
        found[name] = body
        at += length + 12
    return found


def _size(data: bytes) -> tuple[int, int]:
    head = _chunks(data)[b"IHDR"]
    return int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big")


@pytest.mark.parametrize(
    ("picture", "rows"),
    [
        (Picture(4, 2, 72, bytes([0, 255, 17, 34, 255, 0, 51, 136])), b"\0\x0f\x12\0\xf0\x38"),
        (Picture(3, 2, 72, bytes([0, 255, 0, 255, 0, 255])), b"\0\x0f\x0f\0\xf0\xff"),
        (Picture(1, 1, 72, b"\x80"), b"\0\x8f"),
    ],
)
def test_a_picture_is_written_in_sixteen_shades(picture: Picture, rows: bytes) -> None:
    parts = _chunks(png(picture))
    assert zlib.decompress(parts[b"IDAT"]) == rows
    assert parts[b"IHDR"][8:] == bytes((4, 0, 0, 0, 0))
    assert _size(png(picture)) == (picture.width, picture.height)


def test_a_page_is_drawn_as_wide_as_a_column() -> None:
    with PagePainter() as drawing:
        data = drawing.picture(REPORT, 1)
        width, height = _size(data)
    assert 800 < width <= painter.WIDTH + 1
    assert height > width
    assert len(data) < 200_000


def test_what_was_drawn_is_kept_and_found_again(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path / "pictures")
    with PagePainter(cache) as drawing:
        drawn = drawing.picture(REPORT, 1)
        (kept,) = (tmp_path / "pictures").iterdir()
        assert kept.read_bytes() == drawn
        kept.write_bytes(b"found")
        assert drawing.picture(REPORT, 1) == b"found"
        assert drawing.picture(REPORT, 2) != drawn
    assert stat.S_IMODE((tmp_path / "pictures").stat().st_mode) == 0o700
    assert not any("handbook" in path.name for path in (tmp_path / "pictures").iterdir())


def test_a_file_that_changes_is_drawn_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(REPORT.read_bytes())
    monkeypatch.setattr(pictures, "_LOOKED_FOR_EVERY", 0)
    with PagePainter(PictureCache(tmp_path / "pictures")) as drawing:
        drawing.picture(file, 1)
        (before,) = (tmp_path / "pictures").iterdir()
        os.utime(file, (1, 1))
        drawing.picture(file, 1)
        (after,) = (tmp_path / "pictures").iterdir()
    assert before != after


def _kept(cache: PictureCache, key: str, file: Path) -> None:
    cache.put(key, bytes(30), file, state_of(file.stat()))


def test_the_least_recently_used_goes_first(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path / "pictures", most_bytes=100)
    for name in "abc":
        _kept(cache, name, REPORT)
    assert cache.get("a") == bytes(30)
    _kept(cache, "d", REPORT)
    assert [name for name in "abcd" if cache.get(name)] == ["a", "c", "d"]
    assert len(list(cache.folder.iterdir())) == 3


def test_a_picture_goes_with_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_LOOKED_FOR_EVERY", 0)
    cache, file = PictureCache(tmp_path / "pictures"), tmp_path / "report.pdf"
    file.write_bytes(b"%PDF-1.4")
    _kept(cache, "gone", file)
    _kept(cache, "there", REPORT)
    file.unlink()
    assert cache.get("there") == bytes(30)
    assert [path.name for path in cache.folder.iterdir()] == ["there.png"]


def test_nothing_on_disk_tells_when_a_picture_was_looked_at(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path / "pictures")
    _kept(cache, "a", REPORT)
    for _ in range(2):
        status = (cache.folder / "a.png").stat()
        assert (status.st_atime, status.st_mtime) == (0, 0)
        assert cache.get("a")


def test_names_of_pictures_differ_from_run_to_run(tmp_path: Path) -> None:
    names = set()
    for _ in range(2):
        with PagePainter(PictureCache(tmp_path / "pictures")) as drawing:
            drawing.picture(REPORT, 1)
            names |= {path.name for path in (tmp_path / "pictures").iterdir()}
        assert not list((tmp_path / "pictures").iterdir()), "what is kept goes with the painter"
    assert len(names) == 2


def test_where_nothing_can_be_kept_pages_are_drawn_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with PagePainter(PictureCache(tmp_path / "file" / "pictures")) as drawing:
        assert drawing.picture(REPORT, 1).startswith(b"\x89PNG")


def test_what_is_no_pdf_or_has_no_such_page_cannot_be_drawn(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4\nnothing more")
    link = tmp_path / "link.pdf"
    link.symlink_to(REPORT)
    with PagePainter() as drawing:
        for file, page in ((broken, 1), (REPORT, 9_999), (tmp_path / "gone.pdf", 1), (link, 1)):
            with pytest.raises(CannotBeDrawn):
                drawing.picture(file, page)
        assert drawing.picture(REPORT, 1).startswith(b"\x89PNG")


def test_who_would_wait_too_long_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painter, "_PATIENCE", 0.01)
    drawing = PagePainter()
    with drawing._drawing, pytest.raises(PainterBusy):
        drawing.picture(REPORT, 1)


def test_where_one_waits_already_nobody_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painter, "_PATIENCE", 3_600)
    drawing = PagePainter()
    with drawing._drawing, drawing._waiting, pytest.raises(PainterBusy):
        drawing.picture(REPORT, 1)


def _counting(drawing: PagePainter, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The pages that are really drawn from now on."""
    drawn: list[int] = []
    really = drawing._draw

    def draw(descriptor: int, page: int) -> bytes:
        drawn.append(page)
        return really(descriptor, page)

    monkeypatch.setattr(drawing, "_draw", draw)
    return drawn


def test_what_cannot_be_drawn_is_not_tried_again_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4\nnothing more")
    with PagePainter() as drawing:
        tried = _counting(drawing, monkeypatch)
        for _ in range(3):
            with pytest.raises(CannotBeDrawn):
                drawing.picture(broken, 1)
        assert tried == [1]
        monkeypatch.setattr(painter, "_TRIED_AGAIN_AFTER", 0)
        with pytest.raises(CannotBeDrawn):
            drawing.picture(broken, 1)
        assert tried == [1, 1]


def test_who_waited_for_the_same_page_gets_it_as_it_was_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(painter, "_PATIENCE", 60)
    with PagePainter(PictureCache(tmp_path / "pictures")) as drawing:
        drawn = _counting(drawing, monkeypatch)
        found: list[bytes] = []
        waiting = threading.Thread(target=lambda: found.append(drawing.picture(REPORT, 1)))
        with drawing._turn():
            waiting.start()
            while not drawing._waiting.locked():
                waiting.join(0.01)
            state = state_of(REPORT.stat())
            key = drawing._key(REPORT, state, 1)
            assert drawing._cache
            drawing._cache.put(key, b"drawn before", REPORT, state)
        waiting.join()
    assert found == [b"drawn before"]
    assert drawn == []


def test_several_readers_get_their_own_pages() -> None:
    found: dict[int, bytes] = {}
    with PagePainter() as drawing:

        def read(page: int) -> None:
            while page not in found:
                with suppress(PainterBusy):
                    found[page] = drawing.picture(REPORT, page)

        first = drawing.picture(REPORT, 1)
        readers = [threading.Thread(target=read, args=(page,)) for page in (1, 2, 3)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
    assert found[1] == first
    assert len(set(found.values())) == 3
