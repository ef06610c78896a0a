"""A document that a reader has opened: what its own page and those of its pages show alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.serve.presenters.citing import citation_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.model import Document
    from tipsearch.serve.links import PathLinks
    from tipsearch.serve.presenters.citing import Citation


@dataclass(frozen=True, slots=True)
class Opened:
    """A document, how it was come to, and what the library has of it.

    Attributes:
        document: the document.
        page_labels: the printed label of each of its pages, in order.
        text: the query that led here, empty if none.
        links: where things are.
        has_file: is the original file still there?
        has_viewer: does the library show PDF files itself?
        style: of the reference; empty for the short one.
        address: the whole one in this library of what was opened, for readers of the reference.
    """

    document: Document
    page_labels: Sequence[str]
    text: str
    links: PathLinks
    has_file: bool
    has_viewer: bool = False
    style: str = ""
    address: str | None = None

    @property
    def file_url(self) -> str | None:
        """The original file, if it is still there."""
        return self.links.file(self.document) if self.has_file else None

    def page_url(self, number: int) -> str:
        """A page of the document."""
        return self.links.page(self.document.id, number, self.text)

    def viewer_url(self, number: int) -> str | None:
        """The library's own view of the file at that page, if it has one."""
        return self.links.viewer(self.document.id, number, self.text) if self.has_viewer else None

    def citation(self, url: str, page_label: str | None = None) -> Citation:
        """The reference to what is shown at `url`: to the document, or with its printed label to a page of it."""
        return citation_of(self.document, self.style, url, self.links, page_label, address=self.address)
