"""A collection indexed for the moment, and its queries answered as a reader's would be."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tipsearch.engines import registry
from tipsearch.engines.base import Hit
from tipsearch.enrich import language
from tipsearch.extract.clean import clean
from tipsearch.model import Document, IndexDocument, Page
from tipsearch.query.nodes import MATCH_ALL
from tipsearch.search import ranking
from tipsearch.search.asking import ask
from tipsearch.search.request import SearchRequest
from tipsearch.thesaurus import in_force
from tipsearch.vocabulary import standard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tipsearch.config import Settings
    from tipsearch.engines.base import Engine
    from tipsearch.evaluation.collection import Collection, Paper
    from tipsearch.vocabulary import Vocabularies

#: Results of a query that are looked at, as in TREC.
DEPTH = 1_000
#: The least by which a score is below the one before it, as a share: what single precision, in which trec_eval compares
#: scores, can tell apart.
_STEP = 1e-6


@dataclass(frozen=True, slots=True)
class Trial:
    """An index of a collection, with what was indexed.

    Attributes:
        engine: the index.
        papers: with titles, by id.
        texts: the text of each by id, a page.
        vocabularies: in which topics of queries are looked up.
    """

    engine: Engine
    papers: Mapping[str, Paper]
    texts: Mapping[str, Page]
    vocabularies: Vocabularies

    def documents(self, ids: Sequence[str]) -> dict[str, Document]:
        """Documents by id, as the catalogue gives them."""
        return {
            one: Document(one, self.papers[one].title, language=self.texts[one].language, page_count=1)
            for one in ids
        }

    def pages(self, wanted: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Page]:
        """Pages by document and number, as the catalogue gives them."""
        return {(one, number): self.texts[one] for one, number in wanted}

    def answer(self, text: str) -> tuple[Hit, ...]:
        """The first results of a query of which any word may match; none for one without words."""
        asked = ask(SearchRequest(text, match="any"), self.engine, self.vocabularies, 0)
        if asked.node == MATCH_ALL:
            return ()
        filters = asked.selection.filters()
        return strictly(ranking.ranked(self.engine, asked.named, filters, texts=self, limit=DEPTH).hits)


@contextmanager
def trial(collection: Collection, settings: Settings) -> Iterator[Trial]:
    """The collection in a new index, which is gone when the context ends.

    Args:
        collection: what to index.
        settings: by which engine, and with which thesaurus.

    Raises:
        ThesaurusError: the settings' thesaurus can't be used.
        EngineMissing: there is no such engine.
        EngineFailed: the collection can't be indexed.
    """
    chosen = registry.load(settings.engine or registry.DEFAULT)
    with tempfile.TemporaryDirectory(prefix="tipsearch-eval-") as folder:
        topics = in_force(settings.thesaurus, Path(folder))
        place = Path(folder) / "index"
        place.mkdir()
        opened = chosen.create(place)
        try:
            texts = _pages(collection.papers)
            with opened.writer() as writer:
                for name, paper in collection.papers.items():
                    page = texts[name]
                    writer.add(IndexDocument(name, clean(paper.title), page.language, (page,)))
                writer.commit()
            opened.refresh()
            yield Trial(opened, collection.papers, texts, replace(standard(), topics=topics))
        finally:
            opened.close()


def _pages(papers: Mapping[str, Paper]) -> dict[str, Page]:
    """The text of each document with its language.

    Titles and abstracts are too short to tell their language by, so the collection is taken for one document, of which
    each is a page: it is in the language of most unless it clearly speaks another.
    """
    texts = [clean(paper.text) for paper in papers.values()]
    whole = [f"{paper.title}\n{text}" for paper, text in zip(papers.values(), texts, strict=True)]
    _, languages = language.detect_pages(whole)
    return {
        name: Page(1, text, language=spoken)
        for name, text, spoken in zip(papers, texts, languages, strict=True)
    }


def strictly(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits in their order, with scores that fall from each to the next.

    Tools that read a run sort it by score, and trec_eval breaks ties in an order of its own.
    """
    falling: list[Hit] = []
    for hit in hits:
        score = hit.score
        if falling:
            before = falling[-1].score
            score = min(score, before - _STEP * max(1.0, abs(before)))
        falling.append(Hit(hit.id, score))
    return tuple(falling)
