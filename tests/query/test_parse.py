"""How typed queries are read."""

from __future__ import annotations

import pytest

from tipsearch.query import parse
from tipsearch.query.nodes import MATCH_ALL, And, Fuzzy, Node, Not, Or, Phrase, Prefix, Wildcard, Word

FORCED, LABOUR, SPORT = Word("forced"), Word("labour"), Word("sport")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", MATCH_ALL),
        ("   ", MATCH_ALL),
        ("*", MATCH_ALL),
        ("forced", FORCED),
        ("forced labour", And((FORCED, LABOUR))),
        ("forced AND labour", And((FORCED, LABOUR))),
        ("forced OR labour", Or((FORCED, LABOUR))),
        ("forced or labour", And((FORCED, LABOUR))),
        ("forced OR labour sport", And((Or((FORCED, LABOUR)), SPORT))),
        ("forced AND labour OR sport", Or((And((FORCED, LABOUR)), SPORT))),
        ("forced (labour OR sport)", And((FORCED, Or((LABOUR, SPORT))))),
        ("forced -sport", And((FORCED, Not(SPORT)))),
        ("forced NOT sport", And((FORCED, Not(SPORT)))),
        ("forced AND NOT sport", And((FORCED, Not(SPORT)))),
        ("forced -(labour OR sport)", And((FORCED, Not(Or((LABOUR, SPORT)))))),
        ("-sport", And((Not(SPORT),))),
        ("NOT sport", And((Not(SPORT),))),
        ("-sport -labour", And((Not(SPORT), Not(LABOUR)))),
        ("(forced)", FORCED),
        ("forced,labour;", Phrase(("forced", "labour"))),
        ("Forced  labour?", And((Word("Forced"), LABOUR))),
    ],
)
def test_operators(text: str, node: Node) -> None:
    assert parse(text).node == node


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("forced labour", Or((FORCED, LABOUR))),
        ("forced labour -sport", And((Or((FORCED, LABOUR)), Not(SPORT)))),
        ("forced", FORCED),
        ("-sport", And((Not(SPORT),))),
        ("forced AND labour sport", Or((And((FORCED, LABOUR)), SPORT))),
    ],
)
def test_match_any_joins_words_side_by_side_by_or(text: str, node: Node) -> None:
    assert parse(text, match="any").node == node


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ('"forced labour"', Phrase(("forced", "labour"))),
        ("“forced labour”", Phrase(("forced", "labour"))),
        ("«travail forcé»", Phrase(("travail", "forcé"))),
        ('"forced labour"~1', Phrase(("forced", "labour"), 1)),
        ('"forced labour"~3 sport', And((Phrase(("forced", "labour"), 3), SPORT))),
        ('"forced labour"~10', Phrase(("forced", "labour"), 10)),
        ('"forced labour", sport', And((Phrase(("forced", "labour")), SPORT))),
        ('"forced labour"sport', And((Phrase(("forced", "labour")), SPORT))),
        ('"forced"', Phrase(("forced",))),
        ('"the forced"', Phrase(("the", "forced"))),
        ('""', MATCH_ALL),
        ('"..."', MATCH_ALL),
        ('-"forced labour"', And((Not(Phrase(("forced", "labour"))),))),
        ('"forced AND labour"', Phrase(("forced", "AND", "labour"))),
    ],
)
def test_quotation_marks_make_phrases(text: str, node: Node) -> None:
    assert parse(text).node == node


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("forced-labour", Phrase(("forced", "labour"))),
        ("COVID-19", Phrase(("COVID", "19"))),
        ("either/or", Phrase(("either", "or"))),
        ("U.S.", Phrase(("U", "S"))),
        ("l'exploitation", Word("exploitation")),
        ("L’Exploitation", Word("Exploitation")),
        ("dell'uomo", Word("uomo")),
        ("child's", Word("child")),
        ("强迫劳动", Phrase(("强迫", "迫劳", "劳动"))),
        ("强迫", Word("强迫")),
        ("法", Prefix("法")),
        ("foo:bar", And((Word("foo"), Word("bar")))),
        ("title: forced", And((Word("title"), FORCED))),
    ],
)
def test_a_run_of_characters_is_read_by_its_words(text: str, node: Node) -> None:
    assert parse(text).node == node


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("traff*", Prefix("traff")),
        ("tr*", Prefix("tr")),
        ("wom?n", Wildcard("wom?n")),
        ("labo*r", Wildcard("labo*r")),
        ("trafiking~", Fuzzy("trafiking", 1)),
        ("trafiking~2", Fuzzy("trafiking", 2)),
        ("title:traff*", Prefix("traff", "title")),
        ("नेपाली~", Fuzzy("नेपाली", 1)),
        ("traff* -labo?rs", And((Prefix("traff"), Not(Wildcard("labo?rs"))))),
        ("what is this?", And((Word("what"), Word("is"), Word("this")))),
    ],
)
def test_patterns(text: str, node: Node) -> None:
    assert parse(text).node == node
    assert parse(text).notices == ()


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("C*", Word("C")),
        ("wo?an", And((Word("wo"), Word("an")))),
        ("*tion", Word("tion")),
        ("forced-lab*", And((Phrase(("forced", "lab")),)).children[0]),
        ("bad~", Word("bad")),
        ("trafiking~7", Fuzzy("trafiking", 2)),
        ('"a b"~50', Phrase(("a", "b"), 10)),
    ],
)
def test_patterns_beyond_the_limits_are_taken_as_words_and_said_so(text: str, node: Node) -> None:
    parsed = parse(text)
    assert parsed.node == node
    assert len(parsed.notices) == 1


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("title:labour", Word("labour", "title")),
        ("TITLE:labour", Word("labour", "title")),
        ("author:Bales publisher:ILO", And((Word("Bales", "author"), Word("ILO", "publisher")))),
        ('title:"forced labour"', Phrase(("forced", "labour"), field="title")),
        ("title:(forced OR labour)", Or((Word("forced", "title"), Word("labour", "title")))),
        ("-title:labour", And((Not(Word("labour", "title")),))),
        ("subtitle:labour", And((Word("subtitle"), LABOUR))),
    ],
)
def test_fields_restrict_what_follows_directly(text: str, node: Node) -> None:
    assert parse(text).node == node


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("region:africa", (("region", "africa"),)),
        ("lang:es language:fr", (("language", "es"), ("language", "fr"))),
        ("topic:forced-labour type:guidance", (("topic", "forced-labour"), ("type", "guidance"))),
        ('region:"south asia"', (("region", "south asia"),)),
        ("region:(africa OR asia)", (("region", "africa"), ("region", "asia"))),
        ("region:africa region:africa", (("region", "africa"),)),
        ("year:2015", (("year", "2015"),)),
        ("year:2015..2020", (("year", "2015..2020"),)),
        ("year:2015-2020", (("year", "2015..2020"),)),
        ("year:>=2018", (("year", "2018.."),)),
        ("year:<2018", (("year", "..2017"),)),
        ("year:Unknown", (("year", "unknown"),)),
        ("year:(2015 OR undated)", (("year", "2015"), ("year", "unknown"))),
        ("origin:NP DESTINATION:qatar", (("origin", "NP"), ("destination", "qatar"))),
        ("form:debt-bondage sector:fishing", (("form", "debt-bondage"), ("sector", "fishing"))),
    ],
)
def test_facets_become_filters(text: str, filters: tuple[tuple[str, str], ...]) -> None:
    parsed = parse(f"forced {text} labour")
    assert parsed.filters == filters
    assert parsed.node == And((FORCED, LABOUR))
    assert parsed.notices == ()


