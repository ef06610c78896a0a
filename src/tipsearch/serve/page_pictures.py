"""The picture of a page of a PDF, drawn on demand. What can't be drawn is said in words."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from flask import Blueprint, Response, current_app

from tipsearch.errors import CannotBeDrawn, IsolationError, NotShown, PainterBusy
from tipsearch.model import PDF
from tipsearch.pictures import PagePainter, PictureCache
from tipsearch.serve.context import site
from tipsearch.serve.tongue import gettext

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

blueprint = Blueprint("page_pictures", __name__)
#: Under this name the application holds what draws.
_PAINTER = "tipsearch.painter"
#: Seconds after which a reader may try again.
_RETRY_AFTER = "3"


def install(app: Flask, folder: Path | None) -> None:
    """Let `app` draw pages, and keep their pictures in a folder if there is one, which is emptied."""
    cache = PictureCache(folder) if folder else None
    if cache:
        cache.clear()
    app.extensions[_PAINTER] = PagePainter(cache)


def close(app: Flask) -> None:
    """Let go what `app` draws with."""
    cast("PagePainter", app.extensions[_PAINTER]).close()


@blueprint.get("/documents/<document_id>/pages/<int:number>/picture")
def picture(document_id: str, number: int) -> Response:
    """A page's picture as PNG: 404 where there is none, 503 while others are drawn."""
    library = site().library
    found = library.document(document_id)
    file = library.file(document_id) if found.media_type == PDF and not found.is_stub else None
    if file is None or not 1 <= number <= found.page_count:
        raise NotShown(gettext("There is no picture of this page."))
    painter = cast("PagePainter", current_app.extensions[_PAINTER])
    try:
        drawn = painter.picture(file.resolve(), number)
    except CannotBeDrawn as error:
        raise NotShown(gettext("This page can’t be drawn.")) from error
    except (PainterBusy, IsolationError):
        return _busy()
    response = Response(drawn, content_type="image/png")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _busy() -> Response:
    said = gettext("Other pages are being drawn just now. Please try again in a moment.")
    response = Response(said, HTTPStatus.SERVICE_UNAVAILABLE, content_type="text/plain; charset=utf-8")
    response.headers["Retry-After"] = _RETRY_AFTER
    return response
