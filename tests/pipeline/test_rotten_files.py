"""What a library does when its own files rot, are gone, or are not those of yesterday."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from kilns import make_library, total, write_papers

from tipsearch import Library
from tipsearch.errors import EngineFailed, LibraryError, LibraryOutdated, TipsearchError

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_papers(tmp_path / "papers")


@pytest.fixture
def place(tmp_path: Path, folder: Path) -> Path:
    return make_library(tmp_path / "library", folder)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    path.write_bytes(data)


def zero(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


HARMS = [cut, flip, zero, Path.unlink]


@pytest.mark.parametrize("harm", HARMS, ids=["cut", "flip", "zero", "delete"])
def test_no_damaged_file_gives_a_wrong_answer(place: Path, harm: Callable[[Path], None]) -> None:
    engine = place / "engine"
    sound = place.with_name("sound")
    shutil.copytree(engine, sound)
    victims = [one for one in sorted(engine.rglob("*")) if one.is_file() and one.suffix != ".lock"]
    assert len(victims) > 10
    for victim in victims:
        harm(victim)
        try:
            assert total(place) == 12, f"{victim} damaged: a wrong answer"
        except TipsearchError as error:
            assert "tipsearch rebuild" in str(error) or "tipsearch index" in str(error), victim  # noqa: PT017
        shutil.rmtree(engine)
        shutil.copytree(sound, engine)
    assert total(place) == 12


@pytest.mark.parametrize("mend", ["index", "rebuild"])
@pytest.mark.parametrize("victim", ["CURRENT", "manifest.json", "seal.json", "meta.json", ".pos", ".term"])
def test_damage_is_mended_by_the_command_that_is_named(
    place: Path, folder: Path, victim: str, mend: str
) -> None:
    damaged = [one for one in (place / "engine").rglob("*") if one.name.endswith(victim)]
    assert damaged
    for one in damaged:
        flip(one)
    with pytest.raises((EngineFailed, LibraryError), match="tipsearch rebuild"):
        total(place)
    with Library.open_existing(place) as library:
        if mend == "index":
            assert library.index([folder]).read == 0
        else:
            library.rebuild()
    assert total(place) == 12


def test_an_empty_engine_folder_is_filled_again(place: Path, folder: Path) -> None:
    shutil.rmtree(place / "engine")
    with pytest.raises(LibraryError, match="tipsearch index"):
        total(place)
    with Library.open(place) as library:
        assert library.index([folder]).read == 0
    assert total(place) == 12


def test_an_index_does_not_answer_for_another_catalogue(place: Path, folder: Path) -> None:
    for one in place.glob("catalogue.sqlite*"):
        one.unlink()
    with pytest.raises(LibraryError, match="there is no library"):
        total(place)
    (folder / "00.txt").unlink()
    Library.open(place).close()
    with pytest.raises(LibraryOutdated, match="another catalogue"):
        total(place)
    with Library.open(place) as library:
        library.index([folder])
    assert total(place) == 11


def test_a_catalogue_put_back_from_a_backup_is_followed(place: Path, folder: Path, tmp_path: Path) -> None:
    shutil.copy(place / "catalogue.sqlite", tmp_path / "backup")
    (folder / "new.txt").write_text("A later paper\n\nabout a kiln in a valley.\n", "utf-8")
    with Library.open(place) as library:
        library.index([folder])
    (folder / "new.txt").unlink()
    shutil.copy(tmp_path / "backup", place / "catalogue.sqlite")
    with Library.open(place) as library:
        library.index([folder])
    assert total(place) == 12
    assert total(place, "valley") == 0


@pytest.mark.parametrize("name", ["a?b", "a#b%41", "a b", "é", "sqlite:", "..x"])
def test_a_library_lies_where_its_user_says_whatever_the_name(
    tmp_path: Path, folder: Path, name: str
) -> None:
    with Library.open(tmp_path / name) as library:
        library.index([folder])
    assert {one.name for one in (tmp_path / name).iterdir()} >= {"catalogue.sqlite", "engine"}
    assert total(tmp_path / name) == 12
    assert {one.name for one in tmp_path.iterdir()} == {"papers", name}
