"""Pages for a frame in the page of somebody else, and what goes wrong there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import make_response, request

from tipsearch.serve.context import links

if TYPE_CHECKING:
    from flask import Response

ELEMENT = "tip-search.js"
#: Views whose pages others may frame.
_VIEWS = frozenset({"widget.embed", "widget.embed_document"})
#: A host as it may stand in a policy: anything else could add a rule to it.
_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?")


def is_framed() -> bool:
    """Was a page for a frame asked for?"""
    return request.endpoint in _VIEWS


def frame_scripts() -> dict[str, str]:
    """Addresses of the files that pages for a frame are made of, by name."""
    return {name: links().widget("v1", name) for name in (ELEMENT, "embed.js", "embed.css")}


def framed(page: str) -> Response:
    """A page that others may frame. In a sandbox it has no origin, so the policy names the host beside 'self'."""
    response = make_response(page)
    here = f"'self' {request.host_url.rstrip('/')}" if _HOST.fullmatch(request.host) else "'self'"
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src {here}; style-src {here}; connect-src {here}; form-action {here}; "
        "base-uri 'none'; frame-ancestors *; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
