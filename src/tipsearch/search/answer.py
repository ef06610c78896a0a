"""What a search gives back: one frozen answer for the command line, the API and the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tipsearch.model import Document
    from tipsearch.query import Part
    from tipsearch.search.request import SearchRequest
    from tipsearch.search.shapes import FacetValue


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one page's text that answers the query.

    Attributes:
        number: the page, from 1.
        label: the printed page label; the number as text where there is none.
        text: the passage, plain text; ``…`` at a cut end.
        spans: start and end (characters of `text`) of what matched.
        ocr: the page's text was read from a picture of it.
        whole: the page by itself holds all of what was asked; told only where one document's pages are listed.
    """

    number: int
    label: str
    text: str
    spans: tuple[tuple[int, int], ...]
    ocr: bool = False
    whole: bool = True


@dataclass(frozen=True, slots=True)
class PageFound:
    """A page of one document that holds something of what was asked; `whole` if it holds all of it by itself."""

    number: int
    whole: bool


@dataclass(frozen=True, slots=True)
class LabelledTag:
    """A region, topic or role of a document with its label and its path from the top of the tree."""

    value: str
    label: str
    path: tuple[str, ...]
    origin: str


@dataclass(frozen=True, slots=True)
class Result:
    """One document found, with up to three passages, best page first."""

    document: Document
    score: float
    regions: tuple[LabelledTag, ...]
    topics: tuple[LabelledTag, ...]
    pages: tuple[Passage, ...]
    roles: tuple[LabelledTag, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """How the query was read.

    Attributes:
        text: as typed.
        words: in words, for people.
        match: ``all`` or ``any``.
        notices: what was left out or changed, and why.
        did_you_mean: the text in a better spelling, or None.
        expansions: term to the terms that were added for it.
        corrected: nothing was found for the text, so `did_you_mean` was searched for instead, and `words`, `notices`, `parts`
            and `expansions` are about that.
        parts: what it asks, part by part, each with the query that is left without it.
        language: of `words`, `notices` and `parts`.
    """

    text: str
    words: str
    match: str
    notices: tuple[str, ...] = ()
    did_you_mean: str | None = None
    expansions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    parts: tuple[Part, ...] = ()
    language: str = "en"
    corrected: bool = False

    @property
    def searched(self) -> str:
        """The text that was searched for."""
        return self.did_you_mean if self.corrected and self.did_you_mean else self.text


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The answer to one request: exact total, one page of results, and the facets' counts."""

    request: SearchRequest
    query: Understood
    total: int
    results: tuple[Result, ...]
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    took_ms: float = 0.0
    generation: int = 0

    @property
    def page_count(self) -> int:
        """Number of result pages, at least 1."""
        return max(1, -(-self.total // self.request.size))


@dataclass(frozen=True, slots=True)
class Listing:
    """All that a request finds, as ids.

    Attributes:
        request: as it was read, values of facets in their canonical form.
        query: how its text was read.
        total: exact number of all documents found.
        ids: of the first ones, in the order of the request, as many as were wanted.
        generation: of the index that answered.
    """

    request: SearchRequest
    query: Understood
    total: int
    ids: tuple[str, ...]
    generation: int = 0
