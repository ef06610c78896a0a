"""Changes: what is replaced, removed, seen, kept, and refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tipsearch.engines.base import FACETS, Sort
from tipsearch.errors import EngineFailed
from tipsearch.query.nodes import MATCH_ALL, OnPage, Prefix, Word
from tipsearch.testing.conformance.support import commit, document, found

if TYPE_CHECKING:
    from pathlib import Path

    from tipsearch.engines.base import EngineClass
    from tipsearch.testing.conformance.support import Make


class WriteCases:
    """Replace, delete, commit, refresh, open."""

    def test_document_of_the_same_id_is_replaced(self, make: Make) -> None:
        engine = make(document("a", "old sea", "old page", facets={"region": ["asia"]}, title="Old"))
        commit(engine, document("a", "new sky", facets={"region": ["africa"]}, title="New"))
        assert engine.document_count() == 1
        assert found(engine, Word("old")) == set()
        assert found(engine, Word("sky")) == {"a"}
        assert engine.best_pages(Word("old"), ["a"], 3) == {"a": ()}
        assert engine.count_facets(MATCH_ALL, (), ["region"]) == {"region": {"africa": 1}}

    def test_last_of_two_additions_in_one_commit_wins(self, make: Make) -> None:
        engine = make(document("a", "first"), document("a", "second"))
        assert engine.document_count() == 1
        assert found(engine, Word("second")) == {"a"}

    def test_delete_removes_the_document_and_its_pages(self, make: Make) -> None:
        engine = make(document("a", "sea"), document("b", "sea"))
        with engine.writer() as writer:
            writer.delete("a")
            writer.delete("absent")
            writer.commit()
        engine.refresh()
        assert found(engine, Word("sea")) == {"b"}
        assert engine.best_pages(Word("sea"), ["a", "b"], 3)["a"] == ()
        assert engine.document_count() == 1

    def test_nothing_is_seen_before_commit_and_refresh(self, make: Make) -> None:
        engine = make(document("a", "sea"))
        with engine.writer() as writer:
            writer.add(document("b", "sea"))
            engine.refresh()
            assert found(engine, Word("sea")) == {"a"}
            writer.commit()
            engine.refresh()
            assert found(engine, Word("sea")) == {"a", "b"}

    def test_leaving_without_commit_drops_the_changes(self, make: Make) -> None:
        engine = make(document("a", "sea"))
        with engine.writer() as writer:
            writer.add(document("b", "sea"))
            writer.delete("a")
        engine.refresh()
        assert found(engine, Word("sea")) == {"a"}

    def test_failure_inside_drops_the_changes_and_frees_the_writer(self, make: Make) -> None:
        engine = make(document("a", "sea"))

        def fail() -> None:
            with engine.writer() as writer:
                writer.add(document("b", "sea"))
                raise KeyError("a mistake of the caller")

        with pytest.raises(KeyError):
            fail()
        commit(engine, document("c", "sea"))
        assert found(engine, Word("sea")) == {"a", "c"}

    def test_one_writer_may_commit_several_times(self, make: Make) -> None:
        engine = make()
        with engine.writer() as writer:
            for number in range(3):
                writer.add(document(str(number), "sea"))
                writer.commit()
        engine.refresh()
        assert found(engine, Word("sea")) == {"0", "1", "2"}

    def test_second_writer_is_refused(self, make: Make) -> None:
        engine = make()
        with engine.writer(), pytest.raises(EngineFailed, match="another writer"), engine.writer():
            pass

    def test_other_handle_sees_a_commit_after_refresh(
        self, make: Make, engine_class: type[EngineClass], tmp_path: Path
    ) -> None:
        engine = make(document("a", "sea"))
        other = engine_class.open(tmp_path / "index-1")
        commit(engine, document("b", "otros mares", language="es"))
        assert found(other, MATCH_ALL) == {"a"}
        other.refresh()
        assert found(other, MATCH_ALL) == {"a", "b"}
        assert found(other, Word("mar")) == {"b"}
        other.close()

    def test_handle_keeps_what_it_saw_until_it_refreshes(
        self, make: Make, engine_class: type[EngineClass], tmp_path: Path
    ) -> None:
        engine = make(document("a", "sea", facets={"region": ["asia"]}), document("b", "sea"))
        other = engine_class.open(tmp_path / "index-1")
        for number in range(4):
            commit(engine, document("a", f"sky {number}", facets={"region": ["africa"]}))
        with engine.writer() as writer:
            writer.delete("b")
            writer.commit()
        assert found(other, Word("sea")) == {"a", "b"}
        assert found(other, OnPage(Prefix("se"))) == {"a", "b"}
        assert other.count_facets(MATCH_ALL, (), ["region"]) == {"region": {"asia": 1}}
        assert [page.number for page in other.best_pages(Word("sea"), ["b"], 1)["b"]] == [1]
        other.refresh()
        assert found(other, MATCH_ALL) == found(other, Word("sky")) == {"a"}
        assert other.count_facets(MATCH_ALL, (), ["region"]) == {"region": {"africa": 1}}
        other.close()

    def test_pages_that_a_new_version_lacks_are_gone(self, make: Make) -> None:
        engine = make(document("a", "sea", "salt", "sand"), document("b", "x", "sand"))
        commit(engine, document("a", "salt"))
        assert found(engine, OnPage(MATCH_ALL, 2)) == {"b"}
        assert [page.number for page in engine.best_pages(Word("salt"), ["a"], 3)["a"]] == [1]
        assert engine.best_pages(Word("sand"), ["a", "b"], 3)["a"] == ()

    def test_index_is_there_after_opening_it_again(
        self, make: Make, engine_class: type[EngineClass], tmp_path: Path
    ) -> None:
        make(document("a", "sea"))
        again = engine_class.open(tmp_path / "index-1")
        assert found(again, Word("sea")) == {"a"}
        commit(again, document("b", "sea"))
        assert found(again, Word("sea")) == {"a", "b"}
        again.close()

    def test_threads_may_read_while_one_writes(self, make: Make) -> None:
        engine = make(document("a", "sea"))

        def read(_: int) -> bool:
            engine.refresh()
            total = engine.search(Word("sea")).total
            counted = engine.count_facets(Word("sea"), (), ["region"])["region"].get("asia", 0)
            return total >= 1 and counted <= 8 and engine.best_pages(Word("sea"), ["a"], 1)["a"] != ()

        with ThreadPoolExecutor(4) as pool:
            readings = pool.map(read, range(60))
            for number in range(8):
                commit(engine, document(f"b{number}", "sea", facets={"region": ["asia"]}))
            assert all(readings)
        # A reader's look may have ended after the writer's last one, and seen less.
        engine.refresh()
        assert engine.count_facets(Word("sea"), (), ["region"]) == {"region": {"asia": 8}}

    def test_folder_without_an_index_is_refused(
        self, engine_class: type[EngineClass], tmp_path: Path
    ) -> None:
        with pytest.raises(EngineFailed):
            engine_class.open(tmp_path / "absent")

    def test_damaged_index_is_refused(
        self, make: Make, engine_class: type[EngineClass], tmp_path: Path
    ) -> None:
        make(document("a", "sea")).close()
        for file in (tmp_path / "index-1").rglob("*"):
            if file.is_file():
                file.write_bytes(b"not an index")
        with pytest.raises(EngineFailed):
            engine_class.open(tmp_path / "index-1").search(Word("sea"))

    def test_document_without_pages_is_found_by_its_title(self, make: Make) -> None:
        assert found(make(document("a", title="Cocoa")), Word("cocoa")) == {"a"}

    def test_document_with_no_text_at_all_is_browsed(self, make: Make) -> None:
        assert found(make(document("a"), document("b", "")), MATCH_ALL) == {"a", "b"}

    @pytest.mark.parametrize(
        "odd", ["NUL\x00byte", "emoji 😀 flags 🇳🇵", "a" * 70_000, "x\u200by", "\n\n \t", "¶ § †"]
    )
    def test_odd_text_is_taken_in(self, make: Make, odd: str) -> None:
        engine = make(document("a", odd, "plain", title=odd, publisher=odd))
        assert found(engine, Word("plain")) == {"a"}
        assert found(engine, Word("¶")) == set()
        for sort in Sort:
            assert [hit.id for hit in engine.search(MATCH_ALL, sort=sort).hits] == ["a"]

    def test_ids_are_taken_literally(self, make: Make) -> None:
        odd = ["a b", "A b", "a", "ä/ö", "x:y", "a-b"]
        engine = make(*(document(one, "sea") for one in odd))
        assert found(engine, Word("sea")) == set(odd)
        assert all(len(pages) == 1 for pages in engine.best_pages(Word("sea"), odd, 3).values())
        for sort in Sort:
            assert {hit.id for hit in engine.search(MATCH_ALL, sort=sort).hits} == set(odd)

    def test_fingerprint_is_a_text_of_one_line(self, engine_class: type[EngineClass]) -> None:
        assert engine_class.fingerprint
        assert len(engine_class.fingerprint.split()) == 1

    def test_empty_library_answers_everything(self, make: Make) -> None:
        engine = make()
        assert engine.count_facets(MATCH_ALL, (), FACETS) == {facet: {} for facet in FACETS}
        assert engine.terms("a", 5) == ()
        assert engine.document_count() == 0
        assert engine.best_pages(Word("sea"), ["a"], 3) == {"a": ()}
