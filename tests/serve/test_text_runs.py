from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tipsearch.serve.presenters.text import Run, paragraphs, quotable, reflowed, runs

_spans = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=6)
_plain = st.text(st.sampled_from("ab \n.•1"), max_size=50)


@given(_plain, _spans)
def test_runs_are_the_text_again(text: str, spans: list[tuple[int, int]]) -> None:
    assert "".join(run.text for run in runs(text, spans)) == text


@given(_plain, _spans)
def test_exactly_what_lies_in_a_span_is_marked(text: str, spans: list[tuple[int, int]]) -> None:
    marked = [run.marked for run in runs(text, spans) for _ in run.text]
    assert marked == [any(start <= at < end for start, end in spans) for at in range(len(text))]


@given(_plain, _spans)
def test_paragraphs_lose_nothing_but_space(text: str, spans: list[tuple[int, int]]) -> None:
    shown = "".join(run.text for paragraph in paragraphs(text, spans) for run in paragraph)
    assert shown.split() == text.split() or "".join(shown.split()) == "".join(text.split())


def test_a_page_of_spaces_takes_no_longer_than_one_of_words() -> None:
    """Steps that grow with the square of the length would take minutes here."""
    text = "one" + " " * 500_000 + "two"
    assert paragraphs(text, []) == ((Run(text),),)


def test_a_span_across_paragraphs_is_marked_in_both() -> None:
    assert paragraphs("one two\n\nthree", [(4, 12)]) == (
        (Run("one "), Run("two", marked=True)),
        (Run("thr", marked=True), Run("ee")),
    )


def test_a_short_line_is_a_paragraph_of_its_own() -> None:
    text = "3. Kuwait\nThe law of Kuwait leaves domestic workers out; a later one\nclosed part of that gap."
    assert ["".join(run.text for run in paragraph) for paragraph in paragraphs(text, [])] == [
        "3. Kuwait",
        "The law of Kuwait leaves domestic workers out; a later one closed part of that gap.",
    ]


@given(_plain)
def test_reflowing_moves_no_character(text: str) -> None:
    flowed = reflowed(text)
    assert len(flowed) == len(text)
    assert flowed.replace("\n", " ") == text.replace("\n", " ")


def test_full_lines_flow_into_the_next_and_short_ones_end() -> None:
    text = "A heading\nThis line of running text is a full one\nand goes on in this line here, which\nends."
    assert reflowed(text) == (
        "A heading\nThis line of running text is a full one and goes on in this line here, which ends."
    )


def test_lists_and_tables_of_contents_keep_their_lines() -> None:
    text = "The first item of a list is a long line\n• the second item of a list is long, too\nContents ............................. 12\nAnnex ................................ 34"
    assert reflowed(text) == text


def test_scripts_without_spaces_are_joined_without_one() -> None:
    assert reflowed("人身取引の被害者を保護する\nための国際的な取組について") == (
        "人身取引の被害者を保護する\u200bための国際的な取組について"
    )


def test_a_query_is_told_between_quotation_marks_that_are_not_doubled() -> None:
    typed = ['"debt bondage"', "debt", '"debt" OR "wages"', '"debt bondage"~3', '  "a\n b" ']
    assert [quotable(one) for one in typed] == [
        "debt bondage",
        "debt",
        '"debt" OR "wages"',
        '"debt bondage"~3',
        "a b",
    ]
