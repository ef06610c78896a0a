"""How often and where a document speaks of one thing: a place or a topic."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tipsearch.model import Evidence, Fact, Field, Origin

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Characters of the beginning, in which a mention counts `LEAD_FACTOR` times: the summary says what it is about.
LEAD_LENGTH = 2_000
LEAD_FACTOR = 2.0
#: What a mention in the title counts, if all mentions in the text of the value mentioned most count 1.
TITLE_FACTOR = 1.5
#: Limits of `Evidence`.
_MAX_QUOTE = 200
_MAX_PAGES = 10


@dataclass(slots=True)
class Tally:
    """What is known of one value in one document; grows while its pages are read.

    Attributes:
        value: the place or topic.
        title: weight of its mention in the title, 0 without one.
        score: weighted mentions in the text.
        count: mentions in the text.
        pages: numbers of the pages that mention it, in order.
        quote: the form of its first mention; a title's comes first.
    """

    value: str
    title: float = 0.0
    score: float = 0.0
    count: int = 0
    pages: list[int] = field(default_factory=list)
    quote: str = ""

    def take(self, quote: str, weight: float, page: int) -> None:
        """Count a mention in the text."""
        self.score += weight
        self.count += 1
        self.quote = self.quote or quote
        if not self.pages or self.pages[-1] != page:
            self.pages.append(page)

    def evidence(self) -> tuple[Evidence, ...]:
        """Why the value is believed."""
        quote = " ".join(self.quote.split())[:_MAX_QUOTE]
        found = [Evidence("title", quote)] if self.title else []
        if self.count:
            found.append(Evidence("text", quote, self.count, tuple(self.pages[:_MAX_PAGES])))
        return tuple(found)


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
