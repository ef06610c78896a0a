"""A dozen small papers about kilns, of which a library is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch import Library, SearchRequest

if TYPE_CHECKING:
    from pathlib import Path


def paper(number: int) -> str:
    """The text of one of them."""
    return f"Paper number {number}\n\nThe kiln of paper {number} is about debt bondage and wages.\n"


def write_papers(folder: Path) -> Path:
    """A new folder with twelve of them."""
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(paper(number), "utf-8")
    return folder


def make_library(place: Path, folder: Path) -> Path:
    """A library of a folder."""
    with Library.open(place) as library:
        library.index([folder])
    return place


def total(place: Path, text: str = "kiln") -> int:
    """How many documents of a library have these words."""
    with Library.open_existing(place) as library:
        return library.search(SearchRequest(text)).total
