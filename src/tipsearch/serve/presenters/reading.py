"""«How I read your query»: the query in words, and each part with the link that takes it away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tipsearch.query.wording import wording

if TYPE_CHECKING:
    from tipsearch.query import Part
    from tipsearch.search.answer import Understood
    from tipsearch.search.request import SearchRequest
    from tipsearch.serve.links import PathLinks


@dataclass(frozen=True, slots=True)
class PartView:
    """A part in words; `name` says to those who can't see it what the link does, `url` is the search without the part."""

    words: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class ReadingView:
    """The reading in the reader's language: `remove` is what the links show; parts stand only where there are several."""

    language: str
    direction: str
    heading: str
    words: str
    remove: str
    parts: tuple[PartView, ...]


def reading_view(query: Understood, request: SearchRequest, links: PathLinks) -> ReadingView:
    """How the text of a request was read."""
    spoken = wording(query.language)

    def view(part: Part, rest: str) -> PartView:
        name = spoken.say("remove_part", part=part.words)
        return PartView(part.words, name, links.search(replace(request, text=rest, page=1)))

    several = query.parts if len(query.parts) > 1 else ()
    return ReadingView(
        language=spoken.language,
        direction=spoken.direction,
        heading=spoken.say("heading"),
        words=query.words,
        remove=spoken.say("remove"),
        parts=tuple(view(part, part.without) for part in several if part.without is not None),
    )
