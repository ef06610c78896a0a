"""The door of the query language: text in, tree and notices out; whatever is typed is never an error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.query import caps
from tipsearch.query.describe import describe
from tipsearch.query.nodes import MATCH_ALL

if TYPE_CHECKING:
    from tipsearch.query.nodes import Node

_UNREADABLE = "the signs and operators of this query could not be understood; it was read as plain words"


@dataclass(frozen=True, slots=True)
class Parsed:
    """How a query was read.

    Attributes:
        node: the tree; `MATCH_ALL` when nothing was asked.
        filters: facet and value of each ``region:africa`` in the text; values as typed, years as ``2015..2020``
            (`tipsearch.query.parse_years` reads them).
        words: the reading, in English.
        notices: what was left out or read otherwise than typed, each a sentence.
    """

    node: Node
    filters: tuple[tuple[str, str], ...]
    words: str
    notices: tuple[str, ...]


def parse(text: str, *, match: str = "all") -> Parsed:
    """Read a query.

    Args:
        text: what was typed, anything at all.
        match: whether ``all`` or ``any`` of the words side by side must be found.
    """
    prepared, notices = caps.prepare(text)
    if not prepared:
        return Parsed(MATCH_ALL, (), describe(MATCH_ALL), tuple(notices))
    # Whoosh takes 70 ms to import, which only those who search should pay.
    from tipsearch.query.build import TreeBuilder, depth_of, plain_words  # noqa: PLC0415
    from tipsearch.query.grammar import whoosh_tree  # noqa: PLC0415

    builder = TreeBuilder()
    try:
        node = builder.build(whoosh_tree(prepared, match))
        readable = depth_of(node) <= caps.MAX_DEPTH
    except (RecursionError, IndexError, NotImplementedError):
        readable = False
    if not readable:
        notices.append(_UNREADABLE)
        return Parsed(node := plain_words(prepared, match), (), describe(node), tuple(notices))
    filters = tuple(builder.filters)
    return Parsed(node, filters, describe(node, filters), (*notices, *builder.notices))
