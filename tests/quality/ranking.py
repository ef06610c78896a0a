"""Ranking measured on queries as researchers type them (queries.tsv), with the settings that a reader finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extraction import by_name
from metrics import CUT, Metric, mean, ndcg, reciprocal_rank, share
from truth import HERE, document_of

from tipsearch import SearchRequest

if TYPE_CHECKING:
    from tipsearch import Library

_BEST, _ALSO = 2, 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with its judgements.

    Attributes:
        gains: by document, 2 for a best answer and 1 for another one; a page and the PDF it offers are one.
        pages: by document, the pages of which any answers.
    """

    language: str
    text: str
    gains: dict[str, int]
    pages: dict[str, frozenset[int]]


def queries() -> list[Asked]:
    """The queries in the order of the file."""
    lines = (HERE / "queries.tsv").read_text("utf-8").splitlines()
    return [_asked(line) for line in lines if not line.startswith("#")]


def measure(library: Library) -> dict[str, Metric]:
    """All measures of ranking."""
    names = {document.id: name for name, document in by_name(library).items()}
    ranks, gains, hits = {}, {}, {}
    for asked in queries():
        found = library.search(SearchRequest(asked.text, size=CUT)).results
        ranking = [names.get(one.document.id, "") for one in found]
        ranks[asked.text] = reciprocal_rank(ranking, asked.gains)
        gains[asked.text] = ndcg(ranking, asked.gains)
        shown = {name: {page.number for page in one.pages} for name, one in zip(ranking, found, strict=True)}
        for name, pages in asked.pages.items():
            hits[f"{asked.text} > {name}"] = bool(pages & shown.get(name, set()))
    return {
        "ranking.mrr@10": mean(ranks),
        "ranking.ndcg@10": mean(gains),
        "ranking.page-hits": share(hits),
    }


def _asked(line: str) -> Asked:
    language, text, best, also = line.split("\t")
    gains: dict[str, int] = {}
    pages: dict[str, frozenset[int]] = {}
    for column, gain in ((best, _BEST), (also, _ALSO)):
        for judged in column.split():
            file, _, numbers = judged.partition("@")
            name = document_of(file)
            gains[name] = max(gain, gains.get(name, 0))
            if numbers:
                pages[name] = frozenset(map(int, numbers.split(",")))
    return Asked(language, text, gains, pages)
