"""What answers to a search, to a look into a facet, and to what is being typed."""

from __future__ import annotations

from typing import Literal

import msgspec

from tipsearch.search.shapes.common import DocumentLinks, Record, Shape, Span


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


class CountedValue(Shape, frozen=True):
    """A value of a facet, however it is asked for.

    Attributes:
        value: what to select by.
        label: what it is called.
        count: documents that the search finds with this as the only value selected in its facet.
        selected: it is selected.
    """

    value: str
    label: str
    count: int
    selected: bool


class FacetValue(CountedValue, frozen=True):
    """A value of a facet.

    Attributes:
        children: narrower values.
    """

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


class FoundValue(CountedValue, frozen=True):
    """A value of a facet that was looked for.

    Attributes:
        path: labels from the top of the tree down to it.
    """

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
