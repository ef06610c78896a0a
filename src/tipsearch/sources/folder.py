"""Files of a folder, found with hostile names and odd files in mind.

Names are bytes to the operating system; Python shows undecodable ones with surrogate escapes, and so do we until they
are shown to a person. Links are not followed: a folder that contains a link to its parent would never end, and a link
out of the folder would bring in what nobody named.
"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.errors import SourceError
from tipsearch.model import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Refused:
    """Something in the folder that isn't read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """A walk's findings in the order of their paths' bytes, so that two runs see them in the same order."""

    candidates: tuple[Candidate, ...]
    refused: tuple[Refused, ...]


def walk(source: Path, *, without: Path | None = None) -> Found:
    """All regular files at or below a path, but for those of one folder (the library's own).

    Hidden files (a name that begins with a dot) and office lock files (``~$…``) are left out: nobody put them there as
    documents. Everything else is either a candidate or refused with a reason.

    Raises:
        SourceError: the path doesn't exist or can't be looked at.
    """
    root = os.path.abspath(source)  # noqa: PTH100  resolves no links: the user's name for the place stays
    try:
        status = os.stat(root)  # noqa: PTH116  a source itself may be a link
    except (OSError, ValueError) as error:
        raise SourceError(f"the source {source} cannot be opened: {_why(error)}") from error
    if stat.S_ISREG(status.st_mode):
        return Found((_candidate(os.path.realpath(root), status),), ())
    if not stat.S_ISDIR(status.st_mode):
        raise SourceError(f"the source {source} is neither a folder nor a file")
    candidates: list[Candidate] = []
    refused: list[Refused] = []
    for found in _below(root, os.path.realpath(without) if without else ""):
        (candidates if isinstance(found, Candidate) else refused).append(found)  # type: ignore[arg-type]  # by kind
    return Found(
        tuple(sorted(candidates, key=lambda one: os.fsencode(one.path))),
        tuple(sorted(refused, key=lambda one: os.fsencode(one.path))),
    )


def open_file(candidate: Candidate) -> int:
    """An open descriptor for reading; never blocks on a pipe, never follows a link put in the file's place.

    Raises:
        OSError: it can't be opened or is no regular file any more.
    """
    descriptor = os.open(candidate.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a regular file", candidate.path)
    return descriptor


def unchanged(candidate: Candidate) -> bool:
    """Is the file still the one that the walk has seen?"""
    try:
        return _candidate(candidate.path, os.lstat(candidate.path)) == candidate
    except OSError:
        return False


def _below(folder: str, without: str) -> Iterator[Candidate | Refused]:
    pending = [folder]
    while pending:
        current = pending.pop()
        try:
            with os.scandir(current) as entries:
                for entry in entries:
                    if entry.name.startswith((".", "~$")):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        if os.path.realpath(entry.path) != without:
                            pending.append(entry.path)
                    else:
                        yield _entry(entry)
        except OSError as error:
            yield Refused(current, f"this folder cannot be read: {_why(error)}; check its permissions")


def _entry(entry: os.DirEntry[str]) -> Candidate | Refused:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        return Refused(entry.path, f"cannot be looked at: {_why(error)}")
    if stat.S_ISREG(status.st_mode):
        return _candidate(entry.path, status)
    if stat.S_ISLNK(status.st_mode):
        return Refused(entry.path, "is a link, and links are not followed; name its target as a source")
    return Refused(entry.path, "is no regular file (a pipe, socket or device)")


def _candidate(path: str, status: os.stat_result) -> Candidate:
    return Candidate(path, status.st_size, _signed(status.st_mtime_ns), _signed(status.st_ino))


def _signed(number: int) -> int:
    """The lowest 64 bits as a signed number, which is what SQLite stores.

    Times after the year 2262 and inodes of some network file systems need more; they are only ever compared.
    """
    return (number + (1 << 63)) % (1 << 64) - (1 << 63)


def _why(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
