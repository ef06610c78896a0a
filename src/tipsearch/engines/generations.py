"""The folder in which an engine's indexes lie: one generation in use, the next one built beside it.

::

    engine/CURRENT             the name of the generation in use
    engine/g-000001/           one generation
        manifest.json          what it holds: engine, fingerprint, how far it has followed the catalogue
        documents/ pages/      the engine's own files

Nothing is edited in place under a reader: a rebuild fills a new folder, then `CURRENT` is replaced atomically.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from tipsearch.durable import replace_file
from tipsearch.engines import registry
from tipsearch.errors import LibraryError

if TYPE_CHECKING:
    from pathlib import Path

_CURRENT = "CURRENT"
_MANIFEST = "manifest.json"


class Manifest(msgspec.Struct, frozen=True):
    """What a generation holds.

    Attributes:
        engine: name of the engine that wrote it.
        fingerprint: of the engine's code and format; another one means that it must be built anew.
        seq: the last change of the catalogue that it has taken in.
        generation: grows by one with every commit, over all rebuilds.
        documents: number of documents in it.
        settled: the last change up to which hyphens at line ends were decided; a killed run leaves it behind `seq`.
    """

    engine: str
    fingerprint: str
    seq: int
    generation: int
    documents: int
    settled: int = 0


class Generations:
    """The engine's folder of one library."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def current(self) -> Path | None:
        """The folder of the generation in use, or None before the first."""
        try:
            name = (self._root / _CURRENT).read_text("ascii").strip()
        except FileNotFoundError:
            return None
        return self._root / name

    def manifest(self) -> Manifest | None:
        """What the generation in use holds, or None when there is none.

        Raises:
            LibraryError: the manifest is damaged.
        """
        folder = self.current()
        return None if folder is None else self.manifest_of(folder)

    def manifest_of(self, folder: Path) -> Manifest | None:
        """What that generation holds, or None when it never got so far."""
        try:
            return msgspec.json.decode((folder / _MANIFEST).read_bytes(), type=Manifest)
        except FileNotFoundError:
            return None
        except msgspec.MsgspecError as error:
            raise LibraryError(
                f"the index's manifest {folder / _MANIFEST} is damaged ({error}); make the index anew with: "
                "tipsearch rebuild"
            ) from error

    def changed(self) -> str | None:
        """The day, in UTC, on which the generation in use last took in a change; None where there is none."""
        folder = self.current()
        try:
            written = (folder / _MANIFEST).stat().st_mtime if folder else None
        except FileNotFoundError:
            return None
        return None if written is None else datetime.fromtimestamp(written, UTC).date().isoformat()

    def engine(self, wanted: str | None = None) -> str:
        """The name of the engine to go on with.

        Args:
            wanted: the one that somebody has named; if there is none it is the one in use, and `registry.DEFAULT` where there
                is no index, or none that says.
        """
        if wanted:
            return wanted
        try:
            manifest = self.manifest()
        except (LibraryError, OSError, ValueError):
            manifest = None
        return manifest.engine if manifest and manifest.engine in registry.ENGINES else registry.DEFAULT

    def new(self) -> Path:
        """An empty folder for the next generation; what an interrupted rebuild left there is removed."""
        self._root.mkdir(parents=True, exist_ok=True)
        current = self.current()
        number = int(current.name.removeprefix("g-")) + 1 if current else 1
        folder = self._root / f"g-{number:06d}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def write_manifest(self, folder: Path, manifest: Manifest) -> None:
        """Say durably what a generation holds."""
        replace_file(folder / _MANIFEST, msgspec.json.encode(manifest))

    def use(self, folder: Path) -> None:
        """Make a generation the one in use, and remove the ones before its predecessor.

        The predecessor stays for readers that hold it open and for going back.
        """
        old = self.current()
        replace_file(self._root / _CURRENT, folder.name.encode("ascii"))
        for one in self._root.glob("g-*"):
            if one not in {folder, old}:
                shutil.rmtree(one, ignore_errors=True)
