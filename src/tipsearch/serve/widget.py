"""The library in the pages of others: the element's files, the page for a frame, oEmbed, and the page that builds snippets.

Only these files may be fetched by pages of other sites, and only the pages for a frame may be framed.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from flask import Blueprint, Response, abort, jsonify, request

from tipsearch.cite.plain import one_line
from tipsearch.errors import NotFound
from tipsearch.paths import web_folder
from tipsearch.serve.asking import marked_words
from tipsearch.serve.context import absolute, document_here, links, render, site
from tipsearch.serve.framing import ELEMENT, frame_scripts, framed
from tipsearch.serve.params import read
from tipsearch.serve.presenters import xml
from tipsearch.serve.presenters.embed import (
    FACETS,
    THEMES,
    Place,
    Script,
    builder_page,
    card,
    element,
    oembed,
    place,
    search_title,
)
from tipsearch.serve.tongue import LANGUAGES
from tipsearch.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from tipsearch.model import Document

blueprint = Blueprint("widget", __name__)

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
}
#: Files that pages of other sites may ask for by the address that follows the newest version.
_FILES = frozenset({ELEMENT, "embed.js", "embed.css", "frame.js", "demo.css", "demo.js"})
_VERSION = re.compile(r"\d+(?:\.\d+)+")
_FOR_A_WHILE = "public, max-age=3600, stale-while-revalidate=86400"
_FOR_EVER = "public, max-age=31536000, immutable"
#: Spaces around signs of a script (not + and -), line ends within brackets and behind statements, and the last sign before
#: a closing bracket: nothing hangs on them.
_AROUND = re.compile(r" ?([=<>?:,{}()&|]+) ?")
_ENDS = re.compile(r"\n(?=[)}\]])|(?<=[({\[,;])\n")
_LAST = re.compile(r";(?=})|,(?=[)}\]])")
#: For everybody to fetch, from a sandboxed frame, too, whose origin is none.
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Timing-Allow-Origin": "*",
}
#: What the demo page lets itself do: as strict as a page around can be.
_DEMO_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is served: its bytes, the same packed, its hash for ``integrity``."""

    body: bytes
    packed: bytes
    integrity: str


def bare(source: str) -> str:
    """A script or style sheet without indentation, empty lines, and lines that only hold a ``//`` comment.

    So these files hold no text of several lines in which such things count.
    """
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def squeezed(script: str) -> str:
    """A bare script without the spaces, line ends and last commas that mean nothing, in its code and in the styles that it holds.

    What stands in quotes stays, but a text of several lines is styles. Quotes inside of regular expressions are none that
    this knows of: such scripts write them otherwise.
    """
    pieces = re.split(r'("[^"\n]*"|`[^`]*`)', script)
    pieces[::2] = [_LAST.sub("", _ENDS.sub("", _AROUND.sub(r"\1", code))) for code in pieces[::2]]
    return "".join(_squeezed_styles(piece) if piece[:2] == "`\n" else piece for piece in pieces)


def _squeezed_styles(styles: str) -> str:
    tight = re.sub(r"([:,]) ", r"\1", re.sub(r"\s*([{};>])\s*", r"\1", styles))
    return tight.replace(";}", "}")


@cache
def asset(name: str) -> Asset:
    """The file of that name below ``web/widget``.

    Raises:
        NotFound: there is none.
    """
    path = web_folder() / "widget" / name
    if not path.is_file():
        raise NotFound("there is no such file")
    text = path.read_text("utf-8")
    body = (text if _is_kept(path) else _packable(text, path.suffix)).encode()
    hashed = base64.b64encode(hashlib.sha384(body).digest()).decode()
    return Asset(body, gzip.compress(body, 9, mtime=0), f"sha384-{hashed}")


def _packable(text: str, suffix: str) -> str:
    return squeezed(bare(text)) if suffix in (".js", ".json") else bare(text)


def element_script(version: str = "v1") -> Script:
    """The element, at the address that follows new versions, or with its hash at that of one version."""
    path = links().widget(version, ELEMENT)
    return Script(path) if version == "v1" else Script(path, _kept(version)[0].integrity)


@blueprint.get("/widget/v1/<name>")
def newest(name: str) -> Response:
    """A file of the newest version; its content may change."""
    if name not in _FILES:
        raise NotFound("there is no such file")
    return _served(asset(name), name, _FOR_A_WHILE)


@blueprint.get("/widget/v1/locale/<name>")
def locale(name: str) -> Response:
    """The element's words in a language."""
    if name.removesuffix(".json") not in LANGUAGES or not name.endswith(".json"):
        raise NotFound("the element doesn't speak this language")
    return _served(asset(f"locale/{name}"), name, _FOR_A_WHILE)


