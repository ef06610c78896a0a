"""What a reader asks for: one frozen request for the command line, the API and the pages."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from tipsearch.engines.base import Sort, YearRange
from tipsearch.errors import BadRequest
from tipsearch.query import spoken_language

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Facet name to the request's attribute with the values selected in it; years have attributes of their own.
SELECTED_IN: Mapping[str, str] = MappingProxyType(
    {
        "region": "regions",
        "origin": "origins",
        "transit": "transits",
        "destination": "destinations",
        "topic": "topics",
        "form": "forms",
        "context": "contexts",
        "response": "responses",
        "sector": "sectors",
        "type": "types",
        "language": "languages",
        "publisher": "publishers",
    }
)
#: Results a page, at most. From the security sheet's caps on costly functions (ASVS 5.0, 15.2.2).
MAX_SIZE = 100
#: Results that can be reached by turning pages.
MAX_WINDOW = 1_000
MATCHES = ("all", "any")


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search. Values inside a facet are OR-ed, facets are AND-ed.

    Attributes:
        text: what was typed; empty browses everything.
        regions, topics, types, languages, publishers: selected facet values.
        origins, transits, destinations: regions that are it for those trafficked.
        forms, contexts, responses, sectors: topics of that part of the thesaurus.
        year_from, year_to: years of publication, both included; None leaves that end open.
        years: further ranges of years; a document may fall into any of all these.
        undated: documents without a date, too; alone, only those.
        match: ``all`` words (default) or ``any``.
        expand: find other names of topics, too.
        spell: if nothing is found, search for what was probably meant instead.
        sort: order; relevance of an empty query means newest first.
        page: page of results, from 1.
        size: results a page, 1 to 100.
        ui: language in which the reader is told how the query was read, and what values are called, as a tag; English
            if empty or not spoken.

    Raises:
        BadRequest: a value is out of range; names the parameter.
    """

    text: str = ""
    regions: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    transits: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    responses: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    years: tuple[YearRange, ...] = ()
    undated: bool = False
    match: str = "all"
    expand: bool = True
    spell: bool = True
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 10
    ui: str = ""

    def __post_init__(self) -> None:
        """Check the values and turn lists into tuples, so that callers may pass either."""
        # What comes from a command line may hold half a character, which nothing further on could write.
        object.__setattr__(self, "text", _whole(self.text))
        for name in SELECTED_IN.values():
            # A page of results makes hundreds of requests for its links; in most facets of most nothing is chosen.
            if (values := getattr(self, name)) != ():
                object.__setattr__(self, name, tuple(map(_whole, values)))
        object.__setattr__(self, "ui", spoken_language(self.ui) if self.ui else "")
        if self.match not in MATCHES:
            raise BadRequest("match", f"match is 'all' or 'any', not {self.match!r}")
        object.__setattr__(self, "sort", _sort(self.sort))
        if not 1 <= self.size <= MAX_SIZE:
            raise BadRequest("size", f"size is a number from 1 to {MAX_SIZE}, not {self.size}")
        if self.page < 1:
            raise BadRequest("page", f"page counts from 1, not {self.page}")
        if self.page * self.size > MAX_WINDOW and self.page > 1:
            raise BadRequest(
                "page",
                f"page {self.page} of {self.size} results lies beyond result {MAX_WINDOW}; narrow the search instead",
            )

    @property
    def selections(self) -> dict[str, tuple[str, ...]]:
        """The selected values by facet name, without the years."""
        return {facet: getattr(self, attribute) for facet, attribute in SELECTED_IN.items()}

    @property
    def selected_years(self) -> tuple[YearRange, ...]:
        """The ranges of years, whichever way they are given: alternatives to one another and to `undated`."""
        bounds = YearRange(self.year_from, self.year_to)
        return self.years if bounds == YearRange() else (bounds, *self.years)


def _whole(text: str) -> str:
    """The text with half characters replaced."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _sort(name: str) -> Sort:
    try:
        return Sort(name)
    except ValueError as error:
        known = ", ".join(Sort)
        raise BadRequest("sort", f"sort is one of {known}, not {str(name)!r}") from error
