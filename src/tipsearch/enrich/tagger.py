"""By what a record's facets were told: a stamp that is kept with the record.

When vocabularies or rules change, records with another stamp are told anew from the catalogue's own text; and only where
that changes what is found does a document go to the index again.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tipsearch.model import Field
from tipsearch.paths import data_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tipsearch.model import Fact, Record
    from tipsearch.vocabulary import Vocabularies

#: Raise this when the same text gets other facts from the same vocabularies.
ENRICH_VERSION = "1"
#: What is read beside the vocabularies.
_TABLES = ("gazetteer.json", "language_hints.json", "roles.json", "zones.json")
_LENGTH = 16


def fingerprint(vocabularies: Vocabularies) -> str:
    """Of the rules and of all that facts are told by."""
    known = (vocabularies.regions, vocabularies.topics, vocabularies.types, vocabularies.languages)
    tables = (hashlib.sha256(data_file(name).read_bytes()).hexdigest() for name in _TABLES)
    return _short([ENRICH_VERSION, *(one.digest for one in known), *tables])


class Tagger:
    """Gives records their stamp.

    Args:
        vocabularies: by which facts are told.

    Attributes:
        fingerprint: with which the stamps of records begin that were told by those.
    """

    def __init__(self, vocabularies: Vocabularies) -> None:
        self.fingerprint = fingerprint(vocabularies)
        regions, topics = vocabularies.regions, vocabularies.topics
        self._trees = {Field.REGION: regions, Field.ROLE: regions, Field.TOPIC: topics}

    def stamp(self, record: Record) -> str:
        """The stamp of a record told just now: the fingerprint, and where its values stand in the trees."""
        paths = {self._place(fact) for fact in record.facts if fact.field in self._trees}
        return f"{self.fingerprint} {_short(sorted(paths))}"

    def _place(self, fact: Fact) -> str:
        role, _, value = fact.value.rpartition(":")
        return "/".join((fact.field, role, *self._trees[fact.field].path(value)))


def same_places(one: str, other: str) -> bool:
    """Do the values of two stamps stand at the same places in the trees?"""
    return bool(one) and one.partition(" ")[2] == other.partition(" ")[2]


def _short(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_LENGTH]
