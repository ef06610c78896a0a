"""What to try when nothing was found: each way is tried first, and only those that find something are offered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tipsearch.serve.presenters.facets import chips, toggled, without_filters
from tipsearch.serve.presenters.search import WayOut
from tipsearch.serve.presenters.text import quotable
from tipsearch.serve.tongue import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipsearch.search.request import SearchRequest
    from tipsearch.serve.library import Library
    from tipsearch.serve.links import PathLinks
    from tipsearch.serve.presenters.names import Names

#: Searches that an empty answer may cost.
_MAX_TRIES = 10
_MIN_WORDS, _MAX_WORDS = 2, 5


def find_ways_out(
    library: Library, request: SearchRequest, names: Names, links: PathLinks
) -> tuple[WayOut, ...]:
    """Ways to find something after all: all filters less, a filter less, by topic, any of the words, a word less.

    Costs at most `_MAX_TRIES` searches of one result each.
    """
    tries = list(_tries(request, names, links))[:_MAX_TRIES]
    found = (
        WayOut(text, links.search(wider), library.search(replace(wider, size=1, page=1), facets=()).total)
        for text, wider in tries
    )
    return tuple(way for way in found if way.total)


def _tries(request: SearchRequest, names: Names, links: PathLinks) -> Iterator[tuple[str, SearchRequest]]:
    request = replace(request, page=1)
    in_force = chips(request, names, links)
    if len(in_force) > 1:
        yield gettext("Remove all filters"), without_filters(request)
    for chip in in_force:
        yield gettext("Remove %(facet)s: %(value)s", facet=chip.title, value=chip.label), chip.without
    yield from _by_topic(request, names)
    if request.text and not request.expand:
        yield gettext("Find other names of it and other languages, too"), replace(request, expand=True)
    yield from _with_less(request)


def _by_topic(request: SearchRequest, names: Names) -> Iterator[tuple[str, SearchRequest]]:
    """Where the words name a topic: what is about it in whichever words and language, then the broader topic."""
    for topic in names.topics_named(request.text):
        facet = names.facet_of(topic)
        wider = toggled(replace(request, text=""), facet, topic)
        if topic not in request.selections[facet]:
            text = gettext(
                "Documents about %(topic)s, in any words and language", topic=names.label(facet, topic)
            )
            yield text, wider


def _with_less(request: SearchRequest) -> Iterator[tuple[str, SearchRequest]]:
    words = _plain_words(request.text)
    if len(words) >= _MIN_WORDS and request.match == "all":
        yield gettext("Find documents with any of the words"), replace(request, match="any")
        if without_filters(request) != request:
            text = gettext("Find documents with any of the words, without filters")
            yield text, replace(without_filters(request), match="any")
    if _MIN_WORDS <= len(words) <= _MAX_WORDS:
        for position, word in enumerate(words):
            rest = " ".join((*words[:position], *words[position + 1 :]))
            yield gettext("Search without “%(word)s”", word=quotable(word)), replace(request, text=rest)


def _plain_words(text: str) -> tuple[str, ...]:
    """The words of a query that is nothing but words; none where an operator would change its meaning."""
    words = tuple(text.split())
    plain = all(
        word.replace("-", "").replace("'", "").isalnum() and not word.startswith("-") for word in words
    )
    return words if plain and not {"AND", "OR", "NOT"} & set(words) else ()
