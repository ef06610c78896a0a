"""The start page: what is in the library, and ways in without a query."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tipsearch.search.request import SearchRequest
from tipsearch.serve.presenters.facets import SHOWN, FacetGroup, FacetItem, browse_groups, year_links
from tipsearch.serve.presenters.results import ResultView, result_view
from tipsearch.serve.tongue import ngettext
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
    """All that the start page shows: counts, facets to browse by, the newest documents.

    `years_url` leads to all years; it is empty where `years` are all.
    """

    documents: int
    documents_told: str
    pages_told: str
    groups: tuple[FacetGroup, ...]
    years: tuple[FacetItem, ...]
    years_url: str
    newest: tuple[ResultView, ...]
    all_url: str


def home_page(answer: SearchAnswer, status: Status, names: Names, links: PathLinks) -> HomePage:
    """The start page, from the answer to `EVERYTHING`."""
    browse = SearchRequest()
    years = year_links(answer.facets.get("year", ()), links)
    return HomePage(
        documents=status.documents,
        documents_told=ngettext("%(count)s document", "%(count)s documents", status.documents),
        pages_told=ngettext("%(count)s page", "%(count)s pages", status.pages),
        groups=tuple(
            group for group in browse_groups(answer.facets, names, links) if group.name not in ROLES
        ),
        years=years[:SHOWN],
        years_url=links.facet("year", browse) if years[SHOWN:] else "",
        # Without a query there is no passage that answers one.
        newest=tuple(replace(result_view(one, "", names, links), passages=()) for one in answer.results),
        all_url=links.search(browse),
    )
