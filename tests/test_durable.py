from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.durable import replace_file

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_replaced_and_nothing_left_beside_it(tmp_path: Path) -> None:
    place = tmp_path / "manifest.json"
    replace_file(place, b"old and longer")
    replace_file(place, b"new")
    assert place.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [place]


def test_who_has_the_old_file_open_reads_it_to_its_end(tmp_path: Path) -> None:
    place = tmp_path / "manifest.json"
    replace_file(place, b"old and longer")
    with place.open("rb") as reader:
        assert reader.read(3) == b"old"
        replace_file(place, b"new")
        assert reader.read() == b" and longer"
