"""Whoosh's tree turned, once, into ours; filters, limits and notices are worked out on the way."""

from __future__ import annotations

import re
from itertools import compress
from typing import TYPE_CHECKING

from whoosh import query as whoosh

from tipsearch import analysis
from tipsearch.query import caps, words
from tipsearch.query.grammar import FACET_FIELDS, AllOf, AnyOf
from tipsearch.query.nodes import MATCH_ALL, And, Fuzzy, Node, Not, OnPage, Or, Phrase, Prefix, Wildcard, Word
from tipsearch.query.slop import allowed_slop
from tipsearch.query.years import UNDATED, format_years, is_undated, parse_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_STARS = re.compile(r"[*?]+")


class TreeBuilder:
    """Builds one query's tree; holds what else comes to light on the way.

    Attributes:
        filters: facet and value of each ``region:africa``, in order.
        notices: what was left out or read otherwise, in order, each once.
    """

    def __init__(self) -> None:
        self.filters: list[tuple[str, str]] = []
        self.notices: dict[str, None] = {}
        self._clauses = 0

    def build(self, tree: whoosh.Query) -> Node:
        """Our tree for Whoosh's."""
        return _one(self._nodes(tree, wanted=True)) or MATCH_ALL

    def notice(self, text: str) -> None:
        """Keep something to tell."""
        self.notices[text] = None

    def _nodes(self, tree: whoosh.Query, *, wanted: bool) -> list[Node]:
        """The nodes for a part of Whoosh's tree, in a list because a part may come to nothing, or to several.

        `wanted` says that all of it must hold, so that a filter there may count for the whole query.
        """
        match tree:
            case AllOf() | AnyOf():
                parts = self._without_stop_words(tree.subqueries, self._parts(tree, wanted=wanted))
                return _flat(parts) if isinstance(tree, AllOf) else _any(_grouped(parts))
            case whoosh.And():
                return _flat(self._parts(tree, wanted=wanted))
            case whoosh.Or():
                nodes = _grouped(self._parts(tree, wanted=wanted and _is_one_facet(tree)))
                return [Or(tuple(nodes))] if len(nodes) > 1 else nodes
            case whoosh.Not():
                child = _one(self._nodes(tree.query, wanted=False))
                return [] if child is None else [child.child if isinstance(child, Not) else Not(child)]
            case whoosh.Term() | whoosh.Phrase() | whoosh.Prefix() | whoosh.Wildcard() | whoosh.FuzzyTerm():
                return self._leaves(tree, wanted=wanted)
            case _:
                return []

    def _parts(self, tree: whoosh.Query, *, wanted: bool) -> list[list[Node]]:
        return [self._nodes(child, wanted=wanted) for child in tree.subqueries]

    def _leaves(self, leaf: whoosh.Query, *, wanted: bool) -> list[Node]:
        field = leaf.fieldname.lower() if leaf.fieldname else None
        if field in FACET_FIELDS:
            self._filter(FACET_FIELDS[field], leaf, wanted=wanted)
            return []
        found = self._text_leaves(leaf, field)
        allowed = found[: max(0, caps.MAX_CLAUSES - self._clauses)]
        self._clauses += len(allowed)
        if len(allowed) < len(found):
            self.notice(f"only the first {caps.MAX_CLAUSES} words of the query are searched for")
        return allowed

    def _text_leaves(self, leaf: whoosh.Query, field: str | None) -> list[Node]:
        match leaf:
            case whoosh.Phrase():
                return self._phrase(" ".join(leaf.words), leaf.slop - 1, field)
            case whoosh.FuzzyTerm():
                return self._fuzzy(leaf.text, leaf.maxdist, field)
            case whoosh.Prefix():
                return self._pattern(f"{leaf.text}*", field)
            case whoosh.Wildcard():
                return self._pattern(leaf.text, field)
            case _ if leaf.text in words.OPERATORS:
                self.notice(f"“{leaf.text}” has nothing to join here and was left out")
                return []
            case _:
                return words.leaves_of(leaf.text, field)

    def _phrase(self, text: str, slop: int, field: str | None) -> list[Node]:
        phrase = words.phrase_of(text, field=field)
        if not isinstance(phrase, Phrase):
            return [] if phrase is None else [phrase]
        allowed = allowed_slop(len(phrase.words), slop)
        if allowed < slop and len(phrase.words) > 1:
            self.notice(f"at most {allowed} other words may stand within a phrase of {len(phrase.words)}")
        return [Phrase(phrase.words, allowed, field)]

    def _fuzzy(self, text: str, distance: int, field: str | None) -> list[Node]:
        typed = words.leaves_of(text, field)
        if distance < 1 or len(typed) != 1 or not isinstance(typed[0], Word):
            return typed
        word = typed[0].text
        if len(word) < caps.MIN_FUZZY:
            self.notice(f"“{word}” is too short to be searched with typing errors; it is taken as it is")
            return typed
        if distance > caps.MAX_DISTANCE:
            self.notice(f"at most {caps.MAX_DISTANCE} typing errors are allowed")
        return [Fuzzy(word, min(distance, caps.MAX_DISTANCE), field)]

    def _pattern(self, pattern: str, field: str | None) -> list[Node]:
        """A prefix or wildcard, or its letters as words where it begins with too few."""
        letters = _STARS.sub("", pattern)
        typed = [leaf for part in _STARS.split(pattern) for leaf in words.leaves_of(part, field)]
        if not typed:
            return []
        start = _STARS.split(pattern)[0]
        if pattern == f"{start}*" and len(start) >= caps.MIN_PREFIX and _is_word(start):
            return [Prefix(start, field)]
        if len(start) >= caps.MIN_WILDCARD and _is_word(letters):
            return [Wildcard(pattern, field)]
        self.notice(
            f"“{pattern}” is taken as plain words: a pattern is one word that begins with at least "
            f"{caps.MIN_PREFIX} letters before a final *, or {caps.MIN_WILDCARD} before * or ? elsewhere"
        )
        return typed

    def _filter(self, facet: str, leaf: whoosh.Query, *, wanted: bool) -> None:
        value = " ".join(leaf.words) if isinstance(leaf, whoosh.Phrase) else leaf.text
        value = value.strip(" \"'.,;:") if facet != "year" else value
        if not wanted or isinstance(leaf, whoosh.Prefix | whoosh.Wildcard | whoosh.FuzzyTerm):
            self.notice(f"“{facet}:{value}” can only restrict the whole query; it was left out")
            return
        if facet == "year":
            years = parse_years(value)
            if years is None and not is_undated(value):
                self.notice(
                    f"“{value}” is no year or range of years (2015, 2015..2020, >=2018, {UNDATED}); it was left out"
                )
                return
            value = format_years(*years) if years else UNDATED
        if value and (facet, value) not in self.filters:
            self.filters.append((facet, value))

    def _without_stop_words(self, trees: Sequence[whoosh.Query], parts: list[list[Node]]) -> list[list[Node]]:
        """The parts without stop words; only bare words are looked at, and only if something else is asked for."""
        bare = [
            isinstance(tree, whoosh.Term) and all(isinstance(node, Word) and not node.field for node in part)
            for tree, part in zip(trees, parts, strict=True)
        ]
        typed = [node.text for node in _flat(compress(parts, bare)) if isinstance(node, Word)]
        common = words.stop_words_in(typed)
        kept = [
            [node for node in part if not (is_bare and isinstance(node, Word) and node.text in common)]
            for part, is_bare in zip(parts, bare, strict=True)
        ]
        if not common or all(isinstance(node, Not) for node in _flat(kept)):
            return parts
        listed = ", ".join(f"“{word}”" for word in dict.fromkeys(typed) if word in common)
        self.notice(
            f"too common to be searched for: {listed} (put words between quotation marks to keep them)"
        )
        return kept


