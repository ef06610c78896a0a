"""What a file is, by its content: names lie (Word files named .pdf, error pages saved as reports).

The order of tests and the patterns follow the WHATWG MIME Sniffing Standard (https://mimesniff.spec.whatwg.org/); that
a PDF header may stand anywhere in the first 1,024 bytes is note 13 of Adobe's implementation notes to PDF 1.7.
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tipsearch.extract.charset import unmarked_utf_16
from tipsearch.model import JSONL
from tipsearch.paths import data_file

if TYPE_CHECKING:
    from collections.abc import Callable

PDF = "application/pdf"
HTML = "text/html"
TEXT = "text/plain"

_PDF_HEADER_WITHIN = 1024
_HEAD = 4096
#: Names of parts inside a container are looked for in this much of its beginning and of its end.
_CONTAINER = 65536

_PDF_BEGINNING = b"%PDF-"
_PDF_HEADER = re.compile(_PDF_BEGINNING)
_PDF_OBJECT = re.compile(rb"\b\d+ \d+ obj\b")
_MARKUP = re.compile(
    # Possessive, for otherwise hundreds of comments could be parted in any number of ways.
    r"\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:(?!-->).)*+-->\s*+)*+"
    r"<(?:!doctype\s+html|(?:html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|meta|link)(?=[\s>/]))",
    re.IGNORECASE | re.DOTALL,
)
_LETTER_HEAD = re.compile(
    r"(?:From|MIME-Version|Subject|Date|Snapshot-Content-Location|Content-Type):", re.IGNORECASE
)
_XML = re.compile(r"\s*<(?:\?xml|rss|feed|svg|OAI-PMH|urlset)\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"<(?:html|head|body|title|meta|p|div)\b[^<]{0,500}>", re.IGNORECASE)
_RIS = re.compile(r"\s*TY  - ")
_BIBTEX = re.compile(r"\s*(?:%[^\n]*\n\s*)*@\w+\s*[{(]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: «Binary data bytes» of the standard: hardly any of them occurs in text.
_BINARY = bytes([*range(0x09), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)])
#: A stray control byte in a hundred doesn't make a text dump binary.
_BINARY_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a file is.

    Attributes:
        media_type: its media type.
        label: the same in words, with its article (``a zip archive``).
        todo: what a librarian can do about it if it cannot be read.
    """

    media_type: str
    label: str
    todo: str = "save it as PDF or HTML"


@dataclass(frozen=True, slots=True)
class _Signature:
    at: int
    magic: bytes
    parts: tuple[bytes, ...]
    sniffed: Sniffed

    def fits(self, data: bytes) -> bool:
        if not data.startswith(self.magic, self.at):
            return False
        if not self.parts:
            return True
        ends = (data[:_CONTAINER], data[-_CONTAINER:])
        return any(part in end for part in self.parts for end in ends)


@cache
def _signatures() -> tuple[_Signature, ...]:
    raw = json.loads(data_file("signatures.json").read_text(encoding="utf-8"))
    return tuple(
        _Signature(
            at=entry["at"],
            magic=bytes.fromhex(entry["hex"]),
            parts=_encodings(entry.get("contains")),
            sniffed=Sniffed(entry["media_type"], entry["label"], entry["todo"]),
        )
        for entry in raw["signatures"]
    )


def _encodings(part: str | None) -> tuple[bytes, ...]:
    """A name as it stands in a container: zip stores the names of its parts as bytes, OLE2 as UTF-16."""
    return (part.encode(), part.encode("utf-16-le")) if part else ()


