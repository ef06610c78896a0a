"""Writing: an engine's index is brought up to the catalogue's state."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from tipsearch.durable import sync_folder
from tipsearch.engines import registry
from tipsearch.engines.generations import Generations, Manifest
from tipsearch.errors import EngineFailed, LibraryError
from tipsearch.indexing import seal
from tipsearch.indexing.entries import to_index_document
from tipsearch.indexing.hyphens import settle_hyphens

if TYPE_CHECKING:
    from types import TracebackType

    from tipsearch.catalogue import Catalogue
    from tipsearch.engines.base import Engine, Writer
    from tipsearch.vocabulary import Vocabularies

#: Text (characters) after which what was added is committed, so that an interrupted run keeps most of its work.
_COMMIT_EVERY = 200_000_000


class Follower:
    """Brings an engine's index up to the catalogue's state; use under the library's lock, as a context.

    Args:
        generations: the engine's folder.
        catalogue: the one to follow; an index made from another one is replaced by a new generation.
        engine: name of the engine wanted; another one in use is replaced by a new generation.
        vocabularies: of the library; by them documents are found under broader values too.
        rebuild: begin a new generation in any case.

    Attributes:
        rebuilt: why a new generation was begun, empty if the one in use goes on.
    """

    def __init__(
        self,
        generations: Generations,
        catalogue: Catalogue,
        engine: str,
        vocabularies: Vocabularies,
        *,
        rebuild: bool = False,
    ) -> None:
        self._generations = generations
        self._catalogue = catalogue
        with catalogue.view() as view:
            self._identity, self._last = view.state()
        self._name = engine
        self._vocabularies = vocabularies
        self._class = registry.load(engine)
        self._stack = ExitStack()
        manifest = self._readable_manifest()
        self.generation = manifest.generation if manifest else 0
        self.rebuilt = "asked for" if rebuild else self._reason(manifest)
        self._uncommitted = 0
        self._seq = 0
        self._dirty = self._unsealed = False
        self._open(manifest)
        self._settled = manifest.settled if manifest and not self.rebuilt else 0

    def __enter__(self) -> Self:
        """Ready to `feed`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the engine; what wasn't committed is fed again next time."""
        self._stack.close()
        if self._unsealed and kind is None:
            seal.close(self._folder, self._identity)
            self._unsealed = False

    def feed(self) -> int:
        """Take in what has changed in the catalogue; how many documents that was. Visible after `commit`."""
        count = 0
        with self._catalogue.view() as view:
            for changed in view.changes(self._seq):
                self._unseal()
                self._seq, self._dirty = changed.seq, True
                if changed.document is None:
                    self._writer.delete(changed.id)
                else:
                    entry = to_index_document(
                        changed.document, self._vocabularies, changed.pages, changed.beside
                    )
                    self._writer.add(entry)
                    self._uncommitted += sum(len(page.text) for page in changed.pages)
                count += 1
                if self._uncommitted > _COMMIT_EVERY:
                    self.commit()
        return count

    def commit(self) -> None:
        """Make what was fed durable and visible: engine first, then its manifest, then a new generation's name."""
        if not self._dirty:
            return
        self._writer.commit()
        self.generation += 1
        self._engine.refresh()
        self._write_manifest()
        self._uncommitted, self._dirty = 0, False

    def finish(self) -> None:
        """Commit, with the hyphens that the collection decides, and put a rebuilt generation into use."""
        self.commit()
        if self._settled < self._seq:
            settle_hyphens(self._catalogue, self._engine, self._settled)
            self.feed()
            self.commit()
            self._settled = self._seq
            self._write_manifest()
        if self.rebuilt:
            self._generations.use(self._folder)
            self.rebuilt = ""

    def _write_manifest(self) -> None:
        self._generations.write_manifest(
            self._folder,
            Manifest(
                self._name,
                self._class.fingerprint,
                self._seq,
                self.generation,
                self._engine.document_count(),
                self._settled,
            ),
        )

    def _open(self, manifest: Manifest | None) -> None:
        current = self._generations.current()
        if self.rebuilt or current is None or manifest is None:
            self._begin_new()
            return
        try:
            self._engine: Engine = self._class.open(current)
        except EngineFailed as error:
            self.rebuilt = f"the index was damaged ({error})"
            self._begin_new()
            return
        self._folder, self._seq = current, manifest.seq
        self._unsealed = not seal.is_closed(current)  # the last run was killed: this one seals
        self._take_writer()

    def _begin_new(self) -> None:
        self._folder, self._seq, self._dirty = self._generations.new(), 0, True
        self._engine = self._class.create(self._folder)
        self._unseal()
        for made in (self._folder.parent, self._folder.parent.parent):
            sync_folder(made)
        self._take_writer()

    def _take_writer(self) -> None:
        self._stack.callback(self._engine.close)
        self._writer: Writer = self._stack.enter_context(self._engine.writer())

    def _unseal(self) -> None:
        """From now on the files change; until they are sealed again a reader can't compare them with anything."""
        if not self._unsealed:
            seal.open_for_changes(self._folder, self._identity)
            self._unsealed = True

    def _readable_manifest(self) -> Manifest | None:
        try:
            return self._generations.manifest()
        except (LibraryError, OSError):
            return None

    def _reason(self, manifest: Manifest | None) -> str:
        if manifest is None:
            return "there was no index"
        if manifest.engine != self._name:
            return f"it was made by the engine {manifest.engine}, and {self._name} is wanted"
        if manifest.fingerprint != self._class.fingerprint:
            return "it was written by another version"
        folder = self._generations.current()
        if folder is None or not seal.belongs(folder, self._identity) or manifest.seq > self._last:
            return "it was made from another catalogue"
        damage = seal.damage(folder)
        return f"it was damaged ({damage})" if damage else ""
