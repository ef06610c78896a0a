"""Decisions made through a library: they count at once, for ever, and can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from decisions.shelf import ids
from tipsearch import Library, SearchRequest
from tipsearch.errors import BadDecision, NotFound

if TYPE_CHECKING:
    from pathlib import Path

    from tipsearch.decisions import Decided


def told(decided: Decided) -> dict[str, tuple[tuple[str, ...], tuple[str, ...], str | None, bool]]:
    return {one.field.value: (one.before, one.after, one.origin, one.decided) for one in decided.changes}


def searched(library: Library, **selected: list[str]) -> set[str]:
    answer = library.search(SearchRequest(**selected))  # type: ignore[arg-type]  # fields by name
    return {result.document.path or "" for result in answer.results}


def test_a_decision_counts_in_searches_at_once(filled: Library) -> None:
    assert searched(filled, regions=["qatar"]) == set()
    decided = filled.decide(
        ids(filled)["texts/bare name.txt"], {"region": ["Qatar"], "date": "2021-03"}, author="Anna"
    )
    assert told(decided) == {
        "date": ((), ("2021-03",), "librarian", True),
        "region": ((), ("qatar",), "librarian", True),
    }
    assert searched(filled, regions=["asia"]) >= {"texts/bare name.txt"}
    assert [(one.author, one.field, one.values) for one in filled.decisions()] == [
        ("Anna", "region", ("qatar",)),
        ("Anna", "date", ("2021-03",)),
    ]


def test_a_content_warning_is_decided_and_taken_back(filled: Library) -> None:
    filled.decide("bare name.txt", {"warning": "Describes violence, in detail"})
    assert filled.document(ids(filled)["texts/bare name.txt"]).warning == "Describes violence, in detail"
    filled.decide("bare name.txt", {"warning": ""})
    assert filled.document(ids(filled)["texts/bare name.txt"]).warning is None


def test_another_process_that_searches_sees_it_too(filled: Library, tmp_path: Path) -> None:
    with Library.open_existing(tmp_path / "library") as reader:
        assert searched(reader, regions=["qatar"]) == set()
        filled.decide("bare name.txt", {"region": "qatar"})
        assert searched(reader, regions=["qatar"]) == {"texts/bare name.txt"}


def test_the_same_decision_again_is_logged_once(filled: Library) -> None:
    for _ in range(2):
        decided = filled.decide("bare name.txt", {"region": "qatar"})
    assert told(decided)["region"] == (("qatar",), ("qatar",), "librarian", False)
    assert len(filled.decisions()) == 1


def test_to_confirm_what_was_found_is_a_decision(filled: Library) -> None:
    notes = ids(filled)["texts/notes.txt"]
    assert told(filled.decide(notes, {"region": "nepal"}))["region"] == (
        ("nepal",),
        ("nepal",),
        "librarian",
        True,
    )


def test_values_are_added_to_and_removed_from_what_stands(filled: Library) -> None:
    notes = ids(filled)["texts/notes.txt"]
    desk = filled.desk
    desk.carry_out([desk.order(notes, add={"region": "qatar"}, remove={"topic": "recruitment"})])
    assert [tag.value for tag in filled.document(notes).regions] == ["nepal", "qatar"]
    assert "recruitment" not in [tag.value for tag in filled.document(notes).topics]
    desk.carry_out([desk.order(notes, remove={"region": ["nepal", "qatar"]})])
    assert filled.document(notes).regions == ()
    desk.carry_out([desk.order(notes, {"region": "HK"}, add={"region": "nepal"})])
    assert [tag.value for tag in filled.document(notes).regions] == ["hong-kong", "nepal"]


def test_to_remove_what_is_not_there_decides_nothing(filled: Library) -> None:
    desk = filled.desk
    (decided,) = desk.carry_out([desk.order("bare name.txt", remove={"region": "nepal"})]).decided
    assert told(decided)["region"] == ((), (), None, False)
    assert filled.decisions() == ()


def test_taken_back_detection_counts_again_and_once_more_changes_nothing(filled: Library) -> None:
    notes = ids(filled)["texts/notes.txt"]
    filled.decide(notes, {"region": "qatar", "title": "Decided", "publisher": ""})
    assert told(filled.undecide(notes, ["region"]))["region"] == (("qatar",), ("nepal",), "detected", True)
    everything = told(filled.undecide(notes))
    assert {field for field, (*_, decided) in everything.items() if decided} == {"title", "publisher"}
    assert not any(decided for *_, decided in told(filled.undecide(notes)).values())
    assert filled.document(notes).title == "Recruitment fees in Nepal"
    assert [one.values for one in filled.decisions()][-3:] == [None, None, None]


@pytest.mark.parametrize(
    "name",
    [
        "texts/old/notes.txt",
        "old/notes.txt",
        "/anywhere/texts/old/notes.txt",
        "at-sea.html",
        "https://library.example/at-sea/",
        "http://www.library.example/at-sea",
    ],
)
def test_a_document_goes_by_its_path_and_its_address(filled: Library, name: str) -> None:
    wanted = "texts/old/notes.txt" if "notes" in name else "texts/at-sea.html"
    assert filled.decide(name, {"region": "qatar"}).document == ids(filled)[wanted]


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("notes.txt", BadDecision, "may mean 2 documents"),
        ("elsewhere/notes.txt", NotFound, "no document 'elsewhere/notes.txt'"),
        ("otes.txt", NotFound, "no document"),
        ("https://library.example/", NotFound, "no document"),
        ("", NotFound, "no document"),
        ("notes", NotFound, "no document"),
        ("\udcff", NotFound, "no document"),
        ("/", NotFound, "no document"),
    ],
)
def test_what_names_no_document_for_sure_is_refused(
    filled: Library, name: str, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        filled.decide(name, {"region": "qatar"})
    assert filled.decisions() == ()


def test_an_id_mistyped_is_an_error_with_the_near_one(filled: Library) -> None:
    notes = ids(filled)["texts/notes.txt"]
    with pytest.raises(NotFound, match=rf"did you mean {notes} \(Recruitment fees in Nepal\)\?"):
        filled.decide(f"{notes[:-1]}9", {"region": "qatar"})


def test_all_is_checked_before_anything_is_written(filled: Library) -> None:
    with pytest.raises(BadDecision, match=r"(?s)Nepaal.*no field 'regoin'.*2021-13"):
        filled.decide(
            "bare name.txt", {"title": "Good", "region": "Nepaal", "regoin": "asia", "date": "2021-13"}
        )
    with pytest.raises(BadDecision, match="region can't be set and taken back at once"):
        filled.desk.order("bare name.txt", {"region": "nepal"}, undo=["all"])
    with pytest.raises(BadDecision, match="date has one value"):
        filled.desk.order("bare name.txt", add={"date": "2021"})
    assert filled.decisions() == ()


def test_a_trial_tells_what_would_come_of_it_and_writes_nothing(filled: Library) -> None:
    desk = filled.desk
    orders = [
        desk.order("bare name.txt", {"region": "qatar"}),
        desk.order(tag="Sea slavery", values={"topic": "fishing"}),
    ]
    generation = filled.status().generation
    outcome = desk.carry_out(orders, dry_run=True)
    assert [told(one) for one in outcome.decided] == [
        {"region": ((), ("qatar",), "librarian", True)},
        {"topic": ((), ("fishing",), "librarian", True)},
    ]
    assert filled.decisions() == ()
    assert filled.document(ids(filled)["texts/bare name.txt"]).regions == ()
    assert (filled.status().generation, filled.status().waiting) == (generation, 0)


def test_a_tag_gets_a_meaning_in_all_documents_that_carry_it(filled: Library) -> None:
    desk = filled.desk
    (decided,) = desk.carry_out([desk.order(tag="SEA  slavery", values={"topic": "fishing"})]).decided
    assert (decided.tag, decided.documents, decided.document) == ("SEA slavery", 2, None)
    assert searched(filled, topics=["fishing"]) == {"texts/at-sea.html", "texts/kilns.html"}
    (taken,) = desk.carry_out([desk.order(tag="sea slavery", undo=["all"])]).decided
    assert told(taken)["topic"] == (("fishing",), (), None, True)
    assert searched(filled, topics=["fishing"]) == set()


def test_what_a_tag_was_taken_for_is_what_it_was_before(filled: Library) -> None:
    desk = filled.desk
    (decided,) = desk.carry_out([desk.order(tag="Latin Amerca", values={"region": "peru"})]).decided
    assert told(decided)["region"][:2] == (("latin-america-and-the-caribbean",), ("peru",))
    assert searched(filled, regions=["latin-america-and-the-caribbean"]) == searched(filled, regions=["peru"])


def test_of_a_tag_all_is_said_that_it_means(filled: Library) -> None:
    desk = filled.desk
    for wish in ({"add": {"topic": "fishing"}}, {"values": {"date": "2021"}}, {"values": {"title": "x"}}):
        with pytest.raises(BadDecision):
            desk.order(tag="Sea slavery", **wish)  # type: ignore[arg-type]  # arguments by name
    with pytest.raises(BadDecision, match="no letter"):
        desk.order(tag=" *** ", values={"topic": "fishing"})


def test_the_log_of_one_document_goes_by_any_name_too(filled: Library) -> None:
    filled.decide("bare name.txt", {"region": "qatar"})
    filled.decide("old/notes.txt", {"region": "qatar"})
    (entry,) = filled.decisions("bare name.txt")
    assert entry.document == ids(filled)["texts/bare name.txt"]
    assert filled.decisions("at-sea.html") == ()
    with pytest.raises(NotFound):
        filled.decisions("nobody")


def test_the_author_is_the_settings_or_the_systems_user(
    filled: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "dora")
    filled.decide("bare name.txt", {"region": "qatar"})
    from tipsearch.config import Settings

    with Library.open_existing(tmp_path / "library", settings=Settings(author="The  desk")) as other:
        other.decide("bare name.txt", {"region": "nepal"})
        other.decide("bare name.txt", {"region": "asia"}, author="Eve")
    assert [one.author for one in filled.decisions()] == ["dora", "The desk", "Eve"]


def test_who_decided_is_told_to_no_reader(filled: Library) -> None:
    from tipsearch.serve.app import create_app

    bare = ids(filled)["texts/bare name.txt"]
    filled.decide(bare, {"region": "qatar", "title": "Decided"}, author="Anna Author")
    client = create_app(filled).test_client()
    for address in (
        f"/documents/{bare}",
        f"/api/v1/documents/{bare}",
        "/api/v1/search?region=qatar",
        "/search?region=qatar",
    ):
        shown = client.get(address)
        assert shown.status_code == 200, address
        assert "Anna" not in shown.text
        assert "Decided" in shown.text
    assert "set by a librarian" in client.get(f"/documents/{bare}").text
    (region,) = client.get(f"/api/v1/documents/{bare}").json["regions"]  # type: ignore[index]  # it is an object
    assert (region["origin"], region["evidence"]) == ("librarian", [])
