"""Each library has its own vocabularies, also when several are open at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tipsearch import SearchRequest
from tipsearch.catalogue import Catalogue
from tipsearch.engines.memory import MemoryEngine
from tipsearch.errors import BadRequest
from tipsearch.indexing import to_index_document
from tipsearch.model import Document, Origin, Tag
from tipsearch.search import service
from tipsearch.testing.conformance.support import commit
from tipsearch.vocabulary import ConceptData, Vocabularies, Vocabulary, standard

if TYPE_CHECKING:
    from pathlib import Path

    from tipsearch.search.answer import SearchAnswer

CATCH = Document("a", "Catch", topics=(Tag("fishing", Origin.DETECTED),))
STANDARD = standard()
OWN = replace(
    STANDARD,
    topics=Vocabulary.of(
        [ConceptData("water", "Work on water"), ConceptData("fishing", "Boats and nets", "water")]
    ),
)


def asked(folder: Path, vocabularies: Vocabularies, *topics: str) -> SearchAnswer:
    """The answer of a library with one document about fishing."""
    folder.mkdir(exist_ok=True)
    engine = MemoryEngine.create(folder / "engine")
    commit(engine, to_index_document(CATCH, vocabularies))
    catalogue = Catalogue.create(folder / "catalogue.sqlite")
    try:
        return service.search(SearchRequest(topics=topics), engine, catalogue, vocabularies, 1)
    finally:
        catalogue.close()


def test_two_thesauri_side_by_side_each_name_and_nest_their_own_topics(tmp_path: Path) -> None:
    own, standards = asked(tmp_path / "own", OWN), asked(tmp_path / "standard", STANDARD)
    (water,) = own.facets["topic"]
    assert (water.label, water.count, water.children[0].label) == ("Work on water", 1, "Boats and nets")
    assert [one.label for one in standards.facets["topic"]] == ["Fishing and seafood"]


def test_a_broader_topic_of_ones_own_thesaurus_finds_what_is_below_it(tmp_path: Path) -> None:
    assert asked(tmp_path / "own", OWN, "Work on water").total == 1
    with pytest.raises(BadRequest, match="no topic called 'Work on water'"):
        asked(tmp_path / "standard", STANDARD, "Work on water")
