"""What a search finds, or the documents picked from it, as a file for spreadsheets and reference managers."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from flask import Blueprint, Response, request

from tipsearch.cite import FORMATS
from tipsearch.errors import NotShown, ParameterError
from tipsearch.serve.addresses import listed, read_strictly
from tipsearch.serve.cited import citing
from tipsearch.serve.context import site
from tipsearch.serve.errors import watched
from tipsearch.serve.files import plain_name
from tipsearch.serve.params import read
from tipsearch.serve.tongue import gettext, ngettext, number
from tipsearch.serve.validation import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tipsearch.cite import Format
    from tipsearch.model import Document
    from tipsearch.search.request import SearchRequest
    from tipsearch.serve.library import Shelf

blueprint = Blueprint("exports", __name__)
#: Documents that may be picked: more wouldn't fit into an address.
MOST_PICKED = 500
#: Parameter of a picked document.
PICKED = "id"
#: Parameter of the search that they were picked from, as a query string.
PICKED_FROM = "search"
#: Documents in memory at a time.
_BATCH = 200
#: Unknown documents that an error names.
_MOST_NAMED = 10
#: Without it Excel takes a table for one in the encoding of its own country.
_BYTE_ORDER_MARK = "\ufeff"
_BY_EXTENSION = {form.extension: form for form in FORMATS.values()}


@blueprint.get("/export.<extension>")
def export(extension: str) -> Response:
    """All that the search of this address finds, up to `MOST_LISTED` documents; with ``id`` these documents."""
    form = _BY_EXTENSION.get(extension)
    if form is None:
        known = ", ".join(_BY_EXTENSION)
        raise NotShown(
            gettext("There is no export “%(name)s”; there are these: %(known)s.", name=extension, known=known)
        )
    search = read_strictly(also=(PICKED, PICKED_FROM))
    if PICKED in request.args:
        ids = _picked(read(parse_qsl(request.args.get(PICKED_FROM, ""))).request)
        return _file(form, ids, len(ids))
    found = listed(search)
    return _file(form, found.ids, found.total)


def _picked(search: SearchRequest) -> Sequence[str]:
    """The documents that the address names, in its order; `search` is the one they were picked from.

    Raises:
        ParameterError: it names none, or too many.
        NotShown: some aren't in this library; says which.
    """
    ids = list(dict.fromkeys(filter(None, request.args.getlist(PICKED))))
    if not ids:
        detail = gettext("No document is ticked; tick the boxes of those you want.")
        raise ParameterError([Problem(PICKED, detail)], back=search)
    if len(ids) > MOST_PICKED:
        detail = gettext(
            "%(count)s documents are ticked; %(most)s can be taken at once.",
            count=number(len(ids)),
            most=number(MOST_PICKED),
        )
        raise ParameterError([Problem(PICKED, detail)], back=search)
    there = site().library.shelf.documents(ids)
    if missing := [one for one in ids if one not in there]:
        named = ", ".join(map(ascii, missing[:_MOST_NAMED]))
        if len(missing) > _MOST_NAMED:
            named += ", …"
        said = ngettext(
            "This document isn’t in the library: %(named)s. Take it out of the address.",
            "These %(count)s documents aren’t in the library: %(named)s. Take them out of the address.",
            len(missing),
            named=named,
        )
        raise NotShown(said)
    return ids


def _file(form: Format, ids: Sequence[str], total: int) -> Response:
    """The documents as a file that is written while it is read, so that its length doesn't matter."""
    here = citing()
    written = form.stream(here.all_placed(_documents(here.library.shelf, ids)), here.label)
    # The first piece is made now: a catalogue that can't be read is an error page then, not half a file.
    mark = _BYTE_ORDER_MARK if form.extension == "csv" else ""
    body = chain([mark + next(written, "")], watched(written))
    response = Response(body, content_type=f"{form.media_type}; charset=utf-8")
    name = f"{plain_name(site().settings.kept_name)}-{datetime.now(UTC):%Y-%m-%d}{_cut(len(ids), total)}.{form.extension}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["X-Total-Count"] = str(total)
    response.headers["X-Export-Count"] = str(len(ids))
    return response


def _cut(count: int, total: int) -> str:
    """What the name of a file says of one that is not complete."""
    return f"-first-{count}-of-{total}" if count < total else ""


def _documents(shelf: Shelf, ids: Sequence[str]) -> Iterator[Document]:
    """The documents in order; what was removed meanwhile is left out, what has become one comes once."""
    seen: set[str] = set()
    for first in range(0, len(ids), _BATCH):
        for document in shelf.documents(ids[first : first + _BATCH]).values():
            if document.id not in seen:
                seen.add(document.id)
                yield document