def sniff(data: bytes, name: str) -> Sniffed:
    """What a file is.

    Args:
        data: its content, at least one byte.
        name: its name; it decides only between kinds of text (``.jsonl``, ``.ris``, ``.html`` without a tag in sight).

    Returns:
        Its type; ``application/octet-stream`` if nothing fits.
    """
    if data.startswith(_PDF_BEGINNING):  # most files; the rest of this costs half a millisecond
        return Sniffed(PDF, "a PDF file")
    head = _decode(data[:_HEAD])
    known = next((signature.sniffed for signature in _signatures() if signature.fits(data)), None)
    if _is_pdf(data, name, disguised=known is not None or _MARKUP.match(head) is not None):
        return Sniffed(PDF, "a PDF file")
    if known is not None:
        return known
    if not _is_text(data, head):
        return Sniffed(
            "application/octet-stream", "data of an unknown kind", "look whether it is what its name says"
        )
    return _kind_of_text(head, name.lower())


def _is_pdf(data: bytes, name: str, *, disguised: bool) -> bool:
    start = data[:_PDF_HEADER_WITHIN]
    header = _PDF_HEADER.search(start)
    if header is None:
        # The beginning is lost, but PDFium can often read what remains.
        return not disguised and name.lower().endswith(".pdf") and _PDF_OBJECT.search(start) is not None
    # A page that speaks of "%PDF-1.4" is no PDF; a real one has a cross-reference at its end.
    return not disguised or b"startxref" in data[-2048:]


def _decode(head: bytes) -> str:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head.decode(encoding, errors="replace").removeprefix("\ufeff")
    wide = unmarked_utf_16(head)
    return head.decode(wide, errors="replace") if wide else head.decode("latin-1").replace("\0", "")


def _is_text(data: bytes, head: str) -> bool:
    if any(data.startswith(bom) for bom, _ in _BOMS) or unmarked_utf_16(data):
        return True
    start = data[:_CONTAINER]
    binary = len(start) - len(start.translate(None, _BINARY))
    # Broken editors leave zero bytes in pages; where tags stand beside them it is a page all the same.
    return binary <= len(start) * _BINARY_SHARE or (
        _ANY_TAG.search(head) is not None and binary - start.count(0) <= len(start) * _BINARY_SHARE
    )


def _kind_of_text(head: str, name: str) -> Sniffed:
    return next((sniffed for fits, sniffed in _TEXTS if fits(head, name)), Sniffed(TEXT, "a text file"))


def _is_json(head: str, opening: tuple[str, ...]) -> bool:
    return head.lstrip().startswith(opening)


def _is_web_archive(head: str, _: str) -> bool:
    """RFC 2557, as browsers save a page in one file: a letter's head, then parts that are encoded."""
    return _LETTER_HEAD.match(head) is not None and "multipart/related" in head.lower()


def _is_web_page(head: str, _: str) -> bool:
    return _MARKUP.match(head) is not None or ("<html" in head.lower() and _XML.match(head) is not None)


#: Kinds of text: how each is recognised by its head and its name in lower case; the first that fits wins.
_TEXTS: tuple[tuple[Callable[[str, str], bool], Sniffed], ...] = (
    (
        lambda head, name: name.endswith(".jsonl") and _is_json(head, ("{",)),
        Sniffed(JSONL, "a file of JSON lines"),
    ),
    (_is_web_archive, Sniffed("multipart/related", "a web archive (MHTML)", "save the page as HTML")),
    (_is_web_page, Sniffed(HTML, "a web page")),
    (
        lambda head, _: _XML.match(head) is not None,
        Sniffed("application/xml", "an XML file", "give its address, or save what it shows as HTML"),
    ),
    (lambda _, name: name.endswith((".html", ".htm", ".xhtml")), Sniffed(HTML, "a web page")),
    (
        lambda head, name: name.endswith(".json") and _is_json(head, ("{", "[")),
        Sniffed("application/json", "a JSON file", "convert it to JSON lines (.jsonl)"),
    ),
    (
        lambda head, _: _RIS.match(head) is not None,
        Sniffed(
            "application/x-research-info-systems", "a list of references (RIS)", "add the documents it lists"
        ),
    ),
    (
        lambda head, name: name.endswith(".bib") and _BIBTEX.match(head) is not None,
        Sniffed("application/x-bibtex", "a list of references (BibTeX)", "add the documents it lists"),
    ),
)
