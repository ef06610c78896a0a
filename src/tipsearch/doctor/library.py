"""The library itself: is its catalogue whole, and is its index in step with that?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from tipsearch.catalogue import Catalogue, damage
from tipsearch.doctor.finding import Finding, State
from tipsearch.engines.generations import Generations
from tipsearch.errors import EngineError, LibraryError, LibraryMissing
from tipsearch.indexing import open_index
from tipsearch.paths import CATALOGUE, ENGINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

_RESTORE = "restore the catalogue from a backup, or move it away and index the sources again"
_REBUILD = "tipsearch rebuild"


class Patient:
    """A library of which nothing is taken for granted: it may be missing, damaged or of another version."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / CATALOGUE
        self.damage = damage(self.path) if self.path.is_file() else ""
        self.refusal = ""
        self.catalogue: Catalogue | None = None
        if self.damage:
            return
        try:
            self.catalogue = Catalogue(self.path)
        except LibraryMissing:
            pass
        except LibraryError as error:
            self.refusal = str(error)

    def __enter__(self) -> Self:
        """Ready to be asked."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the catalogue back."""
        if self.catalogue:
            self.catalogue.close()

    def last_run(self) -> datetime | None:
        """When it was last indexed, by the clock of then."""
        if self.catalogue is None:
            return None
        with self.catalogue.view() as view:
            started = view.last_run()
        return datetime.fromisoformat(started).astimezone(UTC) if started else None

    def languages(self) -> Mapping[str, int]:
        """Languages of its pages with their numbers, the commonest first."""
        if self.catalogue is None:
            return {}
        with self.catalogue.view() as view:
            return view.languages()


def look_at_library(patient: Patient) -> Iterator[Finding]:
    """Its catalogue and its index."""
    if patient.damage:
        yield Finding("catalogue", State.BROKEN, f"{patient.path} is damaged: {patient.damage}", _RESTORE)
    elif patient.refusal:
        yield Finding("catalogue", State.BROKEN, patient.refusal, "do what this says")
    elif patient.catalogue is None:
        todo = f"tipsearch --index {patient.folder} index FOLDER"
        yield Finding("catalogue", State.OK, f"there is no library in {patient.folder} yet", todo)
    else:
        with patient.catalogue.view() as view:
            documents, pages = view.counts()
        yield Finding("catalogue", State.OK, f"whole, with {documents:,} documents of {pages:,} pages")
        yield _index(patient.folder, patient.catalogue)


def _index(folder: Path, catalogue: Catalogue) -> Finding:
    """Whether the generation in use can be opened, and has taken in all changes."""
    generations = Generations(folder / ENGINE)
    with catalogue.view() as view:
        identity, last = view.identity(), view.last_change()
    try:
        index = open_index(generations, identity)
    except LibraryMissing:
        if not last:
            return Finding("index", State.OK, "nothing has been indexed yet")
        return Finding("index", State.BROKEN, "there is no index beside the catalogue", _REBUILD)
    except (LibraryError, EngineError) as error:
        return Finding("index", State.BROKEN, str(error), _REBUILD)
    index.engine.close()
    with catalogue.view() as view:
        waiting = view.waiting(index.manifest.seq)
    said = f"{index.manifest.engine}, generation {index.manifest.generation}"
    if waiting:
        behind = f"{said}: {waiting:,} documents have changed that it hasn't taken in"
        return Finding("index", State.WARNING, behind, "tipsearch index")
    return Finding("index", State.OK, f"{said}, in step with the catalogue")
