"""Pages that were made to cost much or to vanish: none may be silent, none may take long."""

from __future__ import annotations

import pytest

from tipsearch.extract.web.markup import parse_html
from tipsearch.extract.web.read import read_html
from tipsearch.extract.web.size import MAX_CHARACTERS
from tipsearch.model import FileState

ATTRIBUTES = " ".join(f"a{number}=1" for number in range(100_000))

UNTREED = {
    "nested elements": "<div>" * 200_000 + "wages",
    "nested inline elements": "<b><i>" * 20_000 + "wages",
    "attributes": f"<p {ATTRIBUTES}>wages</p>",
    "attributes behind a quoted bracket": f"<p x='>' {ATTRIBUTES}>wages</p>",
    "attributes without spaces": "<p " + "".join(f'a{n}="1"' for n in range(20_000)) + ">wages</p>",
    "tags": "<a>w</a>" * 160_000,
}


@pytest.mark.parametrize("data", UNTREED.values(), ids=UNTREED.keys())
def test_what_no_tree_can_hold_is_read_as_plain_text_and_says_so(data: str) -> None:
    extraction = read_html(data.encode(), "a.html")

    assert extraction.state is FileState.OK
    assert extraction.records[0].pages[0].text.startswith("w")
    assert [issue.state for issue in extraction.issues] == [FileState.MALFORMED]
    assert "without its structure" in extraction.issues[0].reason


def test_plain_text_of_such_a_page_has_its_title_and_no_scripts() -> None:
    data = (
        "<head><title>Owed &amp; owned</title><script>let x='<p>no</p>'</script></head>"
        + "<div>" * 3000
        + "<!-- <p>no --><p>yes<p>more"
    )
    record = read_html(data.encode(), "a.html").records[0]

    assert record.pages[0].text == "yes\n\nmore"
    assert record.facts[0].value == "Owed & owned"


def test_a_paragraph_above_the_parser_s_limit_is_not_lost() -> None:
    tree, trouble = parse_html(f"<p>{'wages ' * 1_700_000}</p>")

    assert trouble == ""
    assert tree is not None
    assert len(tree.text_content()) == len("wages ") * 1_700_000


def test_a_page_is_read_without_the_pictures_and_scripts_saved_into_it() -> None:
    picture = f'<img src="data:image/png;base64,{"A" * MAX_CHARACTERS}">'
    extraction = read_html(
        f"<h1>Owed</h1><script>{'x<y ' * 10_000}</script>{picture}<p>wages</p>".encode(), "a.html"
    )

    assert extraction.records[0].pages[0].text == "wages"
    assert extraction.issues == ()


def test_of_a_page_above_the_limit_the_beginning_is_read_and_the_rest_is_named() -> None:
    extraction = read_html(b"<p>" + b"wages " * (MAX_CHARACTERS // 6 + 9), "a.html")

    assert extraction.state is FileState.OK
    assert MAX_CHARACTERS - 10 <= len(extraction.records[0].pages[0].text) <= MAX_CHARACTERS
    assert [issue.state for issue in extraction.issues] == [FileState.TOO_BIG]


def test_a_ligature_of_eighteen_letters_repeated_a_million_times_takes_no_gigabytes() -> None:
    extraction = read_html(f"<p>wages {chr(0xFDFA) * 1_000_000} owed</p>".encode(), "a.html")

    assert extraction.records[0].pages[0].text == "wages owed"


@pytest.mark.parametrize("tag", ["<script", "<title", "<style", "<!--", "<p "])
def test_tags_that_never_end_are_looked_at_once(tag: str) -> None:
    # Without a bracket in sight each of them would search the whole file.
    extraction = read_html((tag * 200_000).encode(), "a.html")

    assert extraction.state is FileState.NO_TEXT
    assert extraction.reason


EMPTY = {
    "nothing": "<html></html>",
    "a script only": "<html><script>show()</script></html>",
    "comments never closed": "<!--" * 100_000 + "wages",
    "a quote never closed": '<p title="' * 1000 + "wages",
    "no letters": "<p>&amp; 123 — …</p>",
    "blanks": "   ",
}


@pytest.mark.parametrize("data", EMPTY.values(), ids=EMPTY.keys())
def test_no_text_is_never_ok(data: str) -> None:
    extraction = read_html(data.encode(), "a.html")

    assert extraction.state is FileState.NO_TEXT
    assert extraction.reason


def test_a_page_with_a_title_only_keeps_it() -> None:
    extraction = read_html(b"<html><head><title>Owed</title></head><body></body></html>", "a.html")

    assert extraction.state is FileState.NO_TEXT
    assert [fact.value for fact in extraction.records[0].facts] == ["Owed"]


def test_external_entities_are_not_loaded() -> None:
    data = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>wages &a; owed</p>'
    page = read_html(data.encode(), "a.html").records[0].pages[0].text

    assert page.endswith("owed")
    assert "root:" not in page


@pytest.mark.parametrize(
    "odd", ["\x01", "\x0b", "\x1f", "\ufffe", "&#1;", "&#11", "&#x1F;", "&#xFFFF;", "&#0065534;"]
)
def test_characters_that_no_tree_may_hold_are_taken_out(odd: str) -> None:
    card = f"<div><h3>Ports</h3><p>Owed... <a href=/x>Read More</a></p></div>{odd}"
    records = read_html(
        f"<main><div class=entry-content><p>wa{odd}ges</p></div>{card}{card}</main>".encode(), "a.html"
    ).records

    assert records[0].pages[0].text == "wages"
    assert len(records) == 3


def test_zero_bytes_and_direction_marks_are_taken_out() -> None:
    assert read_html("<p>wa\0ges \u202eowed</p>".encode(), "a.html").records[0].pages[0].text == "wages owed"


@pytest.mark.parametrize(
    "data",
    [
        "<main>" + "<div><h3>T</h3><p>Owed... <a href=/x>Read More</a></p></div>" * 3000 + "</main>",
        "<main>" + "<p>Owed wages... <a href=/x>Read More</a></p>" * 3000 + "</main>",
        "<div class=entry-content>" + "<p>DOWNLOAD</p>" * 3000 + "<p>wages</p></div>",
        "<div class=entry-content>" * 1500 + "wages",
        "<h1>Owed</h1>" * 5000 + "<p>wages</p>",
        "<p>" + "a- b " * 100_000 + "</p>",
    ],
    ids=["cards", "cards without heading", "links", "containers", "headings", "hyphens"],
)
def test_thousands_of_the_same_are_read_in_linear_time(data: str) -> None:
    # A quadratic step would take minutes here.
    assert read_html(data.encode(), "a.html").state is FileState.OK
