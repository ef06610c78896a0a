"""Hostile PDFs: bombs, loops, fan-outs, and parts that mean something to whoever believes them."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Objects = dict[int, bytes]

#: What a bomb unpacks to; far above the memory that the tests grant.
_HUGE = 160 << 20
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
    return pdf(page(_packed(_SHOW * (_HUGE // 2 // len(_SHOW))), b"/Filter/FlateDecode"))


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
    """A page that saves its graphics state fifty thousand times."""
    return pdf(page(_SHOW + b"q " * 50_000))


def million_saved_states() -> bytes:
    """The same three million times."""
    return pdf(page(_SHOW + b"q " * 3_000_000))


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
    """Twenty thousand pages, each of them the same: as many as are read."""
    return _pages(20_000)


def too_many_pages() -> bytes:
    """A hundred thousand pages."""
    return _pages(100_000)


def deep_page_tree() -> bytes:
    """A page tree of five thousand levels with one page at its end."""
    levels = range(6, 5_006)
    nodes = {number: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1) for number in levels}
    last = {levels[-1]: b"<</Type/Pages/Kids[3 0 R]/Count 1>>"}
    return pdf(page(_SHOW) | {2: b"<</Type/Pages/Kids[6 0 R]/Count 1>>"} | nodes | last)


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


def script_text() -> bytes:
    """A page whose text is a script for a browser."""
    return pdf(page(b"BT /F1 12 Tf 50 700 Td (<script>alert\\(1\\)</script> wages unpaid) Tj ET\n"))


def long_title() -> bytes:
    """A title of a megabyte."""
    return pdf(page(_SHOW) | {6: b"<</Title(%s)>>" % (b"wages " * 175_000)}, b"/Info 6 0 R")


def deep_info() -> bytes:
    """Document information of fifty thousand dictionaries, each within the one before."""
    return pdf(page(_SHOW) | {6: b"<</Title" * 50_000 + b"(x)" + b">>" * 50_000}, b"/Info 6 0 R")


def outline_loop() -> bytes:
    """Bookmarks of which each is its own next one and its own child."""
    mark = b"<</Title(wages)/Parent 6 0 R/Next 7 0 R/First 7 0 R/Last 7 0 R/Dest[3 0 R/Fit]>>"
    return pdf(_with_catalogue(b"/Outlines 6 0 R") | {6: b"<</First 7 0 R/Last 7 0 R/Count 9>>", 7: mark})


def deep_outline() -> bytes:
    """Twenty thousand bookmarks, each within the one before."""
    numbers = range(7, 20_007)
    marks = {
        number: b"<</Title(wages)/Parent %d 0 R/First %d 0 R>>" % (number - 1, number + 1)
        for number in numbers
    }
    return pdf(_with_catalogue(b"/Outlines 6 0 R") | {6: b"<</First 7 0 R>>"} | marks)


def label_loop() -> bytes:
    """A tree of page labels that is its own child."""
    return pdf(_with_catalogue(b"/PageLabels 6 0 R") | {6: b"<</Kids[6 0 R 6 0 R]/Limits[0 1]>>"})


def structure_loop() -> bytes:
    """A tagged document whose heading holds itself, twice."""
    heading = b"<</Type/StructElem/S/H1/P 6 0 R/Pg 3 0 R/K[7 0 R 7 0 R 0]>>"
    root = b"<</Type/StructTreeRoot/K 7 0 R/ParentTree<</Nums[0[7 0 R]]>>>>"
    catalogue = _with_catalogue(b"/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R")
    return pdf(catalogue | {4: stream(b"/H1 <</MCID 0>> BDC\n%sEMC\n" % _SHOW), 6: root, 7: heading})


def metadata_laughs() -> bytes:
    """XMP metadata of ten thousand million laughs."""
    entities = b"".join(
        b"<!ENTITY %c '%s'>" % (two, b"&%c;" % one * 10)
        for one, two in zip(b"abcdefghi", b"bcdefghij", strict=True)
    )
    return _with_metadata(
        b"<!DOCTYPE x [<!ENTITY a 'ha'>%s]><x:xmpmeta xmlns:x='adobe:ns:meta/'>&j;</x:xmpmeta>" % entities
    )


def metadata_bomb() -> bytes:
    """XMP metadata of sixty megabytes, packed."""
    return _with_metadata(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>%s</x:xmpmeta>" % (b"<a>" * (60 << 18)))


def unicode_map_bomb() -> bytes:
    """A font whose table of characters assigns all of them, a hundred thousand times."""
    ranges = b"100 beginbfrange\n" + b"<0000> <ffff> <0041>\n" * 100 + b"endbfrange\n"
    table = b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n" + ranges * 1_000 + b"endcmap"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    return pdf(page(_SHOW) | {5: font, 6: stream(_packed(table), b"/Filter/FlateDecode")})


def glyph_loop() -> bytes:
    """A font whose letter is drawn by writing that letter, twice."""
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 120/LastChar 120/Widths[9]"
        b"/Encoding<</Differences[120/x]>>/CharProcs<</x 6 0 R>>/Resources<</Font<</F1 5 0 R>>>>>>"
    )
    return pdf(page(b"BT /F1 12 Tf (xx) Tj ET\n") | {5: font, 6: stream(b"9 0 d0 BT /F1 12 Tf (xx) Tj ET\n")})


def filter_chain() -> bytes:
    """A stream packed, it says, ten thousand times."""
    return pdf(page(_SHOW, b"/Filter[%s]" % (b"/ASCIIHexDecode" * 10_000)))


def odd_encryption() -> bytes:
    """A document encrypted in no known way, with keys of no length."""
    return pdf(page(_SHOW) | {6: b"<</Filter/Standard/V 5/R 9/O()/U()/P 0>>"}, b"/Encrypt 6 0 R/ID[()()]")


def header_only() -> bytes:
    """The first line of a PDF and nothing else."""
    return b"%PDF-1.7\n"


def zero_bytes() -> bytes:
    """What a disk gives for a file that it has lost."""
    return bytes(1 << 20)


def page_in_disguise() -> bytes:
    """A web page that is named like a PDF."""
    return b"<!doctype html><html><title>Wages</title><body><p>The wages unpaid of those who work.</p></body></html>"


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
        million_saved_states,
        xref_loop,
        endless_count,
        tree_loop,
        page_fan_out,
        many_pages,
        too_many_pages,
        deep_page_tree,
        deep_arrays,
        huge_page,
        length_of_itself,
        script_on_opening,
        foreign_character_map,
        formula_author,
        script_text,
        long_title,
        deep_info,
        outline_loop,
        deep_outline,
        label_loop,
        structure_loop,
        metadata_laughs,
        metadata_bomb,
        unicode_map_bomb,
        glyph_loop,
        filter_chain,
        odd_encryption,
        header_only,
        zero_bytes,
        page_in_disguise,
        cut_short,
    )
}


def _packed(data: bytes) -> bytes:
    return zlib.compress(data, 9)


def _form(content: bytes, following: int) -> bytes:
    resources = b"/XObject<</X%d %d 0 R>>" % (following, following)
    return stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<%s>>" % resources)


def _pages(count: int) -> bytes:
    return pdf(page(_SHOW) | {2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * count, count)})


def _with_catalogue(entries: bytes) -> Objects:
    return page(_SHOW) | {1: b"<</Type/Catalog/Pages 2 0 R%s>>" % entries}


def _with_metadata(xml: bytes) -> bytes:
    metadata = stream(_packed(xml), b"/Type/Metadata/Subtype/XML/Filter/FlateDecode")
    return pdf(_with_catalogue(b"/Metadata 6 0 R") | {6: metadata})
