"""What is worked out from an index once, and kept as long as the index stays as it is."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

    from tipsearch.engines.base import Engine

Kept = TypeVar("Kept")


class PerIndex(Generic[Kept]):
    """Keeps one thing for each engine in use, made anew when it doesn't fit any more; goes with the engine.

    Args:
        make: makes it for an engine and a generation.
        fits: whether what was made for an older generation will do; never, if not given.
    """

    def __init__(
        self, make: Callable[[Engine, int], Kept], fits: Callable[[Kept, Engine], bool] | None = None
    ) -> None:
        self._make = make
        self._fits = fits
        self._kept: WeakKeyDictionary[Engine, tuple[int, Kept]] = WeakKeyDictionary()
        self._lock = Lock()
        self._making = Lock()
        self._last: Kept | None = None

    def of(self, engine: Engine, generation: int) -> Kept:
        """What belongs to this generation of an engine's index; who asks while it is made waits."""
        with self._lock:
            known = self._fitting(engine, generation)
            if known is None:
                known = generation, self._make(engine, generation)
                self._kept[engine] = known
            return known[1]

    def at_hand(self, engine: Engine, generation: int) -> Kept | None:
        """The same, but nobody waits for another: while somebody makes it there is what was at hand before, if anything was."""
        known = self._fitting(engine, generation)
        if known is not None:
            return known[1]
        if not self._making.acquire(blocking=False):
            return self._last
        try:
            self._last = self.of(engine, generation)
            return self._last
        finally:
            self._making.release()

    def _fitting(self, engine: Engine, generation: int) -> tuple[int, Kept] | None:
        known = self._kept.get(engine)
        if known and (known[0] == generation or (self._fits and self._fits(known[1], engine))):
            return known
        return None
