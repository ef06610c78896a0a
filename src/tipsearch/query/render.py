"""A query's tree written as somebody could have typed it, such that it is read as the same tree again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.analysis import has_unspaced_script
from tipsearch.query import words
from tipsearch.query.describe import joined
from tipsearch.query.nodes import (
    And,
    Boost,
    Fuzzy,
    Leaf,
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
from tipsearch.query.pages import format_pages, on_any_page, pages_of, parse_pages
from tipsearch.query.trees import clauses

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: What a facet is called in a query, where it isn't called by its name.
_TYPED_FACETS = {"language": "lang"}


class Renderer:
    """Writes trees.

    Attributes:
        match: whether ``all`` or ``any`` of the words side by side must be found.
        typed: leaves that were typed otherwise than they would be written, and how.
    """

    def __init__(self, match: str, typed: Mapping[Node, str]) -> None:
        self.match = match
        self.typed = typed

    def query(self, node: Node, filters: Sequence[tuple[str, str]]) -> str:
        """A whole query."""
        pages = pages_of(node)
        text = self._clauses(on_any_page(node) if pages else node)
        placed = f"page:{format_pages(*pages)}" if pages else ""
        return " ".join(filter(None, (text, placed, *(_filter(facet, value) for facet, value in filters))))

    def _clauses(self, node: Node) -> str:
        """What stands outside all brackets: side by side where that says the same."""
        if self.match == "any":
            return self._any(node)
        if isinstance(node, And) and _can_stand_bare(node.children):
            return " ".join(map(self._clause, node.children))
        return self._explicit(node)

    def _any(self, node: Node) -> str:
        """As `_clauses`, where words side by side are alternatives."""
        first, *others = clauses(node) or (And(),)
        if not others and not isinstance(node, And):
            return self._alternatives(node)
        if all(isinstance(one, Not | OnPage) for one in others):
            return " ".join((self._alternatives(first), *map(self._clause, others))).strip()
        return self._explicit(node)

    def _alternatives(self, node: Node) -> str:
        if not isinstance(node, Or):
            return self._clause(node)
        if any(isinstance(one, Not) for one in node.children) or not _can_stand_bare(node.children):
            return self._joined(" OR ", node.children)
        return " ".join(map(self._clause, node.children))

    def _clause(self, node: Node) -> str:
        """One of several side by side."""
        return f"-{self._nested(node.child)}" if isinstance(node, Not) else self._nested(node)

    def _explicit(self, node: Node) -> str:
        """A tree whose parts are joined by operators, without brackets around it."""
        match node:
            case And(children):
                return self._joined(" AND ", children)
            case Or(children):
                return self._joined(" OR ", children)
            case Not(child):
                return f"NOT {self._nested(child)}"
            case _:
                return self._nested(node)

    def _joined(self, operator: str, nodes: Sequence[Node]) -> str:
        return operator.join(
            self._explicit(node) if isinstance(node, Not) else self._nested(node) for node in nodes
        )

    def _nested(self, node: Node) -> str:
        match node:
            case And(()):
                return ""
            case And() | Or() | Not():
                return f"({self._explicit(node)})"
            case OnPage(child):
                return f"page:{self._of_one_page(child)}"
            case Boost(child) | Prefer(child):
                return self._nested(child)
            case _:
                return self.leaf(node)

    def _of_one_page(self, node: Node) -> str:
        written = self._explicit(node)
        bare = not isinstance(node, And | Or | Not) and parse_pages(written) is None
        return written if bare else f"({written})"

    def leaf(self, leaf: Leaf) -> str:
        """One leaf, behind its field."""
        return (f"{leaf.field}:" if leaf.field else "") + self._bare(leaf)

    def _bare(self, leaf: Leaf) -> str:
        match leaf:
            case _ if leaf in self.typed:
                return self.typed[leaf]
            case Word(text) | Wildcard(text):
                return text
            case Phrase(typed, slop):
                return f'"{joined(typed)}"' + (f"~{slop}" if slop else "")
            case Prefix(text):
                # A lone character of a script that is found by pairs begins one by itself.
                return text if len(text) == 1 and has_unspaced_script(text) else f"{text}*"
            case Fuzzy(text, distance):
                return f"{text}~{distance if distance > 1 else ''}"


def written(leaf: Leaf) -> str:
    """A leaf as it would be typed: ``title:traff*``."""
    return Renderer("all", {}).leaf(leaf)


def _can_stand_bare(nodes: Sequence[Node]) -> bool:
    """Whether none of the words would be taken for a stop word beside the others."""
    return not words.stop_words_in([one.text for one in nodes if isinstance(one, Word) and not one.field])


def _filter(facet: str, value: str) -> str:
    name = _TYPED_FACETS.get(facet, facet)
    bare = value and not set(value) & set(' "()*?~')
    return f"{name}:{value}" if bare else f'{name}:"{value}"'
