"""What must stand together on one page, what is only preferred, and how frequent words are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.model import Page
from tipsearch.query.nodes import MATCH_ALL, MATCH_NONE, And, Not, OnPage, Or, Phrase, Prefer, Prefix, Word
from tipsearch.testing.conformance.support import document, found

if TYPE_CHECKING:
    from tipsearch.testing.conformance.support import Make

_BOTH = And((Word("debt"), Word("fishing")))


class ConditionCases:
    """`OnPage`, `Prefer`, and `Engine.frequencies`."""

    def test_words_must_stand_on_one_page_where_that_is_asked(self, make: Make) -> None:
        engine = make(document("a", "debt", "fishing"), document("b", "none", "debt in fishing"))
        assert found(engine, _BOTH) == {"a", "b"}
        assert found(engine, OnPage(_BOTH)) == {"b"}

    def test_only_pages_asked_for_count(self, make: Make) -> None:
        engine = make(document("a", "debt", "x", "y"), document("b", "x", "y", "debts", "z"))
        assert found(engine, OnPage(Word("debt"), 1, 1)) == {"a"}
        assert found(engine, OnPage(Word("debt"), 2)) == {"b"}
        assert found(engine, OnPage(Word("debt"), None, 3)) == {"a", "b"}
        assert found(engine, OnPage(Word("debt"), 4, 2)) == set()
        assert found(engine, OnPage(Word("debt"), 2, 10**12)) == {"b"}

    def test_page_number_alone_asks_for_documents_that_have_it(self, make: Make) -> None:
        engine = make(document("a", "x"), document("b", "x", "y"))
        assert found(engine, OnPage(MATCH_ALL, 2, 2)) == {"b"}
        assert found(engine, OnPage(MATCH_NONE, 1)) == set()

    def test_neither_title_nor_texts_beside_are_pages(self, make: Make) -> None:
        one = document("a", "sea", title="debt")
        beside = (Page(1, "debt"),)
        engine = make(one, document("b", "debt"), type(one)("c", "", "en", one.pages, beside=beside))
        assert found(engine, OnPage(Word("debt"))) == {"b"}

    def test_page_without_a_word_can_be_asked_for(self, make: Make) -> None:
        engine = make(document("a", "debt and fishing", "debt"), document("b", "debt and fishing"))
        assert found(engine, OnPage(And((Word("debt"), Not(Word("fishing")))))) == {"a"}
        assert found(engine, Not(OnPage(Word("fishing"), 2, 2))) == {"a", "b"}
        assert found(engine, Not(OnPage(Word("fishing")))) == set()

    def test_patterns_and_phrases_are_looked_for_on_a_page(self, make: Make) -> None:
        engine = make(document("a", "debt", "bondage fish"), document("b", "debt bondage in fisheries"))
        assert found(engine, OnPage(And((Phrase(("debt", "bondage")), Prefix("fish"))))) == {"b"}

    def test_passages_are_of_the_pages_asked_for(self, make: Make) -> None:
        engine = make(document("a", "debt debt debt", "debt", "debt debt"))
        pages = engine.best_pages(OnPage(Word("debt"), 2, 3), ["a"], 5)["a"]
        assert sorted(page.number for page in pages) == [2, 3]

    def test_of_conditions_inside_one_another_all_hold(self, make: Make) -> None:
        engine = make(document("a", "debt", "debt", "debt"), document("b", "x", "y", "debt"))
        node = OnPage(OnPage(Word("debt"), 2), None, 2)
        assert found(engine, node) == {"a"}
        assert [page.number for page in engine.best_pages(node, ["a"], 5)["a"]] == [2]

    def test_condition_beside_other_words(self, make: Make) -> None:
        engine = make(document("a", "debt", "fishing", title="Sea"), document("b", "debt", "fishing"))
        assert found(engine, And((Word("sea", "title"), OnPage(Word("fishing"), 2, 2)))) == {"a"}

    def test_what_is_preferred_changes_no_matches(self, make: Make) -> None:
        engine = make(document("a", "debt"), document("b", "fishing"), document("c", "debt fishing"))
        assert found(engine, Prefer(Word("debt"), Word("fishing"))) == {"a", "c"}
        assert found(engine, Not(Prefer(Word("debt"), Word("fishing")))) == {"b"}
        assert found(engine, Prefer(Word("debt"), MATCH_NONE)) == {"a", "c"}

    def test_what_is_preferred_comes_first(self, make: Make) -> None:
        engine = make(
            document("a", "bonded for a debt, and other labour"),
            document("b", "labour, bonded for a debt and other"),
            document("c", "for a debt and other bonded labour"),
        )
        node = And((Word("bonded"), Word("labour")))
        assert [hit.id for hit in engine.search(node).hits] == ["a", "b", "c"]
        assert engine.search(Prefer(node, Phrase(("bonded", "labour")))).hits[0].id == "c"

    def test_what_is_only_preferred_makes_no_page(self, make: Make) -> None:
        engine = make(document("a", "debt", "fishing"))
        pages = engine.best_pages(Prefer(Word("debt"), Word("fishing")), ["a"], 5)["a"]
        assert [page.number for page in pages] == [1]

    def test_patterns_may_be_preferred(self, make: Make) -> None:
        engine = make(document("a", "sea x"), document("b", "sea trafficking"))
        found_first = engine.search(Prefer(Or((Word("sea"),)), Prefix("traffick"))).hits[0]
        assert found_first.id == "b"

    def test_frequencies_are_of_words_as_they_are_written(self, make: Make) -> None:
        engine = make(document("a", "Debts, debts", title="Débts"), document("b", "debt", "debts"))
        assert engine.frequencies(["debts", "debt", "absent", ""]) == {
            "debts": 2,
            "debt": 1,
            "absent": 0,
            "": 0,
        }
