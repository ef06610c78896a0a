"""How many documents a suggestion finds: what is known already costs nothing, the rest one search, once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tipsearch import query
from tipsearch.engines.base import Sort
from tipsearch.query.nodes import MATCH_ALL, And
from tipsearch.search.asking import ask
from tipsearch.search.request import SearchRequest
from tipsearch.search.suggest.entries import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.engines.base import Engine, Filter, YearRange
    from tipsearch.query.nodes import Node
    from tipsearch.search.suggest.entries import Entry
    from tipsearch.search.suggest.typed import Typed
    from tipsearch.vocabulary import Vocabularies

#: Texts of which it is kept how many documents they find, and trees that are kept: about 5 MB together.
_MOST_COUNTED, _MOST_TREES = 10_000, 1_000
#: What lets the words before belong to something other than a plain list of words and filters.
_TIED = re.compile(r"[()]|\b(?:AND|OR|NOT)\b|(?i:page:)|(?<!\s)$")


class Counts:
    """Counts for one generation of an index.

    Args:
        engine: the index.
        generation: of it.
        vocabularies: the library's.
    """

    def __init__(self, engine: Engine, generation: int, vocabularies: Vocabularies) -> None:
        self._engine = engine
        self._generation = generation
        self._vocabularies = vocabularies
        self._counts: dict[str, int] = {}
        self._before: dict[str, tuple[Node, Sequence[Filter | YearRange]]] = {}
        self._nodes: dict[str, Node | None] = {}

    def of(self, typed: Typed, entry: Entry, text: str, *, current: bool) -> int:
        """How many documents a completed text finds, at least; 0 if it finds none.

        Args:
            typed: what was typed, as it was read.
            entry: what completes it.
            text: both together.
            current: the entry was made from this generation of the index, so that its weight holds.
        """
        if current and entry.is_counted and not (typed.before or typed.bound or typed.in_quotes):
            return entry.weight
        if text not in self._counts:
            if len(self._counts) >= _MOST_COUNTED:
                self._counts.clear()
            self._counts[text] = self._count(typed, entry, text)
        return self._counts[text]

    def _count(self, typed: Typed, entry: Entry, text: str) -> int:
        is_word = entry.kind is Kind.TERM or typed.before
        if not is_word or typed.bound or typed.in_quotes or (typed.before and _TIED.search(typed.before)):
            return self._searched(text)
        return self._joined(typed.before, entry.text)

    def _joined(self, before: str, text: str) -> int:
        """Documents with both, without other names of topics: as many as a search finds, or fewer."""
        node = self._node(text)
        if node is None:
            return 0
        first, filters = self._asked(before) if before else (MATCH_ALL, ())
        return self._total(And((first, node)) if first != MATCH_ALL else node, filters)

    def _node(self, text: str) -> Node | None:
        """The tree of words that complete a text; None if they aren't all there is to it."""
        if text not in self._nodes:
            if len(self._nodes) >= _MOST_TREES:
                self._nodes.clear()
            parsed = query.parse(text)
            self._nodes[text] = None if parsed.filters or parsed.node == MATCH_ALL else parsed.node
        return self._nodes[text]

    def _asked(self, before: str) -> tuple[Node, Sequence[Filter | YearRange]]:
        if before not in self._before:
            if len(self._before) >= _MOST_TREES:
                self._before.clear()
            request = SearchRequest(before, expand=False)
            asked = ask(request, self._engine, self._vocabularies, self._generation)
            self._before[before] = asked.named, asked.selection.filters()
        return self._before[before]

    def _searched(self, text: str) -> int:
        """How many documents a search for the text finds; none if it asks for nothing but all of them."""
        asked = ask(SearchRequest(text), self._engine, self._vocabularies, self._generation)
        filters = asked.selection.filters()
        return 0 if asked.named == MATCH_ALL and not filters else self._total(asked.named, filters)

    def _total(self, node: Node, filters: Sequence[Filter | YearRange]) -> int:
        # The order is the cheapest one; nobody sees it.
        return self._engine.search(node, filters, sort=Sort.NEWEST, limit=1).total
