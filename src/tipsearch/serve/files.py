"""The original files. They come from strangers: none of them may act in the name of this site."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from flask import Blueprint, Response, send_file

from tipsearch.errors import NotShown
from tipsearch.serve.context import links, site
from tipsearch.serve.tongue import gettext

if TYPE_CHECKING:
    from tipsearch.model import Document

blueprint = Blueprint("files", __name__)
#: Types that a browser may show. Everything else is only to be saved.
_SHOWN_TYPES = frozenset({"application/pdf"})
_EXTENSIONS = {"application/pdf": "pdf", "text/html": "html", "text/plain": "txt"}
_MAX_NAME = 80


@blueprint.get("/documents/<document_id>/file")
def file(document_id: str) -> Response:
    """The original file if it is still there."""
    library = site().library
    found = library.document(document_id)
    path = library.file(document_id) if links().file(found) else None
    if path is None or not path.is_file():
        raise NotShown(gettext("The original file of this document is no longer here; its text is."))
    media_type = found.media_type if found.media_type in _EXTENSIONS else "application/octet-stream"
    response = send_file(
        path.resolve(),
        mimetype=media_type,
        as_attachment=media_type not in _SHOWN_TYPES,
        download_name=_file_name(found, _EXTENSIONS.get(media_type, "bin")),
        conditional=True,
    )
    # A sandbox leaves Safari's PDF view empty; browsers show PDF files apart from the page's own origin anyway.
    shown = media_type in _SHOWN_TYPES
    response.headers["Content-Security-Policy"] = "frame-ancestors 'none'" if shown else "sandbox"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def plain_name(text: str) -> str:
    """The text as a name of a file, of letters and digits only; may be empty."""
    words = re.sub(r"\W+", "-", unicodedata.normalize("NFC", text)).strip("-_")
    return words[:_MAX_NAME].rstrip("-")


def _file_name(document: Document, extension: str) -> str:
    """A name made of the title; with neutral titles of the library's neutral name and the document's id."""
    settings = site().settings
    told = f"{settings.kept_name} {document.id}" if settings.neutral_titles else document.title
    return f"{plain_name(told) or 'document'}.{extension}"
