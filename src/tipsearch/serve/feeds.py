"""Each search as a feed, to learn what comes into the library later."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, Response

from tipsearch.engines.base import Sort
from tipsearch.search.request import MAX_WINDOW, SearchRequest
from tipsearch.serve import tongue
from tipsearch.serve.addresses import listed, read_strictly
from tipsearch.serve.context import absolute, links, names, site
from tipsearch.serve.params import query_string
from tipsearch.serve.presenters.feed import Entry, Feed, Places, atom

if TYPE_CHECKING:
    from collections.abc import Sequence

blueprint = Blueprint("feeds", __name__)
_DEFAULT = SearchRequest()
#: Documents found that are put in the order of their arrival: what has just come in can be of any age, so all of them, a
#: hundredth of a millisecond each, within reason.
_MOST_FOUND = 100_000


@blueprint.get("/feed.atom")
def feed() -> Response:
    """What the search of this address finds; what came into the library last comes first."""
    library, settings, search = site().library, site().settings, read_strictly()
    found = listed(replace(search, sort=Sort.NEWEST), _MOST_FOUND)
    last = max(1, min(-(-len(found.ids) // search.size), MAX_WINDOW // search.size))
    made = Feed(
        request=search,
        total=found.total,
        last=last,
        entries=_entries(search, found.ids),
        library=settings.kept_name,
        neutral=settings.neutral_titles,
        identity=library.identity(),
        language=tongue.language(),
    )
    state = query_string(replace(search, page=1, size=_DEFAULT.size, sort=_DEFAULT.sort, ui=""))
    body = atom(made, state, Places(links(), absolute, names()))
    return Response(body, content_type="application/atom+xml; charset=utf-8")


def _entries(search: SearchRequest, ids: Sequence[str]) -> Sequence[Entry]:
    """The documents of the page that is asked for."""
    library = site().library
    arrived = library.shelf.arrivals(ids)
    # Those that came together, as in the first run of all, stay in the order of their publication.
    in_order = sorted(ids, key=lambda one: arrived.get(one, ""), reverse=True)
    first = (search.page - 1) * search.size
    shown = library.shelf.documents(in_order[first : first + search.size])
    return [
        Entry(document, arrived[one], has_file=library.file(document.id) is not None)
        for one, document in shown.items()
        if one in arrived
    ]
