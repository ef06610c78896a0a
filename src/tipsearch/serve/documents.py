"""A document: its record, each of its pages, its citation. Each address is the whole state of what it shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from tipsearch.cite import FORMATS
from tipsearch.cite.names import STYLES
from tipsearch.errors import NotFound
from tipsearch.serve.addresses import led_here, marked_words, other_names_marked
from tipsearch.serve.cited import citing
from tipsearch.serve.context import absolute, links, names, render, site
from tipsearch.serve.presenters.document import CITE_FORMATS, document_page
from tipsearch.serve.presenters.metadata import metadata
from tipsearch.serve.presenters.opened import Opened
from tipsearch.serve.presenters.page import text_page
from tipsearch.serve.presenters.similar import similar_page
from tipsearch.serve.viewer import can_be_viewed

if TYPE_CHECKING:
    from tipsearch.serve.presenters.metadata import Metadata

blueprint = Blueprint("documents", __name__)
_BY_EXTENSION = {FORMATS[name].extension: FORMATS[name] for name in CITE_FORMATS}


@blueprint.get("/documents/<document_id>")
def document(document_id: str) -> str:
    """A document's record, and with ``q`` the pages that answer it."""
    opened = _opened(document_id)
    text = opened.text
    hits = site().library.page_hits(opened.document, text, expand=other_names_marked()) if text else ()
    page = document_page(opened, hits, names())
    return render("document.html", page=page, metadata=_metadata(opened))


@blueprint.get("/documents/<document_id>/similar")
def similar(document_id: str) -> str:
    """The documents most like one."""
    library = site().library
    found = library.document(document_id)
    return render("similar.html", page=similar_page(found, library.similar(found), names(), links()))


@blueprint.get("/documents/<document_id>/pages/<int:number>")
def page(document_id: str, number: int) -> str:
    """The text of one page, with the words of ``q`` marked."""
    library, expand = site().library, other_names_marked()
    opened = _opened(document_id, number)
    found, text = opened.document, opened.text
    shown = library.page(found, number)
    language = shown.language or found.language
    spans = library.highlight(shown.text, text, language, expand=expand) if text else ()
    hits = library.pages_found(found, text, expand=expand) if text else ()
    return render("page.html", page=text_page(opened, shown, spans, hits))


@blueprint.get("/documents/<document_id>/cite.<extension>")
def cite(document_id: str, extension: str) -> Response:
    """The document's citation as a file for a reference manager."""
    form = _BY_EXTENSION.get(extension)
    if form is None:
        raise NotFound(f"there is no citation format {extension!r}; there are {', '.join(_BY_EXTENSION)}")
    here = citing()
    found = here.placed(site().library.document(document_id))
    response = Response(form.write([found], here.label), content_type=f"{form.media_type}; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{document_id}.{extension}")
    return response


def _opened(document_id: str, number: int | None = None) -> Opened:
    """The document as the present address opens it, or at a page of it."""
    library = site().library
    found = library.document(document_id)
    has_file = library.file(document_id) is not None
    return Opened(
        found,
        page_labels=library.page_labels(document_id),
        text=marked_words(),
        links=led_here(),
        has_file=has_file,
        has_viewer=has_file and can_be_viewed(found),
        style=_style(),
        address=citing().page(found, number),
    )


def _metadata(opened: Opened) -> Metadata:
    settings, document = site().settings, opened.document
    found = metadata(document, names(), links(), absolute, library=settings.name, has_file=opened.has_file)
    return replace(found, properties=()) if settings.neutral_titles else found


def _style() -> str:
    """The style in which the reference is wanted; one that isn't known is the short one."""
    asked = request.args.get("style", "")
    return asked if asked in STYLES else ""
