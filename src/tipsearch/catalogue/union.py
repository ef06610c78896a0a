"""Disjoint sets: what belongs together, told in couples (Tarjan 1975)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

Thing = TypeVar("Thing", bound="Hashable")


class Union(Generic[Thing]):
    """Things that belong together because of one another."""

    def __init__(self) -> None:
        self._above: dict[Thing, Thing] = {}

    def find(self, thing: Thing) -> Thing:
        """The one that stands for all that belong together with this."""
        while (above := self._above.get(thing, thing)) != thing:
            self._above[thing] = self._above.get(above, above)
            thing = above
        return thing

    def join(self, one: Thing, other: Thing) -> None:
        """These two belong together."""
        self._above[self.find(one)] = self.find(other)

    def parts(self, things: Iterable[Thing]) -> list[list[Thing]]:
        """The things by what belongs together, in their order."""
        found: dict[Thing, list[Thing]] = defaultdict(list)
        for thing in things:
            found[self.find(thing)].append(thing)
        return list(found.values())
