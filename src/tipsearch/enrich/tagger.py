"""By what a record's facets were told: a stamp that is kept with the record.

When vocabularies or rules change, records with another stamp are told anew from the catalogue's own text: their languages, which
take half the time, only where it is the rules for those that have changed. And only where something else is found does a document
go to the index again.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tipsearch.model import Field
from tipsearch.paths import data_file
from tipsearch.publishers import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tipsearch.model import Fact, Record
    from tipsearch.vocabulary import Vocabularies

#: Raise the first when the same text gets other facts from the same vocabularies, the second when it gets another language.
ENRICH_VERSION = "1"
LANGUAGE_VERSION = "1"
#: What is read beside the vocabularies, for facts and for languages.
_TABLES = ("gazetteer.json", "kinds.json", "publishers.json", "roles.json", "spelling_en.json", "zones.json")
_LANGUAGE_TABLES = ("language_hints.json",)
_LENGTH = 16


def fingerprint(vocabularies: Vocabularies) -> str:
    """Of the rules and of all that facts are told by, and of those for languages, with a space between."""
    known = (vocabularies.regions, vocabularies.topics, vocabularies.types)
    facts = [ENRICH_VERSION, *(one.digest for one in known), *_tables(_TABLES)]
    languages = [LANGUAGE_VERSION, vocabularies.languages.digest, *_tables(_LANGUAGE_TABLES)]
    return f"{_short(facts)} {_short(languages)}"


class Tagger:
    """Gives records their stamp, and knows what an older one says.

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
        """The stamp of a record told just now: the fingerprint, where its values stand in the trees, its publisher's name."""
        paths = {self._place(fact) for fact in record.facts if fact.field in self._trees}
        names = {canonical(fact.value) for fact in record.facts if fact.field is Field.PUBLISHER}
        return f"{self.fingerprint} {_short([*sorted(paths), *sorted(names)])}"

    def knows_languages(self, stamp: str) -> bool:
        """Were languages told by the rules of today?"""
        return stamp.split(" ")[1:2] == self.fingerprint.split(" ")[1:2]

    def _place(self, fact: Fact) -> str:
        role, _, value = fact.value.rpartition(":")
        return "/".join((fact.field, role, *self._trees[fact.field].path(value)))


def same_places(one: str, other: str) -> bool:
    """Do the values of two stamps stand at the same places in the trees?"""
    return bool(one) and one.rpartition(" ")[2] == other.rpartition(" ")[2]


def _tables(names: Iterable[str]) -> list[str]:
    return [hashlib.sha256(data_file(name).read_bytes()).hexdigest() for name in names]


def _short(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_LENGTH]
