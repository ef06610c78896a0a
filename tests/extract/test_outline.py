"""Bookmarks and page labels, made by hand as odd as they occur."""

from __future__ import annotations

import pytest
from pdfs import FIRST_FREE, pdf

from tipsearch.extract import read
from tipsearch.model import Section

#: Pages 1 to 6 are these objects.
PAGES = tuple(range(FIRST_FREE, FIRST_FREE + 12, 2))


def section(entries: str, more: dict[int, bytes] | None = None, catalog: str = "") -> Section:
    """The only bookmark of a file with six pages."""
    objects = {
        90: b"<</First 91 0 R/Last 91 0 R>>",
        91: f"<</Title(Findings)/Parent 90 0 R{entries}>>".encode(),
        **(more or {}),
    }
    data = pdf(*["a page"] * 6, catalog=f"/Outlines 90 0 R{catalog}", more=objects)
    (only,) = read(data, "a.pdf").records[0].outline
    return only


def labels(entries: str) -> list[str | None]:
    data = pdf(*["a page"] * 6, catalog=f"/PageLabels<</Nums[{entries}]>>")
    return [page.label for page in read(data, "a.pdf").records[0].pages]


@pytest.mark.parametrize(
    "entries",
    [
        f"/Dest[{PAGES[2]} 0 R/Fit]",
        "/Dest[2/XYZ 0 0 0]",
        "/Dest/chapter",
        "/Dest(chapter)",
        f"/A<</S/GoTo/D[{PAGES[2]} 0 R/Fit]>>",
        "/A<</S/GoTo/D(chapter)>>",
        "/A<</S/GoTo/D/chapter>>",
    ],
)
def test_bookmark_leads_to_its_page_however_it_says_so(entries: str) -> None:
    target = f"[{PAGES[2]} 0 R/Fit]"
    names = {95: f"<</Names[(chapter)<</D{target}>>]>>".encode()}
    found = section(entries, names, f"/Dests<</chapter{target}>>/Names<</Dests 95 0 R>>")
    assert found == Section("Findings", 0, 3)


@pytest.mark.parametrize(
    "entries",
    [
        "",
        "/Dest(nowhere)",
        "/Dest[700/Fit]",
        "/Dest[-3/Fit]",
        "/Dest[99 0 R/Fit]",
        "/A<</S/GoToR/F(other.pdf)/D[3/Fit]>>",
        "/A<</S/Launch/F(other.pdf)>>",
        "/A<</S/URI/URI(https://example.org)>>",
        "/A 91 0 R",
    ],
)
def test_bookmark_that_leads_to_no_page_of_the_file_has_none(entries: str) -> None:
    assert section(entries) == Section("Findings", 0, None)


def test_bookmark_without_words_is_left_out() -> None:
    more = {90: b"<</First 91 0 R/Last 91 0 R>>", 91: b"<</Title(  )/Parent 90 0 R>>"}
    assert read(pdf("a page", catalog="/Outlines 90 0 R", more=more), "a.pdf").records[0].outline == ()


def test_bookmark_below_itself_ends() -> None:
    assert section("/First 91 0 R/Last 91 0 R") == Section("Findings", 0, None)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ("0<</S/r/St 4>>2<</S/D>>", ["iv", "v", "1", "2", "3", "4"]),
        ("0<</P(A-)/S/D/St 3>>3<</P(Cover)>>5<</S/A>>", ["A-3", "A-4", "A-5", "Cover", "Cover", "A"]),
        ("0<</S/R>>2<</S/a/St 26>>", ["I", "II", "z", "aa", "bb", "cc"]),
        ("0<</P<FEFF0410002D>/S/D>>", ["А-1", "А-2", "А-3", "А-4", "А-5", "А-6"]),
        ("4<</S/r>>", [None, None, None, None, "i", "ii"]),
        ("0<</S/D>>", [None] * 6),
        ("0<</S/r/St 30000>>", [None] * 6),
        ("0<</S/Q>>", [None] * 6),
    ],
)
def test_page_labels_are_as_the_file_counts(entries: str, expected: list[str | None]) -> None:
    assert labels(entries) == expected
