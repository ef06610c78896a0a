"""Makes one index of pages that `made_pages` wrote, and says what that took: processor time, peak memory, size on disk.

usage: index_variants.py VARIANT MADE PLACE [PAGES]

``ours`` follows a catalogue that ``catalogue`` has filled, just as ``tipsearch index`` does once files are read. The bare
ones take the pages from the file: one index with an id and the text, analysed and not stored (Whoosh and tantivy), or
with it (SQLite, which has no other way to show it). ``reading`` is what they all pay before they begin.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import made_pages
from measure import high_water_mb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import tantivy

    from tipsearch.catalogue.change import Change

#: As `tipsearch.engines.tantivy.writer` has it.
_HEAP_BYTES = 64_000_000
_WHOOSH_LIMIT_MB = 256
_DOCUMENTS_IN_A_STEP = 100
_EVERYTHING = 1 << 60


def main(variant: str, made: Path, place: Path, most: int) -> None:
    """Make the index in a new folder; the last line printed is what it took, as JSON."""
    place.mkdir(parents=True, exist_ok=True)
    work = prepared(variant)
    before = time.process_time()
    pages = work(made, place, most)
    print(
        json.dumps(
            {
                "pages": pages,
                "cpu_s": round(time.process_time() - before, 2),
                "peak_mb": round(high_water_mb()),
                "index_mb": round(size_mb(place / "engine" if variant == "ours" else place), 1),
            }
        )
    )


def prepared(variant: str) -> Callable[[Path, Path, int], int]:
    """What makes the index; libraries are imported before, so that their time isn't counted."""
    variants: dict[str, Callable[[], Callable[[Path, Path, int], int]]] = {
        "reading": lambda: _reading,
        "catalogue": _catalogue,
        "ours": _ours,
        "tantivy": _tantivy,
        "whoosh": _whoosh,
        "sqlite": lambda: _sqlite,
    }
    return variants[variant]()


def size_mb(folder: Path) -> float:
    """What the files of a folder take."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _pages(made: Path, most: int) -> Iterator[tuple[str, str]]:
    """Id and text of each page."""
    every = (
        (f"{document.id}/{number}", text)
        for document in made_pages.read(made)
        for number, text in enumerate(document.pages, 1)
    )
    return islice(every, most)


def _reading(made: Path, _: Path, most: int) -> int:
    return sum(1 for _ in _pages(made, most))


def _tantivy() -> Callable[[Path, Path, int], int]:
    import tantivy  # noqa: PLC0415  each variant has its own process

    def work(made: Path, place: Path, most: int) -> int:
        count = 0
        index = bare_tantivy(place)
        writer = index.writer(_HEAP_BYTES, 1)
        for count, (name, text) in enumerate(_pages(made, most), 1):  # noqa: B007  the last one is the number
            writer.add_document(tantivy.Document(id=name, text=text))
        writer.commit()
        writer.wait_merging_threads()
        return count

    return work


def bare_tantivy(place: Path) -> tantivy.Index:
    """An index of pages with tantivy's own analysis, made where there is none."""
    import tantivy  # noqa: PLC0415  each variant has its own process

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name="english")
    index = tantivy.Index(builder.build(), str(place), reuse=True)
    index.register_tokenizer("english", bare_analyzer())
    return index


