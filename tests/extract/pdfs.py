"""Small PDFs made in the test that needs them: every file says in its own test what is odd about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIRST_FREE = 10


@dataclass(frozen=True, slots=True)
class Text:
    """A line of a page: fonts are ``R`` (regular), ``B`` (bold) and ``U`` (with the `unicode` map of the file)."""

    text: str
    size: float = 11
    x: float = 60
    y: float = 700
    font: str = "R"


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
    for number, page in zip(numbers, pages, strict=True):
        drawn = lines(page) if isinstance(page, str) else page
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {number + 1} 0 R"
            "/Resources<</Font<</R 3 0 R/B 4 0 R/U 5 0 R>>/XObject<</I 7 0 R>>>>>>"
        ).encode()
        objects[number + 1] = _stream(b"".join(map(_draw, drawn)))
    return assemble(objects, f"/Info 8 0 R{trailer}")


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
    return f"BT /{line.font} {line.size} Tf {line.x} {line.y} Td (".encode() + escaped + b") Tj ET\n"


def _unicode_map(unicode: Mapping[str, str]) -> bytes:
    pairs = "".join(
        f"<{ord(code):02x}> <{char.encode('utf-16-be').hex()}>\n" for code, char in unicode.items()
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(unicode)} beginbfchar\n{pairs}endbfchar\nendcmap end end"
    ).encode()
