"""A search as an Atom feed (RFC 4287): what came into the library last comes first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import NAMESPACE_OID, uuid5

from tipsearch.cite.plain import shortened
from tipsearch.serve.presenters.text import quotable
from tipsearch.serve.presenters.xml import element, written
from tipsearch.serve.tongue import gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from tipsearch.model import Document
    from tipsearch.search.request import SearchRequest
    from tipsearch.serve.links import PathLinks
    from tipsearch.serve.presenters.names import Names

_ATOM = "http://www.w3.org/2005/Atom"
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_TERMS = "http://purl.org/dc/terms/"
#: When nothing is in a feed, nothing of it has ever changed.
_NEVER = "1970-01-01T00:00:00+00:00"
#: Characters of a summary.
_MAX_SUMMARY = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A document, when it came in (ISO 8601), and whether the library has its file."""

    document: Document
    arrived: str
    has_file: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of a feed.

    Attributes:
        request: the search; its page and size say which part this is.
        total: all documents that it finds.
        last: number of the last page.
        entries: those of this page.
        library: name of the library.
        identity: tells it from others.
        language: of the feed's own texts.
        neutral: its title is the library's name alone.
    """

    request: SearchRequest
    total: int
    last: int
    entries: Sequence[Entry]
    library: str
    identity: str
    language: str
    neutral: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are: paths, made whole by `absolute`, and what values are called."""

    links: PathLinks
    absolute: Callable[[str], str]
    names: Names


def atom(feed: Feed, state: str, places: Places) -> bytes:
    """The feed; `state` is the search in its canonical form, by which the feed has the same id for ever."""
    root = element("feed", {"xmlns": _ATOM, "xmlns:opensearch": _OPENSEARCH, "xmlns:dcterms": _TERMS})
    root.set("xml:lang", feed.language)
    root.extend(_head(feed, state, places))
    root.extend(_entry(entry, feed, places) for entry in feed.entries)
    return written(root)


def _head(feed: Feed, state: str, places: Places) -> Iterator[Element]:
    request = feed.request
    yield element("id", text=_urn(feed.identity, f"search {state}"))
    yield element("title", text=_title(feed))
    subtitle = gettext(
        "Documents that came into the library last come first. Their order may differ from the page’s."
    )
    yield element("subtitle", text=subtitle)
    yield element("updated", text=max((entry.arrived for entry in feed.entries), default=_NEVER))
    yield element("author", None, "", element("name", text=feed.library))
    yield element("generator", text="tipsearch")
    yield from _links(feed, places)
    yield element("opensearch:totalResults", text=str(feed.total))
    yield element("opensearch:startIndex", text=str((request.page - 1) * request.size + 1))
    yield element("opensearch:itemsPerPage", text=str(request.size))


def _title(feed: Feed) -> str:
    if feed.neutral:
        return feed.library
    if not feed.request.text:
        return gettext("New documents in %(library)s", library=feed.library)
    return gettext(
        "New documents for “%(words)s” in %(library)s",
        words=quotable(feed.request.text),
        library=feed.library,
    )


def _links(feed: Feed, places: Places) -> Iterator[Element]:
    request = feed.request

    def link(relation: str, path: str, media_type: str) -> Element:
        return element("link", {"rel": relation, "type": media_type, "href": places.absolute(path)})

    def page(number: int) -> str:
        return places.links.feed(replace(request, page=number))

    feed_type = "application/atom+xml"
    yield link("self", page(request.page), feed_type)
    yield link("alternate", places.links.search(replace(request, page=1)), "text/html")
    yield link("search", places.links.opensearch(), "application/opensearchdescription+xml")
    yield link("first", page(1), feed_type)
    yield link("last", page(feed.last), feed_type)
    if 1 < request.page <= feed.last:
        yield link("previous", page(request.page - 1), feed_type)
    if request.page < feed.last:
        yield link("next", page(request.page + 1), feed_type)


def _entry(entry: Entry, feed: Feed, places: Places) -> Element:
    document = entry.document
    made = element("entry")
    made.extend(
        [
            element("id", text=_urn(feed.identity, f"document {document.id}")),
            element("title", text=document.title),
            element("updated", text=entry.arrived),
            *(element("author", None, "", element("name", text=who)) for who in _authors(document)),
            *_entry_links(entry, places),
            *_categories(document, places.names),
        ]
    )
    if document.date:
        made.append(element("dcterms:issued", text=document.date))
    if document.publisher:
        made.append(element("dcterms:publisher", text=document.publisher))
    if document.language:
        made.append(element("dcterms:language", text=document.language))
    if document.abstract:
        made.append(element("summary", text=shortened(document.abstract, _MAX_SUMMARY)))
    return made


def _authors(document: Document) -> Sequence[str]:
    return document.authors or ((document.publisher,) if document.publisher else ())


def _entry_links(entry: Entry, places: Places) -> Iterator[Element]:
    document = entry.document
    page = places.absolute(places.links.document(document.id))
    yield element("link", {"rel": "alternate", "type": "text/html", "href": page})
    if entry.has_file and (file := places.links.file(document)):
        attributes = {"rel": "enclosure", "type": document.media_type, "href": places.absolute(file)}
        yield element("link", attributes)
    if source := places.links.outside(document.url):
        yield element("link", {"rel": "via", "href": source})


def _categories(document: Document, names: Names) -> Iterator[Element]:
    for facet, tags in (("type", document.types), ("region", document.regions), ("topic", document.topics)):
        for tag in tags:
            yield element("category", {"term": tag.value, "label": names.label(facet, tag.value)})


def _urn(identity: str, name: str) -> str:
    """The same for the same thing of the same library, wherever that is served."""
    return uuid5(uuid5(NAMESPACE_OID, identity), name).urn
