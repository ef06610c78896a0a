"""Whoosh's tree turned, once, into ours; filters, limits and notices are worked out on the way."""

from __future__ import annotations

import re
from itertools import compress
from typing import TYPE_CHECKING

from whoosh import query as whoosh

from tipsearch.query import caps, words
from tipsearch.query.grammar import FACET_FIELDS, PAGE_FIELD, AllOf, AnyOf, OnePage
from tipsearch.query.leaf import LeafReader
from tipsearch.query.nodes import (
    MATCH_ALL,
    And,
    Fuzzy,
    Leaf,
    Node,
    Not,
    OnPage,
    Or,
    Phrase,
    Prefix,
    Wildcard,
    Word,
)
from tipsearch.query.pages import both, format_pages, on_pages, parse_pages
from tipsearch.query.trees import any_of, first_leaves, once, together
from tipsearch.query.wording import Notice
from tipsearch.query.years import UNDATED, format_years, is_undated, parse_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tipsearch.query.pages import Range

#: The signs of the language, and what separates words.
_SIGNS = re.compile(r'[\s"()*?~:]+')

_LEAVES = (whoosh.Term, whoosh.Phrase, whoosh.Prefix, whoosh.Wildcard, whoosh.FuzzyTerm)


class TreeBuilder:
    """Builds one query's tree; holds what else comes to light on the way.

    Attributes:
        filters: facet and value of each ``region:africa``, in order.
        notices: what was left out or read otherwise, in order, each once.
        typed: leaves that were typed otherwise than they would be written, and how.
    """

    def __init__(self) -> None:
        self.filters: list[tuple[str, str]] = []
        self.notices: dict[Notice, None] = {}
        self._leaf = LeafReader(self.notice)
        self.typed = self._leaf.typed
        self._filters_left_out: list[str] = []
        self._conditions: list[Node] = []
        self._pages: Range | None = None
        self._within_page = False

    def build(self, tree: whoosh.Query) -> Node:
        """Our tree for Whoosh's."""
        nodes = self._nodes(tree, wanted=True)
        if self._filters_left_out:
            self.notice("many_filters", most=caps.MAX_FILTERS, filters=_shown(self._filters_left_out))
        node = self._limited(together((*nodes, *self._conditions)))
        if self._pages is None:
            return node
        placed = on_pages(node, self._pages)
        if placed is None:
            self.notice("page_alone", condition=f"{PAGE_FIELD}:{format_pages(*self._pages)}")
        return placed or node

    def notice(self, key: str, **fields: str | int | tuple[str, ...]) -> None:
        """Keep something to tell."""
        self.notices[Notice.of(key, **fields)] = None

    def _nodes(self, tree: whoosh.Query, *, wanted: bool) -> list[Node]:
        """The nodes for a part of Whoosh's tree, in a list because a part may come to nothing, or to several.

        `wanted` says that all of it must hold, so that a filter there may count for the whole query.
        """
        match tree:
            case AllOf() | AnyOf():
                parts = self._without_stop_words(tree.subqueries, self._parts(tree, wanted=wanted))
                return _flat(parts) if isinstance(tree, AllOf) else _any(_grouped(parts))
            case OnePage():
                return self._one_page(tree, wanted=wanted)
            case whoosh.And():
                return _flat(self._parts(tree, wanted=wanted))
            case whoosh.Or():
                return any_of(_grouped(self._parts(tree, wanted=wanted and _is_one_facet(tree))))
            case whoosh.Not():
                child = together(self._nodes(tree.query, wanted=False))
                return [] if child == MATCH_ALL else [Not(child)]
            case _:
                return self._leaves(tree, wanted=wanted) if isinstance(tree, _LEAVES) else []

    def _parts(self, tree: whoosh.Query, *, wanted: bool) -> list[list[Node]]:
        return [self._nodes(child, wanted=wanted) for child in tree.subqueries]

    def _leaves(self, leaf: whoosh.Query, *, wanted: bool) -> list[Node]:
        field = leaf.fieldname.lower() if leaf.fieldname else None
        if self._within_page and field not in {None, PAGE_FIELD}:
            self.notice("not_of_page", condition=f"{field}:{_value(leaf)}")
            return []
        if field in FACET_FIELDS:
            self._filter(FACET_FIELDS[field], leaf, wanted=wanted)
            return []
        if field == PAGE_FIELD:
            return self._leaf.read(leaf, None) if self._within_page else self._page(leaf, wanted=wanted)
        return self._leaf.read(leaf, field)

    def _page(self, leaf: whoosh.Query, *, wanted: bool) -> list[Node]:
        """What one ``page:…`` without brackets asks: a range of pages for all words, or a word on any one."""
        value = _value(leaf)
        if not wanted:
            self.notice("only_whole", condition=f"{PAGE_FIELD}:{value}")
            return []
        pages = parse_pages(value) if isinstance(leaf, whoosh.Term) else None
        if pages is None:
            self._conditions += [OnPage(node) for node in self._leaf.read(leaf, None)]
            return []
        self._narrow(pages)
        return []

    def _narrow(self, pages: Range) -> None:
        """Keep a range of pages, beside one given before what both have in common."""
        condition = f"{PAGE_FIELD}:{format_pages(*pages)}"
        if pages[1] is not None and pages[1] < 1:
            self.notice("no_page", condition=condition)
            return
        pages = (pages[0] or None, pages[1])
        common = both(self._pages, pages) if self._pages else pages
        if common is None and self._pages:
            kept = f"{PAGE_FIELD}:{format_pages(*self._pages)}"
            self.notice("pages_apart", condition=condition, kept=kept)
        self._pages = common or self._pages

    def _one_page(self, tree: whoosh.Query, *, wanted: bool) -> list[Node]:
        """What ``page:(…)`` asks of one page; inside another one the brackets say nothing new."""
        if self._within_page:
            return _flat(self._parts(tree, wanted=False))
        if not wanted:
            self.notice("only_whole", condition=f"{PAGE_FIELD}:(…)")
            return []
        self._within_page = True
        child = together(_flat(self._parts(tree, wanted=False)))
        self._within_page = False
        self._conditions += [] if child == MATCH_ALL else [OnPage(child)]
        return []

    def _filter(self, facet: str, leaf: whoosh.Query, *, wanted: bool) -> None:
        value = _value(leaf)
        value = value.strip(" \"'.,;:") if facet != "year" else value
        if not wanted or isinstance(leaf, whoosh.Prefix | whoosh.Wildcard | whoosh.FuzzyTerm):
            self.notice("only_whole", condition=f"{facet}:{value}")
            return
        if facet == "year":
            years = parse_years(value)
            if years is None and not is_undated(value):
                self.notice("no_year", value=value)
                return
            value = format_years(*years) if years else UNDATED
        if not value or (facet, value) in self.filters:
            return
        if len(self.filters) < caps.MAX_FILTERS:
            self.filters.append((facet, value))
        else:
            self._filters_left_out.append(f"{facet}:{value}")

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
        self.notice("stop_words", words=tuple(word for word in dict.fromkeys(typed) if word in common))
        return kept

    def _limited(self, node: Node) -> Node:
        """The tree with no more leaves than allowed; stop words are out of it already."""
        limited, left_out = first_leaves(node, caps.MAX_CLAUSES)
        if left_out:
            self.notice("many_words", most=caps.MAX_CLAUSES, words=_shown(map(_text_of, left_out)))
        limited, left_out = first_leaves(limited, caps.MAX_PATTERNS, _is_pattern)
        if left_out:
            self.notice("many_patterns", most=caps.MAX_PATTERNS, words=_shown(map(_text_of, left_out)))
        return limited


