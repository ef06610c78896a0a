"""Processor time of 200 mixed queries through the library, facets and passages included: median, 95th percentile, worst.

Reads ``$TIPSEARCH_DATA/reports``. The queries are of nine kinds in turn, their words drawn with a fixed seed from the
library's own dictionary (common and rare ones) and from the field's usual phrases.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from typing import TYPE_CHECKING

from measure import data_folder, write_result

from tipsearch import Library, SearchRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

QUERIES = 200
#: Words of a page longer than this (letters) are rare ones, mostly.
RARE_LENGTH = 8
PHRASES = (
    "child labor", "forced labor", "human trafficking", "worst forms of child labor", "commercial sexual exploitation",
    "domestic work", "labor inspectors", "debt bondage", "armed conflict", "minimum age", "law enforcement",
)  # fmt: skip
COMMON = (
    "children", "labor", "government", "education", "law", "trafficking", "agriculture", "inspections", "forced",
    "mining", "school", "families", "victims", "social", "program", "police", "work", "hazardous",
)  # fmt: skip
REGIONS = ("africa", "asia", "americas", "europe", "western-africa", "nepal", "oceania")


def requests(library: Library) -> Iterator[SearchRequest]:
    """The queries, the same ones in every run over the same library."""
    chance = random.Random(2026)  # noqa: S311  no secret
    answer = library.search(SearchRequest(size=50))
    texts = [
        library.page(result.document.id, 2).text
        for result in answer.results
        if result.document.page_count > 1
    ]
    rare = sorted(
        {word for text in texts for word in text.split() if word.isalpha() and len(word) > RARE_LENGTH}
    )
    for number in range(QUERIES):
        one, two = chance.sample(COMMON, 2)
        phrase, word, region = chance.choice(PHRASES), chance.choice(rare), chance.choice(REGIONS)
        yield (
            SearchRequest(one),
            SearchRequest(f"{one} {two}"),
            SearchRequest(f'"{phrase}"'),
            SearchRequest(word),
            SearchRequest(f"{one} {word}", match="any"),
            SearchRequest(f"{phrase} -{two}", regions=(region,)),
            SearchRequest(f"{one[:4]}*"),
            SearchRequest(f"title:{one} OR {word}~1", year_from=2018),
            SearchRequest(regions=(region, "global"), page=2),
        )[number % 9]


def main() -> None:
    """Measure and write the figures."""
    with tempfile.TemporaryDirectory() as place, Library.open(place) as library:
        library.index([data_folder("reports")])
        asked = list(requests(library))
        for request in asked[:20]:
            library.search(request)
        costs, found = [], 0
        for request in asked:
            begin = time.process_time()
            found += library.search(request).total > 0
            costs.append((time.process_time() - begin) * 1000)
        status = library.status()
    slowest = asked[costs.index(max(costs))]
    write_result(
        "queries",
        {
            "documents": status.documents,
            "pages": status.pages,
            "queries": len(asked),
            "with_results": found,
            "cpu_ms_median": round(statistics.median(costs), 2),
            "cpu_ms_p95": round(statistics.quantiles(costs, n=20)[-1], 2),
            "cpu_ms_worst": round(max(costs), 2),
            "worst_query": slowest.text,
        },
    )


if __name__ == "__main__":
    main()
