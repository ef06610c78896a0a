"""The programming interface: what the pages show, as JSON, to read for everybody and without a key.

What it answers is declared in `tipsearch.search.shapes`, what it is asked in `tipsearch.serve.declared`.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
from flask import Blueprint, Response, request

from tipsearch.errors import BadRequest, CursorExpired, ParameterError
from tipsearch.search.json import (
    answer_to_json,
    document_to_json,
    page_to_json,
    similar_to_json,
    suggestions_to_json,
)
from tipsearch.search.request import SearchRequest
from tipsearch.serve import cursor, tongue
from tipsearch.serve.api_facets import facet_values
from tipsearch.serve.api_request import asked_for, chosen_facets, nothing_asked, sent_pairs
from tipsearch.serve.asked import Problem
from tipsearch.serve.context import in_readers_language, links, names, site
from tipsearch.serve.declared import CHOSEN, CURSOR, MOST_TEXT, Labels, Likeness, Marking, Search, Typed
from tipsearch.serve.params import query_string, read_as_search
from tipsearch.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/search")
def search() -> Response:
    """Search; the same parameters as the page, but unknown ones are errors."""
    return _searched(list(request.args.items(multi=True)))


@blueprint.post("/search")
def search_by_body() -> Response:
    """Search for what the body says, so that it stands in no address."""
    nothing_asked()
    return _searched(sent_pairs())


@blueprint.get("/documents/<document_id>")
def document(document_id: str) -> Response:
    """A document: its record, tags with evidence, outline and pages; labels in the reader's language (``ui``)."""
    asked_for(Labels)
    library = site().library
    found = library.document(document_id)
    body = document_to_json(
        found,
        library.page_labels(document_id),
        names().label,
        links(),
        ocr_pages=library.ocr_pages(document_id),
    )
    response = _answered(body, request.path)
    response.vary.add("Accept-Language")
    return response


@blueprint.get("/documents/<document_id>/pages/<int:number>")
def page(document_id: str, number: int) -> Response:
    """The text of one page, with what answers ``q`` marked."""
    told = asked_for(Marking)
    asked = SearchRequest(told.q, expand=told.expand == "yes")
    library = site().library
    found = library.document(document_id)
    shown = library.page(found, number)
    language = shown.language or found.language
    spans = library.highlight(shown.text, asked.text, language, expand=asked.expand) if asked.text else ()
    body = page_to_json(found, shown, spans, asked.text, replace(links(), expand=asked.expand))
    return _answered(body, f"{request.path}?{query_string(asked)}")


@blueprint.get("/documents/<document_id>/similar")
def similar(document_id: str) -> Response:
    """The documents most like one: its translations, its series, and others about the same."""
    size = asked_for(Likeness).size
    body = similar_to_json(document_id, size, site().library.similar(document_id, size), links())
    return _answered(body, f"{request.path}?size={size}")


@blueprint.get("/facets/<name>")
def facet(name: str) -> Response:
    """Values of one facet, those called ``q``, with counts under the search that the other parameters are."""
    body = facet_values(name, list(request.args.items(multi=True)))
    response = _answered(body, f"{request.full_path}")
    response.vary.add("Accept-Language")
    return response


@blueprint.get("/suggest")
def suggest() -> Response:
    """What a reader who has typed ``q`` so far may mean."""
    limit, language = asked_for(Typed).limit, tongue.wanted()
    # As it was typed: a space at its end says that the last word is complete.
    text = request.args.get("q", "")
    body = suggestions_to_json(text, site().library.suggest(text[:MOST_TEXT], limit, language))
    response = _answered(body, f"{request.path} {language}")
    response.vary.add("Accept-Language")
    return response


def _searched(pairs: Sequence[tuple[str, str]]) -> Response:
    reading, told = read_as_search(pairs, Search)
    facets, wrong = chosen_facets(told.facets)
    if problems := [*reading.unknown, *reading.wrong, *wrong]:
        raise ParameterError(problems)
    place = _cursor(told.cursor, {name for name, value in pairs if value.strip()})
    asked = place.request if place else reading.request
    shown = in_readers_language(asked)
    state = f"{request.path}?{query_string(shown)} {shown.start} {facets}"
    # Asked for again by somebody who has the answer: nothing needs to be searched.
    known = _tag(state, _held(site().library.generation()))
    response = Response() if _is_known(known) else _search(shown, asked, place, facets)
    if request.method != "POST":
        tag = _tag(state, _held(response.generation)) if isinstance(response, _Found) else known
        response.set_etag(tag, weak=True)
    response.vary.add("Accept-Language")
    return _conditional(response)


class _Found(Response):
    """An answer with the generation of the index that gave it."""

    generation = 0


def _search(
    shown: SearchRequest,
    asked: SearchRequest,
    place: cursor.Cursor | None,
    facets: Collection[str] | None,
) -> _Found:
    answer = site().library.search(shown, facets=facets)
    if place and (answer.generation, answer.total) != (place.generation, place.total):
        raise CursorExpired
    told = replace(
        answer,
        # Addresses in the answer name the language only if this one does.
        request=replace(answer.request, ui=asked.ui),
    )
    # A body or a cursor may name the language, too.
    made = replace(links(), ui=asked.ui, expand=asked.expand, facets=facets)
    body = answer_to_json(told, made)
    response = _Found(msgspec.json.encode(body), content_type="application/json")
    response.generation = answer.generation
    return response


def _cursor(text: str, given: Collection[str]) -> cursor.Cursor | None:
    """The place that a cursor names, if one is given and the library is still as it was.

    Args:
        text: the cursor, empty if none is given.
        given: names of all parameters that have values.

    Raises:
        ParameterError: it is none of ours, or stands beside other parameters.
        CursorExpired: the library has changed since.
    """
    if not text:
        return None
    if not {CHOSEN, CURSOR}.issuperset(given):
        said = f"a cursor is the whole search; nothing but {CHOSEN} may stand beside it"
        raise ParameterError([Problem(CURSOR, said)])
    try:
        place = cursor.read(text)
    except BadRequest as error:
        raise ParameterError([Problem(CURSOR, str(error))]) from error
    library = site().library
    if place.generation != library.generation() or place.start >= library.status().documents:
        raise CursorExpired
    return place


def _answered(body: object, state: str) -> Response:
    """The body as JSON, tagged by its own content; or 304 and nothing to a client that has it already."""
    written = msgspec.json.encode(body)
    response = Response(written, content_type="application/json")
    response.set_etag(_tag(state, written.hex()), weak=True)
    return _conditional(response)


def _conditional(response: Response) -> Response:
    # To be kept by the reader's own browser only, and asked about each time.
    response.headers["Cache-Control"] = "private, no-cache" if request.method != "POST" else "no-store"
    response.make_conditional(request)
    return response


def _is_known(tag: str) -> bool:
    """Whether the client names this tag (and not just any)."""
    tags = request.if_none_match
    return request.method != "POST" and not tags.star_tag and tags.contains_weak(tag)


def _held(generation: int) -> str:
    return f"{site().library.identity()} {site().library.thesaurus()} {generation}"


def _tag(state: str, held: str) -> str:
    """What stands for an answer: what was asked for (`state`), what the library holds of it (`held`) and our version.

    A weak tag, as it doesn't stand for bytes (``took_ms`` differs each time).
    """
    told = f"{VERSION}\n{held}\n{request.script_root}\n{state}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]
