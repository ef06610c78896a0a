"""XMP packets: where they are found, and what they say."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfs import pdf

from tipsearch.extract.pdf.xmp import Xmp, parse_xmp, read_xmp

NAMESPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"'
)
ENTRY = "/Type/Metadata/Subtype/XML"


def packet(properties: str, attributes: str = "") -> bytes:
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF {NAMESPACES}><rdf:Description rdf:about="" {attributes}>{properties}</rdf:Description></rdf:RDF>'
        f'</x:xmpmeta>{" " * 200}<?xpacket end="w"?>'
    ).encode()


def titled(title: str) -> bytes:
    return packet(f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>')


def stream(content: bytes, entries: str = ENTRY) -> bytes:
    return f"<<{entries}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream"


def test_packet_is_read_with_all_that_describes_a_publication() -> None:
    found = parse_xmp(
        packet(
            '<dc:title><rdf:Alt><rdf:li xml:lang="fr">Chaînes</rdf:li>'
            '<rdf:li xml:lang="x-default">Hidden chains：ports</rdf:li></rdf:Alt></dc:title>'
            "<dc:creator><rdf:Seq><rdf:li>Ana Pérez</rdf:li><rdf:li>Bo Li</rdf:li></rdf:Seq></dc:creator>"
            "<dc:publisher><rdf:Bag><rdf:li>Institute of Work</rdf:li></rdf:Bag></dc:publisher>"
            "<dc:date><rdf:Seq><rdf:li>2021-09</rdf:li></rdf:Seq></dc:date>"
            "<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>",
            'xmp:CreateDate="2021-08-30T10:00:00Z"',
        )
    )
    assert found == Xmp(
        title="Hidden chains：ports",
        creators=("Ana Pérez", "Bo Li"),
        publishers=("Institute of Work",),
        published="2021-09",
        created="2021-08-30T10:00:00Z",
        languages=("en-GB",),
    )


def test_periodicals_date_is_that_of_publication() -> None:
    dates = "<dc:date>2021</dc:date><prism:publicationDate>2020-03</prism:publicationDate>"
    assert parse_xmp(packet(dates)).published == "2020-03"


@pytest.mark.parametrize("pack", [False, True])
def test_packet_is_found_plain_and_deflated(*, pack: bool) -> None:
    content, filters = titled("Hidden chains"), ""
    if pack:
        content, filters = zlib.compress(content), "/Filter/FlateDecode"
    data = pdf("A page", catalog="/Metadata 50 0 R", more={50: stream(content, ENTRY + filters)})
    assert read_xmp(data).title == "Hidden chains"


def test_packet_of_a_picture_is_not_the_documents() -> None:
    picture = stream(b"\x80", "/Type/XObject/Subtype/Image/Metadata 51 0 R/Width 1/Height 1")
    packets = {50: stream(titled("Hidden chains")), 51: stream(titled("Photo of a harbour")), 52: picture}
    # The catalogue may lie in an object stream, where nobody sees whom it names.
    assert read_xmp(pdf("A page", more=packets)).title == "Hidden chains"
    assert read_xmp(pdf("A page", catalog="/Metadata 50 0 R", more=packets)).title == "Hidden chains"
    assert read_xmp(pdf("A page", more={51: packets[51], 52: picture})) == Xmp()


def test_catalogue_of_the_last_revision_names_the_packet() -> None:
    first = pdf("A page", catalog="/Metadata 50 0 R", more={50: stream(titled("Hidden chanes"))})
    later = b"\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Metadata 60 0 R>>\nendobj\n60 0 obj\n"
    assert read_xmp(first + later + stream(titled("Hidden chains")) + b"\nendobj\n").title == "Hidden chains"


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"no XML",
        b"<x:xmpmeta",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + titled("&b;"),
        b" " * (1 << 20) + titled("too long"),
        zlib.compress(titled("packed without a word"))[:50],
    ],
)
def test_what_is_no_well_meant_packet_says_nothing(bad: bytes) -> None:
    assert parse_xmp(bad) == Xmp()


def test_packed_bomb_is_not_unpacked() -> None:
    bomb = stream(zlib.compress(b" " * (50 << 20)), f"{ENTRY}/Filter/FlateDecode")
    assert read_xmp(pdf("A page", catalog="/Metadata 50 0 R", more={50: bomb})) == Xmp()


def test_entity_of_a_file_is_not_read() -> None:
    hostile = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>' + titled("&f;")
    assert parse_xmp(hostile) == Xmp()


@given(st.binary(max_size=300))
def test_any_bytes_can_be_read(noise: bytes) -> None:
    assert isinstance(read_xmp(b"1 0 obj<<" + ENTRY.encode() + b">>stream\n" + noise), Xmp)
    assert isinstance(parse_xmp(titled("chains")[:150] + noise), Xmp)
