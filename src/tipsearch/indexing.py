"""From the catalogue to the engine: an index is a pure function of the catalogue, and follows its changes."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from tipsearch import vocabulary
from tipsearch.engines import registry
from tipsearch.engines.generations import Generations, Manifest
from tipsearch.errors import EngineFailed, LibraryError, LibraryMissing, LibraryOutdated
from tipsearch.model import IndexDocument

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType

    from tipsearch.catalogue import Catalogue
    from tipsearch.engines.base import Engine, Writer
    from tipsearch.model import Document, Page, Tag

#: Text (characters) after which what was added is committed, so that an interrupted run keeps most of its work.
_COMMIT_EVERY = 200_000_000


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """A generation opened for reading: its engine, its folder and what it holds."""

    engine: Engine
    folder: Path
    manifest: Manifest


def open_index(generations: Generations) -> OpenIndex:
    """Open the generation in use for reading.

    Raises:
        LibraryMissing: nothing has been indexed yet.
        LibraryOutdated: it was written by another version of the engine's code.
        EngineFailed: it is damaged.
    """
    folder, manifest = generations.current(), generations.manifest()
    if folder is None or manifest is None:
        raise LibraryMissing("nothing has been indexed yet; run: tipsearch index FOLDER")
    engine = registry.load(manifest.engine)
    if engine.fingerprint != manifest.fingerprint:
        raise LibraryOutdated(
            f"the index was written by another version of tipsearch or of {manifest.engine}; "
            "make it anew from the catalogue (no file is read again) with: tipsearch rebuild"
        )
    return OpenIndex(engine.open(folder), folder, manifest)


class Follower:
    """Brings an engine's index up to the catalogue's state; use under the library's lock, as a context.

    Args:
        generations: the engine's folder.
        engine: name of the engine wanted; another one in use is replaced by a new generation.
        rebuild: begin a new generation in any case.

    Attributes:
        rebuilt: why a new generation was begun, empty if the one in use goes on.
    """

    def __init__(self, generations: Generations, engine: str, *, rebuild: bool = False) -> None:
        self._generations = generations
        self._name = engine
        self._class = registry.load(engine)
        self._stack = ExitStack()
        manifest = self._readable_manifest()
        self.generation = manifest.generation if manifest else 0
        self.rebuilt = "asked for" if rebuild else self._reason(manifest)
        self._uncommitted = 0
        self._seq = 0
        self._dirty = False
        self._open(manifest)

    def __enter__(self) -> Self:
        """Ready to `feed`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the engine; what wasn't committed is fed again next time."""
        self._stack.close()

    def feed(self, catalogue: Catalogue) -> int:
        """Take in what has changed in the catalogue; how many documents that was. Visible after `commit`."""
        count = 0
        with catalogue.view() as view:
            for changed in view.changes(self._seq):
                self._seq, self._dirty = changed.seq, True
                if changed.document is None:
                    self._writer.delete(changed.id)
                else:
                    self._writer.add(to_index_document(changed.document, changed.pages))
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
        manifest = Manifest(
            self._name, self._class.fingerprint, self._seq, self.generation, self._engine.document_count()
        )
        self._generations.write_manifest(self._folder, manifest)
        self._uncommitted, self._dirty = 0, False

    def finish(self) -> None:
        """Commit, and put a rebuilt generation into use."""
        self.commit()
        if self.rebuilt:
            self._generations.use(self._folder)
            self.rebuilt = ""

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
        self._take_writer()

    def _begin_new(self) -> None:
        self._folder, self._seq, self._dirty = self._generations.new(), 0, True
        self._engine = self._class.create(self._folder)
        self._take_writer()

    def _take_writer(self) -> None:
        self._stack.callback(self._engine.close)
        self._writer: Writer = self._stack.enter_context(self._engine.writer())

    def _readable_manifest(self) -> Manifest | None:
        try:
            return self._generations.manifest()
        except LibraryError:
            return None

    def _reason(self, manifest: Manifest | None) -> str:
        if manifest is None:
            return "there was no index"
        if manifest.engine != self._name:
            return f"it was made by the engine {manifest.engine}"
        if manifest.fingerprint != self._class.fingerprint:
            return "it was written by another version"
        return ""


def to_index_document(document: Document, pages: tuple[Page, ...]) -> IndexDocument:
    """A document as engines take it in, trees with all their ancestors."""
    facets = {
        "region": _with_ancestors(vocabulary.regions(), document.regions),
        "topic": _with_ancestors(vocabulary.topics(), document.topics),
        "type": document.types,
        "language": (document.language,) if document.language else (),
        "publisher": (document.publisher,) if document.publisher else (),
    }
    return IndexDocument(
        id=document.id,
        title=document.title,
        language=document.language,
        pages=pages,
        facets=tuple((name, values) for name, values in facets.items() if values),
        year=document.year,
        date=_as_number(document.date),
        publisher_text=document.publisher or "",
        authors_text="; ".join(document.authors),
    )


def _with_ancestors(tree: vocabulary.Vocabulary, tags: Iterable[Tag]) -> tuple[str, ...]:
    values: dict[str, None] = {}
    for tag in tags:
        values |= dict.fromkeys(tree.path(tag.value))
    return tuple(values)


def _as_number(date: str | None) -> int | None:
    """``2023-05`` as 20230500."""
    return int(date.replace("-", "").ljust(8, "0")) if date else None
