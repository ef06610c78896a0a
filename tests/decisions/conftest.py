from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tipsearch import Library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = """<html><head><title>{title}</title><meta property="article:tag" content="{tag}"><meta property="article:tag"
content="Latin Amerca"><link rel="canonical" href="https://library.example/{slug}/"></head><body><article><h1>{title}</h1>
<p>{text}</p></article></body></html>"""


@pytest.fixture(scope="session")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of small files, of which librarians have something to say."""
    folder = tmp_path_factory.mktemp("shelf") / "texts"
    (folder / "old").mkdir(parents=True)
    for name, title, tag in (
        ("at-sea", "Bound at sea: crews without wages", "Sea slavery"),
        ("kilns", "Debts in the kilns of a valley", "Sea Slavery, Europe"),
    ):
        text = (
            f"The crews and workers of {name} tell of debts that nobody can repay, and of passports taken away. "
            * 3
        )
        page = PAGE.format(title=title, tag=tag, slug=name, text=text)
        (folder / f"{name}.html").write_text(page, "utf-8")
    (folder / "notes.txt").write_text(
        "Recruitment fees in Nepal\n\nWorkers who leave Nepal often pay fees.\n", "utf-8"
    )
    (folder / "old" / "notes.txt").write_text(
        "Letters on shelters\n\nA letter about shelters, and another.\n", "utf-8"
    )
    (folder / "bare name.txt").write_text(
        "and so it went on, as nobody had written down where it was\n", "utf-8"
    )
    return folder


@pytest.fixture(scope="session")
def master(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of these, to be copied."""
    folder = tmp_path_factory.mktemp("master") / "library"
    with Library.open(folder) as library:
        library.index([texts])
    return folder


@pytest.fixture
def filled(master: Path, tmp_path: Path) -> Iterator[Library]:
    """A library of these, to be changed."""
    shutil.copytree(master, tmp_path / "library")
    with Library.open_existing(tmp_path / "library") as library:
        yield library
