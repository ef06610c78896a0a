"""Facet counts as readers see them: labelled, selected ones first, trees nested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.search.answer import FacetValue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tipsearch.vocabulary import Vocabularies, Vocabulary

_TREES = ("region", "topic")


def facet_values(
    facet: str, counts: Mapping[str, int], selected: Sequence[str], vocabularies: Vocabularies
) -> tuple[FacetValue, ...]:
    """The values of one facet: selected ones first (even without a hit), then by count, then by label.

    Values of the region and topic facets stand below their parents. Years are in order, the newest first.
    """
    known = {**dict.fromkeys(selected, 0), **counts}
    tree = vocabularies.get(facet)
    if tree and facet in _TREES:
        for value in list(known):
            for ancestor in tree.path(value):
                known.setdefault(ancestor, 0)
        below: dict[str | None, list[str]] = {}
        for value in known:
            below.setdefault(_parent(tree, value), []).append(value)

        def branch(parent: str | None) -> tuple[FacetValue, ...]:
            values = (
                FacetValue(one, tree.label(one), known[one], one in selected, branch(one))
                for one in below.get(parent, ())
            )
            return tuple(sorted(values, key=_order))

        return branch(None)
    values = [
        FacetValue(one, vocabularies.label(facet, one), count, one in selected)
        for one, count in known.items()
    ]
    if facet == "year":
        return tuple(sorted(values, key=lambda one: one.value, reverse=True))
    return tuple(sorted(values, key=_order))


def _parent(tree: Vocabulary, value: str) -> str | None:
    path = tree.path(value)
    return path[-2] if len(path) > 1 else None


def _order(one: FacetValue) -> tuple[bool, int, str]:
    return not one.selected, -one.count, one.label
