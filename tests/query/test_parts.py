"""The parts of a query, and what is left without each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chance import examples
from tipsearch.query import Parsed, parse, read
from tipsearch.query.nodes import And, Node, Not, OnPage, Or, Word, leaves
from tipsearch.query.parts import MAX_PARTS
from tipsearch.query.render import Renderer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.query import Part

CLAUSES = st.sampled_from(
    [
        *(
            "debt",
            "fishing",
            "the",
            "of",
            "de",
            "la",
            "WHO",
            "женщин",
            "强迫劳动",
            "法",
            "노동",
            "العمل",
            "नेपाली",
        ),
        *(
            "COVID-19",
            "l'exploitation",
            "child's",
            "a:b",
            "U.S.",
            "either/or",
            "C*",
            "*tion",
            "nepal~",
            "nepal~2",
        ),
        *('"debt bondage"', '"debt bondage"~3', '"the"', '"强迫 劳动"', "traff*", "wom?n", "lab*r", "强迫*"),
        *(
            "title:debt",
            "title:the",
            'author:"Kevin Bales"',
            "publisher:ILO",
            "title:(debt OR fees)",
            "author:(a b)",
        ),
        *(
            "region:africa",
            'region:"south asia"',
            "lang:(fr OR es)",
            "year:2015..2020",
            "year:unknown",
            "type:a,b",
        ),
        *(
            "page:12",
            "page:1..20",
            "page:>=5",
            "page:..9",
            "page:debt",
            "page:(debt fees)",
            'page:"debt bondage"',
        ),
        *("page:(12 OR debt)", "page:(debt -sport)", "-page:debt", "-region:asia", "AND", "OR"),
        *(
            "-debt",
            "-the",
            '-"debt bondage"',
            "NOT fishing",
            "-(debt fees)",
            "-(debt OR fees)",
            "-title:debt",
        ),
        *("(debt OR fees)", "(debt fees)", "(debt AND fees)", "(the OR of)", "(debt AND (fees OR loans))"),
        *("(debt OR NOT fees)", "((debt fees) OR loans)", "(-debt)", "-(-debt)", "(debt OR (fees OR loans))"),
    ]
)
JOINTS = st.sampled_from([" ", " ", " ", " AND ", " OR ", " OR NOT ", " AND NOT "])


@st.composite
def queries(draw: st.DrawFn) -> str:
    text = draw(CLAUSES)
    for _ in range(draw(st.integers(0, 6))):
        text += draw(JOINTS) + draw(CLAUSES)
    return text


TEXTS = st.one_of(
    queries(),
    st.text(max_size=40),
    st.text("ab12 \"()*?~-:.'ANDORT،ش强", max_size=40),
)
MATCHES = st.sampled_from(["all", "any"])


def same(one: Parsed, other: Parsed) -> bool:
    return (one.node, one.filters) == (other.node, other.filters)


def flat(nodes: Sequence[Node]) -> Node:
    """The nodes as a tree, each but words once, brackets within brackets of the same kind opened."""
    every = [each for node in nodes for each in (node.children if isinstance(node, And) else (node,))]
    opened = tuple(each for at, each in enumerate(every) if isinstance(each, Word) or each not in every[:at])
    return opened[0] if len(opened) == 1 and not isinstance(opened[0], Not) else And(opened)


def trees_without_one(node: Node) -> list[Node]:
    """The trees that are left without one part each: a clause, or one of the alternatives where these are all there is."""
    clauses = node.children if isinstance(node, And) else (node,)
    wanted = [one for one in clauses if not isinstance(one, Not | OnPage)]
    found = []
    for place, clause in enumerate(clauses):
        before, behind = clauses[:place], clauses[place + 1 :]
        if isinstance(clause, Or) and len(wanted) == 1:
            for at in range(len(clause.children)):
                left = clause.children[:at] + clause.children[at + 1 :]
                found.append(flat([*before, left[0] if len(left) == 1 else Or(left), *behind]))
        else:
            found.append(flat([*before, *behind]))
    return found


@settings(max_examples=examples(300))
@given(TEXTS, MATCHES)
@example('0"ぁ\u00ad0', "all")
@example('"了\u0301a" b', "any")
@example("a\u0e31b c", "all")
@example('"人 人口"', "all")
def test_a_query_written_anew_is_read_as_before(text: str, match: str) -> None:
    parsed = parse(text, match=match)
    again = Renderer(match, parsed.typed).query(parsed.node, parsed.filters)
    assert same(parse(again, match=match), parsed), again
    assert parse(again, match=match).remarks == ()


@settings(max_examples=examples(300))
@given(TEXTS.filter(lambda text: "page:" not in text), MATCHES)
@example('0"ぁ\u00ad0', "all")
@example('"了\u0301a" b', "any")
@example("a\u0e31b c", "all")
@example('"人 人口"', "all")
def test_without_a_part_everything_else_is_left(text: str, match: str) -> None:
    parsed = parse(text, match=match)
    parts = read(parsed).parts
    trees = trees_without_one(parsed.node)
    assert len(parts) == min(len(trees) + len(parsed.filters), MAX_PARTS)
    for place, part in enumerate(parts):
        assert part.without is not None
        left = parse(part.without, match=match)
        assert left.node == (trees[place] if place < len(trees) else parsed.node)
        kept = list(parsed.filters)
        del kept[place - len(trees) if place >= len(trees) else len(kept) :]
        if place >= len(trees):
            kept += parsed.filters[place - len(trees) + 1 :]
        assert left.filters == tuple(kept)


@settings(max_examples=examples(300))
@given(queries(), MATCHES)
def test_taking_part_after_part_away_ends_with_everything(text: str, match: str) -> None:
    parsed = parse(text, match=match)
    for _ in range(80):
        parts = read(parsed).parts
        if not parts:
            break
        assert parts[0].without is not None
        left = parse(parts[0].without, match=match)
        fewer = Counter(every_leaf(left.node)) <= Counter(every_leaf(parsed.node))
        assert fewer
        assert not same(left, parsed)
        parsed = left
    assert parsed.node == And()
    assert parsed.filters == ()


def every_leaf(node: Node) -> list[Node]:
    return [*leaves(node), *leaves(node, negated=True)]


def parts_of(text: str, match: str = "all") -> list[tuple[str, str, str | None]]:
    return [(part.words, part.kind, part.without) for part in read(parse(text, match=match)).parts]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("debt", [("“debt”", "word", "")]),
        (
            "COVID-19 traff* -sport region:asia",
            [
                ("the phrase “COVID 19”", "phrase", "traff* -sport region:asia"),
                ("words beginning with “traff”", "prefix", "COVID-19 -sport region:asia"),
                ("without “sport”", "excluded", "COVID-19 traff* region:asia"),
                ("region: asia", "filter", "COVID-19 traff* -sport"),
            ],
        ),
        ("debt OR fees", [("“debt”", "word", "fees"), ("“fees”", "word", "debt")]),
        (
            "(debt OR fees) title:nepal",
            [("“debt” or “fees”", "group", "title:nepal"), ("“nepal” in title", "field", "debt OR fees")],
        ),
        (
            "debt fees page:1..20",
            [
                ("“debt”", "word", "fees page:1..20"),
                ("“fees”", "word", "debt page:1..20"),
                ("on one of pages 1 to 20", "page", "debt fees"),
            ],
        ),
        ("debt page:3", [("“debt”", "word", ""), ("on page 3", "page", "debt")]),
        (
            "kafala page:(debt fees)",
            [
                ("“kafala”", "word", "page:(debt AND fees)"),
                ("on one page: “debt” and “fees”", "page", "kafala"),
            ],
        ),
        ("lang:fr lang:es", [("language: fr", "filter", "lang:es"), ("language: es", "filter", "lang:fr")]),
    ],
)
def test_parts_are_told_in_words(text: str, parts: list[tuple[str, str, str]]) -> None:
    assert parts_of(text) == parts


def test_words_that_would_be_stop_words_beside_the_rest_are_joined_by_an_operator() -> None:
    assert [part.without for part in read(parse("debt AND the AND fees")).parts] == [
        "the AND fees",
        "debt fees",
        "debt AND the",
    ]


def test_filters_that_did_not_count_are_no_parts() -> None:
    reading = read(parse("debt region:NP region:atlantis"), labels={("region", "NP"): "Nepal"})
    assert reading.words == "“debt”; region: Nepal"
    assert [part.words for part in reading.parts] == ["“debt”", "region: Nepal"]
    assert [part.without for part in reading.parts] == ["region:NP", "debt"]


def test_a_rest_too_long_to_be_typed_is_not_offered() -> None:
    many = " ".join(f"{'title:x author:y' if n % 2 else 'z'}{n:029}" for n in range(40))
    fields = " ".join(f"{n:02}{'a' * 40}" for n in range(40))
    parts: Sequence[Part] = read(parse(f"publisher:({fields})")).parts
    assert {part.without for part in parts} == {None}
    assert all(part.without for part in read(parse(many)).parts)
