"""What addresses of pages and of the API ask, declared once.

Values are read by these types (`tipsearch.serve.validation`), and the OpenAPI document is made of them (`tipsearch.serve.openapi`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import msgspec
from msgspec import UNSET, Meta, UnsetType

from tipsearch.engines.base import Sort
from tipsearch.query.wording import LANGUAGES
from tipsearch.query.years import UNDATED
from tipsearch.search.facets import FACETS
from tipsearch.search.request import MATCHES, MAX_SIZE, MAX_WINDOW, SELECTED_IN, SearchRequest
from tipsearch.search.suggest import MOST

#: Facet name to the parameter that selects in it; they differ where the interface sheet has them differ.
FACET_PARAMETERS = {facet: "lang" if facet == "language" else facet for facet in SELECTED_IN}
#: All names of facets: their own, and those of their parameters.
FACET_NAMES = tuple(dict.fromkeys((*FACETS, *FACET_PARAMETERS.values())))
#: Where an answer of the API is to hold no facet at all, said instead of the name of one.
NO_FACETS = "none"
#: Parameters that only the API has.
CURSOR, CHOSEN = "cursor", "facets"
#: Characters of the words searched for.
MOST_TEXT = 1_000
#: Values chosen in all facets and years together.
MOST_VALUES = 50
_DEFAULT = SearchRequest()
_REGION = "as a slug of its English name or an ISO 3166 code"
_YEAR = "[1-9][0-9]{3}"

if TYPE_CHECKING:
    FacetName: TypeAlias = str
    SortName: TypeAlias = str
    MatchName: TypeAlias = str
    Switch: TypeAlias = str
else:
    # Made of the lists that the rest of the program goes by.
    FacetName = Literal[*FACET_NAMES, NO_FACETS]
    SortName = Literal[*map(str, Sort)]
    MatchName = Literal[*MATCHES]
    Switch = Literal["yes", "no"]
Values = Annotated[tuple[str, ...], Meta(max_length=MOST_VALUES)]
Year = Annotated[int, Meta(ge=1000, le=9999, extra={"rule": "a year such as 2015"})]
#: Of a facet, as links write it.
Years = Annotated[
    str,
    Meta(
        pattern=rf"^({_YEAR}(\.\.({_YEAR})?)?|\.\.{_YEAR}|{UNDATED})$",
        extra={"rule": f"written 2019, 2015..2020, 2015.., ..2020 or {UNDATED}"},
    ),
]
Text = Annotated[str, Meta(max_length=MOST_TEXT)]
Size = Annotated[int, Meta(ge=1, le=MAX_SIZE)]
Language = Annotated[
    str,
    Meta(
        description=f"Language of labels and of what is said about the query: {', '.join(LANGUAGES)}.",
    ),
]


class Filters(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What documents are to be about, and which. Values inside one are alternatives."""

    region: Annotated[
        Values, Meta(description=f"Regions or countries, each {_REGION}.", examples=[["asia"]])
    ] = ()
    origin: Annotated[Values, Meta(description="Regions or countries that people are trafficked from.")] = ()
    transit: Annotated[
        Values, Meta(description="Regions or countries that people are trafficked through.")
    ] = ()
    destination: Annotated[
        Values, Meta(description="Regions or countries that people are trafficked to.")
    ] = ()
    topic: Annotated[Values, Meta(description="Topics, of any part of the thesaurus.")] = ()
    form: Annotated[Values, Meta(description="Topics that are forms of exploitation.")] = ()
    context: Annotated[Values, Meta(description="Topics of context and people.")] = ()
    response: Annotated[
        Values, Meta(description="Topics of response: prevention, protection, prosecution.")
    ] = ()
    sector: Annotated[Values, Meta(description="Topics that are economic sectors.")] = ()
    type: Annotated[Values, Meta(description="Types of document.")] = ()
    lang: Annotated[
        Values, Meta(description="Languages, as codes or by English name.", examples=[["en", "es"]])
    ] = ()
    publisher: Annotated[Values, Meta(description="Publishers.")] = ()
    year: Annotated[
        tuple[Years, ...],
        Meta(
            max_length=MOST_VALUES,
            description=f"Years: 2019, 2015..2020, 2015.., ..2020, or {UNDATED} for undated documents.",
        ),
    ] = ()
    from_: Annotated[Year | UnsetType, Meta(description="First year of publication.")] = msgspec.field(
        name="from", default=UNSET
    )
    to: Annotated[Year | UnsetType, Meta(description="Last year of publication, not before the first.")] = (
        UNSET
    )
    match: Annotated[MatchName, Meta(description="Words wanted.")] = "all"
    expand: Annotated[Switch, Meta(description="Whether other names of topics are found, too.")] = "yes"
    spell: Annotated[
        Switch, Meta(description="Whether a better spelling is searched for where nothing is found.")
    ] = "yes"


class PageSearch(Filters, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A search as the pages' addresses have it."""

    q: Annotated[
        Text,
        Meta(
            description="What is searched for, in the query language; what can't be read gives a notice.",
            examples=["forced labour fishing"],
        ),
    ] = ""
    sort: Annotated[SortName, Meta(description="Order of results.")] = "relevance"
    page: Annotated[
        int,
        Meta(
            ge=1,
            le=MAX_WINDOW,
            description=f"Page of results; the first {MAX_WINDOW:,} results can be reached so.",
        ),
    ] = _DEFAULT.page
    size: Annotated[Size, Meta(description="Results a page.")] = _DEFAULT.size
    ui: Language = ""


class Search(PageSearch, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A search. Without anything, all documents are listed, the newest first."""

    facets: Annotated[
        tuple[FacetName, ...],
        Meta(
            description=f"Facets that the answer holds; {NO_FACETS} alone if there is to be none; all if not given."
        ),
    ] = ()
    cursor: Annotated[
        str,
        Meta(
            description="From links.next, where pages end. It is the whole search; only facets may stand beside it."
        ),
    ] = ""


class FacetSearch(Filters, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Values that are looked for in a facet, and the search whose documents are counted."""

    q: Annotated[
        Text,
        Meta(
            description="The beginning of words of a value's label; without it, all values.",
            examples=["asia"],
        ),
    ] = ""
    text: Annotated[
        Text, Meta(description="What the counted documents are searched for: q of the search itself.")
    ] = ""
    size: Annotated[Size, Meta(description="Values, at most.")] = _DEFAULT.size
    ui: Language = ""


class Labels(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How what is told of a document is called."""

    ui: Language = ""


class Marking(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is marked in a page's text."""

    q: Annotated[
        Text, Meta(description="A query; what answers it is marked.", examples=["forced labour"])
    ] = ""
    expand: Annotated[Switch, Meta(description="Whether other names of topics are marked, too.")] = "yes"


class Likeness(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How many similar documents are wanted."""

    size: Annotated[Size, Meta(description="Documents, at most.", examples=[3])] = _DEFAULT.size


class Typed(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What was typed so far, and what is wanted for it."""

    q: Annotated[
        str,
        Meta(
            description=f"What was typed so far; of more than {MOST_TEXT:,} characters the first ones count.",
            examples=["debt b"],
        ),
    ] = ""
    limit: Annotated[int, Meta(ge=1, le=MOST, description="Suggestions, at most.")] = 8
    ui: Language = ""
