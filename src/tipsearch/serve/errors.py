"""Errors as a reader meets them: a page in the same dress with a way on, or for the API a problem document (RFC 9457).

What is logged is where it happened and what kind of error it was: no query string, no message, as both can hold what
somebody searched for.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from http import HTTPStatus
from typing import TYPE_CHECKING

import msgspec
from flask import Response, make_response, redirect, request, url_for
from werkzeug.exceptions import HTTPException

from tipsearch.errors import (
    BadRequest,
    BrokenOff,
    CursorExpired,
    DocumentMoved,
    EngineError,
    LibraryError,
    NotFound,
    NotShown,
    ParameterError,
    TooManyRequests,
    UserError,
)
from tipsearch.query.wording import Notice, wording
from tipsearch.search import shapes
from tipsearch.serve.asked import Problem
from tipsearch.serve.context import render
from tipsearch.serve.declared import FACET_PARAMETERS
from tipsearch.serve.framing import frame_scripts, framed, is_framed
from tipsearch.serve.presenters.refusals import told
from tipsearch.serve.tongue import gettext, later, wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from flask import Flask
    from werkzeug.wrappers import Response as BaseResponse

    from tipsearch.search.request import SearchRequest

#: What views need: what they raise, and what ends a stream in order.
__all__ = ["install", "watched"]

_logger = logging.getLogger(__name__)
_NOT_NOW = later("The library can't answer at the moment. Please try again in a little while.")
_BROKEN = later(
    "Something went wrong on our side. Please try again; if it happens again, tell whoever runs this library. "
    "Reference: %(reference)s."
)
#: Seconds after which a reader may try again: a rebuilt index is swapped in within a moment.
_RETRY_AFTER = "10"
_EXPLANATIONS = {
    HTTPStatus.NOT_FOUND: later("There is nothing at this address. It may have been moved, or mistyped."),
    HTTPStatus.METHOD_NOT_ALLOWED: later(
        "This address can be read, but nothing can be sent to it in that way."
    ),
    HTTPStatus.BAD_REQUEST: later("This server could not make sense of the request."),
}


def install(app: Flask) -> None:
    """Let `app` answer every error in this way."""
    app.register_error_handler(ParameterError, _invalid)
    app.register_error_handler(BadRequest, _bad_request)
    app.register_error_handler(CursorExpired, _expired)
    app.register_error_handler(TooManyRequests, _too_many)
    app.register_error_handler(DocumentMoved, _moved)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(UserError, _user_error)
    app.register_error_handler(LibraryError, _unavailable)
    app.register_error_handler(EngineError, _unavailable)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def _invalid(error: ParameterError) -> Response:
    return _answer(HTTPStatus.UNPROCESSABLE_ENTITY, str(error), error.problems, error.without, error.back)


def _bad_request(error: BadRequest) -> Response:
    parameter = FACET_PARAMETERS.get(error.parameter, error.parameter)
    notice = error.notice if isinstance(error.notice, Notice) else None
    # Of a value that the library doesn't know its readers are told in their language.
    said = wording(wanted()).notice(notice) if notice else str(error)
    return _answer(HTTPStatus.UNPROCESSABLE_ENTITY, said, [Problem(parameter, said, notice)])


def _expired(error: CursorExpired) -> Response:
    return _answer(HTTPStatus.GONE, str(error))


def _too_many(error: TooManyRequests) -> Response:
    response = _answer(HTTPStatus.TOO_MANY_REQUESTS, str(error))
    response.headers["Retry-After"] = str(error.seconds)
    return response


def _not_found(error: NotFound) -> Response:
    # What is missing in a library is told to programs; readers are told in their language.
    told = str(error) if _is_api() or isinstance(error, NotShown) else _EXPLANATIONS[HTTPStatus.NOT_FOUND]
    return _answer(HTTPStatus.NOT_FOUND, told)


def _moved(error: DocumentMoved) -> BaseResponse:
    """On to the same page of the document as which it is found now; for a while only, as files that differ again part again."""
    assert request.endpoint is not None
    assert request.view_args is not None
    address = url_for(request.endpoint, **{**request.view_args, "document_id": error.document_id})
    asked = request.query_string.decode("ascii", "replace")
    return redirect(f"{address}?{asked}" if asked else address)


def _user_error(error: UserError) -> Response:
    return _answer(HTTPStatus.BAD_REQUEST, str(error))


def _unavailable(error: LibraryError | EngineError) -> Response:
    _log(error)
    response = _answer(HTTPStatus.SERVICE_UNAVAILABLE, _NOT_NOW)
    response.headers["Retry-After"] = _RETRY_AFTER
    return response


def _http(error: HTTPException) -> Response:
    """Errors of the framework: no such address, no such method, a host name that isn't ours, redirects."""
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return make_response(error.get_response())
    status = HTTPStatus(error.code)
    said = _EXPLANATIONS.get(status, status.description or status.phrase)
    if _is_api():
        # What was written for this very error, if anything was.
        said = error.__dict__.get("description") or said
    response = _answer(status, said)
    # Such as Allow of a 405; the framework's own content type and length don't fit our answer.
    for name, value in error.get_response().headers:
        if name not in response.headers:
            response.headers[name] = value
    return response


