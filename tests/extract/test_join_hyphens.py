"""Words that a line's end has parted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.extract import hyphens
from tipsearch.extract.clean import HYPHEN_MARK
from tipsearch.extract.hyphens import Joined, join_hyphens, mark_hyphens


def marked(word: str) -> str:
    left, _, right = word.rpartition("-")
    return f"{left}{HYPHEN_MARK}{right}"


@pytest.mark.parametrize(
    ("broken", "elsewhere", "whole"),
    [
        ("com-pile", "they compile lists", "compile"),
        ("Com-pile", "they (COMPILE) lists", "Compile"),
        ("gender-responsive", "Gender-responsive policing,", "gender-responsive"),
        ("long-term", "a longterm, a long-term plan", "longterm"),
        ("COVID-19", "nothing alike", "COVID-19"),
        ("state-of-the-art", "nothing alike", "state-of-the-art"),
        ("Anglo-Dutch", "nothing alike", "Anglo-Dutch"),
        ("http://a.example/labour-law", "the labourlaw", "http://a.example/labour-law"),
        ("user@labour-law.example", "the labourlaw", "user@labour-law.example"),
    ],
)
def test_parted_word_is_joined_as_the_document_writes_it_elsewhere(
    broken: str, elsewhere: str, whole: str
) -> None:
    pages = join_hyphens([f"He said “{marked(broken)}” twice.", elsewhere])
    assert pages == [Joined(f"He said “{whole}” twice."), Joined(elsewhere)]


def test_part_of_a_longer_word_is_no_evidence() -> None:
    [page, _] = join_hyphens([f"the {marked('com-pile')} of", "decompiled com-piled com-pile-d"])
    assert page == Joined("the compile of", (7,))


@pytest.mark.parametrize("broken", ["traf-ficking", "TRAFFIC-KING", "госу-дарства"])
def test_word_that_occurs_nowhere_else_is_joined_and_its_place_noted(broken: str) -> None:
    [page] = join_hyphens([f"A, {marked(broken)} of"])
    assert page.text == f"A, {broken.replace('-', '')} of"
    assert [page.text[:at] for at in page.breaks] == ["A, " + broken.partition("-")[0]]


def test_word_parted_twice_is_judged_as_a_whole() -> None:
    [page] = join_hyphens([f"im{HYPHEN_MARK}ple{HYPHEN_MARK}ment, implement implementation"])
    assert page.text == "implement, implement implementation"


def test_document_whose_lines_end_in_own_hyphens_only_keeps_unknown_ones() -> None:
    pages = join_hyphens(
        [f"a {marked('self-employed')} man, a {marked('debt-ridden')} man", "the self-employed"]
    )
    assert pages[0] == Joined("a self-employed man, a debt-ridden man")


def test_document_that_hardly_ever_parts_words_keeps_its_hyphens() -> None:
    assert join_hyphens([f"a {marked('debt-ridden')} man", "word " * 2_000])[0] == Joined("a debt-ridden man")


def test_document_that_parts_words_loses_unknown_hyphens() -> None:
    [page] = join_hyphens([f"they {marked('com-pile')} and compile {marked('traf-ficking')} data"])
    assert page == Joined("they compile and compile trafficking data", (29,))


def test_word_that_goes_on_on_the_next_page_is_whole_on_the_first() -> None:
    pages = join_hyphens([f"the compilation and compi{HYPHEN_MARK}", "lation, of lists"])
    assert [page.text for page in pages] == ["the compilation and compilation,", "of lists"]


@pytest.mark.parametrize("after", ["Findings of the study", "2 findings", f"{HYPHEN_MARK}end"])
def test_hyphen_before_what_is_no_rest_of_a_word_stays_a_hyphen(after: str) -> None:
    assert join_hyphens([f"anti{HYPHEN_MARK}", after])[0] == Joined("anti-")


def test_long_documents_are_judged_like_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        f"They {marked('com-pile')} “{marked('long-term')}” {marked('traf-ficking')}",
        "(compile) a long-term/plan",
    ]
    short = join_hyphens(texts)
    monkeypatch.setattr(hyphens, "_MOST_LETTERS_SEARCHED", 0)
    assert join_hyphens(texts) == short


@given(st.lists(st.text(st.sampled_from(f"ab-A1 \n.{HYPHEN_MARK}"), max_size=30), max_size=4))
def test_no_mark_survives_and_nothing_else_changes(pages: list[str]) -> None:
    joined = join_hyphens(pages)
    assert not any(HYPHEN_MARK in page.text for page in joined)
    letters = "".join("".join(page.text for page in joined).replace("-", "").split())
    assert letters == "".join("".join(pages).replace(HYPHEN_MARK, "").replace("-", "").split())


@given(st.lists(st.text(st.sampled_from(f"ab é\n,{HYPHEN_MARK}"), max_size=30), max_size=4))
def test_a_noted_place_lies_within_a_word(pages: list[str]) -> None:
    for page in join_hyphens(pages):
        assert list(page.breaks) == sorted(set(page.breaks))
        assert all(page.text[at - 1].isalpha() and page.text[at].isalpha() for at in page.breaks)


@pytest.mark.parametrize("hyphen", ["-", "\xad", "\u2010"])
def test_hyphens_with_a_line_break_are_marked_between_letters_only(hyphen: str) -> None:
    text = f"traf{hyphen}\nficking, 2019{hyphen}\n2020 {hyphen}\nend"
    assert mark_hyphens(text) == text.replace(f"f{hyphen}\n", f"f{HYPHEN_MARK}")
