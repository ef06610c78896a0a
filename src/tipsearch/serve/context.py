"""What a view needs beside the request: the library, the settings, the links from where the application is mounted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, urlencode

from flask import current_app, render_template, request

from tipsearch.cite.plain import one_line
from tipsearch.errors import DocumentMoved
from tipsearch.recent import Recent
from tipsearch.serve import tongue
from tipsearch.serve.links import PathLinks
from tipsearch.serve.presenters.names import Names

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping
    from pathlib import Path

    from tipsearch.config import WebSettings
    from tipsearch.model import Document
    from tipsearch.search.request import SearchRequest
    from tipsearch.serve.helplines import Helplines
    from tipsearch.serve.library import Library
    from tipsearch.serve.presenters.home import HomePage

#: Under this name the application holds its `Site`.
EXTENSION = "tipsearch"
#: Start pages that are kept: one for each language, and some.
_START_PAGES = 16


@dataclass(frozen=True, slots=True)
class Site:
    """What all requests share: the library, the settings, and for each static file a name of its content, helplines.

    `start_pages` keeps the start page as it was made last, `examples` the document in the examples of the API, by what they were made of.
    """

    library: Library
    settings: WebSettings
    static_versions: Mapping[str, str]
    helplines: Helplines
    start_pages: Recent[Hashable, HomePage] = field(default_factory=lambda: Recent(_START_PAGES))
    examples: Recent[Hashable, str] = field(default_factory=lambda: Recent(1))


def site() -> Site:
    """The site of the present application."""
    return cast("Site", current_app.extensions[EXTENSION])


def links() -> PathLinks:
    """Links for the present request, in the language that its address names."""
    return PathLinks(request.script_root, ui=tongue.chosen())


def absolute(path: str) -> str:
    """The whole address of a path of ours: at the base that the settings name, or else at the host that was asked."""
    base = site().settings.base_url or request.url_root
    return f"{base.rstrip('/')}{path.removeprefix(request.script_root)}"


def names() -> Names:
    """What values are called in the reader's language, fit to be shown, and where topics are chosen."""
    library, language = site().library, tongue.wanted()

    def label(facet: str, value: str) -> str:
        return one_line(library.labels(facet, value, language))

    return Names(label, library.facet_of, library.topics_named)


def in_readers_language(asked: SearchRequest) -> SearchRequest:
    """The request with the language that the address names, or else the one that the browser asks for."""
    return asked if asked.ui else replace(asked, ui=tongue.wanted())


def document_here(document_id: str) -> Document:
    """The document of that id, or the one that it has become: for addresses that name it in their query, and don't redirect.

    Raises:
        NotFound: there is none.
    """
    library = site().library
    try:
        return library.document(document_id)
    except DocumentMoved as moved:
        return library.document(moved.document_id)


def render(template: str, **values: object) -> str:
    """The template with these values, and with what every page has: settings, links, static files, languages."""
    here = site()
    make = links()
    static = {name: make.static(name, version) for name, version in here.static_versions.items()}
    given = {
        "site": here.settings,
        "links": make,
        "static": static,
        "language": tongue.language(),
        "direction": tongue.direction(),
        "comma": tongue.comma(),
        "tongues": tuple(_tongues()),
    }
    return render_template(template, **{**given, **values})


def _tongues() -> Iterator[tuple[str, str, str]]:
    """For each interface language its tag, its own name, and the present page in it."""
    others = [pair for pair in request.args.items(multi=True) if pair[0] != "ui"]
    for tag, name in tongue.LANGUAGES.items():
        yield tag, name, f"{request.script_root}{quote(request.path)}?{urlencode([*others, ('ui', tag)])}"


def static_versions(folder: Path) -> dict[str, str]:
    """For each file of the folder a short name of its content, the same as long as the content is."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
