"""The folder of a library: on which file system it lies, how much room is left there, and who may write."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tipsearch import lock
from tipsearch.doctor.finding import Finding, State
from tipsearch.paths import ENGINE

if TYPE_CHECKING:
    from collections.abc import Iterator

#: File systems on which locks and memory maps of SQLite and of the index can't be relied on
#: (https://www.sqlite.org/howtocorrupt.html, section 2); those of FUSE mostly are somebody's network or cloud.
_REMOTE = re.compile(r"nfs4?|cifs|smb\w*|9p|afs|ceph|glusterfs|lustre|davfs|fuse\..*|virtiofs|vboxsf")
_VOLATILE = frozenset({"tmpfs", "ramfs"})
#: Bytes that should be free besides room for a second index, which `rebuild` makes beside the one in use.
_SPARE = 256 << 20
_MOUNTS = Path("/proc/self/mountinfo")


def look_at_folder(folder: Path) -> Iterator[Finding]:
    """The folder, or where there is none yet, the one in which it would be made."""
    there = next(one for one in (folder.absolute(), *folder.absolute().parents) if _is_folder(one))
    yield _place(folder, there)
    yield file_system(there, _MOUNTS.read_text("utf-8", "replace") if _MOUNTS.is_file() else "")
    if os.access(there, os.W_OK | os.X_OK):
        yield Finding("permissions", State.OK, f"{there} may be written")
    else:
        todo = f"to index, work as the owner of {there} or have it given to you"
        yield Finding(
            "permissions", State.WARNING, f"{there} may not be written; it can only be searched", todo
        )
    yield _room(there, folder)
    yield _writer(folder)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except PermissionError:  # below a folder that may not be entered
        return False


def _place(folder: Path, there: Path) -> Finding:
    if there == folder.absolute():
        return Finding("folder", State.OK, f"{there}")
    try:
        folder.lstat()
    except PermissionError:
        detail = f"{folder} can't be looked at: a folder above it may not be entered"
        return Finding("folder", State.BROKEN, detail, "have it opened to you, or name another with --index")
    except OSError:
        return Finding("folder", State.OK, f"{folder}, not made yet")
    return Finding(
        "folder", State.BROKEN, f"{folder} is no folder", "move it away, or name another with --index"
    )


def file_system(folder: Path, mounts: str) -> Finding:
    """On what kind of file system the folder lies.

    Args:
        folder: an absolute path.
        mounts: as in ``/proc/self/mountinfo`` (proc(5)); empty if that can't be known.
    """
    kind = _kind_at(folder.resolve(), mounts)
    if kind is None:
        return Finding("file system", State.OK, "of unknown kind")
    if _REMOTE.fullmatch(kind):
        return Finding(
            "file system",
            State.WARNING,
            f"{kind}: locks and memory maps of network file systems can't be relied on, which can damage a library",
            "keep the library on a local disk; the documents themselves may lie anywhere",
        )
    if kind in _VOLATILE:
        todo = "keep the library on a disk, unless it is for trying only"
        return Finding(
            "file system", State.WARNING, f"{kind}: it is in memory and gone after a restart", todo
        )
    return Finding("file system", State.OK, kind)


def _kind_at(folder: Path, mounts: str) -> str | None:
    """The type of the mount with the longest path above the folder, the last one of several at the same place."""
    best, kind = -1, None
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        fields = left.split()
        if len(fields) <= 4 or not right:  # noqa: PLR2004  the mount point is the fifth
            continue
        # Blanks and the like stand as octal numbers.
        place = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[4])
        if folder.is_relative_to(place) and len(place) >= best:
            best, kind = len(place), right.split()[0]
    return kind


def _room(there: Path, folder: Path) -> Finding:
    free = shutil.disk_usage(there).free
    wanted = _SPARE + _bytes_below(folder / ENGINE)
    if free < wanted:
        detail = f"{free >> 20:,} MB are free; a rebuild of the index would want {wanted >> 20:,} MB"
        return Finding("room", State.WARNING, detail, f"make room on the disk of {there}")
    return Finding("room", State.OK, f"{free >> 20:,} MB are free")


def _bytes_below(folder: Path) -> int:
    """Of all files that are there when they are looked at; whoever is indexing removes some meanwhile."""
    size = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                size += os.lstat(os.path.join(place, name)).st_size  # noqa: PTH118  as `walk` gives them
    return size


def _writer(folder: Path) -> Finding:
    process = lock.holder(folder)
    return Finding("writer", State.OK, f"process {process} is writing" if process else "nobody is writing")
