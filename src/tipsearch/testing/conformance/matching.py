"""Which documents words and their combinations match."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tipsearch.model import Page
from tipsearch.query.nodes import MATCH_ALL, MATCH_NONE, And, Boost, Node, Not, Or, Phrase, Prefix, Word
from tipsearch.testing.conformance.support import document, found

if TYPE_CHECKING:
    from tipsearch.testing.conformance.support import Make

#: Language, a text, and another form of one of its words, with the same Snowball stem.
INFLECTED = (
    ("en", "Many were exploited at sea", "exploiting"),
    ("es", "Las explotaciones agrícolas", "explotación"),
    ("fr", "Les travailleuses domestiques", "travailleuse"),
    ("pt", "As explorações do trabalho", "exploração"),
    ("de", "Die Rechte der Arbeiterinnen", "Arbeiterin"),
    ("ru", "Торговля людьми и работники", "работника"),
    ("ar", "حقوق العاملين في البيوت", "عاملون"),
)
#: Language, a text, a word in it, and one that isn't, in scripts whose words are found by pairs.
UNSPACED = (
    ("zh", "打击强迫劳动和人口贩运", "劳动", "动劳"),
    ("ja", "強制労働と人身取引の防止", "人身取引", "取引人身"),
    ("th", "การค้ามนุษย์เป็นอาชญากรรม", "มนุษย์", "ษย์มนุ"),
    ("km", "ការជួញដូរមនុស្ស", "មនុស្ស", "ស្សមនុ"),
    ("my", "လူကုန်ကူးမှု", "ကုန်ကူး", "ကူးကုန်"),
    ("lo", "ການຄ້າມະນຸດ", "ມະນຸດ", "ນຸດມະ"),
    ("ko", "강제노동을 금지한다", "노동", "동노"),
)


class MatchCases:
    """Words, and, or, not, fields."""

    def test_word_matches_whole_words_only(self, make: Make) -> None:
        engine = make(document("a", "the cat"), document("b", "a category"))
        assert found(engine, Word("cat")) == {"a"}

    @pytest.mark.parametrize("typed", ["trafico", "tráfico", "TRÁFICO", "Tra\u0301fico", "ｔｒáｆｉｃｏ"])
    def test_word_matches_whatever_its_case_and_accents(self, make: Make, typed: str) -> None:
        engine = make(document("a", "El Tráfico de personas", language=None), document("b", "nada"))
        assert found(engine, Word(typed)) == {"a"}

    @pytest.mark.parametrize(("language", "text", "typed"), INFLECTED)
    def test_word_matches_by_stem_in_the_language_of_the_text(
        self, make: Make, language: str, text: str, typed: str
    ) -> None:
        engine = make(
            document("a", text, language=language), document("b", "другое otro other", language=language)
        )
        assert found(engine, Word(typed)) == {"a"}

    def test_text_without_known_language_is_not_stemmed(self, make: Make) -> None:
        engine = make(
            document("a", "many workers", language=None), document("b", "one worker", language=None)
        )
        assert found(engine, Word("worker")) == {"b"}

    def test_page_is_stemmed_in_its_own_language(self, make: Make) -> None:
        spanish = replace(document("a"), pages=(Page(1, "las explotaciones", language="es"),), language="en")
        assert found(make(spanish), Word("explotación")) == {"a"}

    @pytest.mark.parametrize(("language", "text", "inside", "absent"), UNSPACED)
    def test_word_is_found_inside_a_text_without_spaces(
        self, make: Make, language: str, text: str, inside: str, absent: str
    ) -> None:
        engine = make(document("a", text, language=language))
        assert found(engine, Word(inside)) == {"a"}
        assert found(engine, Word(absent)) == set()

    def test_word_of_several_parts_is_a_phrase(self, make: Make) -> None:
        engine = make(document("a", "on forced labour"), document("b", "labour is not forced"))
        assert found(engine, Word("forced-labour")) == {"a"}

    @pytest.mark.parametrize("typed", ["", "--", "…", "\x00"])
    def test_word_without_letters_matches_nothing(self, make: Make, typed: str) -> None:
        assert found(make(document("a", "text – and more")), Word(typed)) == set()

    def test_possessive_belongs_to_its_word(self, make: Make) -> None:
        engine = make(document("a", "the child’s rights", language=None))
        assert found(engine, Word("child")) == {"a"}
        assert found(engine, Word("child's")) == {"a"}

    def test_all_words_may_stand_on_different_pages(self, make: Make) -> None:
        engine = make(document("a", "forced", "labour"), document("b", "forced"))
        assert found(engine, And((Word("forced"), Word("labour")))) == {"a"}

    def test_any_word_is_enough_for_or(self, make: Make) -> None:
        engine = make(document("a", "cocoa"), document("b", "cotton"), document("c", "bricks"))
        assert found(engine, Or((Word("cocoa"), Word("cotton")))) == {"a", "b"}

    @pytest.mark.parametrize(
        ("node", "expected"),
        [
            (And((Word("sea"), Not(Word("sky")))), {"a"}),
            (Not(Word("sea")), {"c"}),
            (And((Not(Word("sea")),)), {"c"}),
            (And((Not(Word("sea")), Not(Word("land")))), set()),
            (And((Word("sea"), And((Not(Word("sky")),)))), {"a"}),
            (Or((Word("land"), Not(Word("sky")))), {"a", "c"}),
            (Not(Not(Word("sky"))), {"b"}),
            (Not(And((Word("sea"), Word("sky")))), {"a", "c"}),
            (Boost(Not(Word("sea")), 2.0), {"c"}),
        ],
    )
    def test_not_excludes_wherever_it_stands(self, make: Make, node: Node, expected: set[str]) -> None:
        engine = make(document("a", "sea"), document("b", "sea and sky"), document("c", "land"))
        assert found(engine, node) == expected

    @pytest.mark.parametrize(
        ("node", "matches"),
        [
            (MATCH_ALL, True),
            (MATCH_NONE, False),
            (And((Word("sea"), MATCH_ALL)), True),
            (And((Word("sea"), MATCH_NONE)), False),
            (Or((Word("sea"), MATCH_NONE)), True),
            (Not(MATCH_NONE), True),
            (Not(MATCH_ALL), False),
        ],
    )
    def test_empty_and_matches_all_and_empty_or_nothing(
        self, make: Make, node: Node, *, matches: bool
    ) -> None:
        assert found(make(document("a", "sea")), node) == ({"a"} if matches else set())

    def test_boost_changes_no_match(self, make: Make) -> None:
        engine = make(document("a", "sea"), document("b", "sky"))
        assert found(engine, And((Boost(Word("sea"), 3.0), Boost(MATCH_ALL, 0.1)))) == {"a"}

    def test_twenty_levels_are_no_trouble(self, make: Make) -> None:
        node: Node = Word("sea")
        for _ in range(10):
            node = Or((And((node, Word("sky"))), Word("sun")))
        engine = make(document("a", "sea and sky"), document("b", "sea"), document("c", "sun"))
        assert found(engine, node) == {"a", "c"}

    def test_title_is_searched_with_the_text(self, make: Make) -> None:
        engine = make(document("a", "one", title="Cocoa farms"), document("b", "cocoa"))
        assert found(engine, Word("cocoa")) == {"a", "b"}

    @pytest.mark.parametrize(
        ("field", "expected"), [("title", {"a"}), ("publisher", {"b"}), ("author", {"c"}), (None, {"a", "d"})]
    )
    def test_field_restricts_a_word(self, make: Make, field: str | None, expected: set[str]) -> None:
        engine = make(
            document("a", "x", title="On Walk"),
            document("b", "x", publisher="Walk Free"),
            document("c", "x", authors="J. Wálk"),
            document("d", "a walk"),
        )
        assert found(engine, Word("walk", field)) == expected

    @pytest.mark.parametrize(
        "leaf", [Word("walk", "isbn"), Phrase(("a", "walk"), field="isbn"), Prefix("wal", "isbn")]
    )
    def test_unknown_field_matches_nothing(self, make: Make, leaf: Node) -> None:
        assert found(make(document("a", "a walk", title="a walk")), leaf) == set()

    def test_title_is_stemmed_in_the_language_of_the_document(self, make: Make) -> None:
        engine = make(document("a", title="Explotaciones", language="es"))
        assert found(engine, Word("explotación", "title")) == {"a"}
        assert found(engine, Word("explotación")) == {"a"}

    def test_empty_library_has_no_matches(self, make: Make) -> None:
        engine = make()
        assert found(engine, MATCH_ALL) == set()
        assert found(engine, Word("sea")) == set()
