"""The headers of every response, set in one place (OWASP ASVS 5.0, chapter 3.4)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import request

from tipsearch.serve import tongue
from tipsearch.serve.context import site

if TYPE_CHECKING:
    from flask import Flask, Response

#: Nothing comes from elsewhere, nothing is inline, nobody may frame these pages.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
#: Powers that these pages don't need, so that nothing in them can have them.
_PERMISSIONS_POLICY = (
    "browsing-topics=(), camera=(), display-capture=(), geolocation=(), interest-cohort=(), microphone=(), "
    "payment=(), usb=()"
)
_EVERYWHERE = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": _PERMISSIONS_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
}
#: The reading API, and what describes it to programs: for everybody.
_OPEN = ("/api/v1/", "/api/openapi.json")
_READING = ("GET", "HEAD", "POST", "OPTIONS")
#: Without Access-Control-Allow-Credentials no browser sends cookies along.
_CROSS_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, RateLimit, RateLimit-Policy, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
#: What a browser is told that asks before a script of another site may ask.
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
#: What has its version in its address never changes.
FOR_A_YEAR = "public, max-age=31536000, immutable"
#: Views, and modules of views, that search engines are told to leave out.
_HIDDEN = frozenset({"pages.search", "about.world_map", "api", "exports", "feeds", "records", "unapi"})
_FOUND = (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)


def install(app: Flask) -> None:
    """Set the headers of every response of `app`, errors included."""
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    for name, value in _EVERYWHERE.items():
        # A view may be stricter (a stored file is sandboxed), so it has the first word.
        response.headers.setdefault(name, value)
    if request.path.startswith(_OPEN) and request.method in _READING:
        response.headers.update(_CROSS_ORIGIN)
        if request.method == "OPTIONS":
            response.headers.update(_PREFLIGHT)
    else:
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if _is_hidden():
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    if request.endpoint == "static" and response.status_code in _FOUND:
        response.headers["Cache-Control"] = FOR_A_YEAR if _is_versioned() else "no-cache"
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = tongue.language()
        response.vary.add("Accept-Language")
    # Pages leave no copy on the disk of a shared computer.
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _is_versioned() -> bool:
    """Does the address of a static file name the version that is sent?"""
    version = request.args.get("v")
    return version is not None and version == site().static_versions.get(
        (request.view_args or {})["filename"]
    )


def _is_hidden() -> bool:
    """Does this address show what somebody searched for, or say again what pages say? Search engines must not keep it."""
    return request.endpoint in _HIDDEN or request.blueprint in _HIDDEN or "q" in request.args
