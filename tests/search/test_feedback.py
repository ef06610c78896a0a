"""Which words join a query, and how much each counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tipsearch.engines.memory import MemoryEngine
from tipsearch.query.nodes import Boost, Or, Word
from tipsearch.search.feedback import SHARE, TERM_WEIGHT, TERMS, Reading, related_words
from tipsearch.testing.conformance.support import commit, document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@pytest.fixture
def engine(tmp_path: Path) -> MemoryEngine:
    made = MemoryEngine.create(tmp_path / "index")
    commit(
        made,
        document("a", "a kiln and its kilns, a debt and its debts"),
        document("b", "kilns and a kiln, debts and a debt of 2020, boats"),
        document("c", "boats"),
        document("d", "ports"),
    )
    return made


def weights(readings: Sequence[Reading], engine: MemoryEngine, asked: int = 10) -> dict[str, float]:
    found = related_words(readings, engine, asked)
    if found is None:
        return {}
    assert isinstance(found, Or)
    said = {}
    for one in found.children:
        assert isinstance(one, Boost)
        assert isinstance(one.child, Word)
        said[one.child.text] = one.factor
    return said


def test_forms_of_a_word_are_one_word_in_its_most_frequent_form(engine: MemoryEngine) -> None:
    readings = [Reading("a kiln, kilns and debt", "en", 1.0), Reading("kiln debts and debt", "en", 1.0)]
    assert set(weights(readings, engine)) == {"kiln", "debt"}


def test_a_word_of_one_document_alone_does_not_join(engine: MemoryEngine) -> None:
    readings = [Reading("boats and debts", "en", 1.0), Reading("debts and kilns", "en", 1.0)]
    assert set(weights(readings, engine)) == {"debts"}


def test_stop_words_numbers_and_words_unknown_elsewhere_do_not_join(engine: MemoryEngine) -> None:
    readings = [Reading("of the 2020 zzyzx kilns debt", "en", 1.0)] * 2
    assert "debt" in weights(readings, engine)
    assert not weights([Reading("the of and 2020 zzyzx", "en", 1.0)] * 2, engine)


def test_weights_follow_use_and_how_good_the_documents_are(engine: MemoryEngine) -> None:
    engine_words = "kiln kiln kiln debt", "debt kiln kiln kiln"
    by_use = weights([Reading(text, "en", 1.0) for text in engine_words], engine)
    assert by_use["kiln"] == TERM_WEIGHT
    assert 0 < by_use["debt"] < TERM_WEIGHT
    better, worse = Reading("kiln kiln debt", "en", 1.0), Reading("debt debt kiln", "en", 0.1)
    assert weights([better, worse], engine)["debt"] < weights([better, better], engine)["kiln"]


def test_only_so_many_words_join(tmp_path: Path) -> None:
    text = " ".join(f"word{chr(97 + number)}x" for number in range(2 * TERMS))
    engine = MemoryEngine.create(tmp_path / "many")
    commit(engine, document("a", text), document("b", text))
    assert len(weights([Reading(text, "en", 1.0)] * 2, engine)) == TERMS


def test_what_joins_a_short_query_weighs_no_more_than_the_query(tmp_path: Path) -> None:
    text = " ".join(f"word{chr(97 + number)}x" for number in range(TERMS))
    engine = MemoryEngine.create(tmp_path / "many")
    commit(engine, document("a", text), document("b", text))
    readings = [Reading(text, "en", 1.0)] * 2
    assert sum(weights(readings, engine, asked=2).values()) == pytest.approx(2 * SHARE)
    assert sum(weights(readings, engine, asked=100).values()) == pytest.approx(TERMS * TERM_WEIGHT)


def test_nothing_read_is_nothing_joined(engine: MemoryEngine) -> None:
    assert related_words([], engine, 2) is None
    assert related_words([Reading("", None, 1.0)] * 3, engine, 2) is None
