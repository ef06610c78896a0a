"""What is loaded before a child is shut in works without any file being opened after."""

from __future__ import annotations

import encodings
import sys
from pkgutil import iter_modules
from typing import Never

import pytest
from pdfminer.cmapdb import CMapDB
from pdfs import assemble

from tipsearch.extract import preload
from tipsearch.extract.pdf.second import read_some

#: Characters, the predefined map of their codes, the encoding of the codes, the collection of glyphs.
FONTS = [
    ("強制労働", "90ms-RKSJ-H", "cp932", "Japan1"),
    ("强迫劳动", "GBK-EUC-H", "gbk", "GB1"),
    ("強迫勞動", "ETen-B5-H", "big5", "CNS1"),
    ("강제노동", "KSCms-UHC-H", "cp949", "Korea1"),
    ("強制労働", "UniJIS-UCS2-H", "utf-16-be", "Japan1"),
]


@pytest.fixture
def no_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """pdfminer with the maps held in memory, and unable to open others."""

    def refuse(*_: object) -> Never:
        raise PermissionError

    monkeypatch.setattr(CMapDB, "_load_data", CMapDB._load_data)
    monkeypatch.setattr(CMapDB, "_cmap_cache", {})
    monkeypatch.setattr(CMapDB, "_umap_cache", {})
    preload.hold_character_maps()
    monkeypatch.setattr("gzip.open", refuse)


def of_font(text: str, character_map: str, encoding: str, collection: str) -> bytes:
    """A page in a font that has no characters of its own, only codes of a predefined map."""
    codes = text.encode(encoding).hex()
    content = f"BT /F 12 Tf 60 700 Td <{codes}> Tj ET".encode()
    system = f"/CIDSystemInfo<</Registry(Adobe)/Ordering({collection})/Supplement 2>>"
    return assemble(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            4: b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
            5: f"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/{character_map}/DescendantFonts[6 0 R]>>".encode(),
            6: f"<</Type/Font/Subtype/CIDFontType0/BaseFont/X{system}/FontDescriptor 7 0 R>>".encode(),
            7: b"<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 0 1000 1000]/Ascent 800/Descent -200>>",
        }
    )


@pytest.mark.usefixtures("no_files")
@pytest.mark.parametrize("font", FONTS, ids=lambda font: font[1])
def test_the_second_reader_finds_its_character_maps_in_memory(font: tuple[str, str, str, str]) -> None:
    assert read_some(of_font(*font), {1})[1].strip() == font[0]


@pytest.mark.usefixtures("no_files")
@pytest.mark.parametrize("name", ["no-such-map", "../../../etc/passwd", "/etc/passwd", "H\0x", ""])
def test_an_unknown_character_map_is_missing_not_opened(name: str) -> None:
    with pytest.raises(CMapDB.CMapNotFound):
        CMapDB.get_cmap(name)


def test_every_encoding_of_python_is_loaded() -> None:
    preload.load_encodings()
    names = {f"encodings.{one.name}" for one in iter_modules(encodings.__path__)}
    assert names - {"encodings.mbcs", "encodings.oem"} <= sys.modules.keys()
