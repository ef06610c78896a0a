"""Which engines there are and where; an engine's library is imported only when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from tipsearch.errors import EngineMissing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tipsearch.engines.base import EngineClass


@dataclass(frozen=True, slots=True)
class Entry:
    """An engine: the module and class that implement it, and how to get what it needs."""

    path: str
    hint: str


ENGINES: Mapping[str, Entry] = MappingProxyType(
    {
        "tantivy": Entry("tipsearch.engines.tantivy:TantivyEngine", "pip install 'tantivy>=0.27,<0.28'"),
        "whoosh": Entry("tipsearch.engines.whoosh:WhooshEngine", "pip install 'whoosh>=2.7.4,<2.8'"),
        "memory": Entry("tipsearch.engines.memory:MemoryEngine", "it is part of tipsearch: install it again"),
    }
)


#: The engine of a library for which nobody has named one.
DEFAULT = "tantivy"


def load(name: str) -> type[EngineClass]:
    """The class of an engine.

    Raises:
        EngineMissing: there is none of that name, or its package isn't installed; says which are or what to install.
    """
    entry = ENGINES.get(name)
    if entry is None:
        raise EngineMissing(f"there is no engine {name!r}; known: {', '.join(ENGINES)}")
    module, _, attribute = entry.path.partition(":")
    try:
        found = getattr(import_module(module), attribute)
    except ImportError as error:
        raise EngineMissing(f"engine {name!r} can't be loaded ({error}); try: {entry.hint}") from error
    return cast("type[EngineClass]", found)
