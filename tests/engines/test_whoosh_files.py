"""Whoosh's files: nothing in them can run code, damage is found, and a commit is on the disk when it returns."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import whoosh.codec.whoosh3
import whoosh.compat
import whoosh.filedb.structfile
from whoosh.codec.whoosh3 import STORED_COLUMN
from whoosh.filedb.filetables import OrderedHashReader, OrderedHashWriter
from whoosh.filedb.structfile import StructFile

from tipsearch.engines.base import FACETS, Sort
from tipsearch.engines.whoosh import WhooshEngine, manifest, segments
from tipsearch.errors import EngineFailed
from tipsearch.query.nodes import MATCH_ALL, OnPage, Phrase, Prefix, Word
from tipsearch.testing.conformance.support import commit, document, found

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[WhooshEngine]:
    engine = WhooshEngine.create(tmp_path / "index")
    yield engine
    engine.close()


@pytest.fixture
def inside(engine: WhooshEngine, tmp_path: Path) -> Path:
    """The folder of an index of three documents in two segments."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "_to_merge", lambda *_: [])
        commit(engine, document("a", "sea salt", "child labour"), document("b", "sea"))
        commit(engine, document("c", "sea", title="Salt"))
    return tmp_path / "index" / "index"


def use(folder: Path) -> None:
    """Open an index and use all of it, also for writing."""
    engine = WhooshEngine.open(folder)
    for sort in Sort:
        engine.search(Phrase(("sea", "salt")), sort=sort)
    engine.search(OnPage(Prefix("sa")))
    engine.count_facets(Word("sea"), (), FACETS)
    engine.best_pages(Word("labour"), ["a", "b"], 3)
    engine.terms("s", 5)
    with engine.writer() as writer:
        writer.add(document("a", "x"))
        writer.delete("b")
        writer.commit()
    engine.close()


