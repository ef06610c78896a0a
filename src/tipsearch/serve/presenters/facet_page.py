"""All values of one facet, as a page of its own: what a page of results has no room for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tipsearch.serve.params import pairs_of
from tipsearch.serve.presenters.facets import TITLES, FacetGroup, FacetItem, facet_group
from tipsearch.serve.tongue import gettext, later
from tipsearch.vocabulary import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tipsearch.search.answer import SearchAnswer
    from tipsearch.search.request import SearchRequest
    from tipsearch.serve.links import PathLinks
    from tipsearch.serve.presenters.names import Names

#: Facets that have such a page.
FACETS = (*TITLES, "year")
#: Orders of the values, by the parameter that asks for them; the first if none does.
ORDERS = {"count": later("By number of documents"), "name": later("A–Z")}
#: The year's own order is that of time.
_YEAR_ORDERS = {"count": later("Latest first")}
#: What the search box sends itself, and what is said of its words only, which may be others then.
_IN_THE_BOX = frozenset(("q", "match", "ui", "page", "spell"))


@dataclass(frozen=True, slots=True)
class OrderLink:
    """The page in another order."""

    label: str
    url: str
    selected: bool


@dataclass(frozen=True, slots=True)
class FacetPage:
    """The values with what else is chosen, which the form must send along."""

    request: SearchRequest
    group: FacetGroup
    orders: tuple[OrderLink, ...]
    kept: tuple[tuple[str, str], ...]
    back_url: str


def facet_page(name: str, answer: SearchAnswer, order: str, names: Names, links: PathLinks) -> FacetPage:
    """All values of a facet in the answer to a search.

    Args:
        name: one of `FACETS`.
        answer: to the search; its results don't matter.
        order: one of `ORDERS`; anything else is the first.
        names: of values.
        links: to other pages.
    """
    request = answer.request
    orders = _YEAR_ORDERS if name == "year" else ORDERS
    chosen = order if order in orders else next(iter(orders))
    group = facet_group(name, answer.facets, request, names)
    if chosen == "name":
        group = replace(group, items=_by_name(group.items))
    return FacetPage(
        request=request,
        group=group,
        orders=tuple(
            OrderLink(gettext(label), links.facet(name, request, one), one == chosen)
            for one, label in orders.items()
        ),
        kept=tuple(_kept(group, request)),
        back_url=links.search(request),
    )


def _kept(group: FacetGroup, request: SearchRequest) -> Iterable[tuple[str, str]]:
    boxes = {item.value for item in group.items}
    for name, value in pairs_of(request):
        has_box = name == group.parameter and (name != "year" or value in boxes)
        if name not in _IN_THE_BOX and not has_box:
            yield name, value


def _by_name(items: Iterable[FacetItem]) -> tuple[FacetItem, ...]:
    named = sorted(items, key=lambda item: fold_name(item.label) or item.label)
    return tuple(replace(item, children=_by_name(item.children)) if item.children else item for item in named)
