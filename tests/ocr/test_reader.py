"""Pages of the sample library, scanned and read again: in the right language, upright, and honestly."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from ocr.scans import DPI, SAMPLE, noise, picture_of, reader, scanned
from tipsearch.extract.pdf.picture import Picture
from tipsearch.extract.pdf.text import read_pages
from tipsearch.ocr.picture import turned

if TYPE_CHECKING:
    from pathlib import Path

FRENCH = SAMPLE / "devoir-de-vigilance-loi-2017.pdf"
ENGLISH = SAMPLE / "who-pays-for-the-job.pdf"
HANDBOOK = SAMPLE / "pocket-handbook-human-trafficking.pdf"
RUSSIAN = SAMPLE / "prinuditelnyi-trud-trudovaya-migratsiya.pdf"
ARABIC = SAMPLE / "tarif-al-ittijar-bil-ashkhas.pdf"


def upper_half(path: Path, dpi: int = DPI) -> Picture:
    """Of the first page: enough to be judged by, in half the time."""
    whole = picture_of(of=path, dpi=dpi)
    height = whole.height // 2
    return Picture(whole.width, height, whole.dpi, whole.pixels[: whole.width * height])


def agreement(text: str, path: Path) -> float:
    """Share of the words of a text that the first page has, 0 if there are hardly any."""
    import pypdfium2

    page = next(read_pages(pypdfium2.PdfDocument(path)))
    ours, theirs = (Counter(re.findall(r"\w+", one.casefold())) for one in (text, page.text))
    return (ours & theirs).total() / ours.total() if ours.total() > 80 else 0.0


@pytest.mark.parametrize(
    ("path", "pack", "language", "least"),
    [
        (ENGLISH, "eng", "en", 0.97),
        (FRENCH, "fra", "fr", 0.97),
        (RUSSIAN, "rus", "ru", 0.95),
        (ARABIC, "ara", "ar", 0.85),
    ],
    ids=["english", "french", "russian", "arabic"],
)
def test_a_scan_of_unknown_language_is_read_in_its_own(
    path: Path, pack: str, language: str, least: float
) -> None:
    scan = reader(pack, "osd").read(1, upper_half(path), None)
    assert agreement(scan.text, path) > least
    assert (scan.language, scan.reason) == (language, "")
    assert scan.confidence > 80


def test_a_known_language_is_read_at_once_in_it() -> None:
    scan = reader("fra").read(1, upper_half(FRENCH), "fr")
    assert agreement(scan.text, FRENCH) > 0.97


def test_a_page_on_its_head_is_turned() -> None:
    scan = reader("osd").read(7, turned(upper_half(ENGLISH), 180), "en")
    assert agreement(scan.text, ENGLISH) > 0.95
    assert scan.page == 7


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_page_on_its_side_is_turned(degrees: int) -> None:
    scan = reader("osd").read(1, turned(upper_half(ENGLISH), degrees), "en")
    assert agreement(scan.text, ENGLISH) > 0.95


def test_a_script_without_its_pack_is_named_with_the_command() -> None:
    scan = reader(only=["eng", "osd"]).read(1, upper_half(RUSSIAN), None)
    assert scan.text == ""
    assert "Cyrillic" in scan.reason
    assert "apt-get install tesseract-ocr-rus" in scan.reason


def test_a_table_of_contents_is_read_in_spite_of_its_dots() -> None:
    scan = reader("osd").read(
        3, picture_of(of=scanned(picture_of(of=HANDBOOK, number=3, dpi=150)), dpi=200), "en"
    )
    assert scan.reason == ""
    for heading in ("Smuggling is something else", "Forced labour", "Debt bondage", "Sexual exploitation"):
        assert heading in scan.text
    assert "eee" not in scan.text


def test_a_blank_page_is_read_without_asking_anybody() -> None:
    scan = reader().read(1, Picture(100, 100, 200, b"\xff" * 10_000), None)
    assert (scan.text, scan.reason) == ("", "")


def test_what_cannot_be_read_is_not_made_up() -> None:
    """A page so coarse that letters are specks."""
    scan = reader("osd").read(1, upper_half(ENGLISH, 45), None)
    assert scan.text == ""
    assert "could not read it" in scan.reason


def test_a_picture_of_nothing_has_no_text() -> None:
    assert reader("osd").read(1, noise(400, 500), None).text == ""


def test_other_packs_or_settings_make_another_reader() -> None:
    all_packs, few = reader("osd"), reader(only=["eng"])
    assert few.name != reader(only=["eng", "osd"]).name
    assert few.name == reader(only=["eng"]).name
    assert all_packs.name.split()[:3] == few.name.split()[:3]
