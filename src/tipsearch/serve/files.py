"""The original files. They come from strangers: none of them may act in the name of this site."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from flask import Blueprint, Response, send_file

from tipsearch.errors import NotShown
from tipsearch.serve.context import site
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
    path = library.file(document_id)
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


def _file_name(document: Document, extension: str) -> str:
    """A name made of the title, of letters and digits only."""
    words = re.sub(r"\W+", "-", unicodedata.normalize("NFC", document.title)).strip("-_")
    return f"{words[:_MAX_NAME].rstrip('-') or 'document'}.{extension}"
