from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tipsearch import query
from tipsearch.engines.expand import expand
from tipsearch.query.nodes import And, Not, Or, Phrase, Word
from tipsearch.search.highlight import PASSAGE_LENGTH, Highlighter, Scan

#: Of which texts are made, and what a prefix may stand for.
PIECES = (
    *"ninas niñas NIÑAS élan elan labour labourers labóur læs laes İstanbul l’élan n ’s 's _ — † « ال é".split(),  # noqa: SIM905  read at a glance
    "\u00ad",
    "\u0301",
)
WORDS = ("labour", "labourers", "laes", "elan")


def marked(text: str, asked: str, language: str | None = "en") -> list[str]:
    spans = Highlighter(query.parse(asked).node).spans(text, language)
    return [text[start:end] for start, end in spans]


def test_a_word_is_marked_in_all_its_forms() -> None:
    text = "Trafficking of workers; a trafficked worker met traffickers, not traffic lights."
    assert marked(text, "trafficked") == ["Trafficking", "trafficked", "traffickers"]


def test_without_a_language_only_the_word_itself_is_marked() -> None:
    assert marked("forced, forcing", "forced", None) == ["forced"]


def test_accents_and_case_make_no_difference() -> None:
    assert marked("Las NIÑAS y las niñas", "ninas", "es") == ["NIÑAS", "niñas"]


def test_a_phrase_marks_only_where_its_words_stand_together() -> None:
    text = "Forced labour is labour that is forced. FORCED\nLABOUR again."
    assert marked(text, '"forced labour"') == ["Forced labour", "FORCED\nLABOUR"]


def test_a_phrase_with_slop_marks_its_words() -> None:
    assert marked("forced child labour", '"forced labour"~2') == ["forced", "labour"]


def test_chinese_is_marked_without_spaces() -> None:
    assert marked("打击人口贩运的法律", "人口贩运", "zh") == ["人口贩运"]


def test_arabic_is_marked_with_and_without_its_article() -> None:
    assert marked("مكافحة الاتجار بالأشخاص", "الاتجار", "ar") == ["الاتجار"]


def test_excluded_words_are_not_marked() -> None:
    node = And((Word("labour"), Not(Word("child"))))
    spans = Highlighter(node).spans("child labour", "en")
    assert spans == ((6, 12),)


def test_overlapping_matches_are_one_mark() -> None:
    node = Or((Phrase(("forced", "labour")), Word("labour")))
    assert Highlighter(node).spans("forced labour", "en") == ((0, 13),)


def test_the_passage_is_where_most_of_the_query_stands() -> None:
    filler = "Nothing to see in this sentence at all. " * 30
    text = f"Labour here. {filler}Forced labour and debt bondage together. {filler}Debt there."
    passage, spans = Highlighter(query.parse("forced labour debt").node).passage(text, "en")
    assert [passage[a:b] for a, b in spans] == ["Forced", "labour", "debt"]
    assert passage.startswith("…")
    assert passage.endswith("…")


def test_a_text_without_a_match_is_shown_from_its_beginning() -> None:
    passage, spans = Highlighter(Word("absent")).passage("The beginning of the page.", "en")
    assert (passage, spans) == ("The beginning of the page.", ())


def test_a_passage_is_one_line() -> None:
    passage, _ = Highlighter(Word("bondage")).passage("Debt\n\nbondage\tis", "en")
    assert passage == "Debt  bondage is"


@given(
    st.text(max_size=1500),
    st.sampled_from(["a", "the b", '"a b"', "ab OR cd", "é", "人口", "ال"]),
    st.sampled_from([None, "en", "ar", "zh"]),
)
def test_spans_lie_in_the_text_in_order_and_apart(text: str, asked: str, language: str | None) -> None:
    highlighter = Highlighter(query.parse(asked).node)
    passage, inside = highlighter.passage(text, language)
    assert len(passage) <= PASSAGE_LENGTH + 50
    for spans, length in ((highlighter.spans(text, language), len(text)), (inside, len(passage))):
        flat = [edge for span in spans for edge in span]
        assert flat == sorted(flat)
        assert all(start < end for start, end in spans)
        assert not flat or (flat[0] >= 0 and flat[-1] <= length)


@given(
    st.lists(st.sampled_from(PIECES)),
    st.sampled_from(["", " "]),
    st.sampled_from(
        [
            "ninas",
            "élan labour",
            "labour*",
            '"elan labour"',
            "laes",
            "la*",
            '"labour laes"',
            '"ninas elan"~3',
            "é",
            "istanbul",
        ]
    ),
)
def test_words_found_by_their_first_letters_are_those_that_cutting_the_text_finds(
    pieces: list[str], between: str, asked: str
) -> None:
    text = between.join(pieces)
    # Nobody writes a soft hyphen or a mark right behind a possessive, where the two tell the next word's beginning differently.
    assume("s\u00ad" not in text and "s\u0301" not in text)
    node = expand(
        query.parse(asked).node, lambda _, prefix: [(one, 1) for one in WORDS if one.startswith(prefix)]
    )
    found = Highlighter(node).spans(text, "en")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Scan, "of", lambda _: None)
        assert Highlighter(node).spans(text, "en") == found


@pytest.mark.parametrize("count", [5_000])
def test_a_word_repeated_thousands_of_times_is_no_trouble(count: int) -> None:
    text = "labour " * count
    passage, spans = Highlighter(Word("labour")).passage(text, "en")
    assert len(spans) > 10
    assert len(passage) <= PASSAGE_LENGTH + 50
