"""BibTeX entries that LaTeX can take as they are, whatever a title holds."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from tipsearch.cite.kinds import kind_of
from tipsearch.cite.plain import one_line, web_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tipsearch.model import Document

#: Braces have names, as BibTeX counts them even behind a backslash: an unpaired one would take in the rest of the file.
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "%": r"\%",
        "#": r"\#",
        "$": r"\$",
        "&": r"\&",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
    }
)
#: In a URL field nothing is escaped (biblatex manual, 2.2.1: "uri" fields are verbatim), so what could end it is encoded.
_URL_ESCAPES = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"})
#: Digits that tell two ids apart which a key can't write as they are.
_TELLING = 8
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write(documents: Iterable[Document]) -> str:
    """The documents as BibTeX entries, an empty line between them."""
    return "".join(stream(documents))


def stream(documents: Iterable[Document]) -> Iterator[str]:
    """The same entry by entry."""
    before = ""
    for document in documents:
        yield before + _entry(document)
        before = "\n"


def key_of(document: Document) -> str:
    """The citation key: who, year and id in ``[a-z0-9-]``; the same document always has the same."""
    who = document.authors[0] if document.authors else document.publisher or ""
    words = [*_slug(who).split("-")[:1], document.date[:4] if document.date else "", _id(document.id)]
    return "-".join(filter(None, words))


def _id(document_id: str) -> str:
    """The id in letters that a key may have; ids that differ stay different."""
    written = _slug(document_id)
    if written == document_id:
        return written
    digest = hashlib.sha256(document_id.encode("utf-8", "surrogatepass")).hexdigest()
    return "-".join(filter(None, (written, digest[:_TELLING])))


def _entry(document: Document) -> str:
    lines = [f"  {name} = {value}" for name, value in _fields(document)]
    return "@{}{{{},\n{}\n}}\n".format(kind_of(document).bibtex, key_of(document), ",\n".join(lines))


def _fields(document: Document) -> Iterator[tuple[str, str]]:
    # The second pair of braces keeps the case of a title, and an organisation's name in one piece.
    yield "title", f"{{{{{_escaped(document.title)}}}}}"
    if authors := [f"{{{_escaped(author)}}}" for author in document.authors]:
        yield "author", f"{{{' and '.join(authors)}}}"
    if document.publisher:
        # A technical report has an institution, everything else a publisher (BibTeXing, 3.1).
        field = "institution" if kind_of(document).bibtex == "techreport" else "publisher"
        yield field, f"{{{{{_escaped(document.publisher)}}}}}"
    yield from _date(document.date)
    if document.language:
        yield "language", f"{{{_escaped(document.language)}}}"
    if url := web_url(document.url) or web_url(document.file_url):
        yield "url", f"{{{one_line(url).translate(_URL_ESCAPES)}}}"
    if document.abstract:
        yield "abstract", f"{{{_escaped(document.abstract)}}}"


def _date(date: str | None) -> Iterator[tuple[str, str]]:
    if date is None:
        return
    yield "year", f"{{{date[:4]}}}"
    month = date[5:7]
    if month.isdecimal() and 1 <= int(month) <= len(_MONTHS):
        yield "month", _MONTHS[int(month) - 1]


def _escaped(text: str) -> str:
    return one_line(text).translate(_ESCAPES)


def _slug(text: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")
