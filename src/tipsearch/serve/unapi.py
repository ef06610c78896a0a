"""unAPI (revision 3): reference managers find ids on a page of results, and ask here for the records.

Zotero takes RIS, with the file named in it, before it looks at anything else on the page.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotAcceptable

from tipsearch.cite import FORMATS
from tipsearch.serve.cited import citing, fetched_from_here
from tipsearch.serve.context import document_here
from tipsearch.serve.presenters.xml import element, written

blueprint = Blueprint("unapi", __name__)
_OFFERED = ("ris", "bibtex", "csl-json")


@blueprint.get("/unapi")
def unapi() -> Response:
    """The formats; with ``id`` those of a document, and with ``format`` as well its record in that format."""
    document_id, wanted = request.args.get("id", ""), request.args.get("format", "")
    if not document_id:
        return _formats(HTTPStatus.OK)
    document = document_here(document_id)
    if not wanted:
        return _formats(HTTPStatus.MULTIPLE_CHOICES, document_id)
    if wanted not in _OFFERED:
        raise NotAcceptable(f"there is no format of that name; there are {', '.join(_OFFERED)}")
    form = FORMATS[wanted]
    here = citing()
    body = form.write([fetched_from_here(here.placed(document))], here.label)
    return Response(body, content_type=f"{form.media_type}; charset=utf-8")


def _formats(status: HTTPStatus, document_id: str = "") -> Response:
    offered = (element("format", {"name": name, "type": FORMATS[name].media_type}) for name in _OFFERED)
    root = element("formats", {"id": document_id} if document_id else {}, "", *offered)
    return Response(written(root), status, content_type="application/xml; charset=utf-8")
