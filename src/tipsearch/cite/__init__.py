"""Citation formats: pure functions from documents to text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.cite import bibtex, csl, csv, ris

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tipsearch.model import Document

__all__ = ["FORMATS", "Format"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name to people, its media type, its file extension, and the function that writes it."""

    title: str
    media_type: str
    extension: str
    write: Callable[[Iterable[Document]], str]


#: By the name that the command line (``--format``) and the API (``links``) use.
FORMATS = {
    "ris": Format("RIS", "application/x-research-info-systems", "ris", ris.write),
    "bibtex": Format("BibTeX", "application/x-bibtex", "bib", bibtex.write),
    "csl-json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", "json", csl.write),
    "csv": Format("CSV", "text/csv", "csv", csv.write),
}