def test_filters_count_for_the_whole_query_also_with_match_any() -> None:
    parsed = parse("forced region:africa labour", match="any")
    assert parsed.filters == (("region", "africa"),)
    assert parsed.node == Or((FORCED, LABOUR))


@pytest.mark.parametrize("text", ["-region:africa", "forced OR region:africa", "region:afr*", "year:soon"])
def test_filters_that_cannot_be_kept_are_left_out_with_a_notice(text: str) -> None:
    parsed = parse(text)
    assert parsed.filters == ()
    assert len(parsed.notices) == 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("the rights of the child", ["rights", "child"]),
        ("trata de personas", ["trata", "personas"]),
        ("traite des êtres humains", ["traite", "êtres", "humains"]),
        ("العمل القسري في العالم", ["العمل", "القسري", "العالم"]),
        ("WHO in the world", ["WHO", "world"]),
        ("estados unidos", ["estados", "unidos"]),
        ("women die", ["women", "die"]),
        ("to be or not to be", ["to", "be", "or", "not", "to", "be"]),
        ("the", ["the"]),
        ("THE RIGHTS", ["RIGHTS"]),
    ],
)
def test_stop_words_are_left_out_if_others_remain(text: str, kept: list[str]) -> None:
    parsed = parse(text)
    words = (parsed.node,) if isinstance(parsed.node, Word) else getattr(parsed.node, "children", ())
    assert [word.text for word in words if isinstance(word, Word)] == kept
    assert bool(parsed.notices) == (len(kept) < len(text.split()))