def bare_analyzer() -> tantivy.TextAnalyzer:
    """Lower case, stop words, stems."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer  # noqa: PLC0415  each variant has its own process

    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for one in (Filter.lowercase(), Filter.stopword("english"), Filter.stemmer("english")):
        builder = builder.filter(one)
    return builder.build()


def _whoosh() -> Callable[[Path, Path, int], int]:
    from whoosh import analysis, fields, index  # noqa: PLC0415  each variant has its own process

    def work(made: Path, place: Path, most: int) -> int:
        count = 0
        analyzer = analysis.LanguageAnalyzer("en")
        schema = fields.Schema(id=fields.ID(stored=True), text=fields.TEXT(analyzer=analyzer))
        writer = index.create_in(str(place), schema).writer(limitmb=_WHOOSH_LIMIT_MB)
        for count, (name, text) in enumerate(_pages(made, most), 1):  # noqa: B007  the last one is the number
            writer.add_document(id=name, text=text)
        writer.commit()
        return count

    return work


def _sqlite(made: Path, place: Path, most: int) -> int:
    with closing(sqlite3.connect(place / "pages.sqlite")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(
            "CREATE VIRTUAL TABLE pages USING fts5(id UNINDEXED, text, tokenize = 'porter unicode61')"
        )
        connection.executemany("INSERT INTO pages VALUES (?, ?)", _pages(made, most))
        connection.commit()
        (count,) = connection.execute("SELECT count(*) FROM pages").fetchone()
        return int(count)


def _ours() -> Callable[[Path, Path, int], int]:
    from tipsearch import vocabulary  # noqa: PLC0415  each variant has its own process
    from tipsearch.catalogue import Catalogue  # noqa: PLC0415
    from tipsearch.engines.generations import Generations  # noqa: PLC0415
    from tipsearch.indexing import Follower  # noqa: PLC0415
    from tipsearch.paths import CATALOGUE, ENGINE  # noqa: PLC0415

    vocabularies = vocabulary.standard()

    def work(_: Path, place: Path, __: int) -> int:
        catalogue = Catalogue(place / CATALOGUE)
        with Follower(Generations(place / ENGINE), catalogue, "tantivy", vocabularies) as follower:
            follower.feed()
            follower.finish()
        with catalogue.view() as view:
            return view.counts()[1]

    return work


def _catalogue() -> Callable[[Path, Path, int], int]:
    from tipsearch.catalogue import Catalogue  # noqa: PLC0415  each variant has its own process
    from tipsearch.paths import CATALOGUE  # noqa: PLC0415

    def work(made: Path, place: Path, _: int) -> int:
        count, documents = 0, made_pages.read(made)
        catalogue = Catalogue.create(place / CATALOGUE)
        with catalogue.change() as change:
            source, run = change.source("/made"), change.start_run("benchmark")
        while some := tuple(islice(documents, _DOCUMENTS_IN_A_STEP)):
            with catalogue.change() as change:
                for document in some:
                    put(change, document, source=source, run=run)
                    count += len(document.pages)
                change.settle()
        catalogue.close()
        return count

    return work


def put(change: Change, document: made_pages.MadeDocument, *, source: int, run: int) -> None:
    """Put a document into a catalogue as a reader of files would; the same id again replaces it."""
    from tipsearch.model import (  # noqa: PLC0415  each variant has its own process
        Candidate,
        Extraction,
        Fact,
        Field,
        FileState,
        Origin,
        Page,
        Record,
        RecordKind,
    )

    stated: list[tuple[Field, str]] = [
        (Field.TITLE, document.title),
        (Field.LANGUAGE, document.language),
        (Field.PUBLISHER, document.publisher),
        (Field.TYPE, document.kind),
        *((Field.REGION, one) for one in document.regions),
        *((Field.TOPIC, one) for one in document.topics),
        *((Field.ROLE, one) for one in document.roles),
    ]
    if document.year:
        stated.append((Field.DATE, str(document.year)))
    record = Record(
        RecordKind.DOCUMENT,
        tuple(Fact(field, value, Origin.SOURCE) for field, value in stated),
        tuple(Page(number, text) for number, text in enumerate(document.pages, 1)),
    )
    size = sum(map(len, document.pages))
    change.put_file(
        Candidate(f"/made/{document.id}.pdf", size, 0, int(document.id[4:])),
        Extraction(FileState.OK, "application/pdf", (record,)),
        source=source,
        run=run,
        reader="benchmark",
        sha256=document.id,
    )


if __name__ == "__main__":
    main(
        sys.argv[1],
        Path(sys.argv[2]),
        Path(sys.argv[3]),
        int(sys.argv[4]) if len(sys.argv) > 4 else _EVERYTHING,  # noqa: PLR2004  an optional argument
    )
