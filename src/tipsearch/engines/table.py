"""What every registered engine can do on this machine."""

from __future__ import annotations

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
        with tempfile.TemporaryDirectory(prefix="tipsearch-") as folder:
            try:
                engine = registry.load(name).create(Path(folder) / "index")
            except EngineMissing as error:
                yield Row(name, entry.hint, installed=False, problem=str(error))
                continue
            except (EngineError, OSError) as error:
                yield Row(name, entry.hint, problem=str(error))
                continue
            capabilities = engine.capabilities
            engine.close()
        yield Row(name, entry.hint, capabilities)
