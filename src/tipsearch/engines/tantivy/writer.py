"""Writing: both indexes change together, and a commit is on disk when it returns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import tantivy

from tipsearch.durable import sync_folder
from tipsearch.engines.tantivy.failures import translated
from tipsearch.engines.tantivy.schema import entries, register_tokenizers

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from tipsearch.model import IndexDocument

#: Memory for postings before a segment is written, per index. One thread: a second costs more CPU than it saves time.
HEAP_BYTES = 64_000_000
#: Text (characters) after which a commit is taken for a large one, which has segments merged.
_MUCH = 50_000_000


class TantivyWriter:
    """The one writer of an index folder, as a context manager.

    Each writer opens the index anew: a long-lived handle keeps its own list of files and would orphan those of others.
    """

    def __init__(self, folder: Path) -> None:
        self._folders = (folder / "pages", folder / "documents")
        self._open: list[tantivy.IndexWriter] = []
        self._added = 0

    def __enter__(self) -> Self:
        """Open both indexes for writing.

        Raises:
            EngineFailed: another writer is open.
        """
        try:
            self._take()
        except BaseException:
            self._release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Drop what wasn't committed and wait until tantivy has finished with the files."""
        # Waiting gives the writers up, and with them what they hold.
        self._release()

    def add(self, document: IndexDocument) -> None:
        """Take a document in, replacing the one of the same id."""
        entry, page_entries = entries(document)
        pages, documents = self._open
        with translated(f"take in document {document.id}"):
            for writer in self._open:
                writer.delete_documents_by_term("id", document.id)
            for page in page_entries:
                pages.add_document(page)
            documents.add_document(entry)
        self._added += sum(len(page.text) for page in document.pages)

    def delete(self, document_id: str) -> None:
        """Remove a document and its pages; unknown ids are ignored."""
        with translated(f"remove document {document_id}"):
            for writer in self._open:
                writer.delete_documents_by_term("id", document_id)

    def commit(self) -> None:
        """Make all changes durable and visible to readers that refresh.

        Pages go first: a document that is found but has no pages would be worse than pages nobody asks for. After much
        text one index is merged after the other, and without the memory for postings: tantivy maps all that it merges.

        Raises:
            EngineFailed: tantivy refused.
        """
        with translated("commit"):
            for writer, folder in zip(tuple(self._open), self._folders, strict=True):
                writer.commit()
                sync_folder(folder)
                if self._added > _MUCH:
                    self._open.remove(writer)
                    writer.wait_merging_threads()
        if not self._open:
            self._take()
        self._added = 0

    def _take(self) -> None:
        with translated("open the index for writing"):
            for folder in self._folders:
                index = tantivy.Index.open(str(folder))
                register_tokenizers(index)
                self._open.append(index.writer(HEAP_BYTES, 1))

    def _release(self) -> None:
        writers, self._open = self._open, []
        for writer in writers:
            with translated("finish writing"):
                writer.wait_merging_threads()
        for folder in self._folders if writers else ():
            _let_others_read(folder)


def _let_others_read(folder: Path) -> None:
    """Give tantivy's list of its files, which it makes for its owner only, the mode of its other files."""
    managed, meta = folder / ".managed.json", folder / "meta.json"
    if managed.exists() and meta.exists():
        managed.chmod(meta.stat().st_mode & 0o777)
