"""How a query was read, put in the reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch import query
from tipsearch.engines.expand import cut_leaves, expansions_of
from tipsearch.query.wording import Notice, wording
from tipsearch.search.answer import Understood

if TYPE_CHECKING:
    from tipsearch.query import Parsed
    from tipsearch.query.nodes import Node
    from tipsearch.search.filters import Selection
    from tipsearch.search.request import SearchRequest


def understood(request: SearchRequest, parsed: Parsed, selection: Selection, expanded: Node) -> Understood:
    """What the answer says of the query.

    Args:
        request: the request; its `ui` is the reader's language.
        parsed: its text, read.
        selection: says which of the text's filters count, and what their values are called.
        expanded: the tree after the engine has put words for its patterns.
    """
    spoken = wording(request.ui)
    reading = query.read(parsed, spoken.language, selection.labels)
    cut = (
        Notice.of("expanded", pattern=query.written(leaf), most=expansions_of(parsed.node))
        for leaf in cut_leaves(parsed.node, expanded)
    )
    remarks = dict.fromkeys((*parsed.remarks, *selection.remarks, *cut))
    return Understood(
        text=request.text,
        words=reading.words,
        match=request.match,
        notices=tuple(map(spoken.notice, remarks)),
        parts=reading.parts,
        language=spoken.language,
    )
