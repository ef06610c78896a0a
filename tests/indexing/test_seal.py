from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from tipsearch.indexing import seal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def generation(tmp_path: Path) -> Path:
    """A generation with two files, sealed."""
    (tmp_path / "pages").mkdir()
    for name in ("one", "other"):
        (tmp_path / "pages" / name).write_bytes(name.encode() * 100)
        set_age(tmp_path / "pages" / name, 60)
    seal.open_for_changes(tmp_path, "catalogue")
    seal.close(tmp_path, "catalogue")
    return tmp_path


def set_age(path: Path, seconds: float) -> int:
    """Make a file look as if it had been written so long ago; the time that it bears then."""
    when = time.time_ns() - int(seconds * 1e9)
    os.utime(path, ns=(when, when))
    return when


def flip(path: Path) -> None:
    """Change a byte as a failing disk does: nobody wrote the file."""
    before = path.stat()
    content = bytearray(path.read_bytes())
    content[5] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_file_written_between_opening_and_closing_is_sealed_as_it_is_then(generation: Path) -> None:
    seal.open_for_changes(generation, "catalogue")
    (generation / "pages" / "one").write_bytes(b"written anew")
    (generation / "pages" / "third").write_bytes(b"new")
    (generation / "pages" / "other").unlink()
    seal.close(generation, "catalogue")
    assert seal.damage(generation) == ""
    flip(generation / "pages" / "one")
    assert "one has other contents" in seal.damage(generation)


def test_damage_of_a_file_that_nobody_wrote_is_not_sealed_in(generation: Path) -> None:
    flip(generation / "pages" / "one")
    seal.open_for_changes(generation, "catalogue")
    (generation / "pages" / "third").write_bytes(b"new")
    seal.close(generation, "catalogue")
    assert "one has other contents" in seal.damage(generation)


def test_a_file_written_twice_at_one_time_is_sealed_as_it_is_then(tmp_path: Path) -> None:
    """File systems with coarse times tell the same size and time of both."""
    file = tmp_path / "pages" / "meta.json"
    file.parent.mkdir()
    file.write_bytes(b"[1]")
    when = set_age(file, 0)
    seal.open_for_changes(tmp_path, "catalogue")
    seal.close(tmp_path, "catalogue")
    seal.open_for_changes(tmp_path, "catalogue")
    file.write_bytes(b"[2]")
    os.utime(file, ns=(when, when))
    seal.close(tmp_path, "catalogue")
    assert seal.damage(tmp_path) == ""


def test_a_file_that_was_replaced_is_sealed_as_it_is_then(generation: Path) -> None:
    """A copy of a backup bears the old time."""
    one = generation / "pages" / "one"
    before = one.stat()
    seal.open_for_changes(generation, "catalogue")
    beside = one.with_name("beside")
    beside.write_bytes(b"two" * 100)
    os.utime(beside, ns=(before.st_atime_ns, before.st_mtime_ns))
    beside.replace(one)
    seal.close(generation, "catalogue")
    assert seal.damage(generation) == ""


def test_a_run_that_was_killed_leaves_the_next_one_to_seal(generation: Path) -> None:
    seal.open_for_changes(generation, "catalogue")
    (generation / "pages" / "one").write_bytes(b"written anew")
    seal.open_for_changes(generation, "catalogue")
    assert not seal.is_closed(generation)
    assert seal.damage(generation) == ""
    seal.close(generation, "catalogue")
    assert seal.is_closed(generation)
    assert seal.damage(generation) == ""


def test_an_index_of_another_catalogue_is_sealed_anew(generation: Path) -> None:
    seal.open_for_changes(generation, "other catalogue")
    seal.close(generation, "other catalogue")
    assert seal.belongs(generation, "other catalogue")
    assert seal.damage(generation) == ""
