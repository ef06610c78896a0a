"""Where everything is: the paths of the interface sheet, made in one place. No web framework is needed for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from tipsearch.cite.plain import web_url
from tipsearch.search.request import SearchRequest
from tipsearch.serve.params import query_string

if TYPE_CHECKING:
    from tipsearch.model import Document


@dataclass(frozen=True, slots=True)
class PathLinks:
    """Paths on this host.

    Attributes:
        prefix: where the application is mounted (``SCRIPT_NAME``), without a slash at its end.
        expand: documents and pages are shown with other names of topics marked, too.
        ui: the language that the present address names; every page linked to is in it, too. Empty if it names none.
    """

    prefix: str = ""
    expand: bool = True
    ui: str = ""

    def home(self) -> str:
        """The start page."""
        return self._spoken("/")

    def help(self) -> str:
        """How to search."""
        return self._spoken("/help")

    def safety(self) -> str:
        """Searching safely."""
        return self._spoken("/safety")

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

    def api_search(self, request: SearchRequest) -> str:
        """This search in the API."""
        return _with_query(f"{self.prefix}/api/v1/search", query_string(request))

    def document(self, document_id: str, text: str = "") -> str:
        """The document's own page; with `text`, and the pages on which it is found."""
        return self._with_text(f"{self.prefix}/documents/{_segment(document_id)}", text)

    def api_document(self, document_id: str) -> str:
        """The document in the API."""
        return f"{self.prefix}/api/v1/documents/{_segment(document_id)}"

    def api_similar(self, document_id: str, size: int | None = None) -> str:
        """The documents most like it in the API, `size` of them if given."""
        path = f"{self.api_document(document_id)}/similar"
        return _with_query(path, urlencode({"size": size}) if size else "")

    def page(self, document_id: str, number: int, text: str = "") -> str:
        """A page of the document, with the words of `text` marked."""
        return self._with_text(f"{self.prefix}/documents/{_segment(document_id)}/pages/{number}", text)

    def file(self, document: Document) -> str | None:
        """The document's file; None where the library has never had one."""
        if document.is_stub or document.path is None:
            return None
        return f"{self.prefix}/documents/{_segment(document.id)}/file"

    def cite(self, document_id: str, extension: str) -> str:
        """The document's citation in the format of that extension (``ris``, ``bib``, ``json``)."""
        return f"{self.prefix}/documents/{_segment(document_id)}/cite.{extension}"

    def export(self, request: SearchRequest, kind: str) -> str | None:  # noqa: ARG002  # the protocol's signature
        """None: a whole search can't be exported yet."""
        return None

    def widget(self, version: str, name: str) -> str:
        """A file of the element for pages of others; ``v1`` is the newest version."""
        return f"{self.prefix}/widget/{version}/{quote(name)}"

    def builder(self) -> str:
        """The page that builds what is pasted into other pages."""
        return self._spoken("/embed/builder")

    def embed(self, query: str = "", document_id: str = "") -> str:
        """The page for a frame: a search with this query string, or a document's card."""
        path = f"/embed/documents/{_segment(document_id)}" if document_id else "/embed"
        return _with_query(f"{self.prefix}{path}", query)

    def outside(self, url: str | None) -> str | None:
        """The URL if it is a web address, else None."""
        return web_url(url)

    def _with_text(self, path: str, text: str) -> str:
        asked = SearchRequest(text, expand=self.expand or not text, ui=self.ui)
        return _with_query(path, query_string(asked))

    def _spoken(self, path: str) -> str:
        return _with_query(f"{self.prefix}{path}", query_string(SearchRequest(ui=self.ui)))


def _segment(document_id: str) -> str:
    return quote(document_id, safe="")


def _with_query(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
