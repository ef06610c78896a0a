"""Whoosh's files: synced before they are named anywhere, read through memory maps, and free of pickles.

Where Whoosh would pickle (the header of its dictionary), these files hold MessagePack, which can't name code.
"""

from __future__ import annotations

import mmap
import os
import sys
from array import array
from typing import TYPE_CHECKING, Any

import msgspec
from whoosh.filedb.filestore import FileStorage, Storage
from whoosh.filedb.structfile import StructFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class WrittenFile(StructFile):  # type: ignore[misc]  # Whoosh ships no types
    """A file being written; on the disk when it is closed."""

    def write_pickle(self, obj: object, protocol: int = -1) -> None:
        """Write plain values, with their length before them; no pickle, whatever Whoosh calls it."""
        del protocol
        data = msgspec.msgpack.encode(obj)
        self.write_int(len(data))
        self.write(data)

    def close(self) -> None:
        """Write out, sync, and close."""
        self.flush()
        os.fsync(self.fileno())
        super().close()


class MappedFile(StructFile):  # type: ignore[misc]  # Whoosh ships no types
    """A file in memory. What is read at a position (`get` and its like) may be read by many threads at once."""

    def __init__(self, data: bytes | mmap.mmap, name: str) -> None:
        self._data = data
        self._name = name
        self._at = 0
        self.is_real = self.is_closed = False

    def read(self, size: int | None = None) -> bytes:
        """The next bytes."""
        start = self._at
        self._at = len(self._data) if size is None else min(start + size, len(self._data))
        return self._data[start : self._at]

    def seek(self, position: int, whence: int = os.SEEK_SET) -> None:
        """Go to a position."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: len(self._data)}[whence]
        self._at = base + position

    def tell(self) -> int:
        """The position of the next byte."""
        return self._at

    def get(self, position: int, length: int) -> bytes:
        """Bytes at a position."""
        return self._data[position : position + length]

    def get_array(self, position: int, typecode: str, length: int) -> array[Any]:
        """Numbers at a position, as Whoosh writes them: big end first."""
        numbers: array[Any] = array(typecode)
        numbers.frombytes(self.get(position, length * numbers.itemsize))
        if sys.byteorder == "little":
            numbers.byteswap()
        return numbers

    def read_pickle(self) -> Any:  # noqa: ANN401 (Whoosh puts a dictionary there)
        """Plain values as `WrittenFile.write_pickle` wrote them."""
        return msgspec.msgpack.decode(self.read(self.read_int()))

    def close(self) -> None:
        """Nothing to do: the map goes with the last one who reads it."""
        self.is_closed = True


class WritingFolder(FileStorage):  # type: ignore[misc]  # Whoosh ships no types
    """The folder that a writer fills; what is in it already is read as `Files` are."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))

    def create_file(self, name: str, **_: object) -> WrittenFile:
        """A new file."""
        return WrittenFile(open(self._fpath(name), "wb"), name=name)  # noqa: PTH123 (Whoosh gives its paths as text)

    def open_file(self, name: str, **_: object) -> MappedFile:
        """A file that is there."""
        return MappedFile(mapped(self._fpath(name)), name)


class Files(Storage):  # type: ignore[misc]  # Whoosh ships no types
    """The files of an index as it was at one moment, all of them opened: they stay when a writer removes them."""

    def __init__(self, maps: Mapping[str, bytes | mmap.mmap]) -> None:
        self._maps = maps

    def open_file(self, name: str, **_: object) -> MappedFile:
        """One of the files."""
        return MappedFile(self._maps[name], name)

    def file_exists(self, name: str) -> bool:
        """Whether there is one of that name."""
        return name in self._maps

    def file_length(self, name: str) -> int:
        """How many bytes it has."""
        return len(self._maps[name])


def mapped(path: str | Path) -> bytes | mmap.mmap:
    """A file in memory, read page by page when it is wanted."""
    with open(path, "rb") as file:  # noqa: PTH123 (Whoosh gives its paths as text)
        if not os.fstat(file.fileno()).st_size:
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
