"""The start page: what is in the library, and ways in without a query."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tipsearch.search.request import SearchRequest
from tipsearch.serve.presenters.facets import FacetGroup, FacetItem, facet_groups, year_items
from tipsearch.serve.presenters.results import ResultView, result_view
from tipsearch.vocabulary.roles import ROLES

if TYPE_CHECKING:
    from tipsearch.search.answer import SearchAnswer
    from tipsearch.serve.library import Status
    from tipsearch.serve.links import PathLinks
    from tipsearch.serve.presenters.names import Names

#: The search whose answer the start page is made of: the newest documents, and the facets of all.
EVERYTHING = SearchRequest(size=5)


@dataclass(frozen=True, slots=True)
class HomePage:
    """All that the start page shows: counts, facets to browse by, the newest documents."""

    documents: int
    pages: int
    groups: tuple[FacetGroup, ...]
    years: tuple[FacetItem, ...]
    newest: tuple[ResultView, ...]
    all_url: str


def home_page(answer: SearchAnswer, status: Status, names: Names, links: PathLinks) -> HomePage:
    """The start page, from the answer to `EVERYTHING`."""
    browse = SearchRequest()
    return HomePage(
        documents=status.documents,
        pages=status.pages,
        groups=tuple(
            group for group in facet_groups(answer.facets, browse, names, links) if group.name not in ROLES
        ),
        years=year_items(answer.facets.get("year", ()), browse, links),
        # Without a query there is no passage that answers one.
        newest=tuple(replace(result_view(one, "", names, links), passages=()) for one in answer.results),
        all_url=links.search(browse),
    )
