"""How often and where a document speaks of one thing: a place or a topic."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tipsearch.enrich.zones import BEGINNING, HEADING, TEXT, TITLE
from tipsearch.model import Evidence, Fact, Field, Origin

if TYPE_CHECKING:
    from collections.abc import Sequence

#: What a mention counts by its place: the summary says what a text is about, a heading what a part of it is about.
FACTORS = {BEGINNING: 2.0, HEADING: 2.0, TEXT: 1.0}
#: What a mention in the title counts, if all mentions in the text of the value mentioned most count 1.
TITLE_FACTOR = 1.5
#: Limits of `Evidence`.
_MAX_QUOTE = 200
_MAX_PAGES = 10


@dataclass(slots=True)
class Sight:
    """Mentions in one kind of place: how many, on what pages, and the words of the first."""

    count: int = 0
    pages: list[int] = field(default_factory=list)
    quote: str = ""

    def take(self, quote: str, page: int) -> None:
        """Count one."""
        self.count += 1
        self.quote = self.quote or quote
        if not self.pages or self.pages[-1] != page:
            self.pages.append(page)


@dataclass(slots=True)
class Tally:
    """What is known of one value in one document; grows while its pages are read.

    Attributes:
        value: the place or topic.
        title: weight of its mention in the title, 0 without one.
        score: weighted mentions in the text.
        pages: numbers of the pages that mention it, in order.
        sights: by place, what was seen there.
    """

    value: str
    title: float = 0.0
    score: float = 0.0
    pages: list[int] = field(default_factory=list)
    sights: dict[str, Sight] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Mentions in the text."""
        return sum(sight.count for place, sight in self.sights.items() if place != TITLE)

    @property
    def quote(self) -> str:
        """The form of its first mention; a title's comes first."""
        return next((sight.quote for sight in self.sights.values() if sight.quote), "")

    def entitle(self, quote: str, weight: float) -> None:
        """Count a mention in the title."""
        self.title = max(self.title, weight)
        self.sights = {TITLE: Sight(1, [], quote), **self.sights}

    def take(self, quote: str, weight: float, page: int, place: str = TEXT) -> None:
        """Count a mention in the text."""
        self.score += weight * FACTORS[place]
        self.sights.setdefault(place, Sight()).take(quote, page)
        if not self.pages or self.pages[-1] != page:
            self.pages.append(page)

    def evidence(self) -> tuple[Evidence, ...]:
        """Why the value is believed, place by place, the title first."""
        return tuple(
            Evidence(
                place, " ".join(seen.quote.split())[:_MAX_QUOTE], seen.count, tuple(seen.pages[:_MAX_PAGES])
            )
            for place in (TITLE, BEGINNING, HEADING, TEXT)
            if (seen := self.sights.get(place))
        )


def facts(about: Field, tallies: Sequence[Tally]) -> tuple[Fact, ...]:
    """Detected facts, the weightiest first, with weights from 1 down.

    A mention in the title counts more than all mentions of the value that the text mentions most.
    """
    top = max((tally.score for tally in tallies), default=0.0) or 1.0
    weighed = [(TITLE_FACTOR * tally.title + tally.score / top, tally) for tally in tallies]
    best = max((weight for weight, _ in weighed), default=1.0)
    weighed.sort(key=lambda pair: (-pair[0], pair[1].value))
    return tuple(
        Fact(about, tally.value, Origin.DETECTED, round(weight / best, 3), tally.evidence())
        for weight, tally in weighed
    )
