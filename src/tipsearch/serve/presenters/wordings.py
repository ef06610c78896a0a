"""Other words than those typed, on the result page: better spellings, and other names of topics."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tipsearch.cite.plain import one_line
from tipsearch.search import wording

if TYPE_CHECKING:
    from tipsearch.search.answer import SearchAnswer
    from tipsearch.serve.links import PathLinks

#: Names shown at once; the others are one click away.
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class NamesView:
    """The names that were added for a term of the query: those `shown` at once, and the `rest`."""

    term: str
    shown: tuple[str, ...]
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordingsView:
    """Words beside those typed.

    Attributes:
        better: the text in a better spelling, or None.
        better_url: the search for it.
        typed: the text as typed.
        typed_url: the search for what was typed, where something else was searched for instead; None elsewhere.
        names: of topics in the query.
        narrow_url: the search without them; None where there are none.
        widen_url: the search with them, where they are switched off; None elsewhere.
        say: the sentences to put around all that.
    """

    better: str | None
    better_url: str | None
    typed: str
    typed_url: str | None
    names: tuple[NamesView, ...]
    narrow_url: str | None
    widen_url: str | None
    say = wording


def wordings_view(answer: SearchAnswer, links: PathLinks) -> WordingsView:
    """What the page shows about other words in this answer."""
    request, understood = replace(answer.request, page=1), answer.query
    better = understood.did_you_mean
    names = tuple(
        NamesView(one_line(term), tuple(map(one_line, added[:_SHOWN])), tuple(map(one_line, added[_SHOWN:])))
        for term, added in understood.expansions
    )
    is_off = not request.expand and bool(request.text)
    return WordingsView(
        better=better and one_line(better),
        better_url=links.search(replace(request, text=better, spell=True)) if better else None,
        typed=one_line(request.text),
        typed_url=links.search(replace(request, spell=False)) if understood.corrected else None,
        names=names,
        narrow_url=links.search(replace(request, expand=False)) if names else None,
        widen_url=links.search(replace(request, expand=True)) if is_off else None,
    )
