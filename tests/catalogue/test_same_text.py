"""The same text in another file is one document, the others listed as its copies; near-identical texts are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from saying import HTML, PDF, TEXT, document, living, prose, put, remove, set_in, state

from tipsearch.analysis import sameness
from tipsearch.catalogue import Catalogue
from tipsearch.model import Candidate, Field, FileState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

WORDS = prose("debt bondage in brick kilns")
WIDE = document(set_in(WORDS, 12, head="Kiln papers"), title="Debt bondage in brick kilns")
NARROW = document(set_in(WORDS, 5, head="Kiln papers"), title="Debt bondage in brick kilns")
PLAIN = document([" ".join(WORDS)], media_type=TEXT)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue.create(tmp_path / "catalogue.sqlite")
    yield made
    made.close()


def changed(words: tuple[str, ...], **places: str) -> tuple[str, ...]:
    """The words with some in other places."""
    found = list(words)
    for place, word in places.items():
        found[int(place[1:])] = word
    return tuple(found)


def test_a_text_set_in_other_columns_is_one_document(catalogue: Catalogue) -> None:
    put(catalogue, "/library/wide.pdf", WIDE)
    assert put(catalogue, "/library/narrow.pdf", NARROW) == 1
    (one,) = living(catalogue)
    assert {one.path, *one.duplicates} == {"library/wide.pdf", "library/narrow.pdf"}


def test_the_copy_says_whose_text_it_has_and_counts_as_searchable(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.pdf", WIDE)
    put(catalogue, "/library/a.txt", PLAIN)
    assert state(catalogue, "/library/a.pdf") == (FileState.OK, "")
    assert state(catalogue, "/library/a.txt") == (FileState.DUPLICATE, "the same text as /library/a.pdf")
    with catalogue.view() as view:
        assert view.file_states() == {"duplicate": 1, "ok": 1}
        assert list(view.files_with_problems()) == []


@pytest.mark.parametrize("text_first", [True, False])
def test_the_file_with_pages_is_the_documents_whichever_comes_first(
    catalogue: Catalogue, *, text_first: bool
) -> None:
    both = [("/library/a.pdf", WIDE), ("/library/0.txt", PLAIN)]
    for path, extraction in reversed(both) if text_first else both:
        put(catalogue, path, extraction)
    (one,) = living(catalogue)
    assert (one.path, one.media_type, one.duplicates) == ("library/a.pdf", PDF, ("library/0.txt",))
    assert one.page_count == len(WIDE.records[0].pages)


def test_what_a_copy_knows_counts(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.pdf", WIDE)
    page = document(
        [" ".join(WORDS)],
        media_type=HTML,
        title="Debt bondage in brick kilns",
        url="https://kilns.example/debt",
        publisher="Kiln Watch",
        date="2021-05",
    )
    put(catalogue, "/library/a.html", page)
    (one,) = living(catalogue)
    assert (one.path, one.url, one.publisher, one.date) == (
        "library/a.pdf",
        "https://kilns.example/debt",
        "Kiln Watch",
        "2021-05",
    )


def test_when_the_first_goes_the_copy_takes_over_and_the_id_stays(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.pdf", WIDE)
    put(catalogue, "/library/a.txt", PLAIN)
    (before,) = living(catalogue)
    remove(catalogue, "/library/a.pdf")
    (after,) = living(catalogue)
    assert (after.id, after.path, after.duplicates) == (before.id, "library/a.txt", ())
    assert state(catalogue, "/library/a.txt") == (FileState.OK, "")


def test_when_the_first_gets_another_text_the_copy_keeps_the_id(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.pdf", WIDE)
    put(catalogue, "/library/a.txt", PLAIN)
    (before,) = living(catalogue)
    put(catalogue, "/library/a.pdf", document(set_in(prose("another matter"), 12)))
    ids = {one.path: one.id for one in living(catalogue)}
    assert ids["library/a.txt"] == before.id
    assert len(set(ids.values())) == 2
    assert state(catalogue, "/library/a.txt") == (FileState.OK, "")


def test_a_file_read_again_unchanged_leaves_everything_as_it_was(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.pdf", WIDE)
    put(catalogue, "/library/a.txt", PLAIN)
    before = living(catalogue)
    with catalogue.change() as change:  # both in one step, as after an upgrade
        run, source = change.start_run("test"), change.source("/library")
        with catalogue.view() as view:
            known = view.known_files()
        for path, extraction in (("/library/a.pdf", WIDE), ("/library/a.txt", PLAIN)):
            sha256 = known[path.encode()].sha256
            change.put_file(
                Candidate(path, 1, 1, 1), extraction, source=source, run=run, reader="2", sha256=sha256
            )
        change.settle()
    assert living(catalogue) == before


def test_copies_of_copies_hang_together_when_the_middle_goes(catalogue: Catalogue) -> None:
    for columns in (4, 6, 8, 10):
        put(catalogue, f"/library/{columns}.pdf", document(set_in(WORDS, columns, head="Kiln papers")))
    put(catalogue, "/library/a.txt", PLAIN)
    for gone in ("/library/4.pdf", "/library/6.pdf", "/library/a.txt"):
        remove(catalogue, gone)
        assert len(living(catalogue)) == 1
    (one,) = living(catalogue)
    assert {one.path, *one.duplicates} == {"library/8.pdf", "library/10.pdf"}


def test_a_copy_of_the_bytes_of_a_copy_of_the_text_is_listed(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.pdf", WIDE)
    put(catalogue, "/library/b.txt", PLAIN, "plain")
    assert put(catalogue, "/library/c.txt", PLAIN, "plain") == 1
    (one,) = living(catalogue)
    assert one.duplicates == ("library/b.txt", "library/c.txt")
    remove(catalogue, "/library/b.txt")
    (one,) = living(catalogue)
    assert one.duplicates == ("library/c.txt",)
    assert state(catalogue, "/library/c.txt") == (FileState.DUPLICATE, "the same text as /library/a.pdf")
    remove(catalogue, "/library/a.pdf")
    (one,) = living(catalogue)
    assert one.path == "library/c.txt"
    assert state(catalogue, "/library/c.txt") == (FileState.OK, "")


def test_a_decision_on_what_became_a_copy_counts_and_comes_back_with_it(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.pdf", WIDE)
    put(catalogue, "/library/b.pdf", document(set_in(prose("other"), 12), title="Another one"))
    other = next(one for one in living(catalogue) if one.path == "library/b.pdf")
    with catalogue.change() as change:
        change.decide(other.id, Field.PUBLISHER, ["Kiln Watch"], "librarian")
        change.settle()
    put(catalogue, "/library/b.pdf", NARROW)
    (one,) = living(catalogue)
    assert one.publisher == "Kiln Watch"


DATED = changed(WORDS, w5="in", w6="2021", w200="55", w300="2021")

EDITIONS = {
    "another year": changed(DATED, w6="2022", w300="2022"),
    "another figure": changed(DATED, w200="54"),
    "another country": changed(DATED, w150="ruritania"),
    "a word more": (*DATED[:100], "not", *DATED[100:]),
    "two words in another order": changed(DATED, w200=DATED[210], w210=DATED[200]),
    "a chapter of it": DATED[:320],
    "a translation": prose("traduction", len(DATED)),
}


@pytest.mark.parametrize("kind", EDITIONS)
@pytest.mark.parametrize("columns", [8, 12])
def test_another_edition_stays_another_document(catalogue: Catalogue, kind: str, columns: int) -> None:
    put(
        catalogue,
        "/library/a.pdf",
        document(set_in(DATED, 12, head="Kiln papers"), title="A report on kilns"),
    )
    other = document(set_in(EDITIONS[kind], columns, head="Kiln papers"), title="A report on kilns")
    assert put(catalogue, "/library/b.pdf", other) == 0
    assert len(living(catalogue)) == 2


def test_pages_of_one_text_with_titles_of_their_own_stay_apart(catalogue: Catalogue) -> None:
    for country in ("Nepal", "India"):
        page = document([" ".join(WORDS)], media_type=HTML, title=f"{country}: what we do about kilns")
        put(catalogue, f"/library/{country}.html", page)
    assert len(living(catalogue)) == 2


def test_the_same_page_saved_under_two_addresses_is_one_document(catalogue: Catalogue) -> None:
    for name, url in (
        ("p", "https://kilns.example/?p=9028"),
        ("slug", "https://kilns.example/debt-bondage/"),
    ):
        page = document([" ".join(WORDS)], media_type=HTML, title="Debt bondage in brick kilns", url=url)
        put(catalogue, f"/library/{name}.html", page)
    (one,) = living(catalogue)
    assert len(one.duplicates) == 1


def test_very_short_texts_are_the_same_only_with_the_same_title(catalogue: Catalogue) -> None:
    short = "No information could be found for this country."
    for name, title in (
        ("a", "Report on Aland"),
        ("b", "Report on Bland"),
        ("c", "Report on Aland"),
        ("d", ""),
    ):
        said = {"title": title} if title else {}
        put(catalogue, f"/library/{name}.html", document([short], media_type=HTML, **said))
    assert sorted(len(one.duplicates) for one in living(catalogue)) == [0, 0, 1]


def test_documents_with_ids_of_their_own_never_become_one_by_their_text(catalogue: Catalogue) -> None:
    for number in (1, 2):
        line = document([" ".join(WORDS)], media_type="application/jsonl", identifier=f"list.jsonl#{number}")
        put(catalogue, f"/library/{number}.jsonl", line)
    put(catalogue, "/library/a.pdf", WIDE)
    assert len(living(catalogue)) == 3


def test_a_file_that_cannot_be_opened_just_now_keeps_what_it_said(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.pdf", WIDE, "bytes")
    put(catalogue, "/library/a.txt", PLAIN)
    before = living(catalogue)
    with catalogue.view() as view:
        file = view.known_files()[b"/library/a.pdf"].id
    with catalogue.change() as change:
        change.unreadable(file, "cannot be opened", run=change.start_run("test"))
        change.settle()
    assert living(catalogue) == before
    assert state(catalogue, "/library/a.pdf") == (FileState.UNSUPPORTED, "cannot be opened")
    with catalogue.view() as view:
        assert [one.path for one in view.files_with_problems()] == ["/library/a.pdf"]
        assert view.known_files()[b"/library/a.pdf"].reader == ""
    put(catalogue, "/library/a.pdf", WIDE, "bytes")
    assert living(catalogue) == before
    assert state(catalogue, "/library/a.pdf") == (FileState.OK, "")


def test_a_series_of_forms_is_not_compared_each_with_each(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[None] = []
    really = sameness.same_text

    def counted(one: Sequence[str], other: Sequence[str]) -> bool:
        looks.append(None)
        return really(one, other)

    monkeypatch.setattr(sameness, "same_text", counted)
    for number in range(60):
        form = changed(WORDS, w20=f"name{number}", w300=f"place{number}")
        put(catalogue, f"/library/{number}.pdf", document(set_in(form, 12), title=f"Form {number}"))
    assert len(living(catalogue)) == 60
    assert len(looks) <= 60 * 13  # each with each would be 1,770
