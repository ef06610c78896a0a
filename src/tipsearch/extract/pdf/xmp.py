"""What a PDF's XMP packet says: title, creators, publishers, dates and languages (ISO 16684-1).

PDFium doesn't hand out the packet, and pdfminer.six would have to load the whole cross-reference table for it, which
costs as much as reading a page. But a metadata stream's dictionary is always written out plainly (PDF 1.7, 7.5.7: no
stream can lie in an object stream), so it is found by its ``/Subtype /XML``. Pictures have packets of their own; theirs
are named by the dictionary of a stream, which can be read as plainly, so what is left is the document's.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field

from lxml import etree

from tipsearch.extract.clean import drop_odd
from tipsearch.extract.facts import squeeze

#: Packets with thumbnails and histories reach some 100 kB; what is longer is not worth its time.
_MAX_PACKET = 1 << 20
#: So many streams and references are looked at: catalogues of pictures have thousands.
_MAX_MENTIONS = 512
#: A dictionary's beginning and end are looked for so far from its entry, in bytes.
_NEAR = 2_000
#: The numbers before ``obj`` are no longer than that.
_HEADER_LENGTH = 20
_MAX_VALUES, _MAX_VALUE = 50, 1_000

_SUBTYPE = re.compile(rb"/Subtype\s*/XML\b")
_REFERENCE = re.compile(rb"/Metadata\s+(\d{1,10})\s+\d{1,5}\s+R\b")
_HEADER = re.compile(rb"(\d{1,10})\s+\d{1,5} obj")
_BODY = re.compile(rb"stream\r?\n")
#: What ends a dictionary for our purposes.
_ENDS = (b"endobj", b"stream")
_CATALOG = re.compile(rb"/Type\s*/Catalog\b")

_DC = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: The PRISM vocabulary of periodicals has had many versions, each with a namespace of its own.
_PRISM_DATE = re.compile(r"\{http://prismstandard\.org/namespaces/[^}]*\}(?:publicationDate|coverDate)")


@dataclass(frozen=True, slots=True)
class Xmp:
    """What an XMP packet says; empty where it says nothing.

    Attributes:
        title: in the default language.
        creators: as written, usually one author each.
        publishers: as written.
        published: ``dc:date`` or ``prism:publicationDate``.
        created, changed: ``xmp:CreateDate`` and ``xmp:ModifyDate``.
        tool: ``xmp:CreatorTool``.
        languages: as written, tags of BCP 47 if all is well.
    """

    title: str = ""
    creators: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    published: str = ""
    created: str = ""
    changed: str = ""
    tool: str = ""
    languages: tuple[str, ...] = ()


def read_xmp(data: bytes) -> Xmp:
    """What the document's packet says; an empty `Xmp` if there is none that can be read.

    Args:
        data: the PDF. Packets may be plain or deflated; in an encrypted file they usually can't be read.
    """
    found = _Found()
    at = data.find(b"/Metadata")
    for _ in range(_MAX_MENTIONS):
        if at < 0:
            break
        found.note(data, at)
        at = data.find(b"/Metadata", at + 1)
    place = found.of_document()
    return Xmp() if place is None else parse_xmp(_packet(data, place))


def parse_xmp(packet: bytes) -> Xmp:
    """What a packet says; an empty `Xmp` if it is no well-meant XML or has more than 1 MiB."""
    # Packets have no document type; one that has wants entities expanded.
    if not packet.strip() or len(packet) > _MAX_PACKET or b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        return Xmp()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(packet.strip(b"\0 \t\r\n"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return Xmp()
    # With `recover` a packet without any element gives None, whatever lxml's annotations say.
    return Xmp() if root is None else _read(root)


@dataclass(slots=True)
class _Found:
    """The metadata streams of a file by object number, and who names them; positions in bytes."""

    streams: dict[int, int] = field(default_factory=dict)
    named_by_catalogue: list[int] = field(default_factory=list)
    named_by_others: set[int] = field(default_factory=set)

    def note(self, data: bytes, at: int) -> None:
        """Take in what stands at a ``/Metadata``: a reference, or the type of a stream."""
        begin = data.rfind(b" obj", max(0, at - _NEAR), at)
        end = min(filter(None, (data.find(word, at, at + _NEAR) + 1 for word in _ENDS)), default=at)
        if begin < 0:
            return
        if reference := _REFERENCE.match(data, at):
            if _CATALOG.search(data, begin, end):
                self.named_by_catalogue.append(int(reference[1]))
            else:
                self.named_by_others.add(int(reference[1]))
        elif _SUBTYPE.search(data, begin, end) and (
            header := _HEADER.search(data, max(0, begin - _HEADER_LENGTH), begin + len(b" obj"))
        ):
            self.streams[int(header[1])] = at

    def of_document(self) -> int | None:
        """Where the document's own stream is: the one that the last catalogue names, else the last that nobody does."""
        named = [one for one in self.named_by_catalogue if one in self.streams]
        free = [one for one in self.streams if one not in self.named_by_others]
        number = next(iter((*reversed(named), *reversed(free))), None)
        return None if number is None else self.streams[number]


