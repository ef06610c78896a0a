"""What librarians decide counts for ever: whatever is read, merged, removed or renamed afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from saying import HTML, TEXT, document, living, prose, put, remove, rename, set_in

from tipsearch.catalogue import Catalogue
from tipsearch.catalogue.words import words_in
from tipsearch.model import Evidence, Extraction, Fact, Field, FileState, Origin, Page, Record, RecordKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tipsearch.model import Document

KILNS = document(set_in(prose("kilns"), 12), title="Kilns of the valley", date="2019", publisher="Kiln Watch")
SAME = document(set_in(prose("kilns"), 5), title="Kilns of the valley", date="2019")
OTHER = document(set_in(prose("other"), 12), title="Another one")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue.create(tmp_path / "catalogue.sqlite")
    yield made
    made.close()


def decide(catalogue: Catalogue, document_id: str, **values: Sequence[str] | None) -> None:
    with catalogue.change() as change:
        for name, some in values.items():
            change.decide(document_id, Field(name), some, "anna")
        change.settle()


def decide_word(catalogue: Catalogue, word: str, **values: Sequence[str] | None) -> None:
    with catalogue.change() as change:
        for name, some in values.items():
            change.decide_word(word, Field(name), some, "anna")
        change.settle()


def at(catalogue: Catalogue, path: str) -> Document:
    return next(one for one in living(catalogue) if one.path == path)


def tagged(*words: str, field: Field = Field.TAG, meaning: str = "") -> Extraction:
    """A page with these words as tags, of which the first was taken for a region when it was read."""
    facts = [Fact(field, word, Origin.SOURCE, 0.5) for word in words]
    if meaning:
        facts.append(Fact(Field.REGION, meaning, Origin.SOURCE, 0.5, (Evidence(field, words[0]),)))
    record = Record(RecordKind.DOCUMENT, tuple(facts), (Page(1, " ".join(prose(repr(words), 60))),))
    return Extraction(FileState.OK, HTML, (record,))


def values(document: Document, field: str) -> list[tuple[str, str]]:
    return [(tag.value, tag.origin) for tag in getattr(document, field)]


def test_none_at_all_is_a_decision_on_any_field_but_the_title(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.txt", KILNS)
    decide(catalogue, living(catalogue)[0].id, date=[], publisher=[], region=[])
    (one,) = living(catalogue)
    assert (one.date, one.publisher, one.regions) == (None, None, ())
    assert one.title == "Kilns of the valley"


def test_what_was_decided_rests_on_nothing_but_the_librarian(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.txt", KILNS)
    decide(catalogue, living(catalogue)[0].id, date=["2020"], region=["nepal"])
    (one,) = living(catalogue)
    date = next(basis for basis in one.basis if basis.field is Field.DATE)
    assert (date.origin, date.evidence) == (Origin.LIBRARIAN, ())
    assert (one.regions[0].origin, one.regions[0].evidence) == (Origin.LIBRARIAN, ())


def test_a_document_that_goes_and_comes_back_has_its_decisions(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.txt", KILNS, "1")
    before = living(catalogue)[0].id
    decide(catalogue, before, region=["nepal"])
    remove(catalogue, "/library/a.txt", prune=True)
    assert living(catalogue) == []
    put(catalogue, "/library/a.txt", KILNS, "1")
    (one,) = living(catalogue)
    assert (one.id, values(one, "regions")) == (before, [("nepal", "librarian")])


def test_a_renamed_file_keeps_its_decisions(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.txt", KILNS)
    decide(catalogue, living(catalogue)[0].id, title=["Decided"])
    rename(catalogue, "/library/a.txt", "/library/elsewhere/b.txt")
    assert [(one.title, one.path) for one in living(catalogue)] == [("Decided", "library/elsewhere/b.txt")]


def test_decisions_on_both_parts_of_what_became_one_document_count(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.pdf", KILNS)
    put(catalogue, "/library/b.pdf", OTHER)
    decide(catalogue, at(catalogue, "library/a.pdf").id, region=["nepal"], topic=["fishing"])
    decide(catalogue, at(catalogue, "library/b.pdf").id, region=["india"], date=["2021"])
    put(catalogue, "/library/b.pdf", SAME)
    (one,) = living(catalogue)
    assert values(one, "regions") == [("nepal", "librarian")]
    assert values(one, "topics") == [("fishing", "librarian")]
    assert one.date == "2021"


def test_taking_back_reaches_what_was_decided_on_a_part(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.pdf", KILNS)
    put(catalogue, "/library/b.pdf", OTHER)
    part = at(catalogue, "library/b.pdf").id
    decide(catalogue, part, date=["2021"])
    put(catalogue, "/library/b.pdf", SAME)
    (one,) = living(catalogue)
    assert one.id != part
    decide(catalogue, one.id, date=None)
    assert living(catalogue)[0].date == "2019"
    with catalogue.view() as view:
        assert view.decided() == {}
        assert [(entry.document, entry.values) for entry in view.decisions(one.id)] == [
            (part, ("2021",)),
            (part, None),
        ]


def test_of_two_parts_the_later_decision_counts(catalogue: Catalogue) -> None:
    for name, seed in (("a", "kilns"), ("b", "b"), ("c", "c")):
        put(catalogue, f"/library/{name}.pdf", document(set_in(prose(seed), 12)))
    ids = {name: at(catalogue, f"library/{name}.pdf").id for name in "abc"}
    first, second = sorted((ids["b"], ids["c"]), reverse=True)
    decide(catalogue, first, date=["2001"])
    decide(catalogue, second, date=["2002"])
    for name in "bc":
        put(catalogue, f"/library/{name}.pdf", SAME)
    (one,) = living(catalogue)
    assert (one.id, one.date) == (ids["a"], "2002")
    decide(catalogue, first, date=["2003"])
    decide(catalogue, ids["a"], region=["nepal"])  # composes it anew
    assert living(catalogue)[0].date == "2003"


def test_nothing_in_the_log_is_ever_lost(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.txt", KILNS)
    one = living(catalogue)[0].id
    decide(catalogue, one, region=["nepal"])
    decide(catalogue, one, region=[])
    decide(catalogue, one, region=None)
    decide_word(catalogue, "Sea slavery", topic=["fishing"])
    remove(catalogue, "/library/a.txt", prune=True)
    with catalogue.view() as view:
        log = view.decisions()
    assert [(entry.document, entry.tag, entry.field, entry.values) for entry in log] == [
        (one, None, "region", ("nepal",)),
        (one, None, "region", ()),
        (one, None, "region", None),
        (None, "Sea slavery", "topic", ("fishing",)),
    ]
    assert {entry.author for entry in log} == {"anna"}
    assert all(entry.made.endswith("+00:00") for entry in log)


def test_taking_back_what_was_never_decided_logs_nothing(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.txt", KILNS)
    decide(catalogue, living(catalogue)[0].id, region=None)
    with catalogue.view() as view:
        assert view.decisions() == ()


def test_a_word_means_what_was_decided_in_documents_read_before_and_after(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.html", tagged("Sea Slavery"))
    decide_word(catalogue, "sea slavery", topic=["fishing", "forced-labour"], region=["asia"])
    put(catalogue, "/library/b.html", tagged("Séa  slavery!", "Other", field=Field.CATEGORY))
    put(catalogue, "/library/c.html", tagged("Slavery at sea"))
    for name, wanted in (
        ("a", {"fishing", "forced-labour"}),
        ("b", {"fishing", "forced-labour"}),
        ("c", set()),
    ):
        one = at(catalogue, f"library/{name}.html")
        assert {tag.value for tag in one.topics} == wanted
        assert {tag.value for tag in one.regions} == ({"asia"} if wanted else set())
        assert {tag.origin for tag in one.topics} <= {Origin.SOURCE}
    assert at(catalogue, "library/a.html").topics[0].evidence == (Evidence("tag", "Sea Slavery"),)


def test_a_decision_on_a_word_takes_the_place_of_what_it_was_taken_for(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.html", tagged("Georgia", "Georgia, Europe", meaning="georgia"))
    decide_word(catalogue, "Georgia", region=["united-states"])
    assert values(living(catalogue)[0], "regions") == [("united-states", "source")]
    decide_word(catalogue, "Georgia", region=[])
    assert values(living(catalogue)[0], "regions") == []
    decide_word(catalogue, "Georgia", region=None)
    assert values(living(catalogue)[0], "regions") == [("georgia", "source")]


def test_a_decision_on_a_word_leaves_other_fields_and_other_reasons_alone(catalogue: Catalogue) -> None:
    extraction = tagged("Georgia", meaning="georgia")
    (record,) = extraction.records
    detected = Fact(Field.REGION, "armenia", Origin.DETECTED, 0.9, (Evidence("title", "Armenia"),))
    put(
        catalogue,
        "/library/a.html",
        Extraction(FileState.OK, HTML, (Record(record.kind, (*record.facts, detected), record.pages),)),
    )
    decide_word(catalogue, "Georgia", topic=["fishing"])
    assert values(living(catalogue)[0], "regions") == [("armenia", "detected"), ("georgia", "source")]
    decide_word(catalogue, "Georgia", region=[])
    assert values(living(catalogue)[0], "regions") == [("armenia", "detected")]


def test_a_decision_on_a_document_wins_over_one_on_a_word(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.html", tagged("Sea slavery"))
    decide(catalogue, living(catalogue)[0].id, topic=["kafala"])
    decide_word(catalogue, "Sea slavery", topic=["fishing"])
    assert values(living(catalogue)[0], "topics") == [("kafala", "librarian")]


def test_a_word_in_a_list_of_tags_is_found(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.html", tagged("Europe; Sea slavery | Fishing"))
    decide_word(catalogue, "Sea slavery", topic=["fishing"])
    assert values(living(catalogue)[0], "topics") == [("fishing", "source")]
    assert words_in(" Europe; Sea slavery ") == {
        "europe sea slavery": "Europe; Sea slavery",
        "europe": "Europe",
        "sea slavery": "Sea slavery",
    }
    assert words_in(" *** ") == {}


def test_only_documents_with_the_word_change(catalogue: Catalogue) -> None:
    put(catalogue, "/library/a.html", tagged("Sea slavery"))
    put(catalogue, "/library/b.txt", document(["words of a text"], media_type=TEXT, title="Sea slavery"))
    with catalogue.view() as view:
        last = view.state()[1]
        assert len(view.carriers("SEA SLAVERY")) == 1
    decide_word(catalogue, "Sea slavery", topic=["fishing"])
    with catalogue.view() as view:
        assert [one.document.path for one in view.changes(last) if one.document] == ["library/a.html"]
