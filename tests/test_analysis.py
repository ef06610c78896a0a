"""What is a word, and which words are the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch import analysis

#: Texts rich in what goes wrong: marks, joiners, apostrophes, scripts side by side.
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("aAéßœİıΣςйЙأةى٣²½ﬁ’'_- \u0301\u00ad\u200c\u200d强劳ガノ노동ำกาន្ក၁က"),
    ),
    max_size=40,
)


def folded(text: str) -> list[str]:
    return [word for _, _, word in analysis.tokens(text)]


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("Trata", "trata"),
        ("EXPLOTACIÓN", "explotacion"),
        ("Straße", "strasse"),
        ("Œuvre", "oeuvre"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
        ("ﬁnance", "finance"),
        ("ＩＬＯ", "ilo"),
        ("ΕΛΛΆΔΟΣ", "ελλαδοσ"),
        ("Ёлка", "елка"),
        ("العُمَّال", "العمال"),
        ("أطفـال", "اطفال"),
        ("مدرسة", "مدرسه"),
        ("على", "علي"),
        ("کودک", "كودك"),
        ("٢٠٢٣", "2023"),
        ("שָׁלוֹם", "שלום"),
        ("ex\u00adploi\u00adtation", "exploitation"),
    ],
)
def test_fold_makes_spellings_the_same(typed: str, same: str) -> None:
    assert analysis.fold(typed) == same


@pytest.mark.parametrize("word", ["बच्चों", "มนุษย์", "が", "노동", "মানুষ"])
def test_fold_keeps_marks_that_carry_the_vowel(word: str) -> None:
    assert analysis.fold(word) == word


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert analysis.fold(analysis.fold(text)) == analysis.fold(text)


@given(TEXTS)
def test_composed_and_decomposed_latin_fold_alike(text: str) -> None:
    latin = "".join(c for c in text if ord(c) < 0x250)
    assert analysis.words(unicodedata.normalize("NFD", latin)) == analysis.words(
        unicodedata.normalize("NFC", latin)
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("forced_labour, forced-labour", ["forced", "labour", "forced", "labour"]),
        ("COVID-19", ["covid", "19"]),
        ("the child's and children’s", ["the", "child", "and", "children"]),
        ("CHILD'S", ["child"]),
        ("l'exploitation d’enfants", ["l", "exploitation", "d", "enfants"]),
        ("don't", ["don", "t"]),
        ("e\u0301te\u0301", ["ete"]),
        ("می\u200cخواهم", ["ميخواهم"]),
        ("强迫劳动", ["强迫", "迫劳", "劳动"]),
        ("法", ["法"]),
        ("COVID疫情", ["covid", "疫情"]),
        ("노동을 강제", ["노동", "동을", "강제"]),
        ("ค้าม", ["ค้า", "าม"]),
        ("", []),
        ("– … ¶ _ ' ـ", []),
    ],
)
def test_words_of_a_text(text: str, words: list[str]) -> None:
    assert analysis.words(text) == words


@given(TEXTS)
def test_tokens_and_words_agree(text: str) -> None:
    assert folded(text) == analysis.words(text)


@given(TEXTS)
def test_tokens_name_the_place_of_their_word(text: str) -> None:
    for start, end, word in analysis.tokens(text):
        assert 0 <= start < end <= len(text)
        assert analysis.words(text[start:end]) == [word]


@given(TEXTS)
def test_tokens_come_in_order(text: str) -> None:
    starts = [start for start, _, _ in analysis.tokens(text)]
    assert starts == sorted(set(starts))


@given(TEXTS)
def test_no_word_holds_white_space_or_a_gap_sign(text: str) -> None:
    assert not any(set(word) & set(" \t\n\r\x0b\x0c¶") for word in analysis.words(text))


def test_every_character_gives_the_same_words_by_either_way() -> None:
    wrong = [
        hex(code)
        for code in range(0x10000)
        if not 0xD800 <= code < 0xE000 and folded(f"a{chr(code)}b") != analysis.words(f"a{chr(code)}b")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "unspaced"),
    [("plain", False), ("ñandú", False), ("العمل", False), ("a劳", True), ("노", True), ("က", True)],
)
def test_scripts_without_spaces_are_told_apart(text: str, *, unspaced: bool) -> None:
    assert analysis.has_unspaced_script(text) is unspaced


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "trafficking", "trafficked"),
        ("es", "Explotación", "explotaciones"),
        ("fr", "exploitées", "exploiter"),
        ("pt", "exploração", "explorações"),
        ("ru", "жертва", "жертвами"),
        ("ar", "العاملون", "عامل"),
        ("de", "Opfern", "Opfer"),
        ("hi", "बच्चों", "बच्चा"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, one: str, other: str) -> None:
    assert analysis.stem(one, language) == analysis.stem(other, language) is not None


@pytest.mark.parametrize("language", ["zh", "th", "", "xx"])
def test_language_without_stemmer_has_no_stem(language: str) -> None:
    assert analysis.stem("word", language) is None
    assert analysis.stems(["word"], language) == []


@pytest.mark.parametrize("language", sorted(analysis.STEMMED))
def test_stems_are_folded(language: str) -> None:
    stem = analysis.stem("Éxämplés", language)
    assert stem is not None
    assert stem == analysis.fold(stem)


def test_stems_of_a_text_are_those_of_its_words() -> None:
    surfaces = analysis.surfaces("Las EXPLOTACIONES agrícolas")
    assert analysis.stems(surfaces, "es") == [analysis.stem(word, "es") for word in surfaces]


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "the"), ("es", "de"), ("fr", "des"), ("ru", "на"), ("ar", "في"), ("pt", "nao")],
)
def test_stop_words_are_folded(language: str, word: str) -> None:
    assert word in analysis.stop_words(language)


@pytest.mark.parametrize(
    ("language", "word"), [("de", "die"), ("de", "war"), ("es", "estados"), ("nl", "want"), ("xx", "the")]
)
def test_words_that_mean_something_elsewhere_are_no_stop_words(language: str, word: str) -> None:
    assert word not in analysis.stop_words(language)


def test_a_full_cache_starts_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    from tipsearch.analysis import cache

    monkeypatch.setattr(cache, "MAX_WORDS", 2)
    upper: cache.BoundedCache[str] = cache.BoundedCache(str.upper)
    assert [upper[word] for word in ("a", "b", "c", "a")] == ["A", "B", "C", "A"]
    assert len(upper) == 2


@given(st.text("as'_ .0x-", max_size=12))
def test_possessives_are_cut_off_alike_in_words_and_in_tokens(text: str) -> None:
    assert analysis.surfaces(text) == [word for _, _, word in analysis.tokens(text)]
