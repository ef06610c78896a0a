"""The vocabularies that come with the program, read when first needed and kept, and all that one library works with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import msgspec

from tipsearch.paths import data_file
from tipsearch.vocabulary.concepts import Vocabulary, VocabularyData
from tipsearch.vocabulary.gazetteer import foreign_place_names, place_label

_LANGUAGE_TAG = re.compile(r"([A-Za-z]{2,3})[-_][A-Za-z0-9_-]+$")


class _Languages(Vocabulary):
    """Languages also go by the tags of RFC 5646 that web pages carry: ``en-GB``, ``zh-Hant-HK``."""

    def resolve_all(self, text: str, *, fuzzy: bool = True) -> tuple[str, ...]:
        """As of any vocabulary; of a tag with script or country the language alone."""
        tag = _LANGUAGE_TAG.match(text)
        return super().resolve_all(tag[1] if tag else text, fuzzy=fuzzy)


@cache
def regions() -> Vocabulary:
    """World regions, subregions, countries and areas: UN M49 with Taiwan and Kosovo. About 280 concepts."""
    return Vocabulary(_read("regions.json"), foreign_place_names, place_label)


@cache
def topics() -> Vocabulary:
    """The thesaurus of the field: forms, context, responses and economic sectors."""
    return Vocabulary(_read("topics.json"))


@cache
def types() -> Vocabulary:
    """Kinds of documents, labelled as on the site the project was made for."""
    return Vocabulary(_read("types.json"))


@cache
def languages() -> Vocabulary:
    """Languages of documents by ISO 639-1 code (639-3 where there is no shorter)."""
    return _Languages(_read("languages.json"))


@dataclass(frozen=True, slots=True, eq=False)
class Vocabularies:
    """The vocabularies that one library works with; its thesaurus may be a librarian's own."""

    regions: Vocabulary
    topics: Vocabulary
    types: Vocabulary
    languages: Vocabulary

    def get(self, facet: str) -> Vocabulary | None:
        """The vocabulary of a facet (``region``, ``topic``, ``type``, ``language``), None of those without one."""
        known = {"region": self.regions, "topic": self.topics, "type": self.types, "language": self.languages}
        return known.get(facet)

    def label(self, facet: str, value: str, language: str = "en") -> str:
        """How a facet's value is called in a language, or else in English; one without a vocabulary is its own label."""
        known = self.get(facet)
        return known.label(value, language) if known else value


@cache
def standard() -> Vocabularies:
    """The vocabularies that come with the program."""
    return Vocabularies(regions(), topics(), types(), languages())


def _read(name: str) -> VocabularyData:
    return msgspec.json.decode(data_file(name).read_bytes(), type=VocabularyData)
