"""Where everything is: the paths of the interface sheet, made in one place. No web framework is needed for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from tipsearch.cite import FORMATS
from tipsearch.cite.plain import web_url
from tipsearch.model import JSONL
from tipsearch.search.request import SearchRequest
from tipsearch.serve import cursor
from tipsearch.serve.declared import NO_FACETS
from tipsearch.serve.params import query_string

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tipsearch.model import Document
    from tipsearch.search.answer import SearchAnswer

_DEFAULT = SearchRequest()
#: The page of results that led to a document, in addresses in which ``page`` is a page of its file.
RESULTS_PAGE = "results"


@dataclass(frozen=True, slots=True)
class PathLinks:
    """Paths on this host.

    Attributes:
        prefix: where the application is mounted (``SCRIPT_NAME``), without a slash at its end.
        expand: documents and pages are shown with other names of topics marked, too.
        origin: the search that led to documents; their addresses carry it, so that there is a way back to its results.
        carried: the same as a query string, written once for the many links of a page.
        ui: the language that the present address names; every page linked to is in it, too. Empty if it names none.
        facets: those that answers of the API hold; None for all.
    """

    prefix: str = ""
    expand: bool = True
    ui: str = ""
    facets: Collection[str] | None = None
    origin: SearchRequest | None = None
    carried: str = ""

    def led_by(self, request: SearchRequest) -> PathLinks:
        """These links, for documents that this search led to."""
        spoken = replace(request, ui=self.ui)
        return replace(self, expand=request.expand, origin=spoken, carried=query_string(spoken))

    def alone(self) -> PathLinks:
        """These links, for documents that no search led to."""
        return replace(self, expand=True, origin=None, carried="")

    def back(self, text: str) -> str | None:
        """The results that led to a document shown for `text`; None if it was opened by itself."""
        asked = self._origin(text)
        return None if replace(asked, ui="") == _DEFAULT else self.search(asked)

    def home(self) -> str:
        """The start page."""
        return self._spoken("/")

    def help(self) -> str:
        """How to search."""
        return self._spoken("/help")

    def safety(self) -> str:
        """Searching safely."""
        return self._spoken("/safety")

    def safety_finder(self) -> str:
        """Where the form of helplines leads; it brings all parameters itself."""
        return f"{self.prefix}/safety"

    def about(self) -> str:
        """What is in the library, and who keeps it."""
        return self._spoken("/about")

    def map(self, request: SearchRequest) -> str:
        """The world map of this search, as a page of its own."""
        asked = request if request.ui or not self.ui else replace(request, ui=self.ui)
        return _with_query(f"{self.prefix}/map", query_string(asked))

    def finder(self) -> str:
        """Where the search form leads; it brings all parameters itself."""
        return f"{self.prefix}/search"

    def suggestions(self) -> str:
        """Where the search box asks what may be meant; the words are to be added as ``q``."""
        return _with_query(f"{self.prefix}/api/v1/suggest", query_string(SearchRequest(ui=self.ui)))

    def words(self, text: str) -> str:
        """The search for these words."""
        return self.search(SearchRequest(text))

    def static(self, name: str, version: str) -> str:
        """A file of ``web/static``; `version` changes with its content, so that it can be kept for long."""
        return f"{self.prefix}/static/{quote(name)}?{urlencode({'v': version})}"

    def search(self, request: SearchRequest) -> str:
        """The page of this search."""
        asked = request if request.ui or not self.ui else replace(request, ui=self.ui)
        return _with_query(f"{self.prefix}/search", query_string(asked))

    def chosen(self, parameter: str, value: str) -> str:
        """All documents with this value of a facet, by the name of its parameter; one of many on a page, so made cheaply."""
        spoken = [("ui", self.ui)] if self.ui else []
        return f"{self.prefix}/search?{urlencode([(parameter, value), *spoken])}"

    def facet(self, name: str, request: SearchRequest, order: str = "") -> str:
        """All values of a facet, with their numbers in this search; in that order if one is given."""
        asked = query_string(replace(request, ui=request.ui or self.ui))
        query = "&".join(filter(None, (asked, order and urlencode({"order": order}))))
        return _with_query(f"{self.prefix}/facets/{_segment(name)}", query)

    def api_search(self, request: SearchRequest) -> str:
        """This search in the API."""
        return self._searched(query_string(request))

    def api_after(self, answer: SearchAnswer, start: int) -> str:
        """The results of the same search from `start` on, where pages can't be turned any more."""
        here = cursor.Cursor(answer.request, start, answer.total, answer.generation)
        return self._searched(urlencode({"cursor": cursor.write(here)}))

    def document(self, document_id: str, text: str = "") -> str:
        """The document's own page; with `text`, and the pages on which it is found."""
        return self._with_text(f"{self.prefix}/documents/{_segment(document_id)}", text)

    def similar(self, document_id: str) -> str:
        """The documents most like it."""
        return self._spoken(f"/documents/{_segment(document_id)}/similar")

    def api_document(self, document_id: str) -> str:
        """The document in the API."""
        return f"{self.prefix}/api/v1/documents/{_segment(document_id)}"

    def api_page(self, document_id: str, number: int, text: str = "") -> str:
        """A page of the document in the API, with the words of `text` marked."""
        asked = SearchRequest(text, expand=self.expand or not text)
        return _with_query(f"{self.api_document(document_id)}/pages/{number}", query_string(asked))

    def api_facet(self, name: str, pairs: Iterable[tuple[str, str]] = ()) -> str:
        """Values of a facet in the API."""
        return _with_query(f"{self.prefix}/api/v1/facets/{_segment(name)}", urlencode(tuple(pairs)))

    def api_docs(self) -> str:
        """How programs can read here."""
        return f"{self.prefix}/api/docs"

    def openapi(self) -> str:
        """The API's description for programs."""
        return f"{self.prefix}/api/openapi.json"

    def api_similar(self, document_id: str, size: int | None = None) -> str:
        """The documents most like it in the API, `size` of them if given."""
        path = f"{self.api_document(document_id)}/similar"
        return _with_query(path, urlencode({"size": size}) if size else "")

    def page(self, document_id: str, number: int, text: str = "") -> str:
        """A page of the document, with the words of `text` marked."""
        return self._with_text(f"{self.prefix}/documents/{_segment(document_id)}/pages/{number}", text)

    def picture(self, document_id: str, number: int) -> str:
        """The picture of a page."""
        return f"{self.prefix}/documents/{_segment(document_id)}/pages/{number}/picture"

    def viewer(self, document_id: str, number: int = 1, text: str = "") -> str:
        """The library's own view of the PDF, at a page, with the words of `text` marked."""
        path = f"{self.prefix}/documents/{_segment(document_id)}/view"
        origin = self._origin(text)
        # The file's page is in the place of the results'.
        results = f"{RESULTS_PAGE}={origin.page}" if origin.page > 1 else ""
        asked = (f"page={number}", query_string(replace(origin, page=1)), results)
        return _with_query(path, "&".join(filter(None, asked)))

    def styled(self, url: str, style: str) -> str:
        """The page at `url`, with its reference in that style."""
        address = urlsplit(url)
        query = "&".join(filter(None, (address.query, urlencode({"style": style}))))
        return f"{address.path}?{query}#cite"

    def file(self, document: Document) -> str | None:
        """The document's file; None where the library has never had one: a line among many of a file isn't one."""
        if document.is_stub or document.path is None or document.media_type == JSONL:
            return None
        return f"{self.prefix}/documents/{_segment(document.id)}/file"

    def cite(self, document_id: str, extension: str) -> str:
        """The document's citation in the format of that extension (``ris``, ``bib``, ``json``)."""
        return f"{self.prefix}/documents/{_segment(document_id)}/cite.{extension}"

    def export(self, request: SearchRequest, kind: str) -> str:
        """All that this search finds, as a file; `kind` is a name of `cite.FORMATS`, or ``atom``."""
        if kind == "atom":
            return self.feed(_from_first(request))
        return self.picked(kind, query_string(replace(_from_first(request), ui="")))

    def picked(self, kind: str, query: str = "") -> str:
        """Where picked documents are taken from as a file; the form brings their ids itself."""
        return _with_query(f"{self.prefix}/export.{FORMATS[kind].extension}", query)

    def feed(self, request: SearchRequest) -> str:
        """What this search finds, as an Atom feed: always the last arrived first, so that the order isn't part of it."""
        asked = replace(request, ui=request.ui or self.ui, sort=_DEFAULT.sort)
        return _with_query(f"{self.prefix}/feed.atom", query_string(asked))

    def record(self, request: SearchRequest) -> str:
        """The record of this search, to be kept with what it found."""
        asked = replace(request, ui=request.ui or self.ui)
        return _with_query(f"{self.prefix}/search/record", query_string(asked))

    def record_json(self, request: SearchRequest) -> str:
        """The same record for programs."""
        return self.record(request).replace("/search/record", "/search/record.json", 1)

    def opensearch(self) -> str:
        """How browsers and programs can search here."""
        return self._spoken("/opensearch.xml")

    def sitemap(self, part: int | None = None) -> str:
        """The list of all documents for search engines, or a part of it."""
        return f"{self.prefix}/sitemap.xml" if part is None else f"{self.prefix}/sitemap-{part}.xml"

    def unapi(self) -> str:
        """Where reference managers ask for the record of a document whose id they have read."""
        return f"{self.prefix}/unapi"

    def widget(self, version: str, name: str) -> str:
        """A file of the element for pages of others; ``v1`` is the newest version."""
        return f"{self.prefix}/widget/{version}/{quote(name)}"

    def builder(self) -> str:
        """The page that builds what is pasted into other pages."""
        return self._spoken("/embed/builder")

    def oembed(self, url: str, form: str) -> str:
        """What a page that links to `url` may show instead of the link, as ``json`` or ``xml``."""
        return _with_query(f"{self.prefix}/oembed", urlencode({"url": url, "format": form}))

    def embed(self, query: str = "", document_id: str = "") -> str:
        """The page for a frame: a search with this query string, or a document's card."""
        path = f"/embed/documents/{_segment(document_id)}" if document_id else "/embed"
        return _with_query(f"{self.prefix}{path}", query)

    def outside(self, url: str | None) -> str | None:
        """The URL if it is a web address, else None."""
        return web_url(url)

    def _searched(self, query: str) -> str:
        """A search in the API, with the facets that its answer holds."""
        named = () if self.facets is None else (self.facets or (NO_FACETS,))
        chosen = urlencode([("facets", name) for name in named])
        return _with_query(f"{self.prefix}/api/v1/search", "&".join(filter(None, (query, chosen))))

    def _with_text(self, path: str, text: str) -> str:
        led = self.origin is not None and self.origin.text == text
        return _with_query(
            path, self.carried if led else _asked(text, self.ui, expand=self.expand or not text)
        )

    def _origin(self, text: str) -> SearchRequest:
        """The search that led to a document shown for `text`, in the language of these pages."""
        if self.origin is not None and self.origin.text == text:
            return self.origin
        return SearchRequest(text, expand=self.expand or not text, ui=self.ui)

    def _spoken(self, path: str) -> str:
        return _with_query(f"{self.prefix}{path}", _asked("", self.ui))


@lru_cache(maxsize=16)
def _asked(text: str, ui: str, *, expand: bool = True) -> str:
    """What dozens of links of a page have at their end."""
    return query_string(SearchRequest(text, expand=expand, ui=ui))


def _from_first(request: SearchRequest) -> SearchRequest:
    """The whole of a search, wherever in it one is."""
    return replace(request, page=1, size=_DEFAULT.size, start=None)


def _segment(document_id: str) -> str:
    return quote(document_id, safe="")


def _with_query(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
