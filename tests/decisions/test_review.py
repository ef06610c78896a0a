"""What wants a decision is listed until it is decided, the worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from decisions.shelf import ids
from tipsearch import vocabulary
from tipsearch.catalogue.words import Carried
from tipsearch.decisions import Kind, Suggestion
from tipsearch.decisions.doubts import doubts
from tipsearch.decisions.tags import doubtful_tags
from tipsearch.model import Basis, Document, Evidence, Fact, Field, Origin, Tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch import Library

TODAY = "2024-06-15"


def fact(field: Field, value: str, where: str, weight: float, origin: Origin = Origin.SOURCE) -> Fact:
    return Fact(field, value, origin, weight, (Evidence(where, value),))


def paper(*facts: Fact, **given: object) -> Document:
    """A document that rests on these facts and lacks nothing else."""
    values = {one.field.value: one.value for one in facts}
    tags = {name: (Tag("x", Origin.SOURCE),) for name in ("regions", "topics", "types")}
    fields = {
        "title": "A file",
        "date": None,
        "publisher": "P",
        "language": "en",
        "path": "a/file.pdf",
        **tags,
        **values,
        **given,
    }
    basis = tuple(Basis(one.field, one.origin, one.weight, one.evidence) for one in facts)
    return Document(id="abc", basis=basis, **fields)  # type: ignore[arg-type]  # fields by name


def kinds(document: Document, *facts: Fact, decided: frozenset[Field] = frozenset()) -> list[str]:
    titles = [one for one in facts if one.field is Field.TITLE]
    dates = [one for one in facts if one.field is Field.DATE]
    return [one.kind for one in doubts(document, decided, titles, dates, TODAY)]


GOOD_TITLE = fact(Field.TITLE, "Fees", "heading", 0.9)
GOOD_DATE = fact(Field.DATE, "2021-03", "citation", 1.0)


def test_a_document_that_lacks_nothing_is_not_listed() -> None:
    assert kinds(paper(GOOD_TITLE, GOOD_DATE), GOOD_TITLE, GOOD_DATE) == []


@pytest.mark.parametrize(
    ("title", "doubtful"),
    [
        (None, True),
        (fact(Field.TITLE, "Slug of it", "url", 0.1, Origin.DETECTED), True),
        (fact(Field.TITLE, "The first line", "text", 0.3, Origin.DETECTED), True),
        (fact(Field.TITLE, "Template of a series", "metadata", 0.4), True),
        (fact(Field.TITLE, "A plain text's title", "text", 0.4), False),
        (fact(Field.TITLE, "Of a card", "card", 0.5), False),
        (fact(Field.TITLE, "Of a headline", "layout", 0.7), False),
    ],
)
def test_titles_that_rest_on_little_are_doubtful(title: Fact | None, *, doubtful: bool) -> None:
    document = paper(GOOD_DATE, *([title] if title else []))
    assert kinds(document) == ["doubtful_title"] * doubtful
    assert kinds(document, decided=frozenset({Field.TITLE})) == []


@pytest.mark.parametrize(
    ("date", "found"),
    [
        (None, "no_date"),
        (fact(Field.DATE, "2022-04", "metadata", 0.3, Origin.DETECTED), "doubtful_date"),
        (fact(Field.DATE, "2018", "title", 0.25, Origin.DETECTED), "doubtful_date"),
        (fact(Field.DATE, "2018-01-02", "text", 0.2), "doubtful_date"),
        (fact(Field.DATE, "2024-07", "citation", 1.0), "doubtful_date"),
        (fact(Field.DATE, "1021", "citation", 1.0), "doubtful_date"),
        (fact(Field.DATE, "2024-06", "citation", 1.0), None),
        (fact(Field.DATE, "2018-01-02", "metadata", 0.5), None),
    ],
)
def test_dates_that_rest_on_little_or_cannot_be_are_doubtful(date: Fact | None, found: str | None) -> None:
    document = paper(GOOD_TITLE, *([date] if date else []))
    assert kinds(document) == ([found] if found else [])
    assert kinds(document, decided=frozenset({Field.DATE})) == []


def test_sources_that_disagree_by_more_than_a_year_are_named() -> None:
    late = fact(Field.DATE, "2017-08", "citation", 1.0)
    of_title, saved = (
        fact(Field.DATE, "2021", "title", 0.8),
        fact(Field.DATE, "1999", "metadata", 0.3, Origin.DETECTED),
    )
    document = paper(GOOD_TITLE, late)
    (found,) = doubts(document, (), [], [late, of_title, saved], TODAY)
    assert (found.kind, found.value) == ("conflicting_dates", "2017-08")
    assert found.reason.endswith("2017-08 (citation), 2021 (title)")
    assert [one.value for one in found.suggestions] == ["2017-08", "2021"]
    near = fact(Field.DATE, "2018", "title", 0.8)
    assert kinds(document, late, near, saved) == []


@pytest.mark.parametrize(
    ("lacking", "field", "kind"),
    [
        ("regions", Field.REGION, "no_region"),
        ("topics", Field.TOPIC, "no_topic"),
        ("types", Field.TYPE, "no_type"),
        ("language", Field.LANGUAGE, "no_language"),
        ("publisher", Field.PUBLISHER, "no_publisher"),
    ],
)
def test_what_is_lacking_is_listed_until_it_is_decided(lacking: str, field: Field, kind: str) -> None:
    document = paper(GOOD_TITLE, GOOD_DATE, **{lacking: () if lacking.endswith("s") else None})
    (found,) = doubts(document, (), [], [], TODAY)
    assert found.kind == kind
    assert f"tipsearch set abc {field}=… ({field}= if " in found.todo
    assert kinds(document, decided=frozenset({field})) == []


def of_tags(*texts: str, decided: frozenset[str] = frozenset()) -> dict[str, list[tuple[str, int]]]:
    carried = [Carried(Field.TAG, text, f"d{number}") for number, text in enumerate(texts)]
    found = doubtful_tags(carried, decided, vocabulary.standard())
    return {kind.value: [(tag.spelt, len(tag.documents)) for tag in tags] for kind, tags in found.items()}


def test_words_that_no_vocabulary_knows_are_grouped_however_they_are_spelt() -> None:
    assert of_tags(
        "Sea slavery", "sea-slavery", "Sea slavery", "Uncategorized", "Nepal", "Fishing", "Toolkit", "***"
    ) == {
        "unknown_tag": [("Sea slavery", 3), ("Uncategorized", 1)],
        "guessed_tag": [],
    }


def test_of_a_list_the_unknown_parts_count() -> None:
    assert of_tags("Nepal; Sea slavery, Fishing", "Congo, Democratic Republic of the")["unknown_tag"] == [
        ("Sea slavery", 1)
    ]


def test_what_was_taken_for_what_it_looks_like_is_listed_apart() -> None:
    assert of_tags("Latin Amerca") == {"unknown_tag": [], "guessed_tag": [("Latin Amerca", 1)]}


def test_words_decided_on_are_not_listed() -> None:
    decided = frozenset({"sea slavery", "latin amerca", "a whole; list"})
    assert of_tags("Sea slavery", "Latin Amerca", decided=decided) == {"unknown_tag": [], "guessed_tag": []}


def test_a_library_lists_by_kind_what_wants_a_decision(filled: Library) -> None:
    found = filled.review()
    paths = ids(filled)
    assert found.counts == {
        Kind.UNKNOWN_TAG: 1,
        Kind.DOUBTFUL_TITLE: 1,
        Kind.NO_REGION: 2,
        Kind.NO_TOPIC: 2,
        Kind.NO_DATE: 5,
        Kind.GUESSED_TAG: 1,
    }
    tag, title = found.wanted[:2]
    assert (tag.kind, tag.value, tag.documents) == ("unknown_tag", "Sea Slavery", 2)
    assert tag.document in {paths["texts/at-sea.html"], paths["texts/kilns.html"]}
    assert tag.todo.startswith("tipsearch set --tag 'Sea Slavery' topic=…")
    assert tag.suggestions[0].field == "topic"
    assert (title.document, title.value) == (paths["texts/bare name.txt"], "bare name")
    assert title.suggestions == (
        Suggestion(
            "title",
            "and so it went on, as nobody had written down where it was",
            "and so it went on, as nobody had written down where it was",
        ),
    )
    guessed = found.wanted[-1]
    assert guessed.todo == "tipsearch set --tag 'Latin Amerca' region=latin-america-and-the-caribbean"


def test_what_is_decided_drops_out_also_none_on_purpose(filled: Library) -> None:
    bare = ids(filled)["texts/bare name.txt"]
    filled.decide(bare, {"title": "Decided", "region": "", "topic": "", "date": "", "language": "en"})
    desk = filled.desk
    desk.carry_out([desk.order(tag="Sea slavery", values={"topic": ""})])
    desk.carry_out([desk.order(tag="Latin Amerca", values={"region": "latin-america"})])
    found = filled.review()
    assert not [one for one in found.wanted if one.document == bare]
    assert not {Kind.UNKNOWN_TAG, Kind.GUESSED_TAG, Kind.DOUBTFUL_TITLE} & found.counts.keys()
    filled.undecide(bare)
    assert {one.kind for one in filled.review().wanted if one.document == bare} >= {
        "doubtful_title",
        "no_date",
    }


def test_kinds_and_number_can_be_chosen(filled: Library) -> None:
    found = filled.review([Kind.NO_DATE, Kind.NO_PUBLISHER], 2)
    assert found.counts == {Kind.NO_DATE: 5, Kind.NO_PUBLISHER: 5}
    assert [one.kind for one in found.wanted] == ["no_date", "no_date", "no_publisher", "no_publisher"]
    assert Kind.NO_PUBLISHER not in filled.review().counts


def test_an_empty_library_wants_nothing(library: Library) -> None:
    assert library.review().wanted == ()


def test_the_commands_that_it_names_can_be_run(filled: Library) -> None:
    import shlex

    for one in filled.review(list(Kind)).wanted:
        command = shlex.split(one.todo.partition(" (")[0])
        assert command[:2] == ["tipsearch", "set"]
        of_tag = command[2] == "--tag"
        given = dict(word.split("=", 1) for word in command[4 if of_tag else 3 :])
        values: dict[str, str | Sequence[str]] = {
            field: ("A title" if field == "title" else "") if value == "…" else value
            for field, value in given.items()
        }
        desk = filled.desk
        order = desk.order(tag=command[3], values=values) if of_tag else desk.order(command[2], values)
        assert order.wishes
