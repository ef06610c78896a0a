"""The door of the query language: text in, tree and notices out; whatever is typed is never an error."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tipsearch.query import caps
from tipsearch.query.describe import describe
from tipsearch.query.nodes import MATCH_ALL
from tipsearch.query.stray import stray_signs
from tipsearch.query.trees import depth_of
from tipsearch.query.wording import Notice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tipsearch.query.nodes import Node


@dataclass(frozen=True, slots=True)
class Parsed:
    """How a query was read.

    Attributes:
        node: the tree; `MATCH_ALL` when nothing was asked.
        filters: facet and value of each ``region:africa`` in the text; values as typed, years as ``2015..2020``
            (`tipsearch.query.parse_years` reads them).
        match: whether ``all`` or ``any`` of the words side by side must be found.
        remarks: what was left out or read otherwise than typed, still without words.
        typed: leaves that would be written otherwise than they were typed (``COVID-19``), and how they were.
    """

    node: Node
    filters: tuple[tuple[str, str], ...] = ()
    match: str = "all"
    remarks: tuple[Notice, ...] = ()
    typed: Mapping[Node, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def words(self) -> str:
        """The reading, in English."""
        return describe(self.node, self.filters)

    @property
    def notices(self) -> tuple[str, ...]:
        """The remarks, each a sentence in English."""
        return tuple(map(str, self.remarks))


def parse(text: str, *, match: str = "all") -> Parsed:
    """Read a query.

    Args:
        text: what was typed, anything at all.
        match: whether ``all`` or ``any`` of the words side by side must be found.
    """
    prepared, notices = caps.prepare(text)
    if not prepared:
        return Parsed(MATCH_ALL, match=match, remarks=tuple(notices))
    # Whoosh takes 70 ms to import, which only those who search should pay.
    from tipsearch.query.build import TreeBuilder, plain_words  # noqa: PLC0415
    from tipsearch.query.grammar import whoosh_tree  # noqa: PLC0415

    builder = TreeBuilder()
    try:
        node = builder.build(whoosh_tree(prepared, match))
        readable = depth_of(node) <= caps.MAX_DEPTH
    except Exception:  # noqa: BLE001  # whatever Whoosh or a part of ours can't take must not be the reader's trouble
        readable = False
    if not readable:
        return Parsed(plain_words(prepared, match), (), match, (*notices, Notice.of("unreadable")))
    notices += builder.notices
    if signs := stray_signs(prepared):
        notices.append(Notice.of("stray_signs", signs=signs))
    if node == MATCH_ALL and not builder.filters and not notices:
        notices.append(Notice.of("no_words"))
    return Parsed(node, tuple(builder.filters), match, tuple(notices), builder.typed)
