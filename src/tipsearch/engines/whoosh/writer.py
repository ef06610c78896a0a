"""Writing: both indexes change together, and a commit is on disk when it returns."""

from __future__ import annotations

import fcntl
import os
import shutil
from typing import TYPE_CHECKING, Self

from tipsearch.durable import sync_folder
from tipsearch.engines.whoosh import manifest
from tipsearch.engines.whoosh.failures import translated
from tipsearch.engines.whoosh.files import WritingFolder
from tipsearch.engines.whoosh.schema import entries
from tipsearch.engines.whoosh.segments import IndexWriter
from tipsearch.errors import EngineFailed

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from tipsearch.model import IndexDocument

_LOCK = "write.lock"


class WhooshWriter:
    """The one writer of an index folder, as a context manager."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = -1
        self._known = manifest.Manifest()

    def __enter__(self) -> Self:
        """Take the folder's lock.

        Raises:
            EngineFailed: another writer is open, or the index is damaged.
        """
        with translated("open the index for writing"):
            self._lock = os.open(self._folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._begin()
            except BlockingIOError as error:
                os.close(self._lock)
                raise EngineFailed(
                    "another writer is open on this index; wait until it has finished"
                ) from error
            except BaseException:
                os.close(self._lock)
                raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Drop what wasn't committed and free the lock."""
        try:
            with translated("finish writing"):
                self._documents.drop()
                self._pages.drop()
                self._tidy()
        finally:
            os.close(self._lock)

    def add(self, document: IndexDocument) -> None:
        """Take a document in, replacing the one of the same id."""
        with translated(f"take in document {document.id}"):
            entry, pages = entries(document)
            self._remove(document.id)
            self._documents.add([entry])
            self._pages.add(pages)

    def delete(self, document_id: str) -> None:
        """Remove a document and its pages; unknown ids are ignored."""
        with translated(f"remove document {document_id}"):
            self._remove(document_id)

    def commit(self) -> None:
        """Make all changes durable and visible to readers that refresh.

        Raises:
            EngineFailed: Whoosh refused.
        """
        with translated("commit"):
            documents, pages = self._documents.finish(), self._pages.finish()
            files = {
                path.name: self._known.files.get(path.name) or manifest.entry_of(path)
                for name, segments in (("documents", documents), ("pages", pages))
                for segment in segments
                for path in sorted(self._folder.glob(f"{name}_{segment.name}.*"))
            }
            sync_folder(self._folder)
            self._known = manifest.Manifest(documents, pages, files)
            manifest.write(self._folder, self._known)
            self._tidy()
            self._begin()

    def _begin(self) -> None:
        self._known = manifest.read(self._folder)
        storage = WritingFolder(self._folder)
        self._documents = IndexWriter(storage, "documents", self._known.documents)
        self._pages = IndexWriter(storage, "pages", self._known.pages)

    def _remove(self, document_id: str) -> None:
        self._documents.delete(document_id)
        self._pages.delete(document_id)

    def _tidy(self) -> None:
        """Remove files that no manifest names: of segments that were merged, and of writers that were killed."""
        for path in self._folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name not in {_LOCK, manifest.NAME, *self._known.files}:
                path.unlink(missing_ok=True)
