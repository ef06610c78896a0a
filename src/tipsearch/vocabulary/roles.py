"""What places are to those trafficked: countries of origin, of transit, of destination.

A vocabulary made of the regions: below each role stands their tree (``origin:asia``, ``origin:nepal``), so that roles
roll up as regions do.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Self

from tipsearch.vocabulary.concepts import ConceptData, Vocabulary
from tipsearch.vocabulary.labels import labels

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOPS = (
    ConceptData("origin", "Country of origin", names=("source", "source country")),
    ConceptData("transit", "Country of transit", names=("transit country",)),
    ConceptData("destination", "Country of destination", names=("destination country",)),
)
#: The roles a place can have.
ROLES = tuple(top.value for top in _TOPS)


class Roles(Vocabulary):
    """Roles with the places that have them. A label stands alone: ``Origin: Nepal``.

    Attributes:
        regions: the places.
        tops: the roles without them.
    """

    regions: Vocabulary
    tops: Vocabulary

    @classmethod
    def below(cls, regions: Vocabulary) -> Self:
        """The roles of these regions."""
        made = cls.of([*_TOPS, *_concepts(regions)])
        made.regions, made.tops = regions, Vocabulary.of(_TOPS)
        return made

    def _own_label(self, value: str, language: str) -> str | None:
        role, place = parts(value)
        if not place:
            return labels().roles.get(language, {}).get(role)
        form = labels().places.get(language, {}).get(role)
        return form.format(place=self.regions.label(place, language)) if form else None

    def resolve_all(self, text: str, *, fuzzy: bool = True) -> tuple[str, ...]:
        """A role alone, or with anything that means a region: ``origin``, ``origin:NP``, ``Destination: Hong Kong``."""
        name, colon, place = text.partition(":")
        role = self.tops.resolve(name)
        if role is None or not colon:
            return () if role is None else (role,)
        return tuple(valued(role, one) for one in self.regions.resolve_all(place, fuzzy=fuzzy))


@lru_cache(maxsize=8)
def roles_of(regions: Vocabulary) -> Roles:
    """The roles of these regions, made when first asked for, as they take some milliseconds."""
    return Roles.below(regions)


def valued(role: str, region: str) -> str:
    """The value of a place in a role."""
    return f"{role}:{region}"


def parts(value: str) -> tuple[str, str]:
    """Role and region of a value; the region is empty of a role alone."""
    role, _, region = value.partition(":")
    return role, region


def _concepts(regions: Vocabulary) -> Iterator[ConceptData]:
    for role in ROLES:
        for region in regions:
            parent = valued(role, region.parent) if region.parent else role
            yield ConceptData(valued(role, region.value), f"{role.capitalize()}: {region.label}", parent)
