"""Which documents or pages a tree matches, as sets, and how well its leaves are answered."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tipsearch.engines.whoosh.lookup import DOCUMENT_PLACES, PAGE_PLACES, Lookup, Part
from tipsearch.errors import UnsupportedQuery
from tipsearch.query.nodes import And, Boost, Leaf, Node, Not, OnPage, Or, Prefer, children_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tipsearch.engines.whoosh.shelf import Run
    from tipsearch.engines.whoosh.view import Documents, Lengths, Pages, View

#: Deeper trees are refused, as by the other engines: whatever walks over a tree recurses.
MAX_DEPTH = 64
#: Occurrences that a matcher keeps for the next look at its leaves (25 MB); what is beyond is read again.
MOST_KEPT = 250_000
#: BM25's constants: how fast repetition stops to count, and how much length does.
_K1, _B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Found:
    """Where a leaf is found: the set of documents, and the parts of the score."""

    docs: int
    parts: tuple[Part, ...]

    @property
    def weight(self) -> int:
        """Occurrences that it keeps in memory, of about 100 bytes each; the set counts for as many as fill its bytes."""
        return sum(len(part.found.counts) for part in self.parts) + self.docs.bit_length() // 800 + 1


@dataclass(slots=True)
class Matcher:
    """Matches trees without prefix, wildcard and fuzzy leaves on one of the indexes as it is now.

    Attributes:
        lookup: finds the leaves in that index.
        lengths: of its fields.
        on_page: finds what `OnPage` asks for.
        kept: occurrences that it keeps in memory.
    """

    lookup: Lookup
    lengths: Lengths
    on_page: Callable[[Matcher, OnPage], int]
    kept: int = 0
    _sets: dict[Node, int] = field(default_factory=dict)
    _found: dict[Leaf, Found] = field(default_factory=dict)

    def match(self, node: Node) -> int:
        """The set of documents that match a tree.

        Raises:
            UnsupportedQuery: it wasn't expanded before.
        """
        if not isinstance(node, And | Or | Not | OnPage):
            return self._match(node)  # a pattern stands for hundreds of these
        known = self._sets.get(node)
        if known is None:
            known = self._sets[node] = self._match(node)
        return known

    def _match(self, node: Node) -> int:
        match node:
            case And(children):
                chosen = self.lookup.shelf.all
                for child in children:
                    chosen &= self.match(child)
                return chosen
            case Or(children):
                chosen = 0
                for child in children:
                    chosen |= self.match(child)
                return chosen
            case Not(child):
                return self.lookup.shelf.all & ~self.match(child)
            case Boost(child) | Prefer(child):
                return self.match(child)
            case OnPage():
                return self.on_page(self, node)
            case _:
                return self._find(node).docs

    def weigh(self, leaf: Leaf, within: int, factor: float, scores: dict[int, float]) -> None:
        """Add to the scores what a leaf earns the documents of a set: BM25 in each field, summed up."""
        wanted = self.lookup.shelf.flags_of(within)
        for part in self._find(leaf).parts:
            rarity = part.boost * factor * self._rarity(part.found.frequency) * (_K1 + 1)
            lengths, mean = self.lengths.of_field[part.field], self.lengths.mean[part.field]
            for doc, count in part.found.counts.items():
                if wanted[doc]:
                    damped = count + _K1 * (1 - _B + _B * lengths[doc] / mean)
                    scores[doc] = scores.get(doc, 0.0) + rarity * count / damped

    def _find(self, leaf: Leaf) -> Found:
        known = self._found.get(leaf)
        if known is None:
            parts = tuple(part for part in self.lookup.parts(leaf) if part.found.counts)
            docs = self.lookup.shelf.set_of(doc for part in parts for doc in part.found.counts)
            known = Found(docs, parts)
            if self.kept + known.weight <= MOST_KEPT:
                self.kept += known.weight
                self._found[leaf] = known
        return known

    def _rarity(self, count: int) -> float:
        """BM25's inverse document frequency."""
        everything = self.lookup.shelf.count
        count = min(count, everything)
        return math.log(1 + (everything - count + 0.5) / (count + 0.5))


def of_documents(view: View, of_all_pages: Matcher) -> Matcher:
    """A matcher of documents."""
    documents, pages = view.documents, view.pages

    def there(_: Matcher, node: OnPage) -> int:
        return documents_of(of_all_pages.match(node), pages, documents)

    return Matcher(Lookup(documents, DOCUMENT_PLACES, documents.languages), documents.lengths, there)


def of_pages(view: View, runs: Sequence[Run] | None = None) -> Matcher:
    """A matcher of pages; with `runs` it finds leaves on these only."""
    pages = view.pages

    def here(matcher: Matcher, node: OnPage) -> int:
        return matcher.match(node.child) & pages.numbered(node.first, node.last)

    return Matcher(Lookup(pages, PAGE_PLACES, view.documents.languages, runs), pages.lengths, here)


def documents_of(chosen: int, pages: Pages, documents: Documents) -> int:
    """The set of documents that have one of these pages."""
    ids = {pages.stored[place].id for place in pages.numbers_of(chosen)}
    return documents.set_of(documents.numbers[one] for one in ids)


def refuse_depth(node: Node) -> None:
    """Look how deep a tree is, without recursion.

    Raises:
        UnsupportedQuery: it is deeper than `MAX_DEPTH`.
    """
    level: list[Node] = [node]
    for _ in range(MAX_DEPTH + 1):
        level = [child for one in level for child in children_of(one)]
        if not level:
            return
    raise UnsupportedQuery("whoosh", "nesting", f"a query may be nested {MAX_DEPTH} deep, not more")
