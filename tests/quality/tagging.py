"""Regions and topics measured against what a librarian would assign (tags.json).

``regions`` and ``topics`` are what must be there, ``also_…`` what another librarian might reasonably add; the latter is
neither missed nor wrong. A document without gold regions is about no place: none, or the whole world, is right. Values
imply those above them, since the index adds them: Ghana finds what is looked for in Africa, and isn't wrong beside it.
A page and the PDF that it offers are one document, which must have what either must, and may have what either may.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from extraction import by_name
from metrics import Metric, share
from truth import HERE, document_of

from tipsearch import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tipsearch import Library
    from tipsearch.model import Tag
    from tipsearch.vocabulary import Vocabulary

_NOWHERE = {"global"}


@cache
def gold() -> dict[str, dict[str, list[str]]]:
    """The gold tags by name of the document."""
    found: dict[str, dict[str, list[str]]] = json.loads((HERE / "tags.json").read_text("utf-8"))
    return found


def measure(library: Library) -> dict[str, Metric]:
    """All measures of tagging."""
    documents = by_name(library)
    found = {name: documents.get(document_of(name)) for name in gold()}
    regions = {name: _values(one.regions if one else ()) for name, one in found.items()}
    topics = {name: _values(one.topics if one else ()) for name, one in found.items()}
    return {
        "tagging.main-region": share({name: _main_is_right(name, ours) for name, ours in regions.items()}),
        **_compare("regions", regions, vocabulary.regions()),
        **_compare("topics", topics, vocabulary.topics()),
    }


def _values(tags: Iterable[Tag]) -> list[str]:
    return [tag.value for tag in tags]


def _main_is_right(name: str, ours: list[str]) -> bool:
    main, also = _of_document(name, "regions"), _of_document(name, "also_regions")
    if not main:
        return not ours or ours[0] in _NOWHERE | also
    return bool(ours) and ours[0] in main


def _of_document(name: str, what: str) -> set[str]:
    """Tags of all the files that are one document with this one: what one of them may have, it may have."""
    same = [tags for other, tags in gold().items() if document_of(other) == document_of(name)]
    return {value for tags in same for value in tags[what]}


def _compare(facet: str, ours: Mapping[str, list[str]], tree: Vocabulary) -> dict[str, Metric]:
    recalled: dict[str, bool] = {}
    precise: dict[str, bool] = {}
    for name, true in gold().items():
        wanted, allowed = true[facet], _of_document(name, facet) | _of_document(name, f"also_{facet}")
        reached = _with_ancestors(ours[name], tree)
        recalled |= {f"{name} lacks {value}": value in reached for value in wanted}
        right = _with_ancestors(allowed, tree) | (set() if _of_document(name, facet) else _NOWHERE)
        precise |= {f"{document_of(name)} has {value}": value in right for value in ours[name]}
    return {f"tagging.{facet}.recall": share(recalled), f"tagging.{facet}.precision": share(precise)}


def _with_ancestors(values: Iterable[str], tree: Vocabulary) -> set[str]:
    return {above for value in values for above in tree.path(value)}
