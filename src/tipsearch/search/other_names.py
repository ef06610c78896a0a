"""Which of a concept's alternative labels are other names of it, rather than of one kind or part of it.

Our thesaurus has both among its alternative labels, as *coltan* tells of a text that it is about mining. Only other
names of the whole concept may stand for it in a search (equivalence, ISO 25964); ``other_names.json`` lists them.
Labels of a library's own thesaurus that ours hasn't are other names, as SKOS says of alternative labels.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from tipsearch import vocabulary
from tipsearch.paths import data_file

if TYPE_CHECKING:
    from collections.abc import Mapping


def is_other_name(concept: str, language: str, label: str) -> bool:
    """Whether an alternative label that readers are shown is another name of the whole concept.

    Args:
        concept: its value.
        language: of the label.
        label: as the thesaurus has it.
    """
    return label in _listed().get(concept, {}).get(language, ()) or (language, label) not in _ours(concept)


def is_other_acronym(concept: str, acronym: str) -> bool:
    """Whether an acronym is one of the whole concept, in any language."""
    listed = _listed().get(concept, {})
    return any(acronym in labels for labels in listed.values()) or ("", acronym) not in _ours(concept)


@cache
def _listed() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Concept, language and the other names."""
    content = data_file("other_names.json").read_bytes()
    return msgspec.json.decode(content, type=dict[str, dict[str, tuple[str, ...]]])


@cache
def _ours(concept: str) -> frozenset[tuple[str, str]]:
    """Language and text of the labels that our thesaurus has of a concept; acronyms are of none."""
    found = {one.value: one for one in vocabulary.topics().data}.get(concept)
    if found is None:
        return frozenset()
    labels = {(language, text) for language, texts in found.terms.items() for text in texts}
    return frozenset(labels | {("", acronym) for acronym in found.acronyms})
