"""The same text in several files of a folder, through the whole run."""

from __future__ import annotations

import random
import textwrap
from typing import TYPE_CHECKING

from tipsearch import Library, Options, SearchRequest

if TYPE_CHECKING:
    from pathlib import Path


def prose(seed: int) -> str:
    source = random.Random(seed)
    people = ("families", "agents", "children", "workers", "owners")
    doing = ("owe", "lend", "deduct", "recruit", "pay")
    where = ("in villages", "at the kilns", "after the harvest", "every autumn", "without a contract")
    return ". ".join(
        f"{source.choice(people)} {source.choice(doing)} {source.choice(people)} {source.choice(where)}"
        for _ in range(60)
    )


def write(path: Path, text: str, width: int) -> None:
    path.write_text("Debt bondage in brick kilns\n\n" + textwrap.fill(text, width) + "\n", "utf-8")


def test_two_files_of_one_text_are_one_result_and_counted(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "kilns"
    folder.mkdir()
    write(folder / "wide.txt", prose(1), 100)
    write(folder / "narrow.txt", prose(1), 50)
    write(folder / "other.txt", prose(2), 50)
    report = library.index([folder], Options(jobs=2))
    assert (report.new, report.duplicates, report.failed) == (3, 1, 0)
    status = library.status()
    assert (status.documents, status.files) == (2, {"duplicate": 1, "ok": 2})
    assert library.failures() == ()
    assert library.search(SearchRequest("agents villages")).total == 2
    again = library.index([folder])
    assert (again.unchanged, again.duplicates) == (3, 0)


def test_a_copy_changed_becomes_a_document_and_back(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "kilns"
    folder.mkdir()
    write(folder / "wide.txt", prose(1), 100)
    write(folder / "narrow.txt", prose(1), 50)
    library.index([folder])
    (before,) = library.search(SearchRequest("villages")).results
    copy = folder / before.document.duplicates[0].rpartition("/")[2]
    write(copy, prose(2), 60)
    library.index([folder])
    assert library.search(SearchRequest("villages")).total == 2
    assert library.document(before.document.id).duplicates == ()
    write(copy, prose(1), 60)
    assert library.index([folder]).duplicates == 1
    (after,) = library.search(SearchRequest("villages")).results
    assert after.document.id == before.document.id


def test_bytes_of_a_copy_of_a_text_are_not_read_once_more(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "kilns"
    folder.mkdir()
    write(folder / "wide.txt", prose(1), 100)
    write(folder / "narrow.txt", prose(1), 50)
    library.index([folder])
    for name in ("wide", "narrow"):
        (folder / f"{name}-2.txt").write_bytes((folder / f"{name}.txt").read_bytes())
    report = library.index([folder])
    assert (report.read, report.duplicates) == (0, 2)
    (found,) = library.search(SearchRequest("villages")).results
    assert len(found.document.duplicates) == 3


def test_a_saved_page_and_its_text_are_one_though_the_title_stands_above_the_page(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "kilns"
    folder.mkdir()
    write(folder / "a.txt", prose(1), 80)
    (folder / "a.html").write_text(
        '<!doctype html><html lang=en><head><link rel=canonical href="https://kilns.example/debt/"></head>'
        f"<body><article class=post><h1 class=entry-title>Debt bondage in brick kilns</h1><div class=entry-content>"
        f"<p>Debt bondage in brick kilns<p>{prose(1)}</div></article></body></html>",
        "utf-8",
    )
    library.index([folder])
    (found,) = library.search(SearchRequest("villages")).results
    assert found.document.url == "https://kilns.example/debt/"
