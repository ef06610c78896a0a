"""The controlled vocabularies: regions (UN M49), topics (the thesaurus), types and languages.

Each is a tree of concepts with a stable value (a slug, a thesaurus id, an ISO 639 code), a label for people and a
path from the top. The data are files (``data/*.json``; sources and licences in ``data/README.md``).
"""

from tipsearch.vocabulary.concepts import (
    FUZZY_THRESHOLD,
    Concept,
    ConceptData,
    Vocabulary,
    VocabularyData,
    fold_name,
)
from tipsearch.vocabulary.gazetteer import Gazetteer, gazetteer
from tipsearch.vocabulary.standard import Vocabularies, languages, regions, standard, topics, types

__all__ = [
    "FUZZY_THRESHOLD",
    "Concept",
    "ConceptData",
    "Gazetteer",
    "Vocabularies",
    "Vocabulary",
    "VocabularyData",
    "fold_name",
    "gazetteer",
    "languages",
    "regions",
    "standard",
    "topics",
    "types",
]
