"""What is worked out from an index once follows the index."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tipsearch import Library, SearchRequest
from tipsearch.engines.memory import MemoryEngine
from tipsearch.search.per_index import PerIndex

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("engine", ["tantivy", "memory"])
def test_names_and_words_that_come_later_are_known_at_once(tmp_path: Path, engine: str) -> None:
    def write(number: int, text: str) -> Path:
        file = tmp_path / f"{number}.jsonl"
        file.write_text(json.dumps({"id": str(number), "title": f"Text {number}", "text": text}), "utf-8")
        return file

    with Library.open(tmp_path / "library") as library:
        library.index([write(1, "Forced labour in brick kilns.")], engine=engine)
        before = library.search(SearchRequest("forced labour"))
        assert (before.total, before.query.expansions) == (1, ())
        assert library.search(SearchRequest("plantatoins")).query.did_you_mean is None
        library.index([write(2, "El trabajo forzoso en las plantations.")], engine=engine)
        after = library.search(SearchRequest("forced labour"))
        assert (after.total, after.query.expansions) == (2, (("forced labour", ("trabajo forzoso",)),))
        assert library.search(SearchRequest("plantatoins")).query.did_you_mean == "plantations"


def test_it_is_made_once_a_generation_unless_the_older_one_will_do(tmp_path: Path) -> None:
    engine = MemoryEngine.create(tmp_path)
    made: list[int] = []

    def make(_: object, generation: int) -> int:
        made.append(generation)
        return generation

    strict, lenient = PerIndex(make), PerIndex(make, fits=lambda kept, _: kept < 5)
    assert [strict.of(engine, generation) for generation in (1, 1, 2)] == [1, 1, 2]
    assert [lenient.of(engine, generation) for generation in (1, 4, 9)] == [1, 1, 1]
    assert made == [1, 2, 1]


def test_it_goes_with_its_engine(tmp_path: Path) -> None:
    kept = PerIndex(lambda _engine, generation: [generation])
    first, second = MemoryEngine.create(tmp_path / "a"), MemoryEngine.create(tmp_path / "b")
    assert kept.of(first, 1) is not kept.of(second, 1)
    del first
    assert len(kept._kept) == 1
