"""An index that is behind its catalogue is fed the rest, if it is whole."""

from __future__ import annotations

import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tipsearch import lock
from tipsearch.errors import EngineError, EngineFailed, LibraryError
from tipsearch.indexing.follow import Follower
from tipsearch.indexing.opening import open_index

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tipsearch.catalogue import Catalogue
    from tipsearch.engines.generations import Generations, Manifest
    from tipsearch.vocabulary import Vocabularies

#: Documents that are fed to the index on opening; more are left to the next run (a second's work).
_MOST_CAUGHT_UP = 500
#: With less room than this (bytes) a failure to write is the disk's, whatever the engine calls it.
_NO_ROOM = 8 << 20


def catch_up(generations: Generations, catalogue: Catalogue, vocabularies: Vocabularies) -> None:
    """Feed the index in use what the catalogue has and it hasn't; use under the library's lock.

    Raises:
        LibraryMissing, LibraryOutdated, EngineFailed: there is none, or it is of another version or damaged. It is left
            alone then: making a large one anew takes its time, and is for the user to say.
    """
    with catalogue.view() as view:
        identity = view.identity()
    whole = open_index(generations, identity)
    whole.engine.close()
    if whole.links:
        whole.links.cleanup()
    with Follower(generations, catalogue, whole.manifest.engine, vocabularies) as follower:
        follower.feed()
        follower.finish()


def catch_up_little(
    folder: Path,
    manifest: Manifest | None,
    generations: Generations,
    catalogue: Catalogue,
    vocabularies: Vocabularies,
) -> None:
    """Feed the index what a run that was killed has left, if that is little and nobody else is writing.

    Args:
        folder: the library's.
        manifest: what the index holds.
        generations: the engine's folder.
        catalogue: the one to follow.
        vocabularies: whose trees facets roll up in.
    """
    with catalogue.view() as view:
        waiting = view.waiting(manifest.seq) if manifest else 0
    if not 0 < waiting <= _MOST_CAUGHT_UP:
        return
    with (
        suppress(LibraryError, EngineError),
        lock.writing(folder),
        Follower(generations, catalogue, manifest.engine if manifest else "", vocabularies) as follower,
    ):
        follower.feed()
        follower.finish()


@contextmanager
def rebuild_named() -> Iterator[None]:
    """An engine that breaks while it searches says why; here it is told what to do if that stays."""
    try:
        yield
    except EngineFailed as error:
        raise EngineFailed(f"{error}; if this stays, make the index anew: tipsearch rebuild") from error


@contextmanager
def full_disk_named(folder: Path) -> Iterator[None]:
    """An engine says of a full disk that a thread of it failed; here it is called by its name."""
    try:
        yield
    except EngineFailed as error:
        free = shutil.disk_usage(folder).free
        if free > _NO_ROOM:
            raise
        raise EngineFailed(
            f"the disk of {folder} is full ({free >> 20} MB free); what was indexed before stays searchable. Make "
            "room and run the same command again"
        ) from error
