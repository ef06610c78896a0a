"""The programming interface: what the pages show, as JSON, to read for everybody and without a key."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from tipsearch.search.json import answer_to_json, document_to_json, similar_to_json, suggestions_to_json
from tipsearch.search.suggest import MOST
from tipsearch.serve import tongue
from tipsearch.serve.context import in_readers_language, links, names, site
from tipsearch.serve.errors import ParameterError
from tipsearch.serve.params import Problem, query_string, read
from tipsearch.version import VERSION

if TYPE_CHECKING:
    from tipsearch.search.json import JSON

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
#: Suggestions where no limit is given; no limit has more digits.
_SUGGESTIONS, _MAX_DIGITS = 8, 6


@blueprint.get("/search")
def search() -> Response:
    """Search; the same parameters as the page, but unknown ones are errors."""
    reading = read(request.args.items(multi=True))
    if problems := reading.unknown + reading.wrong:
        raise ParameterError(problems)
    asked = in_readers_language(reading.request)
    answer = site().library.search(asked)
    state = f"{request.path}?{query_string(asked)}"
    held = f"{site().library.identity()} {answer.generation}"
    # Addresses in the answer name the language only if this one does.
    shown = replace(answer, request=replace(answer.request, ui=reading.request.ui))
    made = replace(links(), expand=asked.expand)
    response = _conditional(answer_to_json(shown, made), state, held)
    response.vary.add("Accept-Language")
    return response


@blueprint.get("/documents/<document_id>")
def document(document_id: str) -> Response:
    """A document: its record, tags with evidence, outline and pages; labels in the reader's language (``ui``)."""
    if problems := _unknown("ui"):
        raise ParameterError(problems)
    library = site().library
    found = library.document(document_id)
    body = document_to_json(
        found,
        library.page_labels(document_id),
        names().label,
        links(),
        ocr_pages=library.ocr_pages(document_id),
    )
    response = _conditional(body, request.path, json.dumps(body))
    response.vary.add("Accept-Language")
    return response


@blueprint.get("/documents/<document_id>/similar")
def similar(document_id: str) -> Response:
    """The documents most like one: its translations, its series, and others about the same."""
    reading = read(("size", size) for size in request.args.getlist("size"))
    if problems := [*_unknown("size"), *reading.wrong]:
        raise ParameterError(problems)
    size = reading.request.size
    body = similar_to_json(document_id, size, site().library.similar(document_id, size), links())
    return _conditional(body, f"{request.path}?size={size}", json.dumps(body))


@blueprint.get("/suggest")
def suggest() -> Response:
    """What a reader who has typed ``q`` so far may mean."""
    limit, wrong = _limit(request.args.getlist("limit"))
    if problems := [*_unknown("q", "limit", "ui"), *wrong]:
        raise ParameterError(problems)
    text, language = request.args.get("q", ""), tongue.wanted()
    body = suggestions_to_json(text, site().library.suggest(text, limit, language))
    response = _conditional(body, f"{request.path} {language}", json.dumps(body))
    response.vary.add("Accept-Language")
    return response


def _limit(given: list[str]) -> tuple[int, list[Problem]]:
    if not given:
        return _SUGGESTIONS, []
    if given[0].isdecimal() and len(given) == 1 and 1 <= int(given[0][:_MAX_DIGITS]) <= MOST:
        return int(given[0]), []
    said = " ".join(given)[:40]
    return 0, [Problem("limit", f"limit is a number from 1 to {MOST}, not {said!r}")]


def _unknown(*known: str) -> list[Problem]:
    """What is wrong with the parameters' names, where only these are known."""
    said = ", ".join(known)
    return [
        Problem(name, f"there is no parameter {name!r} here; known: {said}")
        for name in request.args
        if name not in known
    ]


def _conditional(body: JSON, state: str, held: str) -> Response:
    """The body as JSON, or 304 and nothing to a client that has it already.

    The tag is weak: it stands for what was asked for (`state`), what the library holds of it (`held`) and our version,
    not for bytes (``took_ms`` differs each time).
    """
    response = Response(json.dumps(body, ensure_ascii=False), content_type="application/json")
    tag = hashlib.sha256(f"{VERSION}\n{held}\n{request.script_root}\n{state}".encode()).hexdigest()[:32]
    response.set_etag(tag, weak=True)
    # To be kept by the reader's own browser only, and asked about each time.
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response
