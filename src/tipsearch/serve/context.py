"""What a view needs beside the request: the library, the settings, the links from where the application is mounted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from flask import current_app, render_template, request

from tipsearch.cite.plain import one_line
from tipsearch.query import accepted_language
from tipsearch.serve.links import PathLinks
from tipsearch.serve.presenters.names import Names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tipsearch.config import WebSettings
    from tipsearch.search.request import SearchRequest
    from tipsearch.serve.library import Library

#: Under this name the application holds its `Site`.
EXTENSION = "tipsearch"


@dataclass(frozen=True, slots=True)
class Site:
    """What all requests share: the library, the settings, and for each static file a name of its content."""

    library: Library
    settings: WebSettings
    static_versions: Mapping[str, str]


def site() -> Site:
    """The site of the present application."""
    return cast("Site", current_app.extensions[EXTENSION])


def links() -> PathLinks:
    """Links for the present request."""
    return PathLinks(request.script_root)


def label(facet: str, value: str) -> str:
    """The label of a facet's value, fit to be shown."""
    return one_line(site().library.labels(facet, value))


def names() -> Names:
    """What values are called, and where topics are chosen."""
    return Names(label, site().library.facet_of)


def in_readers_language(asked: SearchRequest) -> SearchRequest:
    """The request with the language that the address names, or else the one that the browser asks for."""
    return (
        asked
        if asked.ui
        else replace(asked, ui=accepted_language(request.headers.get("Accept-Language", "")))
    )


def render(template: str, **values: object) -> str:
    """The template with these values, and with what every page has: settings, links, static files."""
    here = site()
    make = links()
    static = {name: make.static(name, version) for name, version in here.static_versions.items()}
    return render_template(template, site=here.settings, links=make, static=static, **values)


def static_versions(folder: Path) -> dict[str, str]:
    """For each file of the folder a short name of its content, the same as long as the content is."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
