"""What the API is asked, declared once: for the OpenAPI document, and for searches that come as a body.

Values are checked by `tipsearch.serve.params`, as those of the pages are, so that both say the same about a wrong one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from flask import request
from msgspec import Meta
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from tipsearch.errors import ParameterError
from tipsearch.search.facets import FACETS
from tipsearch.search.request import MAX_SIZE
from tipsearch.search.suggest import MOST
from tipsearch.serve.params import NO_FACETS, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Parameters that aren't those of the pages.
CURSOR, CHOSEN = "cursor", "facets"
_REGION = "as a slug of its English name or an ISO 3166 code"

Values = tuple[str, ...]
FacetName = Annotated[str, Meta(extra_json_schema={"enum": [*FACETS, NO_FACETS]})]
Year = Annotated[int, Meta(ge=1000, le=9999)]
Text = Annotated[
    str,
    Meta(
        description="What is searched for, in the query language; never an error.",
        examples=["forced labour fishing"],
    ),
]
Size = Annotated[int, Meta(ge=1, le=MAX_SIZE, description="How many at most.")]


class Filters(msgspec.Struct, kw_only=True, omit_defaults=True):
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
        Values, Meta(description="Years: 2019, 2015..2020, 2015.., ..2020, or unknown for undated documents.")
    ] = ()
    from_: Annotated[Year | None, Meta(description="First year of publication.")] = msgspec.field(
        name="from", default=None
    )
    to: Annotated[Year | None, Meta(description="Last year of publication.")] = None
    match: Annotated[Literal["all", "any"], Meta(description="Words wanted.")] = "all"
    expand: Annotated[
        Literal["yes", "no"], Meta(description="Whether other names of topics are found, too.")
    ] = "yes"
    spell: Annotated[
        Literal["yes", "no"],
        Meta(description="Whether a better spelling is searched for where nothing is found."),
    ] = "yes"
    ui: Annotated[
        str,
        Meta(
            description="Language of labels and of what is said about the query: en, es, fr, ar, pt, ru, zh."
        ),
    ] = ""


class Search(Filters, kw_only=True, omit_defaults=True):
    """A search. Without anything, all documents are listed, the newest first."""

    q: Text = ""
    sort: Annotated[
        Literal["relevance", "newest", "oldest", "title"], Meta(description="Order of results.")
    ] = "relevance"
    page: Annotated[
        int, Meta(ge=1, le=1_000, description="Page of results; the first 1,000 results can be reached so.")
    ] = 1
    size: Annotated[int, Meta(ge=1, le=MAX_SIZE, description="Results a page.")] = 10
    facets: Annotated[
        tuple[FacetName, ...],
        Meta(description="Facets that the answer holds; none if there is to be none; all if not given."),
    ] = ()
    cursor: Annotated[
        str | None,
        Meta(
            description="From links.next, where pages end. It is the whole search; only facets may stand beside it."
        ),
    ] = None


class FacetSearch(Filters, kw_only=True, omit_defaults=True):
    """Values that are looked for in a facet, and the search whose documents are counted."""

    q: Annotated[
        str,
        Meta(
            description="The beginning of words of a value's label; without it, all values.",
            examples=["asia"],
        ),
    ] = ""
    text: Annotated[
        str, Meta(description="What the counted documents are searched for: q of the search itself.")
    ] = ""
    size: Annotated[int, Meta(ge=1, le=MAX_SIZE, description="Values, at most.")] = 10


class Marking(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What is marked in a page's text."""

    q: Annotated[str, Meta(description="A query; what answers it is marked.")] = ""
    expand: Annotated[
        Literal["yes", "no"], Meta(description="Whether other names of topics are marked, too.")
    ] = "yes"


class Likeness(msgspec.Struct, kw_only=True, omit_defaults=True):
    """How many similar documents are wanted."""

    size: Annotated[int, Meta(ge=1, le=MAX_SIZE, description="Documents, at most.")] = 10


class Typed(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What was typed so far, and what is wanted for it."""

    q: Annotated[str, Meta(description="What was typed so far.", examples=["debt b"])] = ""
    limit: Annotated[int, Meta(ge=1, le=MOST, description="Suggestions, at most.")] = 8
    ui: Annotated[str, Meta(description="Language of the reader: en, es, fr, ar, pt, ru, zh.")] = ""


def chosen_facets(pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...] | None, list[Problem]]:
    """The facets that an answer is to hold, in their own order, None for all; and what is wrong with those that are named."""
    named = {value.strip() for name, value in pairs if name == CHOSEN and value.strip()}
    wrong = sorted(named - {*FACETS, NO_FACETS})
    problems = [
        Problem(CHOSEN, f"there is no facet {one[:40]!r}; there are {', '.join((*FACETS, NO_FACETS))}")
        for one in wrong
    ]
    if NO_FACETS in named and len(named) > 1:
        problems.append(Problem(CHOSEN, f"beside {NO_FACETS} no facet can be named"))
    return tuple(one for one in FACETS if one in named) if named else None, problems


def sent_pairs() -> list[tuple[str, str]]:
    """Names and values that the body of the present request holds, as JSON or as a form.

    Raises:
        ParameterError: a value is neither text nor a number nor a list of these.
        BadRequest, UnsupportedMediaType: the body is neither an object in JSON nor a form.
    """
    if request.mimetype == "application/x-www-form-urlencoded":
        return list(request.form.items(multi=True))
    if request.mimetype != "application/json":
        raise UnsupportedMediaType(
            "A search is sent as application/json or application/x-www-form-urlencoded."
        )
    try:
        sent = msgspec.json.decode(request.get_data(), type=dict[str, object])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadRequest("The body isn't an object in JSON.") from error
    return [(name, text) for name, value in sent.items() for text in _texts(name, value)]


def _texts(name: str, value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, bool):
            yield "yes" if one else "no"
        elif isinstance(one, str | int):
            yield str(one)
        elif one is not None:
            raise ParameterError([Problem(name, f"{name} is text, a number or a list of these")])