@blueprint.get(f"/widget/<version>/{ELEMENT}")
def pinned(version: str) -> Response:
    """The element in one version: once released the same for ever, as it is kept in ``web/widget/released``."""
    if not _VERSION.fullmatch(version):
        raise NotFound("there is no such version")
    kept, cache_control = _kept(version)
    return _served(kept, ELEMENT, cache_control)


def _kept(version: str) -> tuple[Asset, str]:
    """The element of that version, and how long it may be stored; our own version may change until it is released."""
    try:
        return asset(f"released/{version}.js"), _FOR_EVER
    except NotFound:
        if version != VERSION:
            raise
        return asset(ELEMENT), "no-cache"


@blueprint.get("/widget/demo")
def demo() -> Response:
    """A page with its own ideas of style, and the element in it several times."""
    response = Response(asset("demo.html").body, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = _DEMO_POLICY
    return response


@blueprint.get("/embed")
def embed() -> Response:
    """A search in a frame."""
    made = element(list(request.args.items(multi=True)))
    title = search_title(made.preset, site().settings.name)
    address = links().search(replace(read(parse_qsl(made.preset)).request, ui=made.lang))
    page = render("embed_search.html", made=made, title=title, address=address, scripts=frame_scripts())
    return framed(page)


@blueprint.get("/embed/documents/<document_id>")
def embed_document(document_id: str) -> Response:
    """A document's card in a frame; with ``q``, the pages that answer it."""
    library, text = site().library, marked_words()
    found = library.document(document_id)
    hits = library.page_hits(document_id, text) if text else ()
    theme = element(list(request.args.items(multi=True))).theme
    shown = card(found, text, hits, links())
    return framed(render("embed_document.html", card=shown, theme=theme, scripts=frame_scripts()))


@blueprint.get("/embed/builder")
def builder() -> str:
    """The page that builds what is pasted into another page from a search's address."""
    scripts = {
        "pinned": element_script(VERSION),
        "following": element_script(),
        "frame": Script(links().widget("v1", "frame.js")),
    }
    arguments = list(request.args.items(multi=True))
    page = builder_page(arguments, site().settings.name, links(), scripts, absolute)
    return render("embed_builder.html", page=page, facets=FACETS, themes=THEMES, element=scripts["following"])


@blueprint.get("/oembed")
def oembed_answer() -> Response:
    """What a page that links to a search or a document may show instead of the link (https://oembed.com)."""
    form = request.args.get("format", "json")
    if form not in ("json", "xml"):
        abort(501)
    url = request.args.get("url", "")
    found = place(url, _root()) or place(url, request.url_root)
    if found is None:
        raise NotFound("this library has nothing at this address that can be embedded")
    document = document_here(found.document_id) if found.document_id else None
    answer = oembed(
        url=url,
        title=_title(found, document),
        frame=absolute(links().embed(found.query, document.id if document else "")),
        provider=(site().settings.name, _root()),
        size=(request.args.get("maxwidth", ""), request.args.get("maxheight", "")),
    )
    response = (
        jsonify(answer) if form == "json" else Response(_xml(answer), content_type="text/xml; charset=utf-8")
    )
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@blueprint.app_template_global()
def oembed_address(form: str) -> str:
    """Where the present page is described in that format, for a link in its head."""
    here = absolute(request.script_root + request.full_path.rstrip("?"))
    return absolute(links().oembed(here, form))


def _root() -> str:
    return absolute(f"{request.script_root}/")


def _title(found: Place, document: Document | None) -> str:
    return one_line(document.title) if document else search_title(found.query, site().settings.name)


def _is_kept(path: Path) -> bool:
    """Is this file served as it stands? What was released must stay the same, and HTML has lines of its own."""
    return path.parent.name == "released" or path.suffix not in (".js", ".css")


def _served(one: Asset, name: str, cache_control: str) -> Response:
    is_packed = request.accept_encodings["gzip"] > 0
    response = Response(one.packed if is_packed else one.body, content_type=_TYPES[name[name.rindex(".") :]])
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    response.headers.update(_OPEN)
    response.headers["Cache-Control"] = cache_control
    response.set_etag(one.integrity[-32:], weak=True)
    response.make_conditional(request)
    return response


def _xml(answer: dict[str, object]) -> bytes:
    return xml.written(
        xml.element("oembed", {}, "", *(xml.element(name, {}, str(value)) for name, value in answer.items()))
    )
