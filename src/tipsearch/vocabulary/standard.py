"""The vocabularies that come with the program, read when first needed and kept, and all that one library works with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import msgspec

from tipsearch.paths import data_file
from tipsearch.vocabulary.concepts import Vocabulary, VocabularyData, fold_name
from tipsearch.vocabulary.gazetteer import ambiguous_peoples, foreign_place_names, place_label
from tipsearch.vocabulary.labels import language_label, type_label
from tipsearch.vocabulary.roles import roles_of

_LANGUAGE_TAG = re.compile(r"([A-Za-z]{2,3})[-_][A-Za-z0-9_-]+$")
#: What a tag says besides a place's name: "The Caribbean", "CIS countries", "Sahel region". Folded.
_FILLER = re.compile(
    r"^(?:the|el|la|los|las|le|les|os|as) | ?\b(?:region|countries|country|area|states|nations|the)$"
)
#: What stands between the names of places that a tag adds up ("USA & Canada") …
_ADDING = re.compile(r"[&+;]| (?:and|y|et|e|und) ")
#: … and between a place and what it holds or is also called ("Asia: Thailand", "Burma/Myanmar", "Gulf (GCC)").
_EXPLAINING = re.compile(r"[/()\[\],:|\u2013\u2014]| - ")
#: A longer tag is a sentence, and no name of a place.
_LONGEST_TAG = 200
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]$")


class _Regions(Vocabulary):
    """Tags of places hold more than a name, and more than one: ``CIS countries``, ``Burma/Myanmar``."""

    def resolve_all(self, text: str, *, fuzzy: bool = True) -> tuple[str, ...]:
        """As of any vocabulary; if fuzzy, of a tag of several names all that they mean, if each is known."""
        if len(text) > _LONGEST_TAG:
            return ()
        found = super().resolve_all(text, fuzzy=False)
        if found or not fuzzy or fold_name(text) in ambiguous_peoples():
            return found
        return (
            super().resolve_all(_bare(text)) or self._joined(text) or self._exactly(_BRACKETS.sub("", text))
        )

    def _joined(self, text: str) -> tuple[str, ...]:
        """All that a tag of several names means, if each is known; of a place and what it holds, only the latter."""
        parts = [part for one in _ADDING.split(text) for part in _EXPLAINING.split(one)]
        found = [self._exactly(part) for part in parts if _bare(part)]
        if not all(found):
            return ()
        values = dict.fromkeys(value for values in found for value in values)
        if _ADDING.search(text):
            return tuple(values)
        implied = {above for value in values for above in self.ancestors(value)}
        return tuple(value for value in values if value not in implied)

    def _exactly(self, text: str) -> tuple[str, ...]:
        return super().resolve_all(_bare(text), fuzzy=False)


def _bare(text: str) -> str:
    return _FILLER.sub("", fold_name(text))


class _Languages(Vocabulary):
    """Languages also go by the tags of RFC 5646 that web pages carry: ``en-GB``, ``zh-Hant-HK``."""

    def resolve_all(self, text: str, *, fuzzy: bool = True) -> tuple[str, ...]:
        """As of any vocabulary; of a tag with script or country the language alone."""
        tag = _LANGUAGE_TAG.match(text)
        return super().resolve_all(tag[1] if tag else text, fuzzy=fuzzy)


@cache
def regions() -> Vocabulary:
    """World regions, subregions, countries and areas: UN M49 with Taiwan and Kosovo. About 280 concepts."""
    return _Regions(_read("regions.json"), foreign_place_names, place_label)


@cache
def topics() -> Vocabulary:
    """The thesaurus of the field: forms, context, responses and economic sectors."""
    return Vocabulary(_read("topics.json"))


@cache
def types() -> Vocabulary:
    """Kinds of documents, labelled as on the site the project was made for."""
    return Vocabulary(_read("types.json"), spoken=type_label)


@cache
def languages() -> Vocabulary:
    """Languages of documents by ISO 639-1 code (639-3 where there is no shorter)."""
    return _Languages(_read("languages.json"), spoken=language_label)


@dataclass(frozen=True, slots=True, eq=False)
class Vocabularies:
    """The vocabularies that one library works with; its thesaurus may be a librarian's own."""

    regions: Vocabulary
    topics: Vocabulary
    types: Vocabulary
    languages: Vocabulary

    @property
    def roles(self) -> Vocabulary:
        """What places are to those trafficked (``origin:nepal``): below each role the tree of regions."""
        return roles_of(self.regions)

    def get(self, facet: str) -> Vocabulary | None:
        """The vocabulary of ``region``, ``topic``, ``type``, ``language`` or ``role``; None of what has none."""
        known = {"region": self.regions, "topic": self.topics, "type": self.types, "language": self.languages}
        return self.roles if facet == "role" else known.get(facet)

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
