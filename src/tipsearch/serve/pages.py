"""The pages that people read. Each address is the whole state of what it shows; none needs a script."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, request

from tipsearch.errors import NotFound
from tipsearch.serve.addresses import MOST_LISTED, answered, read_address
from tipsearch.serve.context import absolute, in_readers_language, links, names, render, site
from tipsearch.serve.presenters.facet_page import FACETS, facet_page
from tipsearch.serve.presenters.home import EVERYTHING, home_page
from tipsearch.serve.presenters.refusals import told
from tipsearch.serve.presenters.search import search_page
from tipsearch.serve.presenters.takeaway import takeaway_view
from tipsearch.serve.presenters.ways_out import find_ways_out

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> str:
    """What is in the library, and a box to search it."""
    library = site().library
    asked, status, make = in_readers_language(EVERYTHING), library.status(), links()
    # Every reader's first page says the same until something is indexed or decided.
    held = library.catalogue_state(), status.generation, status.documents, status.pages, asked.ui, make
    page = site().start_pages.of(held, lambda: home_page(library.search(asked), status, names(), make))
    return render("home.html", page=page)


@blueprint.get("/search")
def search() -> str:
    """A page of results."""
    reading = read_address()
    library = site().library
    answer = answered(reading.request)
    ways_out = () if answer.total else find_ways_out(library, answer.request, names(), links())
    page = search_page(answer, names(), links(), ways_out)
    taken = takeaway_view(answer, links(), absolute, MOST_LISTED)
    return render(
        "search.html",
        page=page,
        unknown=reading.unknown,
        excess=dict.fromkeys(map(told, reading.excess)),
        taken=taken,
    )


@blueprint.get("/facets/<name>")
def facet(name: str) -> str:
    """All values of a facet, with their numbers in a search."""
    if name not in FACETS:
        raise NotFound(f"there is no filter {name!r}; there are {', '.join(FACETS)}")
    reading = read_address()
    answer = answered(replace(reading.request, page=1, size=1))
    # What is listed doesn't depend on it, but the way back does.
    answer = replace(answer, request=reading.request)
    page = facet_page(name, answer, request.args.get("order", ""), names(), links())
    return render("facet.html", page=page)
