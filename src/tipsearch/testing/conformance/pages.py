"""Which pages of a document are shown for a query."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tipsearch.model import Page
from tipsearch.query.nodes import MATCH_ALL, And, Fuzzy, Not, Or, Phrase, Prefix, Wildcard, Word
from tipsearch.testing.conformance.support import document

if TYPE_CHECKING:
    from tipsearch.engines.base import Engine
    from tipsearch.query.nodes import Node
    from tipsearch.testing.conformance.support import Make


def _numbers(engine: Engine, node: Node, document_id: str = "a", limit: int = 10) -> list[int]:
    return [page.number for page in engine.best_pages(node, [document_id], limit)[document_id]]


class PageCases:
    """Any leaf makes a page; more leaves, and phrases, make it better."""

    def test_words_may_be_on_different_pages(self, make: Make) -> None:
        engine = make(document("a", "forced", "nothing", "labour"))
        assert sorted(_numbers(engine, And((Word("forced"), Word("labour"))))) == [1, 3]

    def test_page_with_more_of_the_words_comes_first(self, make: Make) -> None:
        engine = make(
            document("a", "forced " * 30, "labour " * 30, "forced by hunger to labour on and on and on")
        )
        assert _numbers(engine, And((Word("forced"), Word("labour"))))[0] == 3

    def test_page_with_the_phrase_comes_first(self, make: Make) -> None:
        engine = make(document("a", "child, labour, child, labour", "here is child labour once", "a child"))
        node = Or((Phrase(("child", "labour")), Word("child"), Word("labour")))
        assert _numbers(engine, node)[-1] == 3
        assert _numbers(make(document("a", "child and labour", "x child labour x")), node)[0] == 2

    def test_word_is_found_by_stem_on_its_page(self, make: Make) -> None:
        assert _numbers(make(document("a", "x", "many workers")), Word("worker")) == [2]

    def test_prefix_is_found_on_its_pages(self, make: Make) -> None:
        engine = make(document("a", "policy", "none", "policies"))
        assert sorted(_numbers(engine, Prefix("polic"))) == [1, 3]

    def test_page_with_many_words_of_one_pattern_comes_after_one_with_more_of_what_was_asked(
        self, make: Make
    ) -> None:
        engine = make(
            document("a", "Trafficking, trafficked, traffickers, trafficker", "Trafficking and fishing")
        )
        for pattern in (Prefix("traffick"), Wildcard("traffick*"), Fuzzy("traffickin", 2)):
            assert _numbers(engine, And((pattern, Word("fishing")))) == [2, 1]

    def test_title_hit_has_no_page(self, make: Make) -> None:
        engine = make(document("a", "text", title="Cocoa"))
        assert engine.best_pages(Word("cocoa"), ["a"], 3) == {"a": ()}
        assert engine.best_pages(Word("cocoa", "title"), ["a"], 3) == {"a": ()}

    def test_text_beside_finds_the_document_but_is_no_page(self, make: Make) -> None:
        engine = make(replace(document("a", "cocoa"), beside=(Page(1, "brick kilns"),)))
        assert [hit.id for hit in engine.search(Phrase(("brick", "kilns"))).hits] == ["a"]
        assert [hit.id for hit in engine.search(And((Word("cocoa"), Word("kiln")))).hits] == ["a"]
        assert engine.best_pages(Word("kilns"), ["a"], 3) == {"a": ()}

    def test_field_leaves_are_not_sought_on_pages(self, make: Make) -> None:
        engine = make(document("a", "cocoa", "bricks", title="Cocoa"))
        assert _numbers(engine, And((Word("cocoa", "title"), Word("bricks")))) == [2]

    def test_excluded_words_make_no_page(self, make: Make) -> None:
        engine = make(document("a", "sea", "sky"))
        assert _numbers(engine, And((Word("sea"), Not(Word("sky"))))) == [1]
        assert _numbers(engine, Not(Word("sun"))) == []
        assert _numbers(engine, MATCH_ALL) == []

    def test_equal_pages_come_by_number(self, make: Make) -> None:
        engine = make(document("a", *["sea"] * 12))
        assert _numbers(engine, Word("sea"), limit=3) == [1, 2, 3]

    def test_every_document_asked_for_has_its_own_pages(self, make: Make) -> None:
        engine = make(document("a", "sea", "x"), document("b", "x", "sea"), document("c", "x"))
        pages = engine.best_pages(Word("sea"), ["b", "a", "c", "absent"], 3)
        assert {one: [page.number for page in found] for one, found in pages.items()} == {
            "b": [2],
            "a": [1],
            "c": [],
            "absent": [],
        }

    def test_limit_is_kept(self, make: Make) -> None:
        engine = make(document("a", "sea", "sea", "sea"))
        assert len(_numbers(engine, Word("sea"), limit=2)) == 2
        assert _numbers(engine, Word("sea"), limit=0) == []