def _broken(error: Exception) -> Response:
    return _answer(HTTPStatus.INTERNAL_SERVER_ERROR, gettext(_BROKEN, reference=_log(error)))


def watched(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces of an answer that is made while it is sent.

    Where one can't be made, that is logged as any error is, and the answer breaks off, so that nobody takes it for whole.

    Raises:
        BrokenOff: a piece couldn't be made; it tells nothing of what was asked for or found, as the server logs it, too.
    """
    rule = _rule()

    def watch() -> Iterator[str]:
        try:
            yield from pieces
        except Exception as error:  # noqa: BLE001  whatever it is, nobody else may log it
            reference = _log(error, rule)
            raise BrokenOff(f"the answer breaks off; reference {reference}") from None

    # Made here and not by the first reading, which may come when the request is over.
    return watch()


def _rule() -> str:
    """The present request's kind of address."""
    return request.url_rule.rule if request.url_rule else "(no route)"


def _log(error: Exception, rule: str = "") -> str:
    """Log the kind of an error and the lines of code it came through; gives the reference that the reader is told."""
    reference = secrets.token_hex(4)
    rule = rule or _rule()
    frames = "".join(traceback.format_tb(error.__traceback__))
    _logger.error("%s at %s, reference %s\n%s", type(error).__name__, rule, reference, frames)
    return reference


def _answer(
    status: HTTPStatus,
    detail: str,
    problems: Sequence[Problem] = (),
    without: SearchRequest | None = None,
    back: SearchRequest | None = None,
) -> Response:
    if _is_api():
        return _problem_document(status, gettext(detail), problems)
    if is_framed():
        said = gettext(_EXPLANATIONS.get(status, detail))
        response = framed(render("embed_error.html", status=status, detail=said, scripts=frame_scripts()))
        response.status_code = status
        return response
    # No links to itself in other languages: an address that led to an error isn't told again.
    page = render(
        "error.html",
        status=status,
        detail=gettext(detail),
        problems=[told(problem) for problem in problems],
        without=without,
        back=back,
        tongues=(),
    )
    return make_response(page, status)


def _is_api() -> bool:
    return request.path.startswith("/api/")


def _problem_document(status: HTTPStatus, detail: str, problems: Sequence[Problem]) -> Response:
    body = shapes.Problem(
        type="about:blank",
        title=status.phrase,
        status=status.value,
        detail=detail,
        errors=tuple(shapes.ParameterProblem(one.parameter, one.detail) for one in problems),
    )
    response = Response(msgspec.json.encode(body), status, content_type="application/problem+json")
    # What is no fault of a program may be shown to its reader, and is told in their language.
    response.vary.add("Accept-Language")
    return response
