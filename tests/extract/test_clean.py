"""What text looks like after cleaning, and how broken words are made whole."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.extract.clean import HYPHEN_MARK, clean, clean_counted, join_hyphens, mark_hyphens
from tipsearch.extract.pdf.rtl import logical_order


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("ﬁnal oﬃce", "final office"),
        ("traf\u00adfic\u200bking\ufeff", "trafficking"),
        ("a\x00b\x1fc\x9fd\te", "abcd\te"),
        ("(cid:12)word(cid:3)", "word"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("end of line \r\nnext", "end of line\nnext"),
        ("page\x0cbreak\u2028line", "page\nbreak\nline"),
        ("\u202bعربي\u202c", "عربي"),
        ("Auf\u200clage", "Auflage"),
    ],
)
def test_what_was_never_meant_to_be_read_is_gone(raw: str, text: str) -> None:
    assert clean(raw) == text


def test_joiners_that_belong_to_the_spelling_stay() -> None:
    assert clean("می\u200cخواهم") == "می\u200cخواهم"


def test_dropped_characters_are_counted() -> None:
    assert clean_counted("a\x01\x02(cid:7)b") == ("ab", 3)


@given(st.text(st.characters(codec=None)))
def test_cleaned_text_is_normal_and_free_of_controls(raw: str) -> None:
    text = clean(raw)
    assert not [char for char in text if unicodedata.category(char) == "Cc" and char not in "\t\n"]
    assert not [char for char in text if 0xD800 <= ord(char) <= 0xDFFF]
    assert text.isascii() or unicodedata.is_normalized("NFKC", clean(text))


@pytest.mark.parametrize(
    ("broken", "elsewhere", "whole"),
    [
        ("com-pile", "they compile lists", "compile"),
        ("gender-responsive", "Gender-responsive policing,", "gender-responsive"),
        ("long-term", "a longterm, a long-term plan", "longterm"),
        ("traf-ficking", "nothing alike", "trafficking"),
        ("COVID-19", "nothing alike", "COVID-19"),
        ("state-of-the-art", "nothing alike", "state-of-the-art"),
        ("Anglo-Dutch", "nothing alike", "Anglo-Dutch"),
        ("TRAFFIC-KING", "nothing alike", "TRAFFICKING"),
    ],
)
def test_broken_word_is_joined_as_the_document_writes_it_elsewhere(
    broken: str, elsewhere: str, whole: str
) -> None:
    left, _, right = broken.rpartition("-")
    pages = join_hyphens([f"He said “{left}{HYPHEN_MARK}{right}” twice.", elsewhere])
    assert pages == [f"He said “{whole}” twice.", elsewhere]


def test_hyphen_at_the_end_of_a_page_stays_a_hyphen() -> None:
    assert join_hyphens([f"anti{HYPHEN_MARK}", f"{HYPHEN_MARK}trafficking"]) == ["anti-", "-trafficking"]


@given(st.lists(st.text(st.sampled_from(f"ab-A1 \n.{HYPHEN_MARK}"), max_size=30), max_size=4))
def test_no_mark_survives_and_nothing_else_changes(pages: list[str]) -> None:
    joined = join_hyphens(pages)
    assert not any(HYPHEN_MARK in page for page in joined)
    assert [page.replace("-", "") for page in joined] == [
        page.replace(HYPHEN_MARK, "").replace("-", "") for page in pages
    ]


def test_hyphens_with_a_line_break_are_marked_between_letters_only() -> None:
    assert (
        mark_hyphens("traf-\nficking, 2019-\n2020 -\nend") == f"traf{HYPHEN_MARK}ficking, 2019-\n2020 -\nend"
    )


@pytest.mark.parametrize(
    ("visual", "logical"),
    [
        ("םולש", "שלום"),
        ("םלוע םולש", "שלום עולם"),
        ("(םלוע) 2019 םולש", "שלום 2019 (עולם)"),
        ("PDF םולש", "PDF שלום"),
        ("plain text (2019)", "plain text (2019)"),
    ],
)
def test_visual_order_becomes_logical_order(visual: str, logical: str) -> None:
    assert logical_order(visual) == logical
