"""The query language's tree: what a person asked, free of any parser and any engine.

The parser makes it, each engine compiles it into objects of its own, never into a string. The semantics are ours and
the same on every engine:

* `Word` matches a document in which the word occurs in any analysis: exact, without accents and case, or by its stem
  in the language of the text. The exact form ranks first.
* `Phrase` is matched on the unstemmed folded words, in order, with `slop` words between at most.
* `Prefix`, `Wildcard` and `Fuzzy` are expanded through the engine's term dictionary into `Word`-like alternatives, so
  that they rank and are highlighted.
* `And` with only `Not` children means "everything but". An empty `And` matches all, an empty `Or` matches nothing.
* `Prefer` matches what its child matches; the rest of it only adds to the score.
* `OnPage` matches a document that has one page whose own text matches all of its child.
* `field` restricts a leaf to ``title``, ``publisher`` or ``author``; None searches title and text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Fields that a leaf may name. Facets (``region:africa``) become filters, not nodes.
TEXT_FIELDS = ("title", "publisher", "author")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, as typed."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row; `slop` is how many other words may stand between them in all."""

    words: tuple[str, ...]
    slop: int = 0
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Words of that form: ``?`` is one character, ``*`` any number."""

    pattern: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words that differ from this one by at most `distance` (1 or 2) typing errors."""

    text: str
    distance: int = 1
    field: str | None = None


@dataclass(frozen=True, slots=True)
class And:
    """All children match; the `Not` among them exclude."""

    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """At least one child matches."""

    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The child doesn't match."""

    child: Node


@dataclass(frozen=True, slots=True)
class Boost:
    """The child, with its score multiplied by `factor`."""

    child: Node
    factor: float


@dataclass(frozen=True, slots=True)
class Prefer:
    """What the child matches; its score is the child's and that of `better` where that matches too."""

    child: Node
    better: Node


@dataclass(frozen=True, slots=True)
class OnPage:
    """Documents with a page, numbered from `first` to `last` (both included, None open), that matches the child by itself.

    Only the text of pages counts: neither the title nor texts `beside` the document.
    """

    child: Node
    first: int | None = None
    last: int | None = None


Leaf: TypeAlias = Word | Phrase | Prefix | Wildcard | Fuzzy
Node: TypeAlias = Leaf | And | Or | Not | Boost | Prefer | OnPage

MATCH_ALL = And()
MATCH_NONE = Or()


def children_of(node: Node) -> tuple[Node, ...]:
    """The nodes that a node holds, from left to right; none for a leaf."""
    match node:
        case And(children) | Or(children):
            return children
        case Not(child) | Boost(child) | OnPage(child):
            return (child,)
        case Prefer(child, better):
            return (child, better)
        case _:
            return ()


def with_children(node: Node, change: Callable[[Node], Node]) -> Node:
    """A node with each of its children changed; a leaf as it is."""
    match node:
        case And(children) | Or(children):
            return type(node)(tuple(change(child) for child in children))
        case Not(child) | Boost(child) | OnPage(child):
            return replace(node, child=change(child))
        case Prefer(child, better):
            return Prefer(change(child), change(better))
        case _:
            return node


def leaves(node: Node, *, negated: bool = False) -> Iterator[Leaf]:
    """The leaves of a tree from left to right: those that are asked for, or with `negated` those that are excluded.

    What is only preferred is neither.
    """
    yield from _walk(node, excluded=False, want=negated)


def _walk(node: Node, *, excluded: bool, want: bool) -> Iterator[Leaf]:
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from _walk(child, excluded=excluded, want=want)
        case Not(child):
            yield from _walk(child, excluded=not excluded, want=want)
        case Boost(child) | Prefer(child) | OnPage(child):
            yield from _walk(child, excluded=excluded, want=want)
        case _:
            if excluded is want:
                yield node