def plain_words(text: str, match: str) -> Node:
    """The words of a text joined, whatever else is in it: how a text is read that Whoosh can't parse."""
    runs = (run for run in _SIGNS.split(text) if run not in words.OPERATORS)
    nodes = once(leaf for run in runs for leaf in words.leaves_of(run))[: caps.MAX_CLAUSES]
    if not nodes:
        return MATCH_ALL
    if len(nodes) == 1:
        return nodes[0]
    return Or(nodes) if match == "any" else And(nodes)


def _shown(texts: Iterable[str]) -> tuple[str, ...]:
    """The first of what was left out, each once, and a sign that there is more."""
    named = tuple(dict.fromkeys(texts))
    return (*named[: caps.MAX_SHOWN], "…") if len(named) > caps.MAX_SHOWN else named


def _is_pattern(leaf: Leaf) -> bool:
    return isinstance(leaf, Prefix | Wildcard | Fuzzy)


def _text_of(leaf: Leaf) -> str:
    """A leaf as a notice names it."""
    match leaf:
        case Phrase(typed):
            return " ".join(typed)
        case Wildcard(pattern):
            return pattern
        case Prefix(text):
            return f"{text}*"
        case Fuzzy(text):
            return f"{text}~"
        case _:
            return leaf.text


def _value(leaf: whoosh.Query) -> str:
    """What was typed behind a field's name."""
    if isinstance(leaf, whoosh.Phrase):
        return " ".join(leaf.words)
    return f"{leaf.text}*" if isinstance(leaf, whoosh.Prefix) else str(leaf.text)


def _is_one_facet(tree: whoosh.Query) -> bool:
    """``region:(africa OR asia)``: alternatives within one facet are what several filters mean."""
    facets = {
        FACET_FIELDS.get((getattr(child, "fieldname", None) or "").lower()) for child in tree.subqueries
    }
    return len(facets) == 1 and None not in facets


def _any(nodes: Sequence[Node]) -> list[Node]:
    """Any of the nodes, but what is excluded stays excluded."""
    wanted = (node for node in nodes if not isinstance(node, Not))
    return [*any_of(wanted), *(node for node in nodes if isinstance(node, Not))]


def _flat(parts: Iterable[list[Node]]) -> list[Node]:
    return [node for part in parts for node in part]


def _grouped(parts: Iterable[list[Node]]) -> list[Node]:
    """One node for each part that came to anything."""
    groups = (once(part) for part in parts)
    return [group[0] if len(group) == 1 else together(group) for group in groups if group]
