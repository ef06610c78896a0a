"""What a tree prefers besides what it asks for: neighbours together, and parts of phrases apart."""

from __future__ import annotations

import pytest

from tipsearch.query import parse
from tipsearch.query.nodes import And, Boost, Node, Or, Phrase, Prefer, Word
from tipsearch.search.proximity import MAX_PREFERRED, PAIR_WEIGHT, PART_WEIGHT, with_proximity


def pair(*words: str) -> Node:
    return Boost(Phrase(words), PAIR_WEIGHT)


def part(word: str) -> Node:
    return Boost(Word(word), PART_WEIGHT)


@pytest.mark.parametrize("match", ["all", "any"])
def test_neighbouring_words_are_preferred_as_phrases(match: str) -> None:
    node = parse("forced labour fishing", match=match).node
    assert with_proximity(node) == Prefer(node, Or((pair("forced", "labour"), pair("labour", "fishing"))))


def test_pairs_reach_across_stop_words_but_not_across_what_is_excluded() -> None:
    node = parse("freedom of movement -camps workers").node
    assert with_proximity(node) == Prefer(node, Or((pair("freedom", "movement"),)))


def test_parts_of_a_run_are_preferred_as_words() -> None:
    node = parse("fault-tolerant systems", match="any").node
    assert with_proximity(node) == Prefer(node, Or((part("fault"), part("tolerant"))))


def test_stop_words_are_no_parts() -> None:
    node = parse('"state of the art" kilns').node
    assert with_proximity(node) == Prefer(node, Or((part("state"), part("art"))))


def test_words_of_a_topics_name_are_neighbours_although_it_has_other_names() -> None:
    name = Or((And((Word("forced"), Word("labour"))), Boost(Phrase(("trabajo", "forzoso")), 0.3)))
    node = And((Word("fishing"), name))
    better = Or((pair("fishing", "forced"), pair("forced", "labour")))
    assert with_proximity(node) == Prefer(node, better)


@pytest.mark.parametrize(
    "text", ["labour", '"forced labour"', "title:forced author:smith", "labour OR -camps", "", "强迫劳动"]
)
def test_nothing_is_preferred_where_nothing_stands_side_by_side(text: str) -> None:
    node = parse(text).node
    assert with_proximity(node) == node


def test_long_queries_prefer_no_more_than_allowed() -> None:
    node = parse(" ".join(f"word{number}" for number in range(60))).node
    preferred = with_proximity(node)
    assert isinstance(preferred, Prefer)
    assert isinstance(preferred.better, Or)
    assert len(preferred.better.children) == MAX_PREFERRED
