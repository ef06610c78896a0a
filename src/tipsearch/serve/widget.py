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
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from flask import Blueprint, Response, jsonify, make_response, request

from tipsearch.cite.plain import one_line
from tipsearch.errors import NotFound, NotShown, ParameterError
from tipsearch.paths import web_folder
from tipsearch.search.request import SearchRequest
from tipsearch.serve.addresses import answered, marked_words, other_names_marked
from tipsearch.serve.context import absolute, document_here, links, render, site
from tipsearch.serve.framing import ELEMENT, frame_scripts, framed
from tipsearch.serve.headers import CONTENT_SECURITY_POLICY
from tipsearch.serve.params import Reading, read
from tipsearch.serve.presenters import xml
from tipsearch.serve.presenters.builder import (
    BuilderPage,
    Kit,
    Script,
    blank_page,
    document_page,
    pasted,
    refusal,
    search_page,
)
from tipsearch.serve.presenters.embed import (
    FACETS,
    MOST_PASSAGES,
    MOST_RESULTS,
    THEMES,
    Place,
    card,
    element,
    oembed,
    page_number,
    place,
    search_title,
)
from tipsearch.serve.squeezing import bare, squeezed
from tipsearch.serve.tongue import LANGUAGES, gettext, number
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
#: Formats of oEmbed.
_FORMATS = ("json", "xml")
_VERSION = re.compile(r"\d+(?:\.\d+)+")
_FOR_A_WHILE = "public, max-age=3600, stale-while-revalidate=86400"
_FOR_EVER = "public, max-age=31536000, immutable"
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
    if version == "v1":
        return Script(path)
    kept, cache_control = _kept(version)
    return Script(path, kept.integrity, is_released=cache_control == _FOR_EVER)


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
    """A document's card in a frame; with ``q``, the pages that answer it best, with ``page`` first that one."""
    library, text = site().library, marked_words()
    found = library.document(document_id)
    asked = page_number(request.args.get("page", ""))
    first = asked if asked and asked <= found.page_count else None
    hits = library.best_passages(found, text, first=first, expand=other_names_marked())
    theme = element(list(request.args.items(multi=True))).theme
    shown = card(found, text, hits, links())
    return framed(render("embed_document.html", card=shown, theme=theme, scripts=frame_scripts()))


@blueprint.get("/embed/builder")
def builder() -> Response:
    """The page that builds what is pasted into another page from the address of a search or a document."""
    scripts = {
        "pinned": element_script(VERSION),
        "following": element_script(),
        "frame": Script(links().widget("v1", "frame.js")),
    }
    page = _built(Kit(_titled, links(), scripts, absolute))
    response = make_response(
        render(
            "embed_builder.html",
            page=page,
            facets=FACETS,
            themes=THEMES,
            most=MOST_RESULTS,
            most_passages=MOST_PASSAGES,
            scripts=scripts,
        )
    )
    # A document's card is shown as it will be.
    response.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
    return response


def _built(kit: Kit) -> BuilderPage:
    arguments = list(request.args.items(multi=True))
    given = pasted(request.args.get("url", ""), (_root(), request.url_root))
    if given.problem:
        return blank_page(arguments, given.problem)
    if given.place is None:
        return search_page(arguments, given.search, _tried(read(given.search)), kit)
    try:
        return document_page(arguments, _document(given.place), given.place, kit)
    except NotShown as error:
        return blank_page(arguments, str(error))


def _tried(reading: Reading) -> Reading:
    """The search without what this library doesn't know, which is then among what is wrong."""
    asked, wrong = reading.request, reading.wrong
    while asked != SearchRequest(ui=asked.ui):
        try:
            answered(replace(asked, size=1), facets=())
        except ParameterError as error:
            if error.without is None or error.without == replace(asked, size=1):
                raise
            asked, wrong = replace(error.without, size=asked.size), (*wrong, *error.problems)
        else:
            break
    return replace(reading, request=asked, wrong=wrong)


@blueprint.get("/oembed")
def oembed_answer() -> Response:
    """What a page that links to a search or a document may show instead of the link (https://oembed.com).

    An address of which there is nothing to show is answered 404, as is a search that its own page would refuse.
    """
    form = request.args.get("format", "json")
    if form not in _FORMATS:
        known = ", ".join(_FORMATS)
        said = gettext(
            "There is no format “%(format)s”, only these: %(known)s.", format=form[:80], known=known
        )
        return _refused(HTTPStatus.NOT_IMPLEMENTED, said)
    try:
        answer = _described(request.args.get("url", ""))
    except NotShown as error:
        return _refused(HTTPStatus.NOT_FOUND, str(error))
    response = (
        jsonify(answer) if form == "json" else Response(_xml(answer), content_type="text/xml; charset=utf-8")
    )
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _described(url: str) -> dict[str, object]:
    """What may be shown instead of a link to that address; raises `NotShown` if there is nothing."""
    found = place(url, _root()) or place(url, request.url_root)
    if found is None:
        said = gettext(
            "This library has nothing at “%(url)s” that can be embedded, only searches and documents.",
            url=url[:80],
        )
        raise NotShown(said)
    if found.reading and (wrong := [one for one in _tried(found.reading).wrong if not one.is_excess]):
        raise NotShown(" ".join(map(refusal, wrong)))
    document = _document(found) if found.document_id else None
    settings = site().settings
    return oembed(
        url=_opened(found, document) if found.is_frame else url,
        title=_titled(found.query, document),
        frame=absolute(links().embed(found.query, document.id if document else "")),
        provider=(settings.kept_name, _root()),
        size=(request.args.get("maxwidth", ""), request.args.get("maxheight", "")),
    )


def _opened(found: Place, document: Document | None) -> str:
    """Where readers go who open what a frame shows: its own address is for frames."""
    if found.reading:
        return absolute(links().search(replace(found.reading.request, size=SearchRequest().size)))
    return absolute(
        links().document(document.id if document else "", dict(parse_qsl(found.query)).get("q", ""))
    )


def _document(found: Place) -> Document:
    """The document of an address; raises `NotShown` if there is none, or not that page of it."""
    try:
        document = document_here(found.document_id)
    except NotFound as error:
        said = gettext(
            "This library has no document “%(id)s”. Open it here and copy its address.",
            id=found.document_id[:80],
        )
        raise NotShown(said) from error
    if found.page is not None and not 1 <= found.page <= document.page_count:
        said = gettext(
            "The document “%(title)s” has no page %(number)s: its last is %(last)s. Open it here and copy its address.",
            title=one_line(document.title),
            number=number(found.page),
            last=number(document.page_count),
        )
        raise NotShown(said)
    return document


def _refused(status: HTTPStatus, said: str) -> Response:
    """A line for whoever looks into why there is no frame: programs go by the status."""
    return Response(f"{said}\n", status, content_type="text/plain; charset=utf-8")


@blueprint.app_template_global()
def oembed_address(form: str) -> str:
    """Where the present page is described in that format, for a link in its head."""
    here = absolute(request.script_root + request.full_path.rstrip("?"))
    return absolute(links().oembed(here, form))


def _root() -> str:
    return absolute(f"{request.script_root}/")


def _titled(query: str, document: Document | None) -> str:
    """What a frame is called, in the pages of others, too: neutral where titles are to be."""
    settings = site().settings
    if settings.neutral_titles:
        return settings.kept_name
    return one_line(document.title) if document else search_title(query, settings.name)


def _is_kept(path: Path) -> bool:
    """Is this file served as it stands? What was released must stay the same, and HTML has lines of its own."""
    return path.parent.name == "released" or path.suffix == ".html"


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
