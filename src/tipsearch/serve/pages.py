"""The pages that people read. Each address is the whole state of what it shows; none needs a script."""

from __future__ import annotations

from flask import Blueprint, Response, make_response

from tipsearch.serve.asking import read_address, search_library
from tipsearch.serve.context import in_readers_language, links, names, render, site
from tipsearch.serve.presenters.home import EVERYTHING, home_page
from tipsearch.serve.presenters.search import search_page
from tipsearch.serve.presenters.ways_out import find_ways_out

blueprint = Blueprint("pages", __name__)
_ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /api/\nDisallow: /*?q=\n"


@blueprint.get("/")
def home() -> str:
    """What is in the library, and a box to search it."""
    library = site().library
    everything = library.search(in_readers_language(EVERYTHING))
    page = home_page(everything, library.status(), names(), links())
    return render("home.html", page=page)


@blueprint.get("/search")
def search() -> str:
    """A page of results."""
    reading = read_address()
    library = site().library
    answer = search_library(reading.request)
    ways_out = () if answer.total else find_ways_out(library, answer.request, names(), links())
    page = search_page(answer, names(), links(), ways_out)
    return render("search.html", page=page, unknown=reading.unknown)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Documents may be found by search engines; what people search for may not."""
    return make_response(_ROBOTS, {"Content-Type": "text/plain; charset=utf-8"})
