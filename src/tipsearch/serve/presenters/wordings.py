"""Other words than those typed, on the result page: better spellings, and other names of topics."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tipsearch.cite.plain import one_line
from tipsearch.query.wording import wording

if TYPE_CHECKING:
    from tipsearch.search.answer import SearchAnswer
    from tipsearch.serve.links import PathLinks

#: Names shown at once; the others are one click away.
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """A search that the reader may prefer: what stands before the link, the link's words, its address."""

    before: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class NamesView:
    """The names that were added for a term of the query: those `shown` at once, and the `rest` with what leads to it."""

    heading: str
    shown: tuple[str, ...]
    rest: tuple[str, ...]
    more: str


@dataclass(frozen=True, slots=True)
class WordingsView:
    """Words beside those typed, told in the reader's language.

    Attributes:
        language, direction: of what is told.
        comma: what stands between names.
        spellings: a better spelling; where that was searched for, what was typed after it.
        names: of topics in the query.
        switch: the search without other names, or with them where they are switched off; None where there are none.
    """

    language: str
    direction: str
    comma: str
    spellings: tuple[Choice, ...]
    names: tuple[NamesView, ...]
    switch: Choice | None


def wordings_view(answer: SearchAnswer, links: PathLinks) -> WordingsView:
    """What the page shows about other words in this answer."""
    spoken = wording(answer.query.language)

    def names(term: str, added: tuple[str, ...]) -> NamesView:
        heading = spoken.say("other_names", term=spoken.quoted(one_line(term)))
        rest = added[_SHOWN:]
        more = spoken.say("more", count=spoken.number(len(rest)))
        return NamesView(heading, tuple(map(one_line, added[:_SHOWN])), tuple(map(one_line, rest)), more)

    return WordingsView(
        language=spoken.language,
        direction=spoken.direction,
        comma=spoken.say("comma", one="", other=""),
        spellings=_spellings(answer, links),
        names=tuple(names(term, added) for term, added in answer.query.expansions),
        switch=_switch(answer, links),
    )


def _spellings(answer: SearchAnswer, links: PathLinks) -> tuple[Choice, ...]:
    spoken, understood = wording(answer.query.language), answer.query
    request = replace(answer.request, page=1)
    better = understood.did_you_mean
    if better is None:
        return ()
    url = links.search(replace(request, text=better, spell=True))
    if not understood.corrected:
        return (Choice(spoken.say("did_you_mean"), one_line(better), url),)
    typed = links.search(replace(request, spell=False))
    return (
        Choice(spoken.say("showing"), one_line(better), url),
        Choice(spoken.say("instead"), one_line(request.text), typed),
    )


def _switch(answer: SearchAnswer, links: PathLinks) -> Choice | None:
    spoken, request = wording(answer.query.language), replace(answer.request, page=1)
    if answer.query.expansions:
        # What was typed is not what was searched for where that was corrected.
        spell = request.spell and not answer.query.corrected
        return Choice("", spoken.say("only_typed"), links.search(replace(request, expand=False, spell=spell)))
    if request.expand or not request.text:
        return None
    url = links.search(replace(request, expand=True))
    return Choice(spoken.say("was_only_typed"), spoken.say("with_names"), url)
