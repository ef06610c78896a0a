"""Words of many languages and scripts in one library: each finds its page, none hides another's documents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tipsearch.model import Page
from tipsearch.query.nodes import And, Not, Or, Phrase, Prefix, Word
from tipsearch.testing.conformance.support import document, found

if TYPE_CHECKING:
    from tipsearch.engines.base import Engine
    from tipsearch.testing.conformance.support import Make

#: Language, what a page says, and what a reader types to find it.
SAYINGS = (
    ("en", "The trafficking of persons is a crime", "trafficked"),
    ("es", "La trata de niñas y mujeres", "niña"),
    ("fr", "Les enfants travaillaient dans des mines", "travailler"),
    ("pt", "Os trabalhadores foram explorados", "trabalhador"),
    ("de", "Zwangsarbeit in Ziegeleien", "ziegelei"),
    ("it", "La tratta degli esseri umani", "tratta"),
    ("ru", "Торговля людьми и принудительный труд", "торговли"),
    ("ar", "الاتجار بالأشخاص والعمل الجبري", "الاتجار"),
    ("hi", "मानव तस्करी और बंधुआ मजदूरी", "तस्करी"),
    ("bn", "মানব পাচার ও জোরপূর্বক শ্রম", "পাচার"),
    ("vi", "Buôn bán người và lao động cưỡng bức", "cưỡng bức"),
    ("zh", "打击人口贩运与强迫劳动", "强迫劳动"),
    ("ja", "人身取引と強制労働をなくす", "強制労働"),
    ("ko", "인신매매와 강제노동을 금지한다", "강제노동"),
    ("th", "การค้ามนุษย์และแรงงานบังคับ", "แรงงานบังคับ"),
    ("my", "လူကုန်ကူးမှုနှင့် အဓမ္မလုပ်အား", "ကုန်ကူးမှု"),
    ("km", "ការជួញដូរមនុស្ស និងពលកម្មដោយបង្ខំ", "ជួញដូរ"),
    ("lo", "ການຄ້າມະນຸດ ແລະ ແຮງງານບັງຄັບ", "ແຮງງານ"),
)


def _library(make: Make) -> Engine:
    return make(*(document(language, "2024", text, language=language) for language, text, _ in SAYINGS))


class LanguageCases:
    """Stems by language, accents, scripts without spaces, and libraries that mix them."""

    def test_every_language_finds_its_page(self, make: Make) -> None:
        engine = _library(make)
        missed = [
            language
            for language, _, typed in SAYINGS
            if found(engine, Word(typed)) != {language}
            or [page.number for page in engine.best_pages(Word(typed), [language], 3)[language]] != [2]
        ]
        assert missed == []

    def test_every_word_finds_the_text_it_was_copied_from(self, make: Make) -> None:
        engine = _library(make)
        missed = [
            word
            for language, text, _ in SAYINGS
            for word in text.split()
            if language not in found(engine, Word(word))
        ]
        assert missed == []

    def test_words_of_two_languages_may_be_asked_for_together(self, make: Make) -> None:
        both = replace(
            document("a"),
            pages=(Page(1, "Forced labour", language="en"), Page(2, "强迫劳动", language="zh")),
        )
        engine = make(both, document("b", "forced labour"), document("c", "强迫劳动", language="zh"))
        assert found(engine, And((Word("labours"), Word("劳动")))) == {"a"}
        assert found(engine, Or((Word("labours"), Word("劳动")))) == {"a", "b", "c"}
        assert found(engine, And((Word("labours"), Not(Word("劳动"))))) == {"b"}

    @pytest.mark.parametrize("typed", ["trafficked", "Trafficking"])
    def test_inflected_word_loses_no_document_of_another_language_that_has_it(
        self, make: Make, typed: str
    ) -> None:
        engine = make(
            document("en", "trafficking in persons"),
            document("es", f"El término «{typed}» se usa en inglés", language="es"),
            document("none", f"{typed}", language=None),
            document("ru", f"Слово {typed} английское", language="ru"),
        )
        assert found(engine, Word(typed)) == {"en", "es", "none", "ru"}

    def test_foreign_stemmer_does_not_keep_a_word_from_being_found(self, make: Make) -> None:
        engine = make(
            *(
                document(one, "the Kafala system binds migrant workers", language=one)
                for one in ("en", "de", "fi", "tr")
            )
        )
        assert found(engine, And((Word("kafala"), Word("workers")))) == {"en", "de", "fi", "tr"}

    def test_word_is_found_with_and_without_its_accents(self, make: Make) -> None:
        engine = make(
            document("with", "protección de niñas", language="es"),
            document("without", "proteccion de ninas", language="es"),
        )
        for typed in ("niñas", "ninas", "NIÑAS", "nin\u0303as", "niña"):
            assert found(engine, Word(typed)) == {"with", "without"}

    def test_phrase_keeps_its_stop_words(self, make: Make) -> None:
        engine = make(
            document("a", "the right to be free from slavery"), document("b", "the right to free slavery")
        )
        assert found(engine, Phrase(("free", "from", "slavery"))) == {"a"}
        assert found(engine, Phrase(("right", "to", "be", "free"))) == {"a"}
        assert found(engine, Word("from")) == {"a"}

    def test_prefix_works_in_every_script(self, make: Make) -> None:
        engine = _library(make)
        assert found(engine, Prefix("торг")) == {"ru"}
        assert found(engine, Prefix("الات")) == {"ar"}
        assert found(engine, Prefix("तस्क")) == {"hi"}
        assert found(engine, Prefix("强")) == {"zh"}

    @pytest.mark.parametrize(
        ("text", "typed"),
        [
            ("ظاهرة الإتجار بالبشر", "الاتجار"),
            ("حماية الأطفـال", "الأطفال"),
            ("مكافحة الجريمه", "الجريمة"),
            ("حُقوق", "حقوق"),
            ("کودکان کار", "كودكان"),
            ("سنة ٢٠٢٤", "2024"),
        ],
    )
    def test_arabic_spellings_of_a_word_are_one(self, make: Make, text: str, typed: str) -> None:
        assert found(make(document("a", text, language="ar"), document("b", "غير")), Word(typed)) == {"a"}
