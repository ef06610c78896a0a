"""The library's own view of PDF files, by PDF.js; there only where the settings say so."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from flask import Blueprint, Response, make_response, request, send_from_directory

from tipsearch.cite.plain import one_line
from tipsearch.errors import NotShown
from tipsearch.model import PDF
from tipsearch.paths import web_folder
from tipsearch.serve.addresses import led_here, marked_words, other_names_marked
from tipsearch.serve.context import render, site
from tipsearch.serve.headers import FOR_A_YEAR
from tipsearch.serve.links import RESULTS_PAGE
from tipsearch.serve.presenters.results import file_name
from tipsearch.serve.tongue import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipsearch.model import Document

blueprint = Blueprint("viewer", __name__)
#: As on all pages, but for what PDF.js needs: its worker, and pictures that it made itself.
_POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_FILES = frozenset(
    {"pdf.min.mjs", "pdf.worker.min.mjs", "pdf_viewer.mjs", "pdf_viewer.css", "viewer.mjs", "viewer.css"}
)
_TYPES = {".mjs": "text/javascript", ".css": "text/css"}
#: Words that are marked in the file, at most.
_MOST_FOUND = 40


@dataclass(frozen=True, slots=True)
class ViewerPage:
    """All that the view's page shows: `find` are the words to be marked, `asset` the folder of its scripts."""

    title: str
    warning: str
    language: str | None
    number: int
    find: tuple[str, ...]
    pdf_url: str
    file_url: str
    file_name: str
    text_url: str
    document_url: str
    asset: str


def can_be_viewed(document: Document) -> bool:
    """Has the library a view of its own for the document's file?"""
    return site().settings.pdf_viewer == "pdfjs" and document.media_type == PDF and not document.is_stub


@blueprint.get("/documents/<document_id>/view")
def view(document_id: str) -> Response:
    """The document's PDF, opened at ``page`` of it, with what ``q`` finds marked."""
    library, make = site().library, led_here(results_page=RESULTS_PAGE)
    found = library.document(document_id)
    pdf_url = make.file(found)
    if not can_be_viewed(found) or pdf_url is None or library.file(document_id) is None:
        raise NotShown(gettext("There is no such view of this document."))
    number = min(max(request.args.get("page", 1, type=int), 1), max(found.page_count, 1))
    text = marked_words()
    page = ViewerPage(
        title=one_line(found.title),
        warning=one_line(found.warning or ""),
        language=found.language,
        number=number,
        find=tuple(_words(found, number, text)) if text else (),
        pdf_url=pdf_url,
        file_url=f"{pdf_url}#page={number}",
        file_name=file_name(found),
        text_url=make.page(document_id, number, text),
        document_url=make.document(document_id, text),
        asset=f"{make.prefix}/pdfjs/{_version()}",
    )
    response = make_response(render("viewer.html", page=page))
    response.headers["Content-Security-Policy"] = _POLICY
    return response


@blueprint.get("/pdfjs/<version>/<name>")
def asset(version: str, name: str) -> Response:
    """A file of PDF.js or of ours around it."""
    if name not in _FILES or site().settings.pdf_viewer != "pdfjs":
        raise NotShown(gettext("There is no such file."))
    kind = _TYPES[name[name.rindex(".") :]]
    response = send_from_directory(web_folder() / "pdfjs", name, mimetype=kind, conditional=True)
    response.headers["Cache-Control"] = FOR_A_YEAR if version == _version() else "no-cache"
    return response


def _words(document: Document, number: int, text: str) -> Iterator[str]:
    """What is marked on the page and in the passages of the others, as it is written there; a phrase whole."""
    library, expand = site().library, other_names_marked()
    shown = library.page(document, number)
    language = shown.language or document.language
    marked = [(shown.text, library.highlight(shown.text, text, language, expand=expand))]
    marked += [(hit.text, hit.spans) for hit in library.page_hits(document, text, expand=expand)]
    words = (" ".join(piece[start:end].split()) for piece, spans in marked for start, end in spans)
    distinct = dict.fromkeys(word.casefold() for word in words)
    yield from list(distinct)[:_MOST_FOUND]


@cache
def _version() -> str:
    """Names the content of all these files."""
    digest = hashlib.sha256()
    for name in sorted(_FILES):
        digest.update((web_folder() / "pdfjs" / name).read_bytes())
    return digest.hexdigest()[:12]
