"""Regions and topics measured against what a librarian would assign (tags.json).

``regions`` and ``topics`` are what must be there, ``also_…`` what another librarian might reasonably add; the latter is
neither missed nor wrong. A document without gold regions is about no place: none, or the whole world, is right. Values
imply those above them, since the index adds them: Ghana finds what is looked for in Africa, and isn't wrong beside it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from extraction import by_name
from metrics import Metric, share
from truth import HERE

from tipsearch import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tipsearch import Library
    from tipsearch.model import Tag
    from tipsearch.vocabulary import Vocabulary

_NOWHERE = {"global"}


def gold() -> dict[str, dict[str, list[str]]]:
    """The gold tags by name of the document."""
    found: dict[str, dict[str, list[str]]] = json.loads((HERE / "tags.json").read_text("utf-8"))
    return found


def measure(library: Library) -> dict[str, Metric]:
    """All measures of tagging."""
    documents = by_name(library)
    regions = {name: _values(documents[name].regions if name in documents else ()) for name in gold()}
    topics = {name: _values(documents[name].topics if name in documents else ()) for name in gold()}
    return {
        "tagging.main-region": share({name: _main_is_right(name, ours) for name, ours in regions.items()}),
        **_compare("regions", regions, vocabulary.regions()),
        **_compare("topics", topics, vocabulary.topics()),
    }


def _values(tags: Iterable[Tag]) -> list[str]:
    return [tag.value for tag in tags]


def _main_is_right(name: str, ours: list[str]) -> bool:
    true = gold()[name]
    if not true["regions"]:
        return not ours or ours[0] in _NOWHERE | set(true["also_regions"])
    return bool(ours) and ours[0] in true["regions"]


def _compare(facet: str, ours: Mapping[str, list[str]], tree: Vocabulary) -> dict[str, Metric]:
    recalled: dict[str, bool] = {}
    precise: dict[str, bool] = {}
    for name, true in gold().items():
        wanted, allowed = true[facet], {*true[facet], *true[f"also_{facet}"]}
        reached = _with_ancestors(ours[name], tree)
        recalled |= {f"{name} lacks {value}": value in reached for value in wanted}
        right = _with_ancestors(allowed, tree) | (set() if wanted else _NOWHERE)
        precise |= {f"{name} has {value}": value in right for value in ours[name]}
    return {f"tagging.{facet}.recall": share(recalled), f"tagging.{facet}.precision": share(precise)}


def _with_ancestors(values: Iterable[str], tree: Vocabulary) -> set[str]:
    return {above for value in values for above in tree.path(value)}
