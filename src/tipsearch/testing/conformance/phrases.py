"""Phrases: words in order, on one page, exactly as written but for case and accents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tipsearch.query.nodes import Phrase
from tipsearch.testing.conformance.support import document, found

if TYPE_CHECKING:
    from tipsearch.testing.conformance.support import Make


class PhraseCases:
    """Order, slop, and where a phrase ends."""

    def test_phrase_keeps_the_order_of_its_words(self, make: Make) -> None:
        engine = make(document("a", "social protection"), document("b", "protection, social"))
        assert found(engine, Phrase(("social", "protection"))) == {"a"}

    def test_words_of_a_phrase_are_adjacent(self, make: Make) -> None:
        engine = make(document("a", "forced (labour)"), document("b", "forced child labour"))
        assert found(engine, Phrase(("forced", "labour"))) == {"a"}

    def test_phrase_ignores_case_and_accents_but_not_endings(self, make: Make) -> None:
        engine = make(
            document("a", "TRÁFICO ilícito", language="es"), document("b", "tráficos ilícitos", language="es")
        )
        assert found(engine, Phrase(("trafico", "Ilicito"))) == {"a"}

    def test_phrase_of_one_word_is_that_word_without_its_stem(self, make: Make) -> None:
        engine = make(document("a", "a worker"), document("b", "the workers"))
        assert found(engine, Phrase(("Worker",))) == {"a"}

    def test_phrase_of_no_words_matches_nothing(self, make: Make) -> None:
        engine = make(document("a", "text"))
        assert found(engine, Phrase(())) == set()
        assert found(engine, Phrase(("--",))) == set()

    @pytest.mark.parametrize(
        ("slop", "expected"),
        [(0, {"near"}), (1, {"near", "one"}), (2, {"near", "one", "two"}), (8, {"near", "one", "two"})],
    )
    def test_slop_lets_other_words_stand_between(self, make: Make, slop: int, expected: set[str]) -> None:
        engine = make(
            document("near", "child labour"),
            document("one", "child and labour"),
            document("two", "child and forced labour"),
            document("swapped", "labour of the child"),
        )
        assert found(engine, Phrase(("child", "labour"), slop)) == expected

    def test_slop_is_counted_over_the_whole_phrase(self, make: Make) -> None:
        engine = make(document("a", "debt x bondage y bricks"))
        assert found(engine, Phrase(("debt", "bondage", "bricks"), 1)) == set()
        assert found(engine, Phrase(("debt", "bondage", "bricks"), 2)) == {"a"}

    def test_repeated_word_must_stand_twice(self, make: Make) -> None:
        engine = make(document("a", "no no"), document("b", "no"))
        assert found(engine, Phrase(("no", "no"))) == {"a"}

    @pytest.mark.parametrize("slop", [0, 1, 8])
    def test_phrase_ends_with_its_page(self, make: Make, slop: int) -> None:
        engine = make(document("a", "ending forced", "labour begins", title="about ending"))
        assert found(engine, Phrase(("forced", "labour"), slop)) == set()
        assert found(engine, Phrase(("about", "forced"), slop)) == set()

    def test_phrase_may_be_sought_in_a_field(self, make: Make) -> None:
        engine = make(document("a", "x", title="Child labour today"), document("b", "child labour today"))
        assert found(engine, Phrase(("child", "labour"), field="title")) == {"a"}
        assert found(engine, Phrase(("child", "labour"))) == {"a", "b"}

    def test_phrase_of_pairs_finds_a_longer_run(self, make: Make) -> None:
        engine = make(
            document("a", "打击强迫劳动", language="zh"), document("b", "强迫的劳动", language="zh")
        )
        assert found(engine, Phrase(("强迫劳动",))) == {"a"}

    def test_long_phrase_is_matched(self, make: Make) -> None:
        text = "the worst forms of child labour are prohibited by this convention everywhere"
        engine = make(document("a", text), document("b", text.replace("by", "in")))
        assert found(engine, Phrase(tuple(text.split()))) == {"a"}
