"""The library itself: is its catalogue whole, and is its index in step with that?"""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self, TypeVar

from tipsearch import lock
from tipsearch.catalogue import Catalogue, View, damage, outdated
from tipsearch.doctor.finding import Finding, State
from tipsearch.engines.generations import Generations
from tipsearch.errors import EngineError, LibraryError, LibraryMissing
from tipsearch.indexing import open_index
from tipsearch.paths import CATALOGUE, ENGINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

    from tipsearch.indexing import OpenIndex

_Answer = TypeVar("_Answer")
_RESTORE = "restore the catalogue from a backup, or move it away and index the sources again"
_REBUILD = "tipsearch rebuild"
#: How often an index is opened that somebody is writing, and how long apart (seconds).
_ATTEMPTS, _PAUSE = 3, 0.2


class Patient:
    """A library of which nothing is taken for granted: it may be missing, damaged or of another version.

    It is only read, whoever is writing to it.

    Attributes:
        damage: what is wrong with the catalogue's tables, empty if nothing.
        refusal: why it can't be opened, empty if it can.
        is_outdated: is it of an older version, that the next run brings up to date? Then it isn't opened.
        catalogue: None if there is none or it isn't opened.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / CATALOGUE
        self.damage = self.refusal = ""
        self.is_outdated = False
        self.catalogue: Catalogue | None = None
        try:
            self._open()
        except LibraryError as error:
            self.refusal = str(error)
        except OSError as error:
            self.refusal = f"{self.path} can't be looked at ({error.strerror}); check who may read it"

    def _open(self) -> None:
        if not self.path.is_file():
            return
        self.damage = damage(self.path)
        self.is_outdated = not self.damage and outdated(self.path)
        if not self.damage and not self.is_outdated:
            self.catalogue = Catalogue(self.path, read_only=True)

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
        started = self._ask(View.last_run)
        return datetime.fromisoformat(started).astimezone(UTC) if started else None

    def languages(self) -> Mapping[str, int]:
        """Languages of its pages with their numbers, the commonest first."""
        return self._ask(View.languages) or {}

    def otherwise_tagged(self, fingerprint: str) -> int:
        """How many of its records' facets were told by other vocabularies or rules than those with that fingerprint."""
        return self._ask(lambda view: view.count_otherwise_tagged(fingerprint)) or 0

    def _ask(self, question: Callable[[View], _Answer]) -> _Answer | None:
        """None where nothing can be asked; why is said where the catalogue itself is looked at."""
        if self.catalogue is None:
            return None
        with suppress(LibraryError), self.catalogue.view() as view:
            return question(view)
        return None


def look_at_library(patient: Patient) -> Iterator[Finding]:
    """Its catalogue and its index."""
    if patient.damage:
        yield Finding("catalogue", State.BROKEN, f"{patient.path} is damaged: {patient.damage}", _RESTORE)
    elif patient.refusal:
        yield Finding("catalogue", State.BROKEN, patient.refusal, "do what this says")
    elif patient.is_outdated:
        detail = "whole, of an older version of tipsearch: it will be brought up to date by the next index"
        yield Finding("catalogue", State.OK, detail)
    elif patient.catalogue is None:
        todo = f"tipsearch --index {patient.folder} index FOLDER"
        yield Finding("catalogue", State.OK, f"there is no library in {patient.folder} yet", todo)
    else:
        try:
            yield _catalogue(patient.catalogue)
            yield _index(patient.folder, patient.catalogue)
        except LibraryError as error:
            yield _broken(patient.folder, "catalogue", str(error), _RESTORE)


def _catalogue(catalogue: Catalogue) -> Finding:
    with catalogue.view() as view:
        documents, pages = view.counts()
    return Finding("catalogue", State.OK, f"whole, with {documents:,} documents of {pages:,} pages")


def _index(folder: Path, catalogue: Catalogue) -> Finding:
    """Whether the generation in use can be opened, and has taken in all changes."""
    with catalogue.view() as view:
        identity, last = view.state()
    try:
        index = _opened(folder, identity)
    except LibraryMissing:
        return _no_index(folder, last)
    except (LibraryError, EngineError, OSError) as error:
        return _broken(folder, "index", str(error), _REBUILD)
    index.engine.close()
    if index.links:
        index.links.cleanup()
    with catalogue.view() as view:
        waiting = view.waiting(index.manifest.seq)
    said = f"{index.manifest.engine}, generation {index.manifest.generation}"
    if waiting:
        behind = f"{said}: {waiting:,} documents have changed that it hasn't taken in"
        return Finding("index", State.WARNING, behind, "tipsearch index")
    return Finding("index", State.OK, f"{said}, in step with the catalogue")


def _opened(folder: Path, identity: str) -> OpenIndex:
    """The generation in use. Whoever writes may remove its files at any moment, so then it is tried again."""
    generations = Generations(folder / ENGINE)
    for _ in range(_ATTEMPTS - 1):
        somebody = lock.holder(folder)
        try:
            return open_index(generations, identity)
        except (LibraryError, EngineError, OSError):
            if somebody is None and lock.holder(folder) is None:
                raise
            time.sleep(_PAUSE)
    return open_index(generations, identity)


def _no_index(folder: Path, last: int) -> Finding:
    if process := lock.holder(folder):
        return Finding("index", State.OK, f"process {process} is making the first one")
    if not last:
        return Finding("index", State.OK, "nothing has been indexed yet")
    return Finding("index", State.BROKEN, "there is no index beside the catalogue", _REBUILD)


def _broken(folder: Path, name: str, why: str, todo: str) -> Finding:
    """What can't be read is broken, unless it is because somebody is writing it."""
    if process := lock.holder(folder):
        detail = f"it can't be told how it is, as process {process} is writing ({why})"
        return Finding(name, State.WARNING, detail, "look again when that has finished: tipsearch doctor")
    return Finding(name, State.BROKEN, why, todo)
