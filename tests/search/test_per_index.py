"""What is worked out from an index once follows the index."""

from __future__ import annotations

import gc
import json
import weakref
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from tipsearch import Library, SearchRequest
from tipsearch.engines.memory import MemoryEngine
from tipsearch.search.per_index import PerIndex

if TYPE_CHECKING:
    from pathlib import Path

    from tipsearch.engines.base import Engine


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


def test_while_one_makes_it_others_have_what_was_there_before(tmp_path: Path) -> None:
    engine = MemoryEngine.create(tmp_path)
    begun, may_end = Event(), Event()

    def make(_: object, generation: int) -> int:
        begun.set()
        assert may_end.wait(60)
        return generation

    kept = PerIndex(make)
    for generation, before in ((1, None), (2, 1)):
        begun.clear()
        may_end.clear()
        made: list[int | None] = []
        maker = Thread(target=lambda now=generation, made=made: made.append(kept.at_hand(engine, now)))
        maker.start()
        assert begun.wait(60)
        assert kept.at_hand(engine, generation) == before
        may_end.set()
        maker.join()
        assert made == [generation]
        assert kept.at_hand(engine, generation) == generation


@pytest.mark.parametrize("engine", ["tantivy", "whoosh", "memory"])
def test_a_rebuild_lets_the_old_index_go(tmp_path: Path, engine: str) -> None:
    texts = ["Forced labour in brick kilns.", "El trabajo forzoso en las ladrilleras.", "Kilns and labour."]
    source = tmp_path / "texts.jsonl"
    source.write_text("\n".join(json.dumps({"id": text[:4], "text": text}) for text in texts), "utf-8")

    def use() -> weakref.ref[Engine]:
        """Ask for all that is kept for an index; a weak reference to its engine."""
        assert library.search(SearchRequest("forced labour")).query.expansions
        assert library.search(SearchRequest("ladrillreas")).query.did_you_mean == "ladrilleras"
        assert library.similar("Forc")
        return weakref.ref(library._opened().engine)

    with Library.open(tmp_path / "library") as library:
        library.index([source], engine=engine)
        old = use()
        library.rebuild(engine)
        new = use()
        gc.collect()
        assert old() is None
        assert new() is not None
