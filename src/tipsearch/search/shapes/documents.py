"""Documents, their pages, and what is like them."""

from __future__ import annotations

from typing import Literal

import msgspec

from tipsearch.search.shapes.common import DocumentLinks, Record, Shape, Span
from tipsearch.search.shapes.found import TopicTag


class FullDocumentLinks(DocumentLinks, frozen=True):
    """Where a document is found, and what is like it.

    Attributes:
        similar: the documents most like it.
    """

    similar: str


class Evidence(Shape, frozen=True):
    """Why something is believed.

    Attributes:
        where: the place: title, text, metadata, …
        quote: the words found there.
        count: how often.
        pages: numbers of the first pages with them.
    """

    where: str
    quote: str
    count: int
    pages: tuple[int, ...]


class TagWithEvidence(TopicTag, frozen=True):
    """A tag, who says so and why.

    Attributes:
        evidence: why.
    """

    evidence: tuple[Evidence, ...]


class RoleWithEvidence(Shape, frozen=True):
    """What a place is to those trafficked, who says so and why.

    Attributes:
        value: role and region in one.
        role: origin, transit or destination.
        region: the region or country.
        label: what it is called.
        origin: who says so: detected, source or librarian.
        evidence: why.
    """

    value: str
    role: str
    region: str
    label: str
    origin: str
    evidence: tuple[Evidence, ...]


class Basis(Shape, frozen=True):
    """What a field with one value rests on.

    Attributes:
        field: title, date, publisher or language.
        origin: who says so.
        evidence: why.
    """

    field: str
    origin: str
    evidence: tuple[Evidence, ...]


class Section(Shape, frozen=True):
    """An entry of a document's outline.

    Attributes:
        heading: its text.
        level: depth, from 0.
        page: on which it begins.
    """

    heading: str
    level: int
    page: int | None


class PageEntry(Shape, frozen=True):
    """One of a document's pages.

    Attributes:
        number: in its file, from 1.
        label: what is printed on it.
        ocr: its text was read from a picture.
        link: the page.
    """

    number: int
    label: str
    ocr: bool
    link: str


class FullDocument(Record, frozen=True):
    """A document: its record, what it is about and why, its outline and pages.

    Attributes:
        abstract: as its publisher gives it.
        regions, topics, roles, type_tags: each with who says so and why.
        basis: what title, date, publisher and language rest on.
        outline: its bookmarks.
        pages: all of them.
        links: where it is found.
    """

    abstract: str | None
    regions: tuple[TagWithEvidence, ...]
    topics: tuple[TagWithEvidence, ...]
    roles: tuple[RoleWithEvidence, ...]
    type_tags: tuple[TagWithEvidence, ...]
    basis: tuple[Basis, ...]
    outline: tuple[Section, ...]
    pages: tuple[PageEntry, ...]
    links: FullDocumentLinks


class PageLinks(Shape, frozen=True):
    """Where a page is found, and its neighbours.

    Attributes:
        self_: it in this API.
        html: it as a web page.
        document: its document in this API.
        next, prev: its neighbours in this API.
    """

    self_: str = msgspec.field(name="self")
    html: str
    document: str
    next: str | None
    prev: str | None


class PageText(Shape, frozen=True):
    """The text of a page.

    Attributes:
        document: id of its document.
        number: in its file, from 1.
        label: what is printed on it.
        language: its code.
        text: plain text; paragraphs are ended by an empty line where known.
        spans: start and end (characters) of what answers the query.
        ocr: the text was read from a picture, so that single characters may be wrong.
        links: where it is found.
    """

    document: str
    number: int
    label: str
    language: str | None
    text: str
    spans: tuple[Span, ...]
    ocr: bool
    links: PageLinks


class SimilarDocument(Record, frozen=True):
    """A document that is like another one.

    Attributes:
        relation: the same publication in another language, another of its series, or about the same.
        score: 0 to 1, compares within a relation.
        terms: telling words that both have.
        links: where it is found.
    """

    relation: Literal["translation", "series", "similar"]
    score: float
    terms: tuple[str, ...]
    links: DocumentLinks


class SimilarLinks(Shape, frozen=True):
    """Where similar documents are found.

    Attributes:
        self_: this list.
        document: the document that they are like.
    """

    self_: str = msgspec.field(name="self")
    document: str


class SimilarDocuments(Shape, frozen=True):
    """The documents most like one.

    Attributes:
        id: of the one.
        size: how many were asked for.
        results: translations first, then its series, then others.
        links: where they are found.
    """

    id: str
    size: int
    results: tuple[SimilarDocument, ...]
    links: SimilarLinks
