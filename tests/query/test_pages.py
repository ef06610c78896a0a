"""``page:``: where on its pages a document must have the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.query import parse
from tipsearch.query.nodes import MATCH_ALL, And, Node, Not, OnPage, Or, Phrase, Prefix, Word
from tipsearch.query.pages import both, format_pages, parse_pages

DEBT, FEES, SPORT = Word("debt"), Word("fees"), Word("sport")


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("12", (12, 12)),
        ("1..20", (1, 20)),
        ("20..1", (1, 20)),
        ("1-20", (1, 20)),
        ("3–4", (3, 4)),
        ("5..", (5, None)),
        ("..3", (None, 3)),
        (">=5", (5, None)),
        (">5", (6, None)),
        ("<=5", (None, 5)),
        ("<5", (None, 4)),
        ("٥", (5, 5)),
        ("..", None),
        ("debt", None),
        ("12a", None),
        ("1234567", None),
        ("", None),
    ],
)
def test_ranges_of_pages_are_read(text: str, pages: tuple[int | None, int | None] | None) -> None:
    assert parse_pages(text) == pages


_NUMBERS = st.integers(1, 30)
RANGES: st.SearchStrategy[tuple[int | None, int | None]] = st.one_of(
    st.tuples(_NUMBERS, _NUMBERS).map(lambda ends: (min(ends), max(ends))),
    st.tuples(_NUMBERS, st.none()),
    st.tuples(st.none(), _NUMBERS),
)


@given(RANGES)
def test_a_range_survives_being_written(pages: tuple[int | None, int | None]) -> None:
    assert parse_pages(format_pages(*pages)) == pages


@given(RANGES, RANGES, st.integers(1, 40))
def test_pages_in_both_ranges_are_in_their_common_one(
    one: tuple[int | None, int | None], other: tuple[int | None, int | None], page: int
) -> None:
    def holds(pages: tuple[int | None, int | None] | None) -> bool:
        return pages is not None and (pages[0] or 1) <= page <= (pages[1] or 99)

    assert holds(both(one, other)) == (holds(one) and holds(other))


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("debt page:12", OnPage(DEBT, 12, 12)),
        ("page:1..20 debt fees", OnPage(And((DEBT, FEES)), 1, 20)),
        ("debt OR fees page:>=5", OnPage(Or((DEBT, FEES)), 5, None)),
        ("debt page:..3 page:2..9", OnPage(DEBT, 2, 3)),
        ("debt page:0..3", OnPage(DEBT, None, 3)),
        (
            "debt title:nepal -sport page:3",
            And((OnPage(DEBT, 3, 3), Word("nepal", "title"), Not(SPORT))),
        ),
        ("page:debt", OnPage(DEBT)),
        ('page:"debt bondage"', OnPage(Phrase(("debt", "bondage")))),
        ("page:traff*", OnPage(Prefix("traff"))),
        ("page:(debt fees)", OnPage(And((DEBT, FEES)))),
        ("page:(debt OR fees)", OnPage(Or((DEBT, FEES)))),
        ("page:(debt -sport)", OnPage(And((DEBT, Not(SPORT))))),
        ("page:(article 12)", OnPage(And((Word("article"), Word("12"))))),
        ("sport page:(debt fees)", And((SPORT, OnPage(And((DEBT, FEES)))))),
        ("sport AND page:(debt fees)", And((SPORT, OnPage(And((DEBT, FEES)))))),
        ("page:debt page:fees", And((OnPage(DEBT), OnPage(FEES)))),
        ("sport page:(debt fees) page:2", And((OnPage(SPORT, 2, 2), OnPage(And((DEBT, FEES)), 2, 2)))),
        ("page:(debt page:(fees))", OnPage(And((DEBT, FEES)))),
        ("Page:Debt", OnPage(Word("Debt"))),
        ("page: debt", And((Word("page"), DEBT))),
    ],
)
def test_conditions_on_pages(text: str, node: Node) -> None:
    parsed = parse(text)
    assert parsed.node == node
    assert parsed.notices == ()


def test_with_any_of_the_words_conditions_still_hold_for_the_whole_query() -> None:
    assert parse("debt fees page:3", match="any").node == OnPage(Or((DEBT, FEES)), 3, 3)
    assert parse("sport page:debt fees", match="any").node == And((Or((SPORT, FEES)), OnPage(DEBT)))


@pytest.mark.parametrize(
    ("text", "node", "key"),
    [
        ("page:12", MATCH_ALL, "page_alone"),
        ("title:debt page:12", Word("debt", "title"), "page_alone"),
        ("debt page:0", DEBT, "no_page"),
        ("debt page:<1", DEBT, "no_page"),
        ("debt page:1..3 page:7", OnPage(DEBT, 1, 3), "pages_apart"),
        ("debt OR page:12", DEBT, "only_whole"),
        ("debt -page:12", DEBT, "only_whole"),
        ("debt -page:(fees sport)", DEBT, "only_whole"),
        ("page:(debt title:fees)", OnPage(DEBT), "not_of_page"),
        ("page:(debt region:asia)", OnPage(DEBT), "not_of_page"),
    ],
)
def test_conditions_that_cannot_be_kept_are_left_out_with_a_notice(text: str, node: Node, key: str) -> None:
    parsed = parse(text)
    assert parsed.node == node
    assert [remark.key for remark in parsed.remarks] == [key]
    assert parsed.filters == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("debt page:12", "on page 12: “debt”"),
        ("debt fees page:1..20", "on one of pages 1 to 20: “debt” and “fees”"),
        ("debt page:..3", "on one of pages 1 to 3: “debt”"),
        ("debt page:5..", "on page 5 or later: “debt”"),
        ("page:(debt fees)", "on one page: “debt” and “fees”"),
        ("sport page:(debt fees)", "“sport” and (on one page: “debt” and “fees”)"),
    ],
)
def test_conditions_on_pages_are_told_in_words(text: str, words: str) -> None:
    assert parse(text).words == words
