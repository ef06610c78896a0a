"""The same typed again counts once, and only so much of a kind counts at all."""

from __future__ import annotations

import pytest

from tipsearch.query import build, parse, read
from tipsearch.query.nodes import Or, Word, leaves
from tipsearch.query.parts import MAX_PARTS


@pytest.mark.parametrize("match", ["all", "any"])
@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("for* " * 64, "for*"),
        ('"debt fees" "debt fees"', '"debt fees"'),
        ("page:(forced labour) " * 32, "page:(forced labour)"),
        ("(debt AND fees) OR (debt AND fees)", "debt AND fees"),
        ("debt -sport -sport", "debt -sport"),
    ],
)
def test_the_same_typed_again_counts_once(text: str, once: str, match: str) -> None:
    assert parse(text, match=match).node == parse(once, match=match).node
    assert parse(text, match=match).remarks == ()


def test_a_word_typed_again_counts_again() -> None:
    assert parse("debt fees debt", match="any").node == Or((Word("debt"), Word("fees"), Word("debt")))


def test_eight_patterns_are_searched_for_and_the_others_named() -> None:
    parsed = parse("debt " + " ".join(f"ab{letter}*" for letter in "cdefghi") + " fees abcde~ abj* abk?x")
    assert len(list(leaves(parsed.node))) == 10
    assert parsed.notices == (
        "only the first 8 patterns and words with typing errors are searched for; left out: “abj*”, “abk?x”",
    )


def test_thirty_two_filters_count_and_the_others_are_named() -> None:
    parsed = parse("debt " + " ".join(f"region:r{n}" for n in range(34)))
    assert len(parsed.filters) == 32
    assert parsed.notices == (
        "only the first 32 filters of the query count; left out: “region:r32”, “region:r33”",
    )


def test_the_first_parts_are_told_one_by_one() -> None:
    assert len(read(parse(" ".join(f"w{n}" for n in range(60)))).parts) == MAX_PARTS == 16


def test_marks_that_nobody_sees_use_up_nothing() -> None:
    assert parse("\u200e" * 9_000 + "debt").node == parse("debt").node
    assert parse("\u200e" * 9_000 + "debt").remarks == ()


def test_whatever_breaks_on_the_way_the_words_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(build.TreeBuilder, "_limited", broken)
    parsed = parse("debt fees")
    assert [leaf.text for leaf in leaves(parsed.node)] == ["debt", "fees"]  # type: ignore[union-attr]  # words
    assert [remark.key for remark in parsed.remarks] == ["unreadable"]
