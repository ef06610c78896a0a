"""Asks one index, in a process of its own, and prints what that took as JSON.

usage: ask.py service LIBRARY QUERIES      processor time of each query through the library, facets, pages and snippets included
       ask.py tantivy INDEX QUERIES        … and of tantivy's ten best pages alone
       ask.py change LIBRARY MADE          seconds from a changed report of 40 pages to the search that finds it
       ask.py cold LIBRARY WORD            seconds from nothing to the first answer
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from measure import yardstick_us

#: Before anything of ours is imported.
_BEGIN = time.perf_counter()

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from made_pages import MadeDocument
    from made_queries import Query
    from tantivy import Index
    from tantivy import Query as TantivyQuery

    from tipsearch import Library

#: Times that all queries are asked, in turns; of each the median counts.
_ROUNDS = 3
_REPORT_PAGES = (38, 42)
_REPORTS = 5


def service(folder: Path, queries: Sequence[Query]) -> dict[str, object]:
    """Processor milliseconds of each query, and how many documents it finds."""
    from tipsearch import Library, SearchRequest  # noqa: PLC0415  each way has its own process

    with Library.open_existing(folder) as library:
        asked = [SearchRequest(one.text, regions=(one.region,) if one.region else ()) for one in queries]
        return _timed([lambda one=one: library.search(one).total for one in asked])  # type: ignore[misc]


def bare(folder: Path, queries: Sequence[Query]) -> dict[str, object]:
    """Processor milliseconds of tantivy's ten best pages for each query (regions are not in this index)."""
    from index_variants import bare_tantivy  # noqa: PLC0415  each way has its own process

    index = bare_tantivy(folder)
    searcher = index.searcher()

    def ask(one: Query) -> int:
        found = searcher.search(_bare_query(index, one), 10)
        return int(found.count)  # type: ignore[attr-defined]  # missing in tantivy-py's stub

    return _timed([lambda one=one: ask(one) for one in queries])  # type: ignore[misc]


def _bare_query(index: Index, one: Query) -> TantivyQuery:
    """What a query means, in tantivy's own objects."""
    from index_variants import bare_analyzer  # noqa: PLC0415  each way has its own process
    from tantivy import Occur, Query  # noqa: PLC0415

    schema, plain = index.schema, one.text.strip('"*~')
    if one.kind == "prefix":
        return Query.regex_query(schema, "text", f"{plain}.*")
    words: list[str | tuple[int, str]] = list(bare_analyzer().analyze(plain.replace(" OR ", " ")))
    if one.kind == "fuzzy":
        return Query.fuzzy_term_query(schema, "text", str(words[0]), distance=1)
    if one.kind == "phrase" and len(words) > 1:
        return Query.phrase_query(schema, "text", words)
    occur = Occur.Should if one.kind == "OR" else Occur.Must
    return Query.boolean_query([(occur, Query.term_query(schema, "text", str(word))) for word in words])


def _timed(asks: Sequence[Callable[[], int]]) -> dict[str, object]:
    found = [ask() for ask in asks]
    costs: list[list[float]] = [[] for _ in asks]
    for _ in range(_ROUNDS):
        for own, ask in zip(costs, asks, strict=True):
            before = time.process_time()
            ask()
            own.append((time.process_time() - before) * 1000)
    return {
        "cpu_ms": [round(sorted(own)[_ROUNDS // 2], 3) for own in costs],
        "found": found,
        "yardstick_us": yardstick_us(),
    }


def change(folder: Path, made: Path) -> dict[str, object]:
    """Wall seconds from the beginning of a change in the catalogue to a search that finds it, and until all is sealed."""
    import made_pages  # noqa: PLC0415  each way has its own process

    from tipsearch import Library  # noqa: PLC0415

    least, most = _REPORT_PAGES
    reports = [one for one in made_pages.read(made) if least <= len(one.pages) <= most][:_REPORTS]
    visible, sealed = [], []
    with Library.open_existing(folder) as library:
        for number, report in enumerate(reports):
            times = _changed(library, folder, report, f"neverseenbefore{number}x")
            visible.append(times[0])
            sealed.append(times[1])
    return {"visible_s": visible, "sealed_s": sealed, "reports": len(reports)}


def _changed(library: Library, folder: Path, report: MadeDocument, word: str) -> tuple[float, float]:
    import msgspec  # noqa: PLC0415  each way has its own process
    from index_variants import put  # noqa: PLC0415

    from tipsearch import SearchRequest  # noqa: PLC0415
    from tipsearch.catalogue import Catalogue  # noqa: PLC0415
    from tipsearch.engines.generations import Generations  # noqa: PLC0415
    from tipsearch.indexing import Follower  # noqa: PLC0415
    from tipsearch.paths import CATALOGUE, ENGINE  # noqa: PLC0415

    request = SearchRequest(word)
    if library.search(request).total:
        raise SystemExit(f"{word} is in the library already")
    pages = tuple(f"{text} {word}" for text in report.pages)
    catalogue = Catalogue(folder / CATALOGUE)
    begin = time.perf_counter()
    with catalogue.change() as changes:
        source = changes.source("/made")
        put(changes, msgspec.structs.replace(report, pages=pages), source=source, run=1)
        changes.settle()
    with Follower(Generations(folder / ENGINE), catalogue, "tantivy", library.vocabularies) as follower:
        follower.feed()
        follower.finish()
        if library.search(request).total != 1:
            raise SystemExit(f"{word} is not found")
        visible = time.perf_counter() - begin
    sealed = time.perf_counter() - begin
    catalogue.close()
    return round(visible, 3), round(sealed, 3)


def cold(folder: Path, word: str) -> dict[str, object]:
    """Wall seconds of importing the library, and of opening a library and answering its first request."""
    from tipsearch import Library, SearchRequest  # noqa: PLC0415  what is measured

    imported = time.perf_counter()
    with Library.open_existing(folder) as library:
        found = library.search(SearchRequest(word)).total
        answered = time.perf_counter()
    return {
        "import_s": round(imported - _BEGIN, 3),
        "open_to_answer_s": round(answered - imported, 3),
        "found": found,
    }


def main(way: str, place: Path, what: str) -> None:
    """Ask and print."""
    if way == "cold":
        print(json.dumps(cold(place, what)))
        return
    if way == "change":
        print(json.dumps(change(place, Path(what))))
        return
    from made_queries import Query  # noqa: PLC0415  each way has its own process

    queries = [Query(*one) for one in json.loads(Path(what).read_text("utf-8"))]
    print(json.dumps((service if way == "service" else bare)(place, queries)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