def plain_words(text: str, match: str) -> Node:
    """The words of a text joined, whatever else is in it: how a text is read that Whoosh can't parse."""
    typed = [text[start:end] for start, end, _ in analysis.tokens(text)]
    nodes = tuple(Word(word) for word in typed if word not in words.OPERATORS)[: caps.MAX_CLAUSES]
    if not nodes:
        return MATCH_ALL
    return Or(nodes) if match == "any" else And(nodes)


def depth_of(node: Node) -> int:
    """Levels of a tree; a leaf has one."""
    match node:
        case And(children) | Or(children):
            return 1 + max(map(depth_of, children), default=0)
        case Not(child) | OnPage(child):
            return 1 + depth_of(child)
        case _:
            return 1


def _is_word(text: str) -> bool:
    found = analysis.tokens(text)
    return len(found) == 1 and found[0][:2] == (0, len(text))


def _is_one_facet(tree: whoosh.Query) -> bool:
    """``region:(africa OR asia)``: alternatives within one facet are what several filters mean."""
    facets = {
        FACET_FIELDS.get((getattr(child, "fieldname", None) or "").lower()) for child in tree.subqueries
    }
    return len(facets) == 1 and None not in facets


def _any(nodes: Sequence[Node]) -> list[Node]:
    """Any of the nodes, but what is excluded stays excluded."""
    wanted = tuple(node for node in nodes if not isinstance(node, Not))
    excluded = [node for node in nodes if isinstance(node, Not)]
    return [*([Or(wanted)] if len(wanted) > 1 else wanted), *excluded]


def _flat(parts: Iterable[list[Node]]) -> list[Node]:
    return [node for part in parts for node in part]


def _grouped(parts: Iterable[list[Node]]) -> list[Node]:
    """One node for each part that came to anything."""
    return [part[0] if len(part) == 1 else And(tuple(part)) for part in parts if part]


def _one(nodes: Iterable[Node]) -> Node | None:
    """The nodes as one: itself, all of them together, or None."""
    children = tuple(nodes)
    if len(children) > 1 or (children and isinstance(children[0], Not)):
        return And(children)
    return children[0] if children else None