class Bomb:
    """Unpickled, it makes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.path),)


def vouch(inside: Path) -> None:
    """Write a manifest for the files as they are."""
    known = manifest.read(inside)
    files = {name: manifest.entry_of(inside / name) for name in known.files}
    manifest.write(inside, msgspec.structs.replace(known, files=files))


def names(inside: Path) -> list[str]:
    return sorted(manifest.read(inside).files)


@pytest.mark.parametrize("whole", [True, False])
def test_pickles_in_files_that_the_manifest_vouches_for_do_nothing(
    inside: Path, tmp_path: Path, *, whole: bool
) -> None:
    bomb = pickle.dumps(Bomb(tmp_path / "exploded"))
    for name in names(inside):
        copy = tmp_path / "copy" / name / "index"
        shutil.copytree(inside, copy)
        good = (copy / name).read_bytes()
        (copy / name).write_bytes(bomb if whole else good[:20] + bomb + good[20 + len(bomb) :])
        vouch(copy)
        with suppress(EngineFailed):
            use(copy.parent)
        assert not (tmp_path / "exploded").exists()


def test_dictionary_as_whoosh_writes_it_is_refused_and_does_nothing(inside: Path, tmp_path: Path) -> None:
    dictionaries = [name for name in names(inside) if name.endswith(".trm")]
    for name in dictionaries:
        writer = OrderedHashWriter(StructFile((inside / name).open("wb")))
        writer.extras["fieldmap"] = Bomb(tmp_path / "exploded")
        writer.close()
    vouch(inside)
    with pytest.raises(EngineFailed):
        use(tmp_path / "index")
    assert not (tmp_path / "exploded").exists()
    OrderedHashReader(StructFile((inside / dictionaries[0]).open("rb"))).close()
    assert (tmp_path / "exploded").exists(), "Whoosh by itself would have run it"


def test_fields_stored_as_whoosh_stores_them_are_not_read(inside: Path, tmp_path: Path) -> None:
    for name in names(inside):
        if name.endswith("._stored.col"):
            with (inside / name).open("wb") as file:
                column = STORED_COLUMN.writer(StructFile(file))
                column.add(0, Bomb(tmp_path / "exploded"))
                column.finish(1)
    vouch(inside)
    use(tmp_path / "index")
    assert not (tmp_path / "exploded").exists()


def test_table_of_contents_as_whoosh_makes_it_is_never_read(inside: Path, tmp_path: Path) -> None:
    for name in ("_documents_99.toc", "_pages_99.toc", "_MAIN_99.toc"):
        (inside / name).write_bytes(pickle.dumps(Bomb(tmp_path / "exploded")))
    use(tmp_path / "index")
    assert not (tmp_path / "exploded").exists()
    assert not list(inside.glob("*.toc"))


def test_nothing_is_pickled_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("pickled")

    for module in (whoosh.codec.whoosh3, whoosh.compat, whoosh.filedb.structfile, pickle):
        for name in ("dump", "dumps", "load", "loads", "dump_pickle", "load_pickle"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, refuse)
    engine = WhooshEngine.create(tmp_path / "index")
    commit(engine, document("a", "sea salt", "child labour"), document("b", "sea"))
    engine.close()
    use(tmp_path / "index")


def test_any_changed_byte_is_found_on_opening(inside: Path, tmp_path: Path) -> None:
    for name in names(inside):
        good = (inside / name).read_bytes()
        middle = len(good) // 2
        for bad in (good[:-1], good + b"x", good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1 :]):
            (inside / name).write_bytes(bad)
            with pytest.raises(EngineFailed, match=rf"{name} isn't what was written.*tipsearch rebuild"):
                WhooshEngine.open(tmp_path / "index")
        (inside / name).write_bytes(good)
    WhooshEngine.open(tmp_path / "index").close()


def test_missing_file_is_named(inside: Path, tmp_path: Path) -> None:
    (inside / names(inside)[0]).unlink()
    with pytest.raises(EngineFailed, match=f"{names(inside)[0]} is missing.*tipsearch rebuild"):
        WhooshEngine.open(tmp_path / "index")


@pytest.mark.parametrize("name", ["../../secret", "/etc/passwd", "documents_a.trm/../../x", "pages_1.py\n"])
def test_manifest_names_files_of_an_index_only(inside: Path, tmp_path: Path, name: str) -> None:
    known = manifest.read(inside)
    files = {**known.files, name: manifest.FileEntry(1, "")}
    manifest.write(inside, msgspec.structs.replace(known, files=files))
    with pytest.raises(EngineFailed, match="no file of an index"):
        WhooshEngine.open(tmp_path / "index")


@pytest.mark.parametrize(
    "segment",
    [("../../x", 1, ()), ("", 1, ()), ("a", 1, (1,)), ("a", 1, (-1,)), ("a\n", 1, ()), ("a", 10**12, ())],
)
def test_segments_that_cannot_be_are_refused(
    inside: Path, tmp_path: Path, segment: tuple[str, int, tuple[int, ...]]
) -> None:
    known = manifest.read(inside)
    entry = manifest.SegmentEntry(*segment)
    manifest.write(inside, msgspec.structs.replace(known, pages=(entry,)))
    with pytest.raises(EngineFailed, match="a segment that can't be"):
        WhooshEngine.open(tmp_path / "index")


@pytest.mark.parametrize("content", [b"", b"{}{}", b"[1]", b'{"files": 5}', b"\x80\x04."])
def test_manifest_that_is_none_is_refused(inside: Path, tmp_path: Path, content: bytes) -> None:
    (inside / "segments.json").write_bytes(content)
    with pytest.raises(EngineFailed, match=r"no readable .*segments\.json"):
        WhooshEngine.open(tmp_path / "index")


def test_files_are_synced_before_the_manifest_names_them(
    engine: WhooshEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def watched_fsync(descriptor: int) -> None:
        happened.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")).name)
        fsync(descriptor)

    def watched_replace(path: Path, target: Path) -> Path:
        happened.append(f"named {target.name}")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(Path, "replace", watched_replace)
    commit(engine, document("a", "sea", "a page"))
    named = happened.index("named segments.json")
    before, after = happened[:named], happened[named:]
    assert set(names(tmp_path / "index" / "index")) <= set(before)
    assert before[-2:] == ["index", "segments.json.new"]
    assert after == ["named segments.json", "index"]


def test_writer_that_dies_at_any_sync_leaves_the_old_state_or_the_new_one(tmp_path: Path) -> None:
    engine = WhooshEngine.create(tmp_path / "index")
    commit(engine, document("a", "old"), document("b", "old"))
    states = []
    for number in range(1, 40):
        ended = _commit_and_die(tmp_path / "index", number)
        reopened = WhooshEngine.open(tmp_path / "index")
        old, new = found(reopened, Word("old")), found(reopened, Word("new"))
        assert (old, new) in (({"a", "b"}, set()), ({"b"}, {"a"}))
        assert reopened.best_pages(Word("new"), ["a"], 1)["a"] == () or new
        states.append(bool(new))
        commit(reopened, document("a", "old"), document("b", "old"))
        assert found(reopened, MATCH_ALL) == {"a", "b"}
        assert {path.name for path in reopened._folder.iterdir()} == {
            *manifest.read(reopened._folder).files,
            "segments.json",
            "write.lock",
        }
        reopened.close()
        if ended == 0:
            break
    assert ended == 0
    assert states == sorted(states)
    assert not states[0]
    engine.close()


def _commit_and_die(folder: Path, number: int) -> int:
    """Commit a change in a child that is killed before its n-th sync; how the child ended."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    synced, fsync = 0, os.fsync

    def deadly(descriptor: int) -> None:
        nonlocal synced
        synced += 1
        if synced == number:
            os.kill(os.getpid(), signal.SIGKILL)
        fsync(descriptor)

    vars(os)["fsync"] = deadly
    try:
        with WhooshEngine.open(folder).writer() as writer:
            writer.add(document("a", "new"))
            writer.commit()
    finally:
        sys.stderr.flush()
        os._exit(0)
