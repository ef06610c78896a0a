"""What several answers have in common."""

from __future__ import annotations

import msgspec

#: Start and end of what to mark, in characters.
Span = tuple[int, int]


class Shape(msgspec.Struct, frozen=True, gc=False):
    """Something that the API answers."""


class DocumentLinks(Shape, frozen=True):
    """Where a document is found.

    Attributes:
        self_: its record in this API.
        html: its page.
        file: its file; null where the library has none.
        ris, bibtex, csl_json: its citation.
    """

    self_: str = msgspec.field(name="self")
    html: str
    file: str | None
    ris: str
    bibtex: str
    csl_json: str = msgspec.field(name="csl-json")


class Record(Shape, frozen=True):
    """What is known of a document.

    Attributes:
        id: stable, never reused.
        title: never empty.
        url: the document at its publisher.
        publisher: its name.
        authors: their names.
        date: year, year and month, or a day.
        year: of publication.
        language: its code.
        types: kinds of publication, by weight.
        page_count: how many pages there are.
        warning: what may distress in it, as a librarian has put it.
        duplicates: other files with the same content.
    """

    id: str
    title: str
    url: str | None
    publisher: str | None
    authors: tuple[str, ...]
    date: str | None
    year: int | None
    language: str | None
    types: tuple[str, ...]
    page_count: int
    warning: str | None
    duplicates: tuple[str, ...]
