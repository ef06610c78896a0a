"""Documents as they are cited from here: those without an address of their own have the library's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import request

from tipsearch.cite.plain import one_line, web_url
from tipsearch.serve import tongue
from tipsearch.serve.context import absolute, site
from tipsearch.serve.links import PathLinks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tipsearch.model import Document
    from tipsearch.serve.library import Library


@dataclass(frozen=True, slots=True)
class Citing:
    """What citations need of this library, so that they can be written when the request is over.

    Attributes:
        library: the library.
        base: the start page's whole address, without a slash at its end; None where nobody else could follow it.
        language: in which regions and topics are named.
    """

    library: Library
    base: str | None
    language: str

    def label(self, facet: str, value: str) -> str:
        """What a region or topic is called."""
        return one_line(self.library.labels(facet, value, self.language))

    def placed(self, document: Document) -> Document:
        """The document with addresses: its own, else those of its page and of its file in this library."""
        if self.base is None:
            return document
        own = web_url(document.url) or web_url(document.file_url)
        return replace(
            document,
            url=document.url if own else self.page(document),
            file_url=web_url(document.file_url) or self._file(document),
        )

    def all_placed(self, documents: Iterable[Document]) -> Iterator[Document]:
        """`placed` for each."""
        return map(self.placed, documents)

    def page(self, document: Document, number: int | None = None) -> str | None:
        """The whole address of the document's page here, or of one page of it."""
        if self.base is None:
            return None
        here = PathLinks(self.base)
        return here.page(document.id, number) if number else here.document(document.id)

    def _file(self, document: Document) -> str | None:
        """Of the library's copy; None where it has none, or has no more."""
        url = PathLinks(self.base or "").file(document)
        return url if url and self.library.file(document.id) else None


def citing() -> Citing:
    """For the present request.

    The addresses begin with the settings' ``base_url``, or with the host that was asked, unless that is this very
    machine (``localhost``): a reference that leads there leads its readers nowhere.
    """
    told = site().settings.base_url or not _is_this_machine(urlsplit(request.url_root).hostname or "")
    base = absolute(f"{request.script_root}/").rstrip("/") if told else None
    return Citing(site().library, base, tongue.chosen() or "en")


def fetched_from_here(document: Document) -> Document:
    """The document with the library's own copy of its file, where there is one, from the host that was asked.

    For what fetches the file at once: from here it can be had for sure, wherever here is.
    """
    own = PathLinks(request.script_root).file(document)
    if own is None or site().library.file(document.id) is None:
        return document
    return replace(document, file_url=absolute(own))


def _is_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
