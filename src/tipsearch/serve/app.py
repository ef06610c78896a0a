"""The web application: a library in, a Flask application out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask
from jinja2 import StrictUndefined

from tipsearch.cite.plain import web_url
from tipsearch.config import WebSettings
from tipsearch.errors import ConfigError
from tipsearch.paths import web_folder
from tipsearch.serve import (
    api,
    browsers,
    documents,
    errors,
    files,
    headers,
    health,
    pages,
    tongue,
    widget,
)
from tipsearch.serve.context import EXTENSION, Site, static_versions

if TYPE_CHECKING:
    from tipsearch.serve.library import Library

#: No page takes anything but an address; this is more than any address needs.
_MAX_BODY = 64 * 1024


def create_app(library: Library, settings: WebSettings | None = None) -> Flask:
    """The application that serves this library.

    Args:
        library: an open `tipsearch.library.Library`; it stays the caller's to close.
        settings: name, exit and host names; None for the defaults.

    Raises:
        ConfigError: the exit doesn't lead anywhere.
    """
    settings = settings or WebSettings()
    if web_url(settings.exit_url) is None:
        raise ConfigError(f"exit_url is a web address (https://…), not {settings.exit_url!r}")
    folder = web_folder()
    app = Flask(__name__, template_folder=folder / "templates", static_folder=folder / "static")
    app.config["MAX_CONTENT_LENGTH"] = _MAX_BODY
    app.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts) or None
    # A name that a template misspells is an error, not an empty place.
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.extensions[EXTENSION] = Site(library, settings, static_versions(folder / "static"))
    for module in (pages, documents, files, api, browsers, health, widget):
        app.register_blueprint(module.blueprint)
    tongue.install(app)
    errors.install(app)
    headers.install(app)
    return app
