"""The pages that people read. Each address is the whole state of what it shows; none needs a script."""

from __future__ import annotations

from flask import Blueprint, request

from tipsearch.serve.asking import MOST_LISTED, answered
from tipsearch.serve.context import absolute, in_readers_language, links, names, render, site
from tipsearch.serve.errors import ParameterError
from tipsearch.serve.params import read
from tipsearch.serve.presenters.home import EVERYTHING, home_page
from tipsearch.serve.presenters.search import search_page
from tipsearch.serve.presenters.takeaway import takeaway_view
from tipsearch.serve.presenters.ways_out import find_ways_out

blueprint = Blueprint("pages", __name__)


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
    reading = read(request.args.items(multi=True))
    if reading.wrong:
        raise ParameterError(reading.wrong, reading.request)
    library = site().library
    answer = answered(reading.request)
    ways_out = () if answer.total else find_ways_out(library, answer.request, names(), links())
    page = search_page(answer, names(), links(), ways_out)
    taken = takeaway_view(answer, links(), absolute, MOST_LISTED)
    return render("search.html", page=page, unknown=reading.unknown, taken=taken)


@blueprint.get("/help")
def search_help() -> str:
    """How to search."""
    return render("help.html")


@blueprint.get("/safety")
def safety() -> str:
    """What these pages do, and don't do, for the safety of readers."""
    return render("safety.html")
