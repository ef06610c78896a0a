"""The files of a finished generation with their hashes: damage is found before it can give a wrong answer.

Engines notice a file that is missing or cut short, but answer from one with a flipped byte: of 48 damaged tantivy
indexes 13 did. While a generation is written, its seal is open and says from which catalogue it is made, and what its
files were before: those that were not written since aren't read again when it is closed, so that a change of one
document costs as little in a large library as in a small one.
"""

from __future__ import annotations

import hashlib
import os
import time
from typing import TYPE_CHECKING

import msgspec

from tipsearch.durable import replace_file

if TYPE_CHECKING:
    from pathlib import Path

_NAME = "seal.json"
#: Bytes of a generation up to which opening it reads all of it (0.1 s); of larger ones the sizes are compared.
_HASHED_ON_OPENING = 128 << 20
#: Some file systems and network shares tell times no finer than this.
_COARSE_NS = 2_000_000_000


class _File(msgspec.Struct, frozen=True, array_like=True):
    size: int
    sha256: str
    mtime_ns: int = 0
    inode: int = 0
    hashed_ns: int = 0

    def is_still(self, now: os.stat_result) -> bool:
        """Has nobody written the file since it was hashed? No, if it was written just before, so that its time can't tell."""
        same = (self.size, self.mtime_ns, self.inode) == (now.st_size, now.st_mtime_ns, now.st_ino)
        return same and self.mtime_ns + _COARSE_NS < self.hashed_ns


class _Seal(msgspec.Struct, frozen=True):
    """The catalogue that the generation was made from; its files by path, None while they change; what they were before."""

    catalogue: str
    files: dict[str, _File] | None
    before: dict[str, _File] = {}


def open_for_changes(folder: Path, catalogue: str) -> None:
    """Say durably that the generation's files change from now on."""
    known = _read(folder)
    before = (known.files or known.before) if known and known.catalogue == catalogue else {}
    _write(folder, _Seal(catalogue, None, before))


def close(folder: Path, catalogue: str) -> None:
    """Note all files of a generation that nobody changes any more."""
    known = _read(folder)
    before = known.before if known else {}
    files = {name: _noted(folder / name, before.get(name)) for name in _names(folder)}
    _write(folder, _Seal(catalogue, files))


def belongs(folder: Path, catalogue: str) -> bool:
    """Was the generation made from that catalogue?"""
    known = _read(folder)
    return known is not None and known.catalogue == catalogue


def is_closed(folder: Path) -> bool:
    """Are the generation's files noted, so that damage can be found?"""
    known = _read(folder)
    return known is not None and known.files is not None


def damage(folder: Path) -> str:
    """What is wrong with the generation's files; empty if nothing is, or while they change."""
    known = _read(folder)
    while known and known.files is not None:
        found = _difference(folder, known.files)
        again = _read(folder)
        if not found or again == known:
            return found
        known = again  # a writer has begun meanwhile
    return "" if known else f"{_NAME} is missing or damaged"


def unreadable(folder: Path) -> str:
    """A file of the generation that this user may not read; empty if there is none."""
    return next((name for name in _names(folder) if not os.access(folder / name, os.R_OK)), "")


def _noted(path: Path, before: _File | None) -> _File:
    """A file as it is now; its hash is the one it had before if nobody has written it since."""
    now = path.stat()
    if before and before.is_still(now):
        return before
    return _File(now.st_size, _sha256(path), now.st_mtime_ns, now.st_ino, time.time_ns())


def _difference(folder: Path, files: dict[str, _File]) -> str:
    hashed = sum(file.size for file in files.values()) <= _HASHED_ON_OPENING
    for name, file in files.items():
        try:
            if os.path.getsize(folder / name) != file.size:  # noqa: PTH202  one call
                return f"{name} has another size than it was written with"
            if hashed and _sha256(folder / name) != file.sha256:
                return f"{name} has other contents than it was written with"
        except OSError as error:
            return f"{name} cannot be read: {error.strerror}"
    return ""


def _names(folder: Path) -> list[str]:
    """Paths of the files, without locks, manifest and seal."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [
        str(path.relative_to(folder))
        for path in found
        if path.parent != folder and not path.name.endswith(".lock")
    ]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(folder: Path) -> _Seal | None:
    try:
        return msgspec.json.decode((folder / _NAME).read_bytes(), type=_Seal)
    except (OSError, msgspec.MsgspecError):
        return None


def _write(folder: Path, content: _Seal) -> None:
    replace_file(folder / _NAME, msgspec.json.encode(content))
