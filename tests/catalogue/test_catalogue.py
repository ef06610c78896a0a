from __future__ import annotations

import sqlite3
import traceback
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tipsearch.catalogue import Catalogue
from tipsearch.catalogue.migrations import steps
from tipsearch.catalogue.schema import metadata
from tipsearch.errors import LibraryError, LibraryMissing, LibraryOutdated
from tipsearch.model import (
    Candidate,
    Document,
    Extraction,
    Fact,
    Field,
    FileState,
    Origin,
    Page,
    Record,
    RecordKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tipsearch.catalogue import Changed


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue.create(tmp_path / "catalogue.sqlite")
    yield made
    made.close()


def said(
    title: str, *, url: str = "", kind: RecordKind = RecordKind.DOCUMENT, text: str = "words", number: int = 0
) -> Record:
    facts = [Fact(Field.TITLE, title, Origin.SOURCE)]
    facts += [Fact(Field.URL, url, Origin.SOURCE)] if url else []
    return Record(kind, tuple(facts), (Page(1, text),), number=number)


def put(catalogue: Catalogue, path: str, *records: Record, sha256: str | None = None) -> None:
    with catalogue.change() as change:
        run, source = change.start_run("test"), change.source("/library")
        extraction = Extraction(FileState.OK, "text/plain", records)
        candidate = Candidate(path, 1, 1, 1)
        change.put_file(candidate, extraction, source=source, run=run, reader="1", sha256=sha256 or path)
        change.settle()


def twin(catalogue: Catalogue, path: str, sha256: str) -> None:
    with catalogue.view() as view:
        original = view.file_with(sha256)
    assert original is not None
    with catalogue.change() as change:
        run, source = change.start_run("test"), change.source("/library")
        change.put_twin(Candidate(path, 1, 1, 1), original.id, source=source, run=run, reader="1")
        change.settle()


def remove(catalogue: Catalogue, path: str) -> None:
    with catalogue.view() as view:
        file = view.known_files()[path.encode()].id
    with catalogue.change() as change:
        change.gone(file, prune=False, run=change.start_run("test"))
        change.settle()


def changes(catalogue: Catalogue, after: int = 0) -> list[Changed]:
    with catalogue.view() as view:
        return list(view.changes(after))


def living(catalogue: Catalogue) -> list[Document]:
    return [one.document for one in changes(catalogue) if one.document]


def test_the_migrations_make_the_tables_that_the_code_knows(tmp_path: Path) -> None:
    Catalogue.create(tmp_path / "c.sqlite").close()
    connection = sqlite3.connect(tmp_path / "c.sqlite")
    for table in metadata.sorted_tables:
        made = [row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")]
        assert made == [column.name for column in table.columns], table.name
    connection.close()


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [number for number, _ in steps()] == list(range(1, len(steps()) + 1))


def test_every_commit_is_on_disk_before_it_returns(catalogue: Catalogue) -> None:
    with catalogue._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_missing_catalogue_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing, match="index FOLDER"):
        Catalogue(tmp_path / "none.sqlite")


def test_a_newer_catalogue_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    Catalogue.create(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(LibraryOutdated, match="newer tipsearch"):
        Catalogue(path)


def test_a_damaged_catalogue_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    path.write_bytes(b"this is no database, whatever its name says" * 100)
    with pytest.raises(LibraryError, match="damaged or no catalogue"):
        Catalogue(path)


def test_a_failed_change_leaves_nothing(catalogue: Catalogue) -> None:
    with pytest.raises(ZeroDivisionError), catalogue.change() as change:  # noqa: PT012  the failure is the point
        change.source("/library")
        _ = 1 / 0
    with catalogue.change() as change:
        assert change.source("/other") == 1


def test_a_changed_file_keeps_its_document_id(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.txt", said("First title of the text"))
    (before,) = living(catalogue)
    put(catalogue, "/library/a.txt", said("Second title of the text"), sha256="other")
    (after,) = living(catalogue)
    assert (after.id, after.title) == (before.id, "Second title of the text")


def test_a_change_is_told_once_under_its_newest_number(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.txt", said("A title of this text"))
    put(catalogue, "/library/b.txt", said("A title of that text"))
    put(catalogue, "/library/a.txt", said("A title of this text", text="new"), sha256="other")
    told = changes(catalogue)
    assert [one.seq for one in told] == [2, 3]
    assert told[-1].pages[0].text == "new"
    assert [one.seq for one in changes(catalogue, after=2)] == [3]


def test_a_removed_file_takes_its_document_along(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.txt", said("A title of this text"))
    remove(catalogue, "/library/a.txt")
    (told,) = changes(catalogue)
    assert told.document is None
    with catalogue.view() as view:
        assert view.counts() == (0, 0)
        assert view.file_states() == {"gone": 1}


def test_a_twin_takes_over_when_the_original_goes(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.txt", said("A title of this text"), sha256="same")
    twin(catalogue, "/library/b.txt", "same")
    (both,) = living(catalogue)
    assert (both.path, both.duplicates) == ("library/a.txt", ("library/b.txt",))
    remove(catalogue, "/library/a.txt")
    (left,) = living(catalogue)
    assert (left.id, left.path, left.duplicates) == (both.id, "library/b.txt", ())


def test_a_removed_twin_is_no_longer_listed(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.txt", said("A title of this text"), sha256="same")
    twin(catalogue, "/library/b.txt", "same")
    remove(catalogue, "/library/b.txt")
    (left,) = living(catalogue)
    assert left.duplicates == ()


@pytest.mark.parametrize("page_first", [True, False])
def test_a_card_and_its_page_are_one_document_whichever_comes_first(
    catalogue: Catalogue, *, page_first: bool
) -> None:
    card = said(
        "Debt bondage in brick kilns", url="/debt-bondage/", kind=RecordKind.CARD, text="teaser", number=1
    )
    page = said("Debt bondage in brick kilns", url="https://library.example/debt-bondage/", text="whole")
    steps_ = [("/library/list.html", card), ("/library/page.html", page)]
    for path, record in reversed(steps_) if page_first else steps_:
        put(catalogue, path, record)
    (document,) = living(catalogue)
    assert not document.is_stub
    assert document.path == "library/page.html"
    assert changes(catalogue)[-1].pages[0].text == "whole"


def test_a_page_that_goes_leaves_the_card_that_speaks_of_it(catalogue: Catalogue) -> None:
    card = said(
        "Debt bondage in brick kilns", url="/debt-bondage/", kind=RecordKind.CARD, text="teaser", number=1
    )
    put(catalogue, "/library/list.html", card)
    put(
        catalogue,
        "/library/page.html",
        said("Debt bondage in brick kilns", url="https://l.example/debt-bondage/"),
    )
    remove(catalogue, "/library/page.html")
    (document,) = living(catalogue)
    assert document.is_stub


def test_a_librarians_decision_wins_and_survives_reading_again(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.txt", said("Wrong title of the text"))
    (document,) = living(catalogue)
    with catalogue.change() as change:
        change.decide(document.id, Field.TITLE, ["Right title"], "librarian")
        change.decide(document.id, Field.REGION, ["asia", "africa"], "librarian")
        change.settle()
    put(catalogue, "/library/a.txt", said("Wrong again, as always"), sha256="other")
    (after,) = living(catalogue)
    assert after.title == "Right title"
    assert [tag.value for tag in after.regions] == ["asia", "africa"]


def test_a_decision_can_be_taken_back(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.txt", said("Title of the source"))
    (document,) = living(catalogue)
    for values in (["Decided"], None):
        with catalogue.change() as change:
            change.decide(document.id, Field.TITLE, values, "librarian")
            change.settle()
    assert living(catalogue)[0].title == "Title of the source"


def test_names_that_are_no_text_are_kept_and_shown_escaped(catalogue: Catalogue) -> None:
    put(
        catalogue,
        "/library/a\udcff\x1b[31m.txt",
        Record(RecordKind.DOCUMENT, (), (Page(1, "words"),)),
        sha256="1",
    )
    (document,) = living(catalogue)
    assert document.path == "library/a\\xff\\x1b[31m.txt"


def test_readers_see_nothing_of_the_machine_above_a_source(catalogue: Catalogue) -> None:
    put(catalogue, "/library/deep/a.txt", said("A title of this text"))
    assert living(catalogue)[0].path == "library/deep/a.txt"


def test_an_error_tells_nothing_of_what_was_looked_for(catalogue: Catalogue, tmp_path: Path) -> None:
    asked = "secretword"
    with closing(sqlite3.connect(tmp_path / "catalogue.sqlite")) as other:
        other.execute("ALTER TABLE documents RENAME TO elsewhere")
    with pytest.raises(Exception, match="documents") as broken, catalogue.view() as view:
        view.documents([asked])
    assert asked not in "".join(traceback.format_exception(broken.value))
