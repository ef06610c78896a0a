"""The facets that readers choose in, and their values with counts: labelled, selected ones first, trees nested.

Engines know fewer facets. Countries of origin, of transit and of destination are three parts of their ``role``; form of
exploitation, context, response and sector are four parts of their ``topic``, as the thesaurus divides it. As each is
chosen in by itself, values in two of them narrow one another: from Nepal *and* to Qatar, debt bondage *and* fishing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, TypeVar

from msgspec.structs import replace

from tipsearch.engines.base import Filter
from tipsearch.query.years import UNDATED
from tipsearch.search.shapes import FacetValue
from tipsearch.vocabulary.concepts import fold_name
from tipsearch.vocabulary.labels import undated_label
from tipsearch.vocabulary.roles import ROLES, valued

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Self, TypeAlias

    from tipsearch.vocabulary import Vocabularies, Vocabulary

    #: What values are sorted by: selected ones, or years that are known, come first; then by number; then by name.
    _Order: TypeAlias = tuple[bool, int, str]

#: Parts of the thesaurus, by `ConceptData.facet`.
TOPIC_FACETS = ("form", "context", "response", "sector")
#: All facets, in the order in which they are shown.
FACETS = ("region", *ROLES, "topic", *TOPIC_FACETS, "type", "language", "year", "publisher")
_NESTED = frozenset(("region", "topic"))


class _Above(Protocol):
    """Something with others of its kind below it."""

    @property
    def children(self) -> tuple[Self, ...]: ...


Nested = TypeVar("Nested", bound=_Above)


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """One facet as readers choose in it.

    Attributes:
        name: as in requests and answers.
        source: the facet of engines that it is, or is a part of.
        kind: what its values are, by the vocabulary they are from: ``region``, ``topic``, ``type``, …
        vocabulary: that one, None where values are taken as they are.
        prefix: stands before each value in the engine.
        members: the values that belong to it, None if all of the vocabulary do.
    """

    name: str
    source: str
    kind: str
    vocabulary: Vocabulary | None = None
    prefix: str = ""
    members: frozenset[str] | None = None

    @property
    def is_tree(self) -> bool:
        """Whether values stand below others."""
        return self.vocabulary is not None and self.kind in _NESTED

    def filter(self, values: Iterable[str]) -> Filter:
        """Documents with at least one of these values."""
        return Filter(self.source, tuple(f"{self.prefix}{one}" for one in values))

    def holds(self, value: str) -> bool:
        """Whether a value of the vocabulary belongs to this facet."""
        return self.members is None or value in self.members

    def label(self, value: str, language: str = "en") -> str:
        """How a value is called, with the facet's name beside it; in English where it has no name in that language."""
        if self.vocabulary is None:
            return undated_label(language) if self.name == "year" and value == UNDATED else value
        return self.vocabulary.label(value, language)

    def path(self, value: str) -> tuple[str, ...]:
        """The values of this facet from the top to that one."""
        if self.vocabulary is None or not self.is_tree:
            return (value,)
        path = self.vocabulary.path(value)
        return path if self.members is None else tuple(one for one in path if one in self.members)

    def counts(self, counted: Mapping[str, int]) -> dict[str, int]:
        """What an engine has counted in the source, as counts of this facet's values."""
        if self.members is not None:
            return {one: count for one, count in counted.items() if one in self.members}
        start = len(self.prefix)
        return {one[start:]: count for one, count in counted.items() if one.startswith(self.prefix)}


@lru_cache(maxsize=8)
def facets_of(vocabularies: Vocabularies) -> Mapping[str, Facet]:
    """The facets of a library by name, in the order of `FACETS`."""
    parts: dict[str, set[str]] = {name: set() for name in TOPIC_FACETS}
    for concept in vocabularies.topics.data:
        parts.get(concept.facet, set()).add(concept.value)
    made = {name: Facet(name, name, name, vocabularies.get(name)) for name in FACETS}
    for role in ROLES:
        made[role] = Facet(role, "role", "region", vocabularies.regions, prefix=valued(role, ""))
    for name, members in parts.items():
        made[name] = Facet(name, "topic", "topic", vocabularies.topics, members=frozenset(members))
    return made


def facet_of_topic(vocabularies: Vocabularies, topic: str) -> str:
    """The part of the thesaurus to which a topic belongs: ``form``, ``context``, ``response``, ``sector``, or ``topic``."""
    facets = facets_of(vocabularies)
    return next((name for name in TOPIC_FACETS if facets[name].holds(topic)), "topic")


def label(vocabularies: Vocabularies, facet: str, value: str, language: str = "en") -> str:
    """How a value of a facet is called; of a ``role`` so that it can stand alone (``Origin: Nepal``).

    In English where it has no name in that language.
    """
    known = facets_of(vocabularies).get(facet)
    return known.label(value, language) if known else vocabularies.label(facet, value, language)


def without_parts(values: Iterable[FacetValue], facet_of: Callable[[str], str]) -> tuple[FacetValue, ...]:
    """Values of ``topic`` that belong to no part of the thesaurus; those below one that does take its place.

    Args:
        values: all of them.
        facet_of: topic to its part (see `facet_of_topic`).
    """
    kept: list[FacetValue] = []
    for one in values:
        below = without_parts(one.children, facet_of)
        kept += [replace(one, children=below)] if facet_of(one.value) == "topic" else below
    return tuple(kept)


def flat(values: Sequence[Nested]) -> list[Nested]:
    """Values and all below them, each before what is below it."""
    found: list[Nested] = []
    waiting = list(reversed(values))
    while waiting:
        found.append(one := waiting.pop())
        waiting.extend(reversed(one.children))
    return found


def facet_values(
    facet: Facet, counted: Mapping[str, int], selected: Sequence[str], language: str = "en"
) -> tuple[FacetValue, ...]:
    """The values of one facet: selected ones first (even without a hit), then by count, then by label.

    Values of a tree stand below their parents. Years are in order, the newest first, undated documents last.

    Args:
        facet: the facet.
        counted: what the engine has counted in its source.
        selected: the values that are ticked.
        language: of the labels.
    """
    known = {**dict.fromkeys(selected, 0), **facet.counts(counted)}
    below: defaultdict[str | None, list[tuple[_Order, str, str]]] = defaultdict(list)
    shown = dict.fromkeys(known)
    # What stands above a value is shown even if nothing was counted there; it comes to the list's end.
    values = list(shown)
    for value in values:
        label, folded, parent = _named(facet, value, language)
        count = known.get(value, 0)
        order = _newest(value) if facet.name == "year" else (value not in selected, -count, folded)
        below[parent].append((order, value, label))
        if parent is not None and parent not in shown:
            shown[parent] = None
            values.append(parent)

    def branch(parent: str | None) -> tuple[FacetValue, ...]:
        return tuple(
            FacetValue(
                value, label, known.get(value, 0), value in selected, branch(value) if value in below else ()
            )
            for _, value, label in sorted(below[parent])
        )

    return branch(None)


#: There are hundreds of values in an answer, and the same ones in the next.
@lru_cache(maxsize=16_384)
def _named(facet: Facet, value: str, language: str) -> tuple[str, str, str | None]:
    """A value's label, that without case and accents to sort by (*États* stands before *Zambie*), and what it stands below."""
    label = facet.label(value, language)
    path = facet.path(value)
    return label, fold_name(label), path[-2] if len(path) > 1 else None


def _newest(year: str) -> _Order:
    return year == UNDATED, -int(year) if year.isdecimal() else 0, ""
