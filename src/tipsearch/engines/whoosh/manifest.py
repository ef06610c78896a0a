"""What the index consists of: its segments and every file of theirs with its hash; replaced whole by each commit.

Whoosh keeps a pickle instead (its TOC). This is plain JSON, one for both indexes, so that a commit is one renaming.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import msgspec

from tipsearch.durable import replace_file
from tipsearch.engines.whoosh.files import mapped
from tipsearch.errors import EngineFailed

if TYPE_CHECKING:
    import mmap
    from collections.abc import Mapping
    from pathlib import Path

#: Its name in the folder.
NAME = "segments.json"
_FILE = re.compile(r"(documents|pages)_[0-9a-z]+\.[0-9a-z_.]+")
_SEGMENT = re.compile(r"[0-9a-z]+")
#: Commits during one attempt to open the files; each may remove some before they are opened.
_ATTEMPTS = 20
_MEND = "make the index anew with: tipsearch rebuild"


class SegmentEntry(msgspec.Struct, frozen=True, array_like=True):
    """A segment: its name, how many documents it was written with, and which of them have been deleted since."""

    name: str
    count: int
    deleted: tuple[int, ...]


class FileEntry(msgspec.Struct, frozen=True, array_like=True):
    """A file's size and hash."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """The segments of both indexes, and all their files by name."""

    documents: tuple[SegmentEntry, ...] = ()
    pages: tuple[SegmentEntry, ...] = ()
    files: dict[str, FileEntry] = {}


def read(folder: Path) -> Manifest:
    """What the folder's index consists of.

    Raises:
        EngineFailed: the manifest is missing or damaged.
    """
    try:
        manifest = msgspec.json.decode((folder / NAME).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise EngineFailed(f"there is no readable {folder / NAME} ({error}); {_MEND}") from error
    for name in manifest.files:
        if not _FILE.fullmatch(name):
            raise EngineFailed(f"{folder / NAME} names {name!r}, which is no file of an index; {_MEND}")
    room = sum(file.size for file in manifest.files.values())  # a document needs a byte at least
    for one in (*manifest.documents, *manifest.pages):
        possible = _SEGMENT.fullmatch(one.name) and one.count <= room
        if not possible or any(not 0 <= doc < one.count for doc in one.deleted):
            raise EngineFailed(f"{folder / NAME} describes a segment that can't be, {one.name!r}; {_MEND}")
    return manifest


def write(folder: Path, manifest: Manifest) -> None:
    """Make this what the index consists of, durably and at once."""
    replace_file(folder / NAME, msgspec.json.encode(manifest))


def entry_of(path: Path) -> FileEntry:
    """A file's size and hash."""
    with path.open("rb") as file:
        return FileEntry(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


class OpenFiles:
    """The files of one manifest in memory, each compared with its hash when it was opened."""

    def __init__(self, manifest: Manifest, maps: Mapping[str, bytes | mmap.mmap]) -> None:
        self.manifest = manifest
        self.maps = maps


def open_files(folder: Path, before: OpenFiles | None = None) -> OpenFiles:
    """All files that the manifest vouches for; those opened `before` aren't looked at again.

    Raises:
        EngineFailed: a file is missing or isn't what was written.
    """
    for attempt in range(_ATTEMPTS):
        manifest = read(folder)
        try:
            maps = {name: _opened(folder, name, entry, before) for name, entry in manifest.files.items()}
        except FileNotFoundError as error:
            if attempt + 1 < _ATTEMPTS and read(folder) != manifest:
                continue  # a writer has committed meanwhile and has tidied up
            raise EngineFailed(f"{error.filename} is missing; {_MEND}") from error
        return OpenFiles(manifest, maps)
    raise AssertionError("the last attempt returns or raises")


def _opened(folder: Path, name: str, entry: FileEntry, before: OpenFiles | None) -> bytes | mmap.mmap:
    if before and before.manifest.files.get(name) == entry:
        return before.maps[name]
    data = mapped(folder / name)
    if len(data) != entry.size or hashlib.sha256(data).hexdigest() != entry.sha256:
        raise EngineFailed(f"{folder / name} isn't what was written there; {_MEND}")
    return data
