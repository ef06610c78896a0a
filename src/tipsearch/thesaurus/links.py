"""Which concept of a file stands below which, and which are related."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tipsearch.thesaurus.names import TOPIC
from tipsearch.thesaurus.tree import circle

if TYPE_CHECKING:
    from collections.abc import Collection

    from tipsearch.thesaurus.findings import Findings
    from tipsearch.thesaurus.source import SourceConcept


@dataclass(slots=True)
class Links:
    """Follows the links between concepts, by id.

    Attributes:
        ids: of the concepts, by their names in the file.
        known: values that the file may name without having them.
    """

    ids: dict[str, str]
    known: Collection[str]
    findings: Findings
    _broader: dict[str, list[str]] = field(default_factory=dict)
    _related: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def take(self, one: SourceConcept, value: str) -> str | None:
        """Note the links of a concept; gives its parent."""
        above: list[str] = []
        for uri in sorted(one.broader):
            other = self._value(uri)
            if other is None:
                self.findings.error(
                    value, f"is below {uri}, which the file doesn't have; add that, or take the link out"
                )
            else:
                above.append(other)
        above.sort()
        self._broader[value] = above
        self._related[value] |= self._others(one, value)
        if len(above) > 1:
            self.findings.warn(
                "of several broader concepts the first by id becomes the parent, the others are related",
                value,
            )
            self._related[value] |= set(above[1:])
        return above[0] if above else None

    def check(self) -> None:
        """Look for circles."""
        found = circle(self._broader)
        if found:
            way = " → ".join(found)
            self.findings.error(found[0], f"is broader than itself ({way}); take one of these links out")

    def related(self) -> dict[str, set[str]]:
        """The related concepts of each, both ways, without parents and children."""
        both: dict[str, set[str]] = defaultdict(set)
        for value, others in self._related.items():
            for other in others - {value}:
                both[value].add(other)
                both[other].add(value)
        for value, above in self._broader.items():
            for parent in above[:1]:
                both[value].discard(parent)
                both[parent].discard(value)
        return both

    def _others(self, one: SourceConcept, value: str) -> set[str]:
        found = {uri: self._value(uri) for uri in sorted(one.related)}
        for uri, other in found.items():
            if other is None:
                self.findings.warn(
                    "related concepts that the file doesn't have are left out", f"{value} → {uri}"
                )
        return {other for other in found.values() if other}

    def _value(self, uri: str) -> str | None:
        if uri in self.ids:
            return self.ids[uri]
        value = uri.removeprefix(TOPIC)
        return value if value != uri and value in self.known else None
