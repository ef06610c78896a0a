"""The pages that people read. Each address is the whole state of what it shows; none needs a script."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, Response, make_response, request

from tipsearch.errors import BadRequest
from tipsearch.serve.context import in_readers_language, links, names, render, site
from tipsearch.serve.errors import ParameterError
from tipsearch.serve.params import FACET_PARAMETERS, Problem, pairs_of, read
from tipsearch.serve.presenters.home import EVERYTHING, home_page
from tipsearch.serve.presenters.search import search_page
from tipsearch.serve.presenters.ways_out import find_ways_out

if TYPE_CHECKING:
    from tipsearch.search.answer import SearchAnswer
    from tipsearch.search.request import SearchRequest

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
    reading = read(request.args.items(multi=True))
    if reading.wrong:
        raise ParameterError(reading.wrong, reading.request)
    library = site().library
    answer = _search(reading.request)
    ways_out = () if answer.total else find_ways_out(library, answer.request, names(), links())
    page = search_page(answer, names(), links(), ways_out)
    return render("search.html", page=page, unknown=reading.unknown)


@blueprint.get("/help")
def search_help() -> str:
    """How to search."""
    return render("help.html")


@blueprint.get("/safety")
def safety() -> str:
    """What these pages do, and don't do, for the safety of readers."""
    return render("safety.html")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Documents may be found by search engines; what people search for may not."""
    return make_response(_ROBOTS, {"Content-Type": "text/plain; charset=utf-8"})


def _search(asked: SearchRequest) -> SearchAnswer:
    """The library's answer in the reader's language; addresses made of it name that only if this one does.

    A value that the library doesn't know leads to a page that offers the search without it.
    """
    try:
        answer = site().library.search(in_readers_language(asked))
        return replace(answer, request=replace(answer.request, ui=asked.ui))
    except BadRequest as error:
        parameter = FACET_PARAMETERS.get(error.parameter, error.parameter)
        without = read(pair for pair in pairs_of(asked) if pair[0] != parameter).request
        raise ParameterError([Problem(parameter, str(error))], without) from error
