"""BibTeX entries that LaTeX can take as they are, whatever a title holds."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from tipsearch.cite.kinds import kind_of
from tipsearch.cite.people import person
from tipsearch.cite.plain import one_line, web_url
from tipsearch.cite.said import date_of, keywords_of, plain_label, summary_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tipsearch.cite.said import Label
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
_REPORT, _MISC = "techreport", "misc"
#: Points of abbreviations: ``U.S.`` is one word.
_POINTS = re.compile(r"(?<=\b\w)\.(?=\w\b|\s|$)")
#: Of a key, words that say less than the next one.
_MIN_WORD = 2
_SMALL = frozenset({"the", "der", "die", "das", "la", "le", "les", "el", "los", "las", "al", "an"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def stream(documents: Iterable[Document], label: Label = plain_label) -> Iterator[str]:
    """The documents as BibTeX, entry by entry, an empty line between them."""
    before = ""
    for document in documents:
        yield before + _entry(document, label)
        before = "\n"


def key_of(document: Document) -> str:
    """The citation key: who, year and id in ``[a-z0-9-]``; the same document always has the same."""
    date = date_of(document)
    return "-".join(filter(None, (_who(document), date[:4] if date else "", _id(document.id))))


def _id(document_id: str) -> str:
    """The id in letters that a key may have; ids that differ stay different."""
    written = _slug(document_id)
    if written == document_id:
        return written
    digest = hashlib.sha256(document_id.encode("utf-8", "surrogatepass")).hexdigest()
    return "-".join(filter(None, (written, digest[:_TELLING])))


def _who(document: Document) -> str:
    """A person's family name; of others the first word that says something; for want of both the title's."""
    for name in (*document.authors[:1], document.publisher or "", document.title):
        one = person(name)
        words = _slug(one.family if one else _POINTS.sub("", name)).split("-")
        telling = [word for word in words if len(word) >= _MIN_WORD and word not in _SMALL]
        if found := next(iter(telling or words), ""):
            return found
    return ""


def _entry(document: Document, label: Label) -> str:
    lines = [f"  {name} = {value}" for name, value in _fields(document, label)]
    return "@{}{{{},\n{}\n}}\n".format(_kind(document), key_of(document), ",\n".join(lines))


def _kind(document: Document) -> str:
    """The entry type: one without what it requires is a ``misc``, which requires nothing."""
    kind = kind_of(document).bibtex
    return _MISC if kind == _REPORT and not document.publisher else kind


def _fields(document: Document, label: Label) -> Iterator[tuple[str, str]]:
    # The second pair of braces keeps the case of a title, and an organisation's name in one piece.
    yield "title", f"{{{{{_escaped(document.title)}}}}}"
    if authors := [_author(author) for author in document.authors]:
        yield "author", f"{{{' and '.join(authors)}}}"
    if document.publisher:
        # A technical report has an institution, everything else a publisher (BibTeXing, 3.1).
        field = "institution" if _kind(document) == _REPORT else "publisher"
        yield field, f"{{{{{_escaped(document.publisher)}}}}}"
    yield from _date(date_of(document))
    if document.language:
        yield "language", f"{{{_escaped(document.language)}}}"
    if url := web_url(document.url) or web_url(document.file_url):
        yield "url", f"{{{one_line(url).translate(_URL_ESCAPES)}}}"
    if words := [_escaped(word.replace(",", " ")) for word in keywords_of(document, label)]:
        yield "keywords", f"{{{', '.join(words)}}}"
    if summary := summary_of(document):
        yield "abstract", f"{{{_escaped(summary)}}}"


def _author(name: str) -> str:
    """A person as BibTeX takes a name apart (``van der Berg, Jr., Jan``); anybody else in braces, in one piece."""
    one = person(name)
    if one is None:
        return f"{{{_escaped(name)}}}"
    return ", ".join(_escaped(part) for part in (one.whole_family, one.suffix, one.given) if part)


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
