"""Citation formats: pure functions from documents to text, one document at a time, so that there may be many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.cite import bibtex, csl, csv, ris
from tipsearch.cite.said import plain_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tipsearch.cite.said import Label
    from tipsearch.model import Document

__all__ = ["FORMATS", "Format"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name to people, its media type, its file extension, and the function that writes it bit by bit."""

    title: str
    media_type: str
    extension: str
    stream: Callable[[Iterable[Document], Label], Iterator[str]]

    def write(self, documents: Iterable[Document], label: Label = plain_label) -> str:
        """The documents as one text; `label` says what regions and topics are called."""
        return "".join(self.stream(documents, label))


#: By the name that the command line (``--format``) and the API (``links``) use.
FORMATS = {
    "ris": Format("RIS", "application/x-research-info-systems", "ris", ris.stream),
    "bibtex": Format("BibTeX", "application/x-bibtex", "bib", bibtex.stream),
    "csl-json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", "json", csl.stream),
    "csv": Format("CSV", "text/csv", "csv", csv.stream),
}
