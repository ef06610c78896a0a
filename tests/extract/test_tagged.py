"""Headings of tagged PDFs."""

from __future__ import annotations

from pdfs import Text, pdf, tagged

from tipsearch.extract import read
from tipsearch.extract.pdf.tagged import Heading, read_headings
from tipsearch.model import Field

PAGE = (
    Text("Department of Work", 20, y=740, content=0),
    Text("Hidden chains", 18, y=700, font="B", content=1),
    Text("Recruitment fees bind workers to their employers.", 11, y=600, content=2),
)


def test_heading_comes_with_what_is_set_larger() -> None:
    assert read_headings(pdf(PAGE, **tagged("P", "H1", "P"))) == (
        Heading("H1", "Hidden chains", 18, larger=("Department of Work",)),
    )


def test_own_names_of_headings_are_mapped() -> None:
    found = read_headings(pdf(PAGE, **tagged("P", "Kopf", "P", roles="/Kopf/H1")))
    assert [(heading.role, heading.text) for heading in found] == [("H1", "Hidden chains")]


def test_title_comes_before_headings_and_those_before_subheadings() -> None:
    found = read_headings(pdf(PAGE, **tagged("H2", "H1", "Title")))
    assert [heading.role for heading in found] == ["Title", "H1", "H2"]


def test_heading_in_two_paragraphs_is_one() -> None:
    page = (
        Text("Hidden chains in", 18, y=700, content=0),
        Text("the fishing fleets", 18, y=678, content=1),
        Text("The first harbour", 18, y=500, content=2),
    )
    found = read_headings(pdf(page, **tagged("H1", "H1", "H1")))
    assert [heading.text for heading in found] == ["Hidden chains in the fishing fleets", "The first harbour"]


def test_file_without_tags_has_no_headings() -> None:
    assert read_headings(pdf(PAGE)) == ()


def test_headings_of_another_page_are_not_taken() -> None:
    assert read_headings(pdf(PAGE, "another page", **tagged("P", "H1", "P")), 2) == ()


def test_tree_that_runs_in_a_circle_ends() -> None:
    loop = tagged("P", "H1", "P")
    loop["more"][41] = b"<</S/H1/P 30 0 R/Pg 10 0 R/K[1 41 0 R 42 0 R 41 0 R]>>"
    assert [heading.text for heading in read_headings(pdf(PAGE, **loop))] == ["Hidden chains"]


def test_damaged_file_has_no_headings() -> None:
    assert read_headings(b"%PDF-1.4 nonsense") == ()


def test_tagged_heading_is_the_title_of_the_file() -> None:
    facts = read(pdf(PAGE, **tagged("P", "H1", "P")), "a.pdf").records[0].facts
    titles = [(fact.value, fact.evidence[0].where) for fact in facts if fact.field is Field.TITLE]
    assert titles == [("Hidden chains", "tagged heading")]
