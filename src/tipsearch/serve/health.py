"""For whoever watches over the server: is the process alive, can it answer?"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify

from tipsearch.errors import TipsearchError
from tipsearch.search.request import SearchRequest
from tipsearch.serve.context import site

if TYPE_CHECKING:
    from collections.abc import Callable

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers; nothing else is touched."""
    return jsonify(alive=True)


@blueprint.get("/readyz")
def ready() -> Response:
    """Whether there is a library to answer from: 503 where there is none or it can't be read, and which part it is."""
    library = site().library
    parts: dict[str, Callable[[], object]] = {
        "catalogue": library.identity,
        "index": library.generation,
        "engine": lambda: library.search(SearchRequest(size=1), facets=()),
    }
    for part, ask in parts.items():
        try:
            answer = ask()
        except (TipsearchError, OSError) as error:
            return _not_ready(part, type(error).__name__)
        if answer == 0:
            return _not_ready(part, "nothing has been indexed yet")
    status = library.status()
    return jsonify(
        ready=True,
        documents=status.documents,
        pages=status.pages,
        waiting=status.waiting,
        engine=status.engine,
        generation=status.generation,
    )


def _not_ready(part: str, reason: str) -> Response:
    response = jsonify(ready=False, part=part, reason=reason)
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    return response
