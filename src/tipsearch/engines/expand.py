"""Prefix, wildcard and fuzzy leaves, replaced by the words of the dictionary that they stand for.

The words come back as one-word phrases, because a phrase is matched on the word itself: ``polic*`` must not bring the
stem-mates of *police* along. As words they rank, and the highlighter can mark them.
"""

from __future__ import annotations

import fnmatch
import re
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tipsearch.analysis import fold
from tipsearch.query.nodes import (
    MATCH_NONE,
    Boost,
    Fuzzy,
    Leaf,
    Node,
    Or,
    Phrase,
    Prefix,
    Wildcard,
    children_of,
    with_children,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    #: Words of a field (None: title and text) that begin so, with document counts, most frequent first.
    Dictionary: TypeAlias = Callable[[str | None, str], Iterable[tuple[str, int]]]

#: Words that the prefixes, wildcards and fuzzy words of a query may stand for together, each for an equal share; the most
#: frequent ones are taken. Ten times as many take a second of the processor.
MAX_EXPANSIONS = 1_000
#: Weight of a word at one and at two typing errors, beside 1 for the word as typed.
_FUZZY_BOOST = {1: 0.5, 2: 0.25}
#: Stands, as the last alternative, for words that were cut off. It finds nothing.
_REST = MATCH_NONE
_LITERAL = re.compile(r"[^*?]*")


def expand(node: Node, dictionary: Dictionary, most: int | None = None) -> Node:
    """The tree without prefix, wildcard and fuzzy leaves; a leaf without any word becomes `MATCH_NONE`.

    Args:
        node: the tree.
        dictionary: of the index.
        most: words that each of these leaves may stand for; None for its share among those of the tree.
    """
    return _expand(node, dictionary, expansions_of(node) if most is None else most)


def expansions_of(node: Node) -> int:
    """How many words each prefix, wildcard and fuzzy leaf of a tree may stand for."""
    return max(1, MAX_EXPANSIONS // max(1, sum(1 for _ in _patterns(node))))


def has_patterns(node: Node) -> bool:
    """Whether a tree has leaves that stand for words of the dictionary."""
    return any(True for _ in _patterns(node))


def cut_leaves(node: Node, expanded: Node) -> tuple[Leaf, ...]:
    """The leaves of a tree that stand for so many words that only the most frequent ones were taken, each once.

    Args:
        node: the tree as it was.
        expanded: what an engine made of it.
    """
    return tuple(dict.fromkeys(_cut_leaves(node, expanded)))


def _expand(node: Node, dictionary: Dictionary, most: int) -> Node:
    match node:
        case Prefix(_, field) | Wildcard(_, field):
            found = islice(_matching(node, dictionary), most + 1)
            return _cut((Phrase((word,), field=field) for word in found), most)
        case Fuzzy():
            return _similar(node, dictionary, most)
        case _:
            return with_children(node, lambda child: _expand(child, dictionary, most))


def _patterns(node: Node) -> Iterator[Node]:
    if isinstance(node, Prefix | Wildcard | Fuzzy):
        yield node
    for child in children_of(node):
        yield from _patterns(child)


def _cut_leaves(node: Node, expanded: Node) -> Iterator[Leaf]:
    if isinstance(node, Prefix | Wildcard | Fuzzy):
        if isinstance(expanded, Or) and expanded.children[-1:] == (_REST,):
            yield node
        return
    for one, other in zip(children_of(node), children_of(expanded), strict=False):
        yield from _cut_leaves(one, other)


def _matching(leaf: Prefix | Wildcard, dictionary: Dictionary) -> Iterator[str]:
    if isinstance(leaf, Prefix):
        return (word for word, _ in dictionary(leaf.field, fold(leaf.text)))
    pattern = fold(leaf.pattern)
    literal = _LITERAL.match(pattern)
    assert literal is not None, "the expression also matches nothing"
    # fnmatch gives atomic groups, so that many stars can't make the expression explode; "[" must stay a character.
    matches = re.compile(fnmatch.translate(pattern.replace("[", "[[]"))).match
    return (word for word, _ in dictionary(leaf.field, literal[0]) if matches(word))


def _similar(leaf: Fuzzy, dictionary: Dictionary, most: int) -> Node:
    """Words within the distance (optimal string alignment: a swap is one error) that share the first letter."""
    typed = fold(leaf.text)
    words = [word for word, _ in dictionary(leaf.field, typed[:1])] if typed else []
    near = process.extract(typed, words, scorer=OSA.distance, score_cutoff=leaf.distance, limit=None)
    found = sorted((int(distance), word) for word, distance, _ in near)
    return _cut((_weighted(word, distance, leaf.field) for distance, word in found), most)


def _cut(words: Iterable[Node], most: int) -> Node:
    """Any of the first words, and of `_REST` where there are more."""
    found = tuple(islice(words, most + 1))
    return Or(found if len(found) <= most else (*found[:most], _REST))


def _weighted(word: str, distance: int, field: str | None) -> Node:
    phrase = Phrase((word,), field=field)
    return phrase if distance == 0 else Boost(phrase, _FUZZY_BOOST.get(distance, min(_FUZZY_BOOST.values())))
