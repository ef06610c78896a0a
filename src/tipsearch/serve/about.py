"""The pages around the search: how to search, safety, what is in the library, and the world map of a search."""

from __future__ import annotations

from flask import Blueprint

from tipsearch.serve.asking import read_address, search_library
from tipsearch.serve.context import links, names, render
from tipsearch.serve.presenters.map import map_page

blueprint = Blueprint("about", __name__)


@blueprint.get("/help")
def search_help() -> str:
    """How to search."""
    return render("help.html")


@blueprint.get("/safety")
def safety() -> str:
    """What these pages do, and don't do, for the safety of readers."""
    return render("safety.html")


@blueprint.get("/map")
def world_map() -> str:
    """The countries that what is found is about, as a map and as a list; ``charts.js`` puts both into other pages."""
    answer = search_library(read_address().request)
    return render("map.html", page=map_page(answer, names(), links()))
