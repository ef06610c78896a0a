"""Files made to break a reader: small on disk, large in what they ask for, or not what they seem.

Each is built here, so that nothing hostile lies in the tree and everybody can see what is odd about it.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Objects = dict[int, bytes]

#: What a bomb unpacks to; far above the memory that the tests grant.
_HUGE = 320 << 20
_SHOW = b"BT /F1 12 Tf 50 700 Td (wages unpaid) Tj ET\n"


def pdf(objects: Objects, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, the first being the catalogue, with a proper cross-reference table."""
    out, offsets, size = bytearray(b"%PDF-1.7\n"), dict[int, int](), max(objects) + 1
    for number, body in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % offsets.get(number, 0)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, xref)
    return bytes(out)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def page(content: bytes, entries: bytes = b"", resources: bytes = b"/Font<</F1 5 0 R>>") -> Objects:
    """The objects of a PDF of one page with that content stream."""
    return {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<<%s>>>>" % resources,
        4: stream(content, entries),
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }


def healthy(words: str = "A healthy paper about brick kilns.") -> bytes:
    """A PDF with nothing wrong."""
    return pdf(page(b"BT /F1 12 Tf 50 700 Td (%s) Tj ET\n" % words.encode()))


def flate_bomb() -> bytes:
    """A page of spaces, packed a thousandfold."""
    return pdf(page(_packed(b" " * _HUGE), b"/Filter/FlateDecode"))


def double_flate_bomb() -> bytes:
    """The same, packed twice: a few kilobytes."""
    return pdf(page(_packed(_packed(b" " * _HUGE)), b"/Filter[/FlateDecode/FlateDecode]"))


def operator_bomb() -> bytes:
    """Millions of text operators."""
    return pdf(page(_packed(_SHOW * (_HUGE // 4 // len(_SHOW))), b"/Filter/FlateDecode"))


def form_fan_out() -> bytes:
    """Forms that draw the next one ten times, ten levels deep: ten thousand million pictures."""
    forms = {
        number: _form(b"/X%d Do " % (number + 1) * 10 if number < 15 else _SHOW, number + 1)
        for number in range(6, 16)
    }
    return pdf(page(b"/X6 Do", resources=b"/XObject<</X6 6 0 R>>") | forms)


def form_loop() -> bytes:
    """A form that draws itself twice."""
    return pdf(page(b"/X6 Do", resources=b"/XObject<</X6 6 0 R>>") | {6: _form(b"/X6 Do /X6 Do", 6)})


def saved_states() -> bytes:
    """A page that saves its graphics state a hundred thousand times."""
    return pdf(page(_SHOW + b"q " * 100_000))


def xref_loop() -> bytes:
    """A cross-reference table whose predecessor is itself."""
    plain = pdf(page(_SHOW))
    where = plain.rindex(b"xref\n0 ")
    return plain.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % where)


def endless_count() -> bytes:
    """A page tree that says it has a thousand million pages."""
    return pdf(page(_SHOW) | {2: b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>"})


def tree_loop() -> bytes:
    """A page tree that is its own child."""
    return pdf(page(_SHOW) | {2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"})


def page_fan_out() -> bytes:
    """Page tree nodes that list the next one twice, thirty levels deep."""
    nodes = {
        number: b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count 2>>" % (number + 1, number + 1)
        for number in range(6, 36)
    }
    return pdf(page(_SHOW) | {2: b"<</Type/Pages/Kids[6 0 R]/Count 1>>"} | nodes | {36: b"<</Type/Page>>"})


def many_pages() -> bytes:
    """Twenty thousand pages, each of them the same."""
    kids = b"3 0 R " * 20_000
    return pdf(page(_SHOW) | {2: b"<</Type/Pages/Kids[%s]/Count 20000>>" % kids})


def deep_arrays() -> bytes:
    """Two hundred thousand brackets in a dictionary."""
    return pdf(page(_SHOW, b"/X" + b"[" * 200_000))


def huge_page() -> bytes:
    """A page as large as a country."""
    return pdf(page(_SHOW)).replace(b"/MediaBox[0 0 612 792]", b"/MediaBox[0 0 1000000000 1000000000]")


def length_of_itself() -> bytes:
    """A stream that says its length stands in the stream."""
    objects = page(_SHOW)
    return pdf(objects | {4: b"<</Length 4 0 R>>stream\n%s\nendstream" % _SHOW})


def script_on_opening() -> bytes:
    """A PDF that wants to run JavaScript."""
    return pdf(
        page(_SHOW) | {1: b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>"}
    )


def foreign_character_map() -> bytes:
    """A font whose character map is the path of a file, which old readers unpickled."""
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/#2Ftmp#2Fpwn/DescendantFonts[6 0 R]>>"
    descendant = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>>>"
    return pdf(page(_SHOW) | {5: font, 6: descendant})


def formula_author() -> bytes:
    """Author and title that mean something to a spreadsheet and a browser."""
    info = b'<</Author(=HYPERLINK\\("http://x"\\))/Title(<img src=x onerror=alert\\(1\\)>)>>'
    return pdf(page(_SHOW) | {6: info}, b"/Info 6 0 R")


def cut_short() -> bytes:
    """The first bytes of a download that broke off."""
    return healthy()[:300]


PDFS: dict[str, Callable[[], bytes]] = {
    maker.__name__: maker
    for maker in (
        flate_bomb,
        double_flate_bomb,
        operator_bomb,
        form_fan_out,
        form_loop,
        saved_states,
        xref_loop,
        endless_count,
        tree_loop,
        page_fan_out,
        many_pages,
        deep_arrays,
        huge_page,
        length_of_itself,
        script_on_opening,
        foreign_character_map,
        formula_author,
        cut_short,
    )
}

PAGES: dict[str, Callable[[], str]] = {
    "attributes": lambda: "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">wages</p>",
    "links": lambda: "".join(f"<a href=/x{number}>wages</a> " for number in range(100_000)),
    "nested": lambda: "<div>" * 200_000 + "wages",
    "attribute": lambda: f"<p title='{'x' * 50_000_000}'>wages</p>",
    "paragraph": lambda: f"<p>{'wages ' * 3_500_000}</p>",
    "laughs": lambda: (
        "<!DOCTYPE html [<!ENTITY a 'ha'>"
        + "".join(
            f"<!ENTITY {one} '{f'&{two};' * 10}'>" for two, one in zip("abcdefgh", "bcdefghi", strict=True)
        )
        + "]><html><body><p>wages &i;</p></body></html>"
    ),
    "entity_file": lambda: (
        "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><body><p>wages &x;</p></body></html>"
    ),
    "inline": lambda: "<b><i>" * 50_000 + "wages",
    "tables": lambda: "<table><tr><td>" * 50_000 + "wages",
    "comments": lambda: "<html><p>wages</p>" + "<!--" * 100_000,
}


def _packed(data: bytes) -> bytes:
    return zlib.compress(data, 9)


def _form(content: bytes, following: int) -> bytes:
    resources = b"/XObject<</X%d %d 0 R>>" % (following, following)
    return stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<%s>>" % resources)
