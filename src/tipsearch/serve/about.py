"""The pages around the search: how to search, safety, what is in the library, and the world map of a search."""

from __future__ import annotations

from flask import Blueprint, request

from tipsearch.serve.addresses import answered, read_address
from tipsearch.serve.context import in_readers_language, links, names, render, site
from tipsearch.serve.presenters.about import EVERYTHING, about_page
from tipsearch.serve.presenters.map import map_page
from tipsearch.serve.presenters.safety import safety_page

blueprint = Blueprint("about", __name__)


@blueprint.get("/help")
def search_help() -> str:
    """How to search."""
    return render("help.html")


@blueprint.get("/about")
def about() -> str:
    """What is in the library, and who keeps it."""
    here = site()
    everything = here.library.search(in_readers_language(EVERYTHING))
    page = about_page(everything, here.library.status(), here.settings.contact, names(), links())
    return render("about.html", page=page)


@blueprint.get("/safety")
def safety() -> str:
    """What these pages do, and don't do, for the safety of readers; helplines of the country they choose."""
    return render("safety.html", page=safety_page(site().helplines, request.args.get("country", "")))


@blueprint.get("/map")
def world_map() -> str:
    """The countries that what is found is about, as a map and as a list; ``charts.js`` puts both into other pages."""
    answer = answered(read_address().request, facets=("region",))
    return render("map.html", page=map_page(answer, names(), links()))
