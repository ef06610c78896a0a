"""One JSON file of documents, replaced as a whole by each commit."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from tipsearch.errors import EngineFailed
from tipsearch.model import IndexDocument

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class MemoryWriter:
    """Collects changes and writes them all at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._documents = {document.id: document for document in load(folder)}

    def add(self, document: IndexDocument) -> None:
        """Take a document in, replacing the one of the same id."""
        self._documents[document.id] = document

    def delete(self, document_id: str) -> None:
        """Remove a document; unknown ids are ignored."""
        self._documents.pop(document_id, None)

    def commit(self) -> None:
        """Make all changes durable."""
        save(self._folder, list(self._documents.values()))


@contextmanager
def open_writer(folder: Path) -> Iterator[MemoryWriter]:
    """The one writer of a folder.

    Raises:
        EngineFailed: another one is open.
    """
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise EngineFailed("another writer is open on this index; wait until it has finished") from error
        yield MemoryWriter(folder)


def save(folder: Path, documents: list[IndexDocument]) -> None:
    """Replace the documents of a folder, durably and at once."""
    new = folder / "documents.new"
    with new.open("wb") as file:
        file.write(msgspec.json.encode(documents))
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / "documents.json")


def load(folder: Path) -> list[IndexDocument]:
    """The documents of a folder.

    Raises:
        EngineFailed: there are none, or the file is damaged.
    """
    try:
        return msgspec.json.decode((folder / "documents.json").read_bytes(), type=list[IndexDocument])
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        raise EngineFailed(f"{folder} holds no readable index: {error}") from error
