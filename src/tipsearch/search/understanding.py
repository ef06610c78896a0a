"""How a query was read, put in the reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch import query
from tipsearch.engines.expand import cut_leaves, expansions_of
from tipsearch.query.wording import Notice, wording
from tipsearch.search.answer import Understood

if TYPE_CHECKING:
    from tipsearch.search.asking import Asked
    from tipsearch.search.request import SearchRequest


def understood(request: SearchRequest, asked: Asked) -> Understood:
    """What the answer says of the query.

    Args:
        request: the request; its `ui` is the reader's language.
        asked: what came of it.
    """
    parsed, selection = asked.parsed, asked.selection
    spoken = wording(request.ui)
    reading = query.read(parsed, spoken.language, selection.labels)
    cut = (
        Notice.of("expanded", pattern=query.written(leaf), most=expansions_of(asked.named))
        for leaf in cut_leaves(asked.named, asked.node)
    )
    remarks = dict.fromkeys((*parsed.remarks, *selection.remarks, *cut))
    return Understood(
        text=request.text,
        words=reading.words,
        match=request.match,
        expansions=asked.expansions,
        notices=tuple(map(spoken.notice, remarks)),
        parts=reading.parts,
        language=spoken.language,
    )
