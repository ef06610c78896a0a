"""Nothing that was typed is lost without a word: signs that stand for nothing, and queries without any word."""

from __future__ import annotations

import pytest

from tipsearch.query import parse
from tipsearch.query.nodes import MATCH_ALL, Word
from tipsearch.query.wording import wording

_NO_WORDS = "the query holds no word to search for; documents are listed as if nothing had been typed"


def _stray(signs: str) -> str:
    return f"signs that stand for nothing here were left out: {signs}"


@pytest.mark.parametrize(
    ("text", "signs"),
    [("😀", "“😀”"), ("*", "“*”"), ("~", "“~”"), ("title:*", "“*”"), ("* 😀 *", "“*”, “😀”")],
)
def test_signs_alone_are_named_and_ask_nothing(text: str, signs: str) -> None:
    parsed = parse(text)
    assert parsed.node == MATCH_ALL
    assert parsed.notices == (_stray(signs),)


@pytest.mark.parametrize("text", ["-", "!!!", "?", '""', "()", "& |"])
def test_a_query_without_a_word_says_so(text: str) -> None:
    assert parse(text).notices == (_NO_WORDS,)


@pytest.mark.parametrize(
    ("text", "signs"), [("trafficking~~~", "“~~~”"), ("trafficking 😀", "“😀”"), ("* trafficking", "“*”")]
)
def test_signs_beside_words_are_named_and_the_words_searched_for(text: str, signs: str) -> None:
    parsed = parse(text)
    assert parsed.node == Word("trafficking")
    assert parsed.notices == (_stray(signs),)


@pytest.mark.parametrize(
    "text",
    [
        "qui paie ?",
        "debt & bondage",
        "Nepal – Qatar",
        "traffick* wom?n recruiter~ recruiter~2",
        '"child labour"~3',
        "region:africa",
        "C++",
        "forced-labour …",
    ],
)
def test_signs_that_are_meant_or_harmless_are_not(text: str) -> None:
    assert not any("stand for nothing" in one or "no word" in one for one in parse(text).notices)


def test_they_are_named_in_the_readers_language() -> None:
    (remark,) = parse("*").remarks
    assert wording("fr").notice(remark).startswith("des signes qui ne veulent rien dire ici")