def test_stop_words_are_kept_where_they_were_asked_for() -> None:
    assert parse("forced AND the").node == And((FORCED, Word("the")))
    assert parse("title:the forced").node == And((Word("the", "title"), FORCED))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "everything"),
        ("-sport", "everything without “sport”"),
        ("forced labour -sport", "“forced” and “labour”, without “sport”"),
        ("forced OR labour", "“forced” or “labour”"),
        ("sport (forced OR labour)", "“sport” and (“forced” or “labour”)"),
        ('title:"child labour"~2', "the phrase “child labour” with up to 2 other words between in title"),
        ("强迫劳动", "the phrase “强迫劳动”"),
        (
            "traff* labo*r trafiking~",
            "words beginning with “traff” and words like “labo*r” and words at most 1 typing error from “trafiking”",
        ),
        ("forced region:asia region:africa year:2015", "“forced”; region: asia or africa; year: 2015"),
        (
            "origin:nepal destination:qatar year:unknown",
            "everything; country of origin: nepal; country of destination: qatar; year: unknown",
        ),
    ],
)
def test_the_reading_is_told_in_words(text: str, words: str) -> None:
    assert parse(text).words == words


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("*trafficking", "leading_sign"),
        ("?ord", "leading_sign"),
        ("title:*trafficking", "leading_sign"),
        ("C*", "short_pattern"),
        ('"forced lab*"', "quoted_pattern"),
        ('"wom?n and work"', "quoted_pattern"),
    ],
)
def test_signs_that_cannot_be_followed_are_named(text: str, key: str) -> None:
    (remark,) = parse(text).remarks
    assert remark.key == key


def test_a_question_between_quotation_marks_is_no_pattern() -> None:
    assert parse('"who pays? the worker"').notices == ()


def test_a_notice_of_a_leading_sign_says_what_is_searched_for_and_what_to_do() -> None:
    (notice,) = parse("*trafficking").notices
    assert "“*trafficking”" in notice
    assert "plain words" in notice
    assert "traffick*" in notice


def test_phrases_with_slop_share_a_budget() -> None:
    parsed = parse(" ".join(f'"a{n} b c"~10' for n in range(40)))
    assert isinstance(parsed.node, And)
    slops = [leaf.slop for leaf in parsed.node.children if isinstance(leaf, Phrase)]
    assert slops[0] == 10
    assert slops[-1] == 0
    assert {remark.key for remark in parsed.remarks} == {"wide_phrase"}


def test_what_is_left_out_of_a_long_query_is_named() -> None:
    (notice,) = parse(" ".join(f"w{n}" for n in range(66))).notices
    assert "“w64”, “w65”" in notice
    (notice,) = parse(f"{'w' * 2_044} xyz the end").notices
    assert "from “the end” on" in notice


def test_marks_of_direction_hide_no_sign() -> None:
    assert parse("\u200ftitle:labour").node == Word("labour", "title")
    assert parse("\ufeff-sport").node == And((Not(SPORT),))
