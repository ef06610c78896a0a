"""Small PDFs made in the test that needs them: every file says in its own test what is odd about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIRST_FREE = 10


@dataclass(frozen=True, slots=True)
class Text:
    """A line of a page: fonts are ``R`` (regular), ``B`` (bold) and ``U`` (with the `unicode` map of the file).

    In a tagged file `content` is its number as marked content; `marks` are operators that begin further marked content.
    """

    text: str
    size: float = 11
    x: float = 60
    y: float = 700
    font: str = "R"
    content: int | None = None
    marks: str = ""


#: A page that is nothing but a picture.
SCAN: tuple[Text, ...] = (Text("", font="scan"),)


def lines(text: str, *, size: float = 11, top: float = 740, font: str = "R") -> tuple[Text, ...]:
    """Running text: the lines of `text` from the top of a page down."""
    return tuple(
        Text(line, size, y=top - at * size * 1.2, font=font)
        for at, line in enumerate(text.split("\n"))
        if line
    )


def pdf(
    *pages: str | Sequence[Text],
    info: Mapping[str, str] | None = None,
    catalog: str = "",
    unicode: Mapping[str, str] | None = None,
    trailer: str = "",
    count: int | None = None,
    more: Mapping[int, bytes] | None = None,
    page: str = "",
) -> bytes:
    """A PDF of these pages.

    Args:
        pages: text, or lines with size and place.
        info: document information.
        catalog: further entries of the catalogue; object 2 is the page tree, pages are 10, 12, 14, …
        unicode: character codes of font ``U`` to what they mean.
        trailer: further entries of the trailer.
        count: what the page tree says about the number of pages.
        more: further objects.
        page: further entries of each page.
    """
    numbers = range(FIRST_FREE, FIRST_FREE + 2 * len(pages), 2)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages) if count is None else count}>>".encode(),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        4: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding/ToUnicode 6 0 R>>",
        6: _stream(_unicode_map(unicode or {})),
        7: _stream(
            b"\x80", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
        ),
        8: "<<{}>>".format("".join(f"/{key}({value})" for key, value in (info or {}).items())).encode(
            "latin-1"
        ),
        **(more or {}),
    }
    for number, shown in zip(numbers, pages, strict=True):
        drawn = lines(shown) if isinstance(shown, str) else shown
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {number + 1} 0 R"
            f"/Resources<</Font<</R 3 0 R/B 4 0 R/U 5 0 R>>/XObject<</I 7 0 R>>>>{page}>>"
        ).encode()
        objects[number + 1] = _stream(b"".join(map(_draw, drawn)))
    return assemble(objects, f"/Info 8 0 R{trailer}")


def tagged(*kinds: str, roles: str = "") -> dict[str, Any]:
    """What makes a PDF of one page a tagged one, for `pdf`: element n has that kind and the marked content n.

    Args:
        kinds: ``H1``, ``P``, …
        roles: entries of the role map.
    """
    elements = {
        40 + at: f"<</S/{kind}/P 30 0 R/Pg {FIRST_FREE} 0 R/K {at}>>".encode()
        for at, kind in enumerate(kinds)
    }
    kids = " ".join(f"{number} 0 R" for number in elements)
    root = f"<</Type/StructTreeRoot/K[{kids}]/ParentTree 31 0 R/ParentTreeNextKey 1/RoleMap<<{roles}>>>>"
    tree = f"<</Nums[0[{kids}]]>>"
    return {
        "catalog": "/MarkInfo<</Marked true>>/StructTreeRoot 30 0 R",
        "page": "/StructParents 0",
        "more": {30: root.encode(), 31: tree.encode(), **elements},
    }


def assemble(objects: Mapping[int, bytes], trailer: str = "") -> bytes:
    """A PDF of these objects, the first being the catalogue, with a proper cross-reference table."""
    out, offsets = bytearray(b"%PDF-1.7\n"), dict[int, int]()
    for number, body in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % offsets.get(number, 0)
    return bytes(out) + f"trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{xref}\n%%EOF\n".encode()


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def _draw(line: Text) -> bytes:
    if line.font == "scan":
        return b"q 612 0 0 792 0 0 cm /I Do Q\n"
    escaped = line.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    text = f"BT /{line.font} {line.size} Tf {line.x} {line.y} Td (".encode() + escaped + b") Tj ET\n"
    if line.marks:
        text = b"%s %s%s\n" % (
            line.marks.encode(),
            text,
            b"EMC " * (line.marks.count("BDC") + line.marks.count("BMC")),
        )
    return text if line.content is None else b"/P <</MCID %d>> BDC %sEMC\n" % (line.content, text)


def says(text: str) -> str:
    """The operator that declares what a piece of text says, for `Text.marks`."""
    return f"/Span<</ActualText<FEFF{text.encode('utf-16-be').hex()}>>>BDC"


def _unicode_map(unicode: Mapping[str, str]) -> bytes:
    pairs = "".join(
        f"<{ord(code):02x}> <{char.encode('utf-16-be').hex()}>\n" for code, char in unicode.items()
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(unicode)} beginbfchar\n{pairs}endbfchar\nendcmap end end"
    ).encode()
