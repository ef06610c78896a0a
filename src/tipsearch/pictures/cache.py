"""Pictures kept on disk while the server runs: a folder of files with names that say nothing, the least recently used dropped first.

When which of them was looked at is known in memory only. A picture goes when its file has gone or changed, and all go
when the server starts and when it stops, so that none outlives its document for long.
"""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tipsearch.durable import replace_file

if TYPE_CHECKING:
    from pathlib import Path

#: After dropping there is room for some more, so that not each picture makes others be dropped.
_KEPT_SHARE = 0.9
_OWNERS_ONLY = 0o700
#: Seconds after which the files of all pictures are looked for again.
_LOOKED_FOR_EVERY = 60.0
#: The date of each picture: none.
_NO_DATE = (0, 0)
#: Reading leaves no date either, where the system lets its owner say so.
_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | getattr(os, "O_NOATIME", 0)


def state_of(status: os.stat_result) -> tuple[int, ...]:
    """Differs for a file that is another one, or has changed."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


@dataclass(frozen=True, slots=True)
class _Kept:
    """A picture's size, and the file that it shows a page of, as that was."""

    size: int
    file: Path
    state: tuple[int, ...]

    def holds(self) -> bool:
        """Whether the file is still there and the same."""
        try:
            return state_of(self.file.stat(follow_symlinks=False)) == self.state
        except OSError:
            return False


@dataclass(slots=True)
class PictureCache:
    """A folder of pictures; where it can't be written nothing is kept, and nothing else fails. Safe to use from several threads.

    Attributes:
        folder: made with the first picture.
        most_bytes: what all pictures together may take.
    """

    folder: Path
    most_bytes: int = 200 << 20
    #: The least recently used first.
    _kept: OrderedDict[str, _Kept] = field(default_factory=OrderedDict)
    _looked_for: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: str) -> bytes | None:
        """The picture of that key (letters and digits), if it is kept; it has been used just now."""
        with self._lock:
            self._drop_gone()
            if key not in self._kept:
                return None
            try:
                with os.fdopen(os.open(self._path(key), _READ), "rb") as file:
                    data = file.read()
            except OSError:
                self._drop(key)
                return None
            self._kept.move_to_end(key)
            return data

    def put(self, key: str, data: bytes, file: Path, state: tuple[int, ...]) -> None:
        """Keep a picture of a page of that file, which was in that state (`state_of`), if that can be done."""
        with self._lock, suppress(OSError):
            self._drop_gone()
            self.folder.mkdir(_OWNERS_ONLY, exist_ok=True)
            replace_file(self._path(key), data)
            os.utime(self._path(key), _NO_DATE)
            self._kept[key] = _Kept(len(data), file, state)
            self._make_room()

    def clear(self) -> None:
        """Remove all pictures, those of another server on the same folder, too."""
        with self._lock, suppress(OSError):
            self._kept.clear()
            for path in self.folder.glob("*.png*"):
                path.unlink()

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.png"

    def _drop(self, key: str) -> None:
        del self._kept[key]
        with suppress(OSError):
            self._path(key).unlink()

    def _drop_gone(self) -> None:
        """Remove those whose files are gone or others by now."""
        now = time.monotonic()
        if now - self._looked_for < _LOOKED_FOR_EVERY:
            return
        self._looked_for = now
        for key in [key for key, one in self._kept.items() if not one.holds()]:
            self._drop(key)

    def _make_room(self) -> None:
        """Remove those not used for longest, until there is room."""
        left = sum(one.size for one in self._kept.values())
        if left <= self.most_bytes:
            return
        for key, one in list(self._kept.items()):
            if left <= _KEPT_SHARE * self.most_bytes:
                break
            self._drop(key)
            left -= one.size
