"""What the API answers, declared once: made by `tipsearch.search.json`, described by the OpenAPI document, read by the client.

Every key is always there. Text is plain text plus spans in characters (code points), never HTML. Links are paths on the same host.
"""

from __future__ import annotations

from typing import Literal

import msgspec

#: Start and end of what to mark, in characters.
Span = tuple[int, int]


class Shape(msgspec.Struct, frozen=True, gc=False):
    """Something that the API answers."""


class Part(Shape, frozen=True):
    """A part of a query.

    Attributes:
        words: it in words.
        kind: word, phrase, prefix, wildcard, fuzzy, field, group, excluded, page or filter.
        without: the query that is left without it; null where that would be too long.
    """

    words: str
    kind: str
    without: str | None


class Expansion(Shape, frozen=True):
    """Other names of a topic that were searched for, too.

    Attributes:
        term: what was typed.
        added: the other names that the library has.
    """

    term: str
    added: tuple[str, ...]


class Query(Shape, frozen=True):
    """How a query was read.

    Attributes:
        text: as typed.
        understood: in words, for people.
        match: whether all words are wanted, or any.
        parts: what it asks, part by part.
        expansions: other names of topics that were searched for.
        did_you_mean: the text in a better spelling.
        corrected: nothing is found for the text as typed, so the better spelling was searched for.
        notices: what was left out or changed, and why.
    """

    text: str
    understood: str
    match: Literal["all", "any"]
    parts: tuple[Part, ...]
    expansions: tuple[Expansion, ...]
    did_you_mean: str | None
    corrected: bool
    notices: tuple[str, ...]


class TopicTag(Shape, frozen=True):
    """A topic of a document.

    Attributes:
        value: its id in the thesaurus.
        label: what it is called.
        origin: who says so: detected, source or librarian.
    """

    value: str
    label: str
    origin: str


class RegionTag(Shape, frozen=True):
    """A region or country of a document.

    Attributes:
        value: its slug.
        label: what it is called.
        path: from the top of the tree down to it.
        origin: who says so: detected, source or librarian.
    """

    value: str
    label: str
    path: tuple[str, ...]
    origin: str


class RoleTag(Shape, frozen=True):
    """What a place is to those trafficked.

    Attributes:
        value: role and region in one.
        role: origin, transit or destination.
        region: the region or country.
        label: what it is called.
        path: from the top of the tree of regions down to it.
        origin: who says so: detected, source or librarian.
    """

    value: str
    role: str
    region: str
    label: str
    path: tuple[str, ...]
    origin: str


class Passage(Shape, frozen=True):
    """A piece of a page that answers the query.

    Attributes:
        number: of the page in its file, from 1.
        label: what is printed on it.
        text: plain text.
        spans: start and end (characters) of what answers.
        ocr: the text was read from a picture, so that single characters may be wrong.
        link: the page.
    """

    number: int
    label: str
    text: str
    spans: tuple[Span, ...]
    ocr: bool
    link: str


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


class FullDocumentLinks(DocumentLinks, frozen=True):
    """Where a document is found, and what is like it.

    Attributes:
        similar: the documents most like it.
    """

    similar: str


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
    duplicates: tuple[str, ...]


class Result(Record, frozen=True):
    """A document that was found.

    Attributes:
        regions, topics, roles: by weight, the main one first.
        score: compares results of one answer.
        pages: up to three that answer best.
        links: where it is found.
    """

    regions: tuple[RegionTag, ...]
    topics: tuple[TopicTag, ...]
    roles: tuple[RoleTag, ...]
    score: float
    pages: tuple[Passage, ...]
    links: DocumentLinks


class FacetValue(Shape, frozen=True):
    """A value of a facet.

    Attributes:
        value: what to select by.
        label: what it is called.
        count: documents that the search finds with this as the only value selected in its facet.
        selected: it is selected.
        children: narrower values.
    """

    value: str
    label: str
    count: int
    selected: bool
    children: tuple[FacetValue, ...]


class AnswerLinks(Shape, frozen=True):
    """Where an answer goes on.

    Attributes:
        self_: this search.
        next: what comes behind; null at the end. Following it leads to the last result.
        prev: what comes before.
        atom, csv, ris, bibtex, csl_json: all that is found, in another form.
    """

    self_: str = msgspec.field(name="self")
    next: str | None
    prev: str | None
    atom: str | None
    csv: str | None
    ris: str | None
    bibtex: str | None
    csl_json: str | None = msgspec.field(name="csl-json")


class Answer(Shape, frozen=True):
    """The answer to a search.

    Attributes:
        query: how it was read.
        total: exact number of documents found.
        page: which page of results this is.
        size: results a page.
        took_ms: milliseconds on the clock.
        results: the documents on this page.
        facets: values with counts, by the facet's name.
        links: where it goes on.
    """

    query: Query
    total: int
    page: int
    size: int
    took_ms: float
    results: tuple[Result, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    links: AnswerLinks


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


class FoundValue(Shape, frozen=True):
    """A value of a facet that was looked for.

    Attributes:
        value: what to select by.
        label: what it is called.
        count: documents that the search finds with this as the only value selected in its facet.
        selected: it is selected.
        path: labels from the top of the tree down to it.
    """

    value: str
    label: str
    count: int
    selected: bool
    path: tuple[str, ...]


class FacetLinks(Shape, frozen=True):
    """Where values are found.

    Attributes:
        self_: this list.
        search: the search whose documents are counted.
    """

    self_: str = msgspec.field(name="self")
    search: str


class FacetValues(Shape, frozen=True):
    """Values of one facet.

    Attributes:
        facet: its name.
        total: how many values there are of those looked for.
        values: the first of them: selected ones, then by count.
        links: where they are found.
    """

    facet: str
    total: int
    values: tuple[FoundValue, ...]
    links: FacetLinks


class ParameterProblem(Shape, frozen=True):
    """Something wrong with one parameter.

    Attributes:
        parameter: its name.
        detail: what is wrong, in a sentence.
    """

    parameter: str
    detail: str


class Problem(Shape, frozen=True):
    """An error (RFC 9457).

    Attributes:
        type: always about:blank; the status says what kind of error it is.
        title: the status in words.
        status: of HTTP.
        detail: what happened and what to do, in a sentence or two.
        errors: parameters at fault.
    """

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[ParameterProblem, ...]


class Suggestion(Shape, frozen=True):
    """Something that a reader may be about to type.

    Attributes:
        text: what to search for: what was typed, completed.
        kind: topic, place, publisher, term or title.
        label: what it is called.
        count: documents that the text finds.
    """

    text: str
    kind: str
    label: str
    count: int


class Suggestions(Shape, frozen=True):
    """What a reader who is typing may mean.

    Attributes:
        query: what was typed.
        suggestions: the likeliest first.
    """

    query: str
    suggestions: tuple[Suggestion, ...]
