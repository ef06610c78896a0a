"""The pages that people read. Each address is the whole state of what it shows; none needs a script."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, Response, make_response, request

from tipsearch.cite import FORMATS
from tipsearch.errors import BadRequest, EngineError, LibraryError, NotFound
from tipsearch.serve.context import in_readers_language, links, names, render, site
from tipsearch.serve.errors import ParameterError
from tipsearch.serve.params import FACET_PARAMETERS, Problem, pairs_of, read
from tipsearch.serve.presenters.document import CITE_FORMATS, document_page
from tipsearch.serve.presenters.home import EVERYTHING, home_page
from tipsearch.serve.presenters.page import text_page
from tipsearch.serve.presenters.search import search_page
from tipsearch.serve.presenters.ways_out import find_ways_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.search.answer import SearchAnswer
    from tipsearch.search.request import SearchRequest
    from tipsearch.search.similar import Similar

blueprint = Blueprint("pages", __name__)
_BY_EXTENSION = {FORMATS[name].extension: FORMATS[name] for name in CITE_FORMATS}
_ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /api/\nDisallow: /*?q=\n"


@blueprint.get("/")
def home() -> str:
    """What is in the library, and a box to search it."""
    library = site().library
    page = home_page(library.search(EVERYTHING), library.status(), names(), links())
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


@blueprint.get("/documents/<document_id>")
def document(document_id: str) -> str:
    """A document's record, and with ``q`` the pages that answer it."""
    library = site().library
    text = _query()
    found = library.document(document_id)
    page = document_page(
        found,
        page_labels=library.page_labels(document_id),
        text=text,
        hits=library.page_hits(document_id, text, expand=_expand()) if text else (),
        similar=_similar(document_id),
        names=names(),
        links=replace(links(), expand=_expand()),
        has_file=library.file(document_id) is not None,
    )
    return render("document.html", page=page)


@blueprint.get("/documents/<document_id>/pages/<int:number>")
def page(document_id: str, number: int) -> str:
    """The text of one page, with the words of ``q`` marked."""
    library = site().library
    text = _query()
    found = library.document(document_id)
    shown = library.page(document_id, number)
    language = shown.language or found.language
    view = text_page(
        found,
        shown,
        page_labels=library.page_labels(document_id),
        text=text,
        spans=library.highlight(shown.text, text, language, expand=_expand()) if text else (),
        hit_numbers=[hit.number for hit in library.page_hits(document_id, text, expand=_expand())]
        if text
        else (),
        links=replace(links(), expand=_expand()),
        has_file=library.file(document_id) is not None,
    )
    return render("page.html", page=view)


@blueprint.get("/documents/<document_id>/cite.<extension>")
def cite(document_id: str, extension: str) -> Response:
    """The document's citation as a file for a reference manager."""
    form = _BY_EXTENSION.get(extension)
    if form is None:
        raise NotFound(f"there is no citation format {extension!r}; there are {', '.join(_BY_EXTENSION)}")
    found = site().library.document(document_id)
    response = Response(form.write([found]), content_type=f"{form.media_type}; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{document_id}.{extension}")
    return response


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


def _similar(document_id: str) -> Sequence[Similar]:
    """The documents most like one; none while the index can't answer, as the document itself can be read without it."""
    try:
        return site().library.similar(document_id)
    except (LibraryError, EngineError):
        return ()


def _expand() -> bool:
    """Whether other names of topics are marked, too."""
    return request.args.get("expand") != "no"


def _query() -> str:
    return request.args.get("q", "").strip()
