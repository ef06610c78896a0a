"""How browsers and search engines find this library: OpenSearch description, sitemap, robots.txt."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from flask import Blueprint, Response, make_response

from tipsearch.errors import NotFound
from tipsearch.serve.context import absolute, links, site
from tipsearch.serve.errors import watched
from tipsearch.serve.presenters.opensearch import description

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tipsearch.serve.library import Shelf

blueprint = Blueprint("discovery", __name__)
#: Addresses that one part of a sitemap may have (https://www.sitemaps.org/protocol.html).
PART = 50_000
#: Documents looked up at a time.
_BATCH = 2_000
_XML = "application/xml; charset=utf-8"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
#: What people search for is nobody else's business; files, feeds and frames say again what the documents' pages say.
_HIDDEN = (
    "/search",
    "/api/",
    "/export.",
    "/feed.atom",
    "/suggest",
    "/unapi",
    "/oembed",
    "/embed?",
    "/embed/documents/",
    "/*?q=",
    "/*&q=",
)


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """How to search here, for browsers and programs."""
    name = "plain.svg" if site().settings.neutral_titles else "icon.svg"
    icon = links().static(name, site().static_versions[name])
    settings = site().settings
    body = description(settings.kept_name, icon, links(), absolute, neutral=settings.neutral_titles)
    return Response(body, content_type="application/opensearchdescription+xml; charset=utf-8")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Documents may be found by search engines; what people search for may not."""
    make = links()
    hidden = "".join(f"Disallow: {make.prefix}{path}\n" for path in _HIDDEN)
    text = f"User-agent: *\n{hidden}\nSitemap: {absolute(make.sitemap())}\n"
    return make_response(text, {"Content-Type": "text/plain; charset=utf-8"})


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The parts of the list of all documents."""
    make = links()
    parts = range(1, _parts() + 1)
    places = "".join(
        f"<sitemap><loc>{escape(absolute(make.sitemap(part)))}</loc></sitemap>\n" for part in parts
    )
    return Response(f"{_HEAD}<sitemapindex {_SITEMAPS}>\n{places}</sitemapindex>\n", content_type=_XML)


@blueprint.get("/sitemap-<int:part>.xml")
def sitemap_part(part: int) -> Response:
    """A part of the list of all documents, each with the day on which it came in, new or changed."""
    if not 1 <= part <= _parts():
        raise NotFound(f"the sitemap has no part {part}; it has {_parts()}")
    make, whole = links(), absolute("/")

    def address(document_id: str) -> str:
        # Worked out while the answer is being sent, when the request is over.
        return f"{whole.rstrip('/')}{make.document(document_id).removeprefix(make.prefix)}"

    written = _urls(site().library.shelf, part, address)
    return Response(chain([next(written)], watched(written)), content_type=_XML)


def _parts() -> int:
    return max(1, -(-site().library.status().documents // PART))


def _urls(shelf: Shelf, part: int, address: Callable[[str], str]) -> Iterator[str]:
    """The part as text, piece by piece."""
    yield f"{_HEAD}<urlset {_SITEMAPS}>\n"
    for some in _batches(shelf, (part - 1) * PART):
        yield "".join(
            f"<url><loc>{escape(address(one))}</loc><lastmod>{escape(when)}</lastmod></url>\n"
            for one, when in some
        )
    yield "</urlset>\n"


def _batches(shelf: Shelf, first: int) -> Iterator[tuple[tuple[str, str], ...]]:
    """The documents of the part that begins with that one, counted from 0, in the order of ids."""
    after, seen = "", 0
    while seen < first + PART and (some := shelf.roll(after, _BATCH)):
        shown = some[max(0, first - seen) : first + PART - seen]
        after, seen = some[-1][0], seen + len(some)
        if shown:
            yield shown
