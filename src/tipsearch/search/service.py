"""From a request to an answer: the one way in which the command line, the API and the pages search."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tipsearch.query.nodes import MATCH_ALL
from tipsearch.search.answer import LabelledTag, PageFound, Passage, Result, SearchAnswer
from tipsearch.search.asking import ask
from tipsearch.search.facets import facet_values, facets_of
from tipsearch.search.filters import canonical
from tipsearch.search.finding import find
from tipsearch.search.highlight import Highlighter
from tipsearch.search.request import SearchRequest
from tipsearch.search.whole import whole_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from tipsearch.catalogue import Catalogue, View
    from tipsearch.engines.base import Engine, Hit, PageHit
    from tipsearch.model import Document, Page, Tag
    from tipsearch.query.nodes import Node
    from tipsearch.search.asking import Asked
    from tipsearch.search.facets import Facet
    from tipsearch.search.filters import Selection
    from tipsearch.search.shapes import FacetValue
    from tipsearch.vocabulary import Vocabularies

#: Passages shown of one document.
PASSAGES = 3
#: Passages shown where one document's hits are listed.
MOST_PAGES = 200


def search(
    request: SearchRequest,
    engine: Engine,
    catalogue: Catalogue,
    vocabularies: Vocabularies,
    generation: int,
    *,
    facets: Collection[str] | None = None,
) -> SearchAnswer:
    """Answer a request from the engine's index and the catalogue's text.

    Args:
        request: what is asked for.
        engine: its index.
        catalogue: the library's.
        vocabularies: the library's, as the index was made with.
        generation: of the index.
        facets: names of those that the answer is to hold, None for all: to count them can be half of the work.

    Raises:
        BadRequest: a facet value can't be understood.
        EngineFailed: the engine broke.
    """
    begin = time.perf_counter()
    wanted = [one for name, one in facets_of(vocabularies).items() if facets is None or name in facets]
    request = canonical(request, vocabularies)
    with catalogue.view() as view:
        found = find(
            request, engine, view, vocabularies, generation, offset=request.offset, limit=request.size
        )
        asked, hits = found.asked, found.hits.hits
        pages = engine.best_pages(asked.named, [hit.id for hit in hits], PASSAGES)
        language = request.ui or "en"
        results = _results(
            hits,
            pages,
            Highlighter(asked.node),
            view,
            partial(labelled, vocabularies=vocabularies, language=language),
        )
    return SearchAnswer(
        request=request,
        query=found.query,
        total=found.hits.total,
        results=results,
        facets=_facets(asked.named, asked.selection, engine, wanted, language),
        took_ms=round((time.perf_counter() - begin) * 1000, 2),
        generation=generation,
    )


def asked_of(
    text: str, engine: Engine, vocabularies: Vocabularies, generation: int, *, expand: bool = True
) -> Asked:
    """What a text asks where neither filters nor order matter: within one document, or one page.

    Raises:
        EngineFailed: the engine broke.
    """
    return ask(SearchRequest(text, expand=expand), engine, vocabularies, generation)


def pages_found(document: Document, asked: Asked, engine: Engine) -> tuple[PageFound, ...]:
    """The pages of one document, at most the best `MOST_PAGES`, that hold something of what was asked, in their order."""
    if asked.node == MATCH_ALL:
        return ()
    hits = engine.best_pages(asked.named, [document.id], MOST_PAGES)[document.id]
    numbers = sorted(hit.number for hit in hits)
    whole = whole_pages(document, asked.named, numbers, engine)
    return tuple(PageFound(number, number in whole) for number in numbers)


def page_hits(document: Document, asked: Asked, engine: Engine, catalogue: Catalogue) -> tuple[Passage, ...]:
    """`pages_found`, each with a passage."""
    found = pages_found(document, asked, engine)
    with catalogue.view() as view:
        texts = view.pages([(document.id, one.number) for one in found])
    passages = _passages(document, [one.number for one in found], texts, Highlighter(asked.node))
    whole = {one.number for one in found if one.whole}
    return tuple(replace(one, whole=one.number in whole) for one in passages)


def best_passages(
    document: Document, asked: Asked, engine: Engine, catalogue: Catalogue, first: int | None = None
) -> tuple[Passage, ...]:
    """The pages that are shown of one document in a search, the best first; page `first` stands before them, if one is given."""
    hits: Sequence[PageHit] = ()
    if asked.node != MATCH_ALL:
        hits = engine.best_pages(asked.named, [document.id], PASSAGES)[document.id]
    best = [hit.number for hit in hits]
    numbers = list(dict.fromkeys([first, *best] if first else best))[:PASSAGES]
    if not numbers:
        return ()
    with catalogue.view() as view:
        texts = view.pages([(document.id, number) for number in numbers])
    return _passages(document, numbers, texts, Highlighter(asked.node))


def _results(
    hits: Sequence[Hit],
    pages: Mapping[str, tuple[PageHit, ...]],
    highlighter: Highlighter,
    view: View,
    labels: Callable[[str, Sequence[Tag]], tuple[LabelledTag, ...]],
) -> tuple[Result, ...]:
    documents = view.documents([hit.id for hit in hits])
    # A hit on the title alone is shown with the document's first page.
    numbers = {hit.id: [page.number for page in pages.get(hit.id, ())] or [1] for hit in hits}
    texts = view.pages([(one, number) for one, several in numbers.items() for number in several])
    return tuple(
        Result(
            document=document,
            score=hit.score,
            regions=labels("region", document.regions),
            topics=labels("topic", document.topics),
            roles=labels("role", document.roles),
            pages=_passages(document, numbers[hit.id], texts, highlighter),
        )
        for hit in hits
        # While a run writes, the index is up to two seconds behind the catalogue; what is removed there isn't shown.
        if (document := documents.get(hit.id))
    )


def _passages(
    document: Document,
    numbers: Sequence[int],
    texts: Mapping[tuple[str, int], Page],
    highlighter: Highlighter,
) -> tuple[Passage, ...]:
    found = []
    for number in numbers:
        page = texts.get((document.id, number))
        if page is None or not page.text:
            continue
        text, spans = highlighter.passage(page.text, page.language or document.language)
        found.append(Passage(number, page.label or str(number), text, spans, page.ocr))
    return tuple(found)


def labelled(
    facet: str, tags: Sequence[Tag], vocabularies: Vocabularies, language: str = "en"
) -> tuple[LabelledTag, ...]:
    """Tags with their labels in that language and their paths, the weightiest first."""
    tree = vocabularies.get(facet) if tags else None
    if tree is None:
        return ()
    return tuple(
        LabelledTag(tag.value, tree.label(tag.value, language), tree.path(tag.value), tag.origin.value)
        for tag in tags
    )


def _facets(
    node: Node, selection: Selection, engine: Engine, facets: Sequence[Facet], language: str
) -> dict[str, tuple[FacetValue, ...]]:
    """Counts of facets; each leaves its own ticks out, so that one sees what another value would bring.

    The number beside a value is how many documents there are when it is the only one ticked in its facet.
    """
    shared = {one.source: None for one in facets if one.name not in selection.chosen}
    together = engine.count_facets(node, selection.filters(), list(shared))
    found = {}
    for facet in facets:
        name, counted = facet.name, together
        if name in selection.chosen:
            counted = engine.count_facets(node, selection.filters(without=name), [facet.source])
        found[name] = facet_values(facet, counted[facet.source], selection.values(name), language)
    return found
