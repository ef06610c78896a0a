"""The hierarchy: no circles, parents before children, facets handed down."""

from __future__ import annotations

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

import msgspec

from tipsearch.thesaurus.names import facet_rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tipsearch.vocabulary import ConceptData


def circle(broader: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Concepts each of which is broader than the next, the first and the last the same; empty if there are none."""
    try:
        TopologicalSorter(broader).prepare()
    except CycleError as error:
        return tuple(error.args[1])
    return ()


def arranged(concepts: Iterable[ConceptData]) -> tuple[ConceptData, ...]:
    """The concepts with parents right before their children, tops by facet, siblings by value.

    A concept without a facet of its own gets its parent's. What is below a concept that isn't there counts as a top; there
    must be no circles.
    """
    known = {concept.value: concept for concept in concepts}
    below: dict[str, list[str]] = defaultdict(list)
    for concept in known.values():
        below[concept.parent if concept.parent in known and concept.parent else ""].append(concept.value)
    for values in below.values():
        values.sort(reverse=True)
    pending = sorted(below[""], key=lambda value: (facet_rank(known[value].facet), value), reverse=True)
    done: dict[str, ConceptData] = {}
    while pending:
        concept = known[pending.pop()]
        above = done.get(concept.parent or "")
        if above and not concept.facet:
            concept = msgspec.structs.replace(concept, facet=above.facet)
        done[concept.value] = concept
        pending += below[concept.value]
    return tuple(done.values())
