"""The web application: a library in, a Flask application out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from tipsearch.cite.plain import web_url
from tipsearch.config import WebSettings
from tipsearch.errors import ConfigError
from tipsearch.paths import web_folder
from tipsearch.serve import (
    about,
    api,
    browsers,
    compression,
    discovery,
    documents,
    errors,
    exports,
    feeds,
    files,
    headers,
    health,
    limits,
    metrics,
    openapi,
    page_pictures,
    pages,
    records,
    tongue,
    unapi,
    viewer,
    widget,
)
from tipsearch.serve.context import EXTENSION, Site, static_versions
from tipsearch.serve.helplines import load_helplines

if TYPE_CHECKING:
    from pathlib import Path

    from tipsearch.serve.library import Library

#: The modules that answer to addresses.
_VIEWS = (
    pages,
    about,
    documents,
    page_pictures,
    viewer,
    files,
    exports,
    feeds,
    records,
    discovery,
    browsers,
    unapi,
    api,
    openapi,
    health,
    widget,
)
#: A host, and maybe a path that is written alike wherever it stands.
_BASE = re.compile(r"https?://[^/?#]+(?:/[A-Za-z0-9._~-]+)*/?")
#: No page takes anything but an address; this is more than any address needs.
_MAX_BODY = 64 * 1024


def create_app(
    library: Library, settings: WebSettings | None = None, *, pictures: Path | None = None
) -> Flask:
    """The application that serves this library.

    Args:
        library: an open `tipsearch.library.Library`; it stays the caller's to close.
        settings: name, exit, host names and base; None for the defaults.
        pictures: a folder in which pictures of pages are kept; None to draw them each time.

    Raises:
        ConfigError: the exit or the base isn't a web address, the helplines can't be read, or what metrics want isn't
            installed.
    """
    settings = settings or WebSettings()
    if web_url(settings.exit_url) is None:
        raise ConfigError(f"exit_url is a web address (https://…), not {settings.exit_url!r}")
    if settings.base_url and not _is_start_page(settings.base_url):
        raise ConfigError(
            "base_url is the start page's web address (https://library.example/, or below a path of plain letters, digits and "
            f"-._~ as https://library.example/library/), not {settings.base_url!r}"
        )
    folder = web_folder()
    app = Flask(__name__, template_folder=folder / "templates", static_folder=folder / "static")
    app.config["MAX_CONTENT_LENGTH"] = _MAX_BODY
    app.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts) or None
    # A name that a template misspells is an error, not an empty place.
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.extensions[EXTENSION] = Site(
        library, settings, static_versions(folder / "static"), load_helplines(settings.helplines)
    )
    for module in _VIEWS:
        app.register_blueprint(module.blueprint)
    page_pictures.install(app, pictures)
    tongue.install(app)
    errors.install(app)
    compression.install(app)
    _install_settings(app, library, settings)
    headers.install(app)
    return app


def _is_start_page(address: str) -> bool:
    """Whether addresses of pages can be made by writing their paths behind this one."""
    return web_url(address) is not None and _BASE.fullmatch(address) is not None


def _install_settings(app: Flask, library: Library, settings: WebSettings) -> None:
    """What is off unless it is set: proxies that are trusted, limits, figures."""
    if trusted := settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted)  # type: ignore[method-assign]  # as Flask's own documentation does
    if settings.requests_per_minute:
        limits.install(app, settings.requests_per_minute)
    if settings.metrics:
        metrics.install(app, library)
