"""A collection indexed for the moment, and its queries answered as a reader's would be."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tipsearch import query
from tipsearch.engines import registry
from tipsearch.engines.base import Hit
from tipsearch.enrich import language
from tipsearch.extract.clean import clean
from tipsearch.model import IndexDocument, Page
from tipsearch.query.nodes import MATCH_ALL
from tipsearch.search import ranking

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tipsearch.engines.base import Engine
    from tipsearch.evaluation.collection import Collection, Paper

#: Results of a query that are looked at, as in TREC.
DEPTH = 1_000
#: The least by which a score is below the one before it, as a share: what single precision, in which trec_eval compares
#: scores, can tell apart.
_STEP = 1e-6


@dataclass(frozen=True, slots=True)
class Trial:
    """An index of a collection, with the texts that were indexed."""

    engine: Engine
    texts: Mapping[str, Page]

    def pages(self, wanted: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Page]:
        """Pages by document and number, as the catalogue gives them."""
        return {(one, number): self.texts[one] for one, number in wanted if one in self.texts and number == 1}

    def answer(self, text: str) -> tuple[Hit, ...]:
        """The first results of a query of which any word may match; none for one without words."""
        node = self.engine.expand(query.parse(text, match="any").node)
        if node == MATCH_ALL:
            return ()
        return strictly(ranking.ranked(self.engine, node, (), limit=DEPTH).hits)


@contextmanager
def trial(collection: Collection, engine: str) -> Iterator[Trial]:
    """The collection in a new index, which is gone when the context ends.

    Args:
        collection: what to index.
        engine: by name.

    Raises:
        EngineMissing: there is no such engine.
        EngineFailed: the collection can't be indexed.
    """
    chosen = registry.load(engine)
    with tempfile.TemporaryDirectory(prefix="tipsearch-eval-") as folder:
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
            yield Trial(opened, texts)
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
