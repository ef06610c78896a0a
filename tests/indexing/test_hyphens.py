"""A hyphen at a line's end that its document can't decide is decided by the collection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tipsearch import Library, SearchRequest, vocabulary
from tipsearch.catalogue import Catalogue
from tipsearch.engines.generations import Generations
from tipsearch.indexing import Follower
from tipsearch.model import Candidate, Extraction, Fact, Field, FileState, Origin, Page, Record, RecordKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

JOINED = "The plan is genderresponsive in all its parts."
AT = JOINED.index("responsive")


class Shelf:
    """A library whose catalogue is written by hand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.catalogue = Catalogue.create(folder / "catalogue.sqlite")

    def add(self, name: str, *pages: Page) -> None:
        title = Fact(Field.TITLE, name, Origin.SOURCE)
        record = Record(RecordKind.DOCUMENT, (title,), pages)
        with self.catalogue.change() as change:
            run, source = change.start_run("test"), change.source("/papers")
            extraction = Extraction(FileState.OK, "application/pdf", (record,))
            candidate = Candidate(f"/papers/{name}.pdf", 1, 1, 1)
            change.put_file(candidate, extraction, source=source, run=run, reader="1", sha256=name)
            change.settle()

    def index(self, *, rebuild: bool = False) -> None:
        generations = Generations(self.folder / "engine")
        with Follower(
            generations, self.catalogue, "tantivy", vocabulary.standard(), rebuild=rebuild
        ) as follower:
            follower.feed()
            follower.finish()

    def text(self, name: str) -> str:
        with Library.open_existing(self.folder) as library:
            (one,) = (
                result.document
                for result in library.search(SearchRequest("")).results
                if result.document.title == name
            )
            return library.page(one.id, 1).text

    def found(self, query: str) -> set[str]:
        with Library.open_existing(self.folder) as library:
            return {result.document.title for result in library.search(SearchRequest(query)).results}


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path / "library")
    yield shelf
    shelf.catalogue.close()


def test_a_word_that_others_write_with_a_hyphen_gets_it_back(shelf: Shelf) -> None:
    shelf.add("broken", Page(1, JOINED, breaks=(AT,)))
    shelf.add("whole", Page(1, "Budgets that are gender-responsive reach more women."))
    shelf.index()
    assert shelf.text("broken") == "The plan is gender-responsive in all its parts."
    assert shelf.found('"gender responsive"') == {"broken", "whole"}
    assert shelf.found("genderresponsive") == set()


def test_a_word_that_anyone_writes_in_one_piece_stays_joined(shelf: Shelf) -> None:
    shelf.add("broken", Page(1, JOINED, breaks=(AT,)))
    shelf.add("whole", Page(1, "Budgets that are gender-responsive reach more women."))
    shelf.add("other", Page(1, "They call it genderresponsive."))
    shelf.index()
    assert shelf.text("broken") == JOINED


def test_those_that_guess_alike_are_no_witnesses_for_one_another(shelf: Shelf) -> None:
    shelf.add("one", Page(1, JOINED, breaks=(AT,)))
    shelf.add("two", Page(1, JOINED + " So it says.", breaks=(AT,)))
    shelf.add("whole", Page(1, "Budgets that are gender-responsive reach more women."))
    shelf.index()
    assert "gender-responsive" in shelf.text("one")
    assert "gender-responsive" in shelf.text("two")


def test_what_nobody_knows_stays_joined_and_is_asked_again_when_the_index_is_made_anew(shelf: Shelf) -> None:
    shelf.add("broken", Page(1, JOINED, breaks=(AT,)))
    shelf.index()
    assert shelf.text("broken") == JOINED
    shelf.add("whole", Page(1, "Budgets that are gender-responsive reach more women."))
    shelf.index()
    assert shelf.text("broken") == JOINED
    shelf.index(rebuild=True)
    assert "gender-responsive" in shelf.text("broken")


def test_several_breaks_of_a_page_keep_their_places(shelf: Shelf) -> None:
    text = "A genderresponsive plan, a cooperationminded state, a genderresponsive law."
    places = tuple(
        text.index(word, start) for word, start in (("responsive", 0), ("minded", 0), ("responsive", 40))
    )
    shelf.add("broken", Page(1, text, breaks=places))
    shelf.add("whole", Page(1, "A gender-responsive budget."))
    shelf.index()
    assert shelf.text("broken") == (
        "A gender-responsive plan, a cooperationminded state, a gender-responsive law."
    )
    shelf.add("more", Page(1, "Every cooperation-minded state."))
    shelf.index(rebuild=True)
    assert "a cooperation-minded state, a gender-responsive law" in shelf.text("broken")


def test_a_killed_run_is_made_up_for(shelf: Shelf) -> None:
    shelf.add("whole", Page(1, "Budgets that are gender-responsive reach more women."))
    shelf.index()
    shelf.add("broken", Page(1, JOINED, breaks=(AT,)))
    with Follower(
        Generations(shelf.folder / "engine"), shelf.catalogue, "tantivy", vocabulary.standard()
    ) as follower:
        follower.feed()
        follower.commit()  # and killed before it is finished
    assert shelf.text("broken") == JOINED
    shelf.index()
    assert "gender-responsive" in shelf.text("broken")
