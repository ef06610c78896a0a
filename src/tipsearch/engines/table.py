"""What every registered engine can do on this machine."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tipsearch.engines import registry
from tipsearch.errors import EngineError, EngineMissing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipsearch.engines.base import Capabilities


@dataclass(frozen=True, slots=True)
class Row:
    """One engine.

    Attributes:
        name: as given to ``--engine``.
        install: how to get what it needs.
        capabilities: what it can do; None if it can't be used here.
        installed: whether its packages are there.
        problem: why it can't be used, else empty.
    """

    name: str
    install: str
    capabilities: Capabilities | None = None
    installed: bool = True
    problem: str = ""


def engine_table() -> Iterator[Row]:
    """All engines in the order in which they are registered; each is asked over an empty index of its own."""
    for name, entry in registry.ENGINES.items():
        # An engine that is closed may still be looking at its files (tantivy's watcher), and make some while they go.
        with tempfile.TemporaryDirectory(prefix="tipsearch-", ignore_cleanup_errors=True) as folder:
            row = _asked(name, entry.hint, Path(folder) / "index")
        shutil.rmtree(folder, ignore_errors=True)
        yield row


def _asked(name: str, hint: str, folder: Path) -> Row:
    try:
        engine = registry.load(name).create(folder)
    except EngineMissing as error:
        return Row(name, hint, installed=False, problem=str(error))
    except (EngineError, OSError) as error:
        return Row(name, hint, problem=str(error))
    capabilities = engine.capabilities
    engine.close()
    return Row(name, hint, capabilities)
