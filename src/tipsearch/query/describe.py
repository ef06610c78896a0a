"""A query's tree in English words, so that people can see how they were understood."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tipsearch.analysis import has_unspaced_script
from tipsearch.query.nodes import (
    And,
    Boost,
    Fuzzy,
    Node,
    Not,
    OnPage,
    Or,
    Phrase,
    Prefer,
    Prefix,
    Wildcard,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Facets whose name alone doesn't say what they are.
_CALLED = {
    "origin": "country of origin",
    "transit": "country of transit",
    "destination": "country of destination",
    "form": "form of exploitation",
}


def describe(node: Node, filters: Sequence[tuple[str, str]] = ()) -> str:
    """The query in words: ``“forced” and the phrase “child labour”, without “sport”; region: africa or asia``."""
    grouped: dict[str, list[str]] = {}
    for facet, value in filters:
        grouped.setdefault(facet, []).append(value)
    return "; ".join(
        (
            _words(node),
            *(f"{_CALLED.get(facet, facet)}: {' or '.join(values)}" for facet, values in grouped.items()),
        )
    )


def _words(node: Node) -> str:
    match node:
        case And(children):
            return _all(children)
        case Or(children):
            return " or ".join(map(_grouped, children)) or "nothing"
        case Not(child):
            return f"everything without {_grouped(child)}"
        case Boost(child) | Prefer(child):
            return _words(child)
        case OnPage(child, first, last):
            return f"on {_pages(first, last)}: {_grouped(child)}"
        case _:
            return _leaf(node) + (f" in {node.field}" if node.field else "")


def _leaf(leaf: Word | Phrase | Prefix | Wildcard | Fuzzy) -> str:
    match leaf:
        case Word(text):
            return f"“{text}”"
        case Phrase(words, slop):
            between = f" with up to {slop} other word{'s' * (slop > 1)} between" if slop else ""
            return f"the phrase “{_joined(words)}”{between}"
        case Prefix(text):
            return f"words beginning with “{text}”"
        case Wildcard(pattern):
            return f"words like “{pattern}”"
        case Fuzzy(text, distance):
            return f"words at most {distance} typing error{'s' * (distance > 1)} from “{text}”"


def _pages(first: int | None, last: int | None) -> str:
    if first is None and last is None:
        return "one page"
    if first == last:
        return f"page {first}"
    return f"one of pages {first or 1} {'and later' if last is None else f'to {last}'}"


def _joined(words: Sequence[str]) -> str:
    """A phrase as it was typed: pairs of characters that overlap are drawn together again."""
    text = words[0]
    for before, word in pairwise(words):
        overlap = next((n for n in range(len(word) - 1, 0, -1) if before.endswith(word[:n])), 0)
        pairs = overlap > 0 and has_unspaced_script(before) and has_unspaced_script(word)
        text += word[overlap:] if pairs else f" {word}"
    return text


def _all(children: Sequence[Node]) -> str:
    wanted = " and ".join(_grouped(child) for child in children if not isinstance(child, Not))
    excluded = " or ".join(_grouped(child.child) for child in children if isinstance(child, Not))
    if not excluded:
        return wanted or "everything"
    return f"{wanted}, without {excluded}" if wanted else f"everything without {excluded}"


def _grouped(node: Node) -> str:
    compound = isinstance(node, And | Or) and len(node.children) > 1
    return f"({_words(node)})" if compound else _words(node)
