"""Prefixes, wildcards and words with typing errors, and the dictionary they are looked up in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tipsearch.engines.base import Sort
from tipsearch.query.nodes import And, Fuzzy, Node, Not, Phrase, Prefix, Wildcard, Word, leaves
from tipsearch.testing.conformance.support import document, found, order

if TYPE_CHECKING:
    from tipsearch.engines.base import Engine
    from tipsearch.testing.conformance.support import Make


def _library(make: Make) -> Engine:
    return make(
        document("a", "the policy", title="Women"),
        document("b", "policies and police", title="Woman"),
        document("c", "trafficking", title="Wombat"),
        document("d", "trafic", title="Tráfico"),
    )


class PatternCases:
    """Leaves that stand for several words."""

    @pytest.mark.parametrize(
        ("node", "expected"),
        [
            (Prefix("polic"), {"a", "b"}),
            (Prefix("POLICE"), {"b"}),
            (Prefix("policy"), {"a"}),
            (Prefix("absent"), set()),
            (Prefix("tráf"), {"c", "d"}),
            (Prefix("wom", "title"), {"a", "b", "c"}),
            (Prefix("pol", "title"), set()),
        ],
    )
    def test_prefix_matches_words_that_begin_so(self, make: Make, node: Node, expected: set[str]) -> None:
        assert found(_library(make), node) == expected

    @pytest.mark.parametrize(
        ("pattern", "expected"),
        [
            ("wom?n", {"a", "b"}),
            ("traf*c", {"d"}),
            ("traf*c*", {"c", "d"}),
            ("polic*s", {"b"}),
            ("poli?y", {"a"}),
            ("poli?", set()),
            ("pol[i]*", set()),
            ("POLICY", {"a"}),
        ],
    )
    def test_wildcard_matches_words_of_that_form(self, make: Make, pattern: str, expected: set[str]) -> None:
        assert found(_library(make), Wildcard(pattern)) == expected

    @pytest.mark.parametrize(
        ("node", "expected"),
        [
            (Fuzzy("traffficks"), set()),
            (Fuzzy("trafficing"), {"c"}),
            (Fuzzy("trafifcking"), {"c"}),
            (Fuzzy("trafiking"), set()),
            (Fuzzy("trafiking", 2), {"c"}),
            (Fuzzy("Trafic"), {"d"}),
            (Fuzzy("rtaffic"), set()),
            (Fuzzy("womann", field="title"), {"b"}),
        ],
    )
    def test_fuzzy_matches_words_with_few_typing_errors(
        self, make: Make, node: Node, expected: set[str]
    ) -> None:
        assert found(_library(make), node) == expected

    def test_fuzzy_puts_the_word_as_typed_first(self, make: Make) -> None:
        engine = make(document("a", "sale of cotten"), document("b", "sale of cotton"))
        assert order(engine, Fuzzy("cotton"), Sort.RELEVANCE) == ["b", "a"]

    def test_patterns_combine_like_words(self, make: Make) -> None:
        assert found(_library(make), And((Prefix("wom"), Not(Prefix("polic"))))) == {"c"}

    def test_many_stars_take_no_time(self, make: Make) -> None:
        engine = make(document("a", "abc" + "a" * 60))
        assert found(engine, Wildcard("abc" + "*a" * 40 + "*b")) == set()

    def test_expand_leaves_words_of_the_dictionary_only(self, make: Make) -> None:
        engine = _library(make)
        expanded = engine.expand(And((Prefix("polic"), Wildcard("wom?n"), Fuzzy("trafficing"), Word("sea"))))
        texts = {leaf.words[0] if isinstance(leaf, Phrase) else leaf for leaf in leaves(expanded)}
        assert texts == {"policy", "policies", "police", "women", "woman", "trafficking", Word("sea")}

    def test_expand_keeps_what_the_tree_matches(self, make: Make) -> None:
        engine = _library(make)
        node = And((Prefix("wom"), Not(Wildcard("pol*y"))))
        assert found(engine, engine.expand(node)) == found(engine, node)

    def test_terms_are_folded_words_most_frequent_first(self, make: Make) -> None:
        engine = make(document("a", "Máquina maquinas"), document("b", "maquina"), document("c", "otra"))
        assert engine.terms("Maq", 10) == (("maquina", 2), ("maquinas", 1))
        assert engine.terms("maq", 1) == (("maquina", 2),)
        assert engine.terms("zzz", 5) == ()

    def test_terms_include_titles_and_nothing_but_words(self, make: Make) -> None:
        engine = make(document("a", "one", "two", title="Three"))
        assert {word for word, _ in engine.terms("", 100)} == {"one", "two", "three"}
