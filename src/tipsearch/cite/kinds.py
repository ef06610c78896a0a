"""Which kind of item a document is in the words of the citation formats."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from tipsearch.paths import data_file

if TYPE_CHECKING:
    from tipsearch.model import Document


@dataclass(frozen=True, slots=True)
class Kind:
    """The name of one kind of item in CSL (1.0.2, appendix III), RIS (``TY``), BibTeX (entry type), Zotero and schema.org."""

    csl: str
    ris: str
    bibtex: str
    dc: str
    schema: str


@dataclass(frozen=True, slots=True)
class _Table:
    about: str
    types: dict[str, Kind]
    media_types: dict[str, Kind]
    otherwise: Kind


@cache
def _table() -> _Table:
    return msgspec.json.decode(data_file("citation_kinds.json").read_bytes(), type=_Table)


def kind_of(document: Document) -> Kind:
    """The kind by the document's first known type, else by its media type."""
    table = _table()
    for tag in document.types:
        if tag.value in table.types:
            return table.types[tag.value]
    return table.media_types.get(document.media_type, table.otherwise)