def _packet(data: bytes, at: int) -> bytes:
    """The content of the stream whose dictionary has an entry at `at`; empty if it is packed in an unknown way."""
    body = _BODY.search(data, at, at + _NEAR)
    if body is None:
        return b""
    begin = data.rfind(b"obj", max(0, at - _NEAR), at)
    dictionary = data[begin : body.start()]
    end = data.find(b"endstream", body.end(), body.end() + _MAX_PACKET)
    content = data[body.end() : end if end >= 0 else body.end() + _MAX_PACKET]
    if b"/Filter" not in dictionary:
        return content
    if b"/FlateDecode" not in dictionary or b"/DecodeParms" in dictionary:
        return b""
    try:
        return zlib.decompressobj().decompress(content, _MAX_PACKET)
    except zlib.error:
        return b""


def _read(root: etree._Element) -> Xmp:
    found: dict[str, list[str]] = {}
    for description in root.iter(f"{_RDF}Description"):
        # A property is an element or an attribute; nested descriptions belong to properties of no interest here.
        for name, value in description.attrib.items():
            _keep(found, str(name), [str(value)])
        for child in description.iterchildren(tag=etree.Element):
            _keep(found, child.tag, _values(child))
    prism = [values[0] for name, values in found.items() if _PRISM_DATE.fullmatch(name)]
    return Xmp(
        title=_first(found.get(f"{_DC}title")),
        creators=tuple(found.get(f"{_DC}creator", ())),
        publishers=tuple(found.get(f"{_DC}publisher", ())),
        published=_first(prism or found.get(f"{_DC}date")),
        created=_first(found.get(f"{_XMP}CreateDate")),
        changed=_first(found.get(f"{_XMP}ModifyDate")),
        tool=_first(found.get(f"{_XMP}CreatorTool")),
        languages=tuple(found.get(f"{_DC}language", ())),
    )


def _keep(found: dict[str, list[str]], name: str, values: list[str]) -> None:
    if not name.startswith((_DC, _XMP)) and not _PRISM_DATE.fullmatch(name):
        return
    if cleaned := [value for raw in values[:_MAX_VALUES] if (value := squeeze(drop_odd(raw[:_MAX_VALUE])))]:
        found.setdefault(name, cleaned)


def _values(element: etree._Element) -> list[str]:
    """The items of a property's list, that of the default language first; or its own text."""
    items = [item for item in element.iter(f"{_RDF}li") if item.text]
    items.sort(key=lambda item: item.get(_LANG) != "x-default")
    return [item.text or "" for item in items] or [element.text or ""]


def _first(values: list[str] | None) -> str:
    return values[0] if values else ""
