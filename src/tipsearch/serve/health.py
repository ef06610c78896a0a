"""For whoever watches over the server: is the process alive, can it answer?"""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, jsonify

from tipsearch.errors import TipsearchError
from tipsearch.serve.context import site

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers; nothing else is touched."""
    return jsonify(alive=True)


@blueprint.get("/readyz")
def ready() -> Response:
    """Whether there is a library to answer from: 503 where there is none or it can't be read."""
    try:
        status = site().library.status()
    except (TipsearchError, OSError) as error:
        return _not_ready(type(error).__name__)
    if not status.generation:
        return _not_ready("nothing has been indexed yet")
    return jsonify(
        ready=True,
        documents=status.documents,
        pages=status.pages,
        waiting=status.waiting,
        engine=status.engine,
        generation=status.generation,
    )


def _not_ready(reason: str) -> Response:
    response = jsonify(ready=False, reason=reason)
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    return response
