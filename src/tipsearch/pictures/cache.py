"""Pictures kept on disk: a folder of files with names that say nothing, the least recently used dropped first."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tipsearch.durable import replace_file

if TYPE_CHECKING:
    from pathlib import Path

#: After dropping there is room for some more, so that not each picture makes the folder be looked through.
_KEPT_SHARE = 0.9
_OWNERS_ONLY = 0o700


@dataclass(slots=True)
class PictureCache:
    """A folder of pictures; where it can't be written nothing is kept, and nothing else fails.

    Attributes:
        folder: made with the first picture.
        most_bytes: what all pictures together may take.
    """

    folder: Path
    most_bytes: int = 200 << 20
    _size: int | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: str) -> bytes | None:
        """The picture of that key (letters and digits), if it is kept; it has been used just now."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        with suppress(OSError):
            os.utime(path)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep a picture if that can be done."""
        with self._lock, suppress(OSError):
            self.folder.mkdir(_OWNERS_ONLY, exist_ok=True)
            replace_file(self._path(key), data)
            self._size = self._measured() if self._size is None else self._size + len(data)
            if self._size > self.most_bytes:
                self._drop()

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.png"

    def _measured(self) -> int:
        return sum(entry.stat().st_size for entry in os.scandir(self.folder))

    def _drop(self) -> None:
        """Remove those not used for longest, until there is room."""
        entries = sorted(
            ((path.stat(), path) for path in self.folder.iterdir()),
            key=lambda one: one[0].st_mtime_ns,
        )
        left = sum(status.st_size for status, _ in entries)
        for status, path in entries:
            if left <= _KEPT_SHARE * self.most_bytes:
                break
            path.unlink()
            left -= status.st_size
        self._size = left
