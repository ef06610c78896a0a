"""Reading: the generation in use is opened, if it is whole and belongs to the catalogue."""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tipsearch.engines import registry
from tipsearch.errors import EngineFailed, LibraryError, LibraryMissing, LibraryOutdated
from tipsearch.indexing import seal

if TYPE_CHECKING:
    from tipsearch.engines.base import Engine
    from tipsearch.engines.generations import Generations, Manifest

_MEND = "make the index anew from the catalogue (no file is read again) with: tipsearch rebuild"
_GENERATION = re.compile(r"g-\d{6,}")


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """A generation opened for reading: its engine, its folder and what it holds.

    Attributes:
        links: the folder through which it is read where it may not be written; removed when this is let go.
    """

    engine: Engine
    folder: Path
    manifest: Manifest
    links: tempfile.TemporaryDirectory[str] | None = None


def open_index(generations: Generations, catalogue: str) -> OpenIndex:
    """Open the generation in use for reading.

    Args:
        generations: the engine's folder.
        catalogue: the catalogue's identity.

    Raises:
        LibraryMissing: nothing has been indexed yet.
        LibraryOutdated: it was written by another version of the engine's code, or from another catalogue.
        EngineFailed: it is damaged.
    """
    folder, manifest = _in_use(generations)
    engine = registry.load(manifest.engine)
    if engine.fingerprint != manifest.fingerprint:
        raise LibraryOutdated(
            f"the index was written by another version of tipsearch or of {manifest.engine}; {_MEND}"
        )
    if hidden := seal.unreadable(folder):
        raise EngineFailed(f"the index can't be read: permission denied for {hidden}; check who may read it")
    if damage := seal.damage(folder):
        raise EngineFailed(f"the index is damaged: {damage}; {_MEND}")
    if not seal.belongs(folder, catalogue):
        raise LibraryOutdated(f"the index was made from another catalogue; {_MEND}")
    links = None if _writable(folder) else _linked(folder)
    try:
        opened = engine.open(Path(links.name) if links else folder)
    except EngineFailed as error:
        raise EngineFailed(f"{error}; if this stays, {_MEND}") from error
    return OpenIndex(opened, folder, manifest, links)


def forget_broken(root: Path) -> None:
    """Remove the name of the generation in use if it names none, so that a new one can be begun."""
    current = root / "CURRENT"
    with suppress(FileNotFoundError, NotADirectoryError):
        if not _GENERATION.fullmatch(current.read_bytes().decode("latin-1").strip()):
            current.unlink()


def _in_use(generations: Generations) -> tuple[Path, Manifest]:
    try:
        folder = generations.current()
        manifest = folder and generations.manifest_of(folder)
    except (OSError, ValueError, LibraryError) as error:
        raise EngineFailed(f"the index is damaged: {error}; {_MEND}") from error
    if folder is None:
        raise LibraryMissing(
            "nothing has been indexed yet; run: tipsearch index FOLDER (or, if only the index was removed: tipsearch rebuild)"
        )
    if not manifest or not _GENERATION.fullmatch(folder.name):
        raise EngineFailed(f"the index is damaged: there is no {folder / 'manifest.json'}; {_MEND}")
    return folder, manifest


def _writable(folder: Path) -> bool:
    return all(os.access(one, os.W_OK) for one in (folder, *folder.iterdir()) if one.is_dir())


def _linked(folder: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder of links to a generation's files, in which an engine can make the lock files that it reads under."""
    made = tempfile.TemporaryDirectory(prefix="tipsearch-")
    for path in folder.rglob("*"):
        beside = Path(made.name) / path.relative_to(folder)
        if path.is_dir():
            beside.mkdir(parents=True)
        elif not path.name.endswith(".lock"):
            beside.parent.mkdir(parents=True, exist_ok=True)
            beside.symlink_to(path.absolute())  # a link is read from where it lies
    return made
