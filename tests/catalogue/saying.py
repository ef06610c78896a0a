"""Files of a made-up library: what they say, and what becomes of it in a catalogue."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from tipsearch import reading
from tipsearch.model import Candidate, Extraction, Fact, Field, FileState, Origin, Page, Record, RecordKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.catalogue import Catalogue
    from tipsearch.model import Document

PDF, HTML, TEXT = "application/pdf", "text/html", "text/plain"

_SYLLABLES = [f"{one}{other}" for one in "bcdfghjklmnprstvwxz" for other in "aeiou"]


@cache
def prose(seed: str, count: int = 400) -> tuple[str, ...]:
    """Words of a text of its own."""
    source = random.Random(seed)
    vocabulary = ["".join(source.choices(_SYLLABLES, k=source.randint(1, 4))) for _ in range(count // 2)]
    return tuple(source.choices(vocabulary, k=count))


def set_in(words: Sequence[str], columns: int, *, lines: int = 20, head: str = "") -> list[str]:
    """Pages of so many words a line, with a head and a number on the first one, as extraction leaves them."""
    rows = [" ".join(words[at : at + columns]) for at in range(0, len(words), columns)]
    texts = ["\n".join(rows[at : at + lines]) for at in range(0, len(rows), lines)]
    if head:
        texts[0] = f"{head}\n{texts[0]}\nPage 1"
    return texts


def document(pages: Sequence[str], *, media_type: str = PDF, **said: str) -> Extraction:
    """A file that says this, with facts by their field's name."""
    facts = tuple(Fact(Field(name), value, Origin.SOURCE) for name, value in said.items())
    texts = tuple(Page(number, text) for number, text in enumerate(pages, 1))
    record = Record(RecordKind.DOCUMENT, facts, texts)
    return reading.sketched(Extraction(FileState.OK, media_type, (record,)))


def card(title: str, url: str) -> Extraction:
    """A listing with this one card."""
    facts = (Fact(Field.TITLE, title, Origin.SOURCE), Fact(Field.URL, url, Origin.SOURCE))
    record = Record(RecordKind.CARD, facts, (Page(1, "A teaser of it"),), number=1)
    return Extraction(FileState.OK, HTML, (record,))


def with_cards(extraction: Extraction, *cards: Extraction) -> Extraction:
    """The page with these cards on it."""
    own = tuple(replace(card.records[0], number=number) for number, card in enumerate(cards, 1))
    return replace(extraction, records=(*extraction.records, *own))


def put(catalogue: Catalogue, path: str, extraction: Extraction, sha256: str = "") -> int:
    """Bring a file in; the number of copies found."""
    with catalogue.change() as change:
        run, source = change.start_run("test"), change.source("/library")
        candidate = Candidate(path, 1, 1, 1)
        change.put_file(
            candidate, extraction, source=source, run=run, reader="1", sha256=sha256 or f"{path} {extraction}"
        )
        change.settle()
        return change.copies


def remove(catalogue: Catalogue, path: str, *, prune: bool = False) -> None:
    with catalogue.view() as view:
        file = view.known_files()[path.encode()].id
    with catalogue.change() as change:
        change.gone(file, prune=prune, run=change.start_run("test"))
        change.settle()


def rename(catalogue: Catalogue, path: str, other: str) -> None:
    with catalogue.view() as view:
        file = view.known_files()[path.encode()].id
    with catalogue.change() as change:
        source = change.source("/library")
        change.rename(file, Candidate(other, 1, 1, 1), source=source, run=change.start_run("test"))
        change.settle()


def living(catalogue: Catalogue) -> list[Document]:
    """All documents that there are."""
    with catalogue.view() as view:
        return [one.document for one in view.changes(0) if one.document]


def state(catalogue: Catalogue, path: str) -> tuple[FileState, str]:
    """State of a file and its reason."""
    with catalogue.view() as view:
        known = view.known_files()[path.encode()]
    return known.state, known.reason
