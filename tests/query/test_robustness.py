"""Whatever is typed has an answer; nothing is unlimited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chance import examples
from tipsearch.query import parse
from tipsearch.query.caps import MAX_CLAUSES, MAX_DEPTH
from tipsearch.query.nodes import (
    And,
    Boost,
    Fuzzy,
    Leaf,
    Node,
    Not,
    OnPage,
    Or,
    Phrase,
    Prefer,
    Prefix,
    Wildcard,
    Word,
    leaves,
)
from tipsearch.query.slop import MAX_SLOP
from tipsearch.query.trees import depth_of

if TYPE_CHECKING:
    from tipsearch.query import Parsed

#: The signs of the language, words, and trouble, joined with and without spaces.
PIECES = st.sampled_from(
    [
        *"()\"~*?-+:^/\\[]{}<>=&|!'’“”_.,;",
        " ",
        "  ",
        "AND",
        "OR",
        "NOT",
        " AND ",
        " OR ",
        " NOT ",
        "title:",
        "region:",
        "year:",
        "lang:(",
        "year:>=2018",
        "2015..2020",
        "the",
        "de",
        "labour",
        "traff*",
        "wom?n",
        "mispelt~2",
        '"a b"~9',
        "C*",
        "强迫劳动",
        "노동",
        "ค้า",
        "العمل",
        "l'",
        "é",
        "\x00",
        "\ud800",
        "😀",
        "\u200d",
        "\n",
        "\u0301",
        "a" * 300,
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))


def check(parsed: Parsed) -> None:
    """The promises that hold for every query."""
    wanted, excluded = list(leaves(parsed.node)), list(leaves(parsed.node, negated=True))
    assert len(wanted) + len(excluded) <= MAX_CLAUSES
    assert depth_of(parsed.node) <= MAX_DEPTH
    assert parsed.words
    for leaf in wanted + excluded:
        match leaf:
            case Prefix(text):
                assert len(text) >= 2 or not text.isascii()
            case Wildcard(pattern):
                assert len(pattern.replace("?", "*").split("*")[0]) >= 3
            case Fuzzy(text, distance):
                assert len(text) >= 4
                assert distance in {1, 2}
            case Phrase(words, slop):
                assert words
                assert 0 <= slop <= MAX_SLOP
            case Word(text):
                assert text


@settings(max_examples=examples(400))
@given(TEXTS, st.sampled_from(["all", "any"]))
def test_any_text_is_read_within_the_limits(text: str, match: str) -> None:
    check(parse(text, match=match))


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5_000,
        ")" * 5_000,
        "(a OR " * 400,
        "NOT " * 512 + "a",
        "-" * 2_048,
        "- " * 1_024,
        "-(" * 30 + "a" + ")" * 30,
        "-(a -(b " * 12 + "))" * 12,
        '"' * 2_049,
        '"a" ' * 600,
        "a OR " * 500,
        "a AND AND OR b",
        "a:" * 1_000,
        "title:" * 300,
        "(a)" * 700,
        "*" * 2_000,
        "?" * 2_000,
        "~" * 2_000,
        "a" * 5_000,
        "e\u0301" * 3_000,
        "\u0301" * 3_000,
        "a~ b~ " * 400,
        "[2020 TO",
        "{[(\"'",
        "\\",
    ],
)
@pytest.mark.parametrize("match", ["all", "any"])
def test_texts_that_break_parsers_are_read(text: str, match: str) -> None:
    check(parse(text, match=match))


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("a" * 2_049, "longer than 2,048"),
        ("(" * 21 + "sea" + ")" * 21, "nested 20 deep"),
        ("(sea", "bracket without its partner"),
        ("sea)", "bracket without its partner"),
        (")sea(", "bracket without its partner"),
        ('"sea', "quotation mark without its partner"),
        (" ".join(f"w{n}" for n in range(65)), "first 64 words"),
        ("sea AND", "nothing to join"),
        ("NOT NOT sea", "plain words"),
        ("-(a -(b " * 9 + "))" * 9, "plain words"),
    ],
)
def test_what_was_left_out_is_told(text: str, notice: str) -> None:
    assert any(notice in one for one in parse(text).notices)


def test_twenty_levels_of_brackets_are_read_as_such() -> None:
    assert parse("(" * 20 + "sea" + ")" * 20) == parse("sea")


def test_brackets_inside_quotation_marks_are_text() -> None:
    parsed = parse('"a smile :(" sea')
    assert parsed.node == And((Phrase(("a", "smile")), Word("sea")))
    assert parsed.notices == ()


WORDS = st.sampled_from(["bricks", "cocoa", "fishing", "travail", "сахар", "trafico"])
FIELDS = st.sampled_from([None, None, "title", "author"])
LEAVES = st.one_of(
    st.builds(Word, WORDS, FIELDS),
    st.builds(Phrase, st.lists(WORDS, min_size=2, max_size=4).map(tuple), st.integers(0, 4), FIELDS),
    st.builds(Prefix, WORDS, FIELDS),
    st.builds(lambda word, field: Wildcard(f"{word[:4]}*{word[4:]}?x", field), WORDS, FIELDS),
    st.builds(Fuzzy, WORDS, st.integers(1, 2), FIELDS),
)


def _several(children: st.SearchStrategy[Node], kind: type[And | Or]) -> st.SearchStrategy[Node]:
    others = children.filter(lambda node: not isinstance(node, kind))
    return st.lists(others, min_size=2, max_size=3, unique=True).map(lambda nodes: kind(tuple(nodes)))


TREES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda children: st.one_of(
        _several(children, And),
        _several(children, Or),
        children.filter(lambda node: not isinstance(node, Not)).map(Not),
    ),
    max_leaves=12,
)


def render(node: Node) -> str:
    """A tree as somebody could have typed it."""
    match node:
        case And(children):
            return f"({' AND '.join(map(render, children))})"
        case Or(children):
            return f"({' OR '.join(map(render, children))})"
        case Not(child):
            return f"NOT {render(child)}"
        case Boost() | Prefer() | OnPage():
            raise AssertionError(f"{node} can't be typed")
        case _:
            return (f"{node.field}:" if node.field else "") + render_leaf(node)


def render_leaf(leaf: Leaf) -> str:
    match leaf:
        case Phrase(words, slop):
            return f'"{" ".join(words)}"' + (f"~{slop}" if slop else "")
        case Prefix(text):
            return f"{text}*"
        case Fuzzy(text, distance):
            return f"{text}~{distance}"
        case Wildcard(text) | Word(text):
            return text


@given(TREES, st.sampled_from(["all", "any"]))
def test_a_tree_survives_being_typed(tree: Node, match: str) -> None:
    expected = And((tree,)) if isinstance(tree, Not) else tree
    assert parse(render(tree), match=match).node == expected
