"""Which part of a document a word stands in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.enrich import zones
from tipsearch.model import Page

BODY = "Workers were paid late and their passports were kept. " * 60
SOURCES = "1. Smith, A. Norway at work. Oslo, 2019.\n2. https://example.org/norway\n3. Doe, B. Norway. 2020, p. 12.\n"


def place(text: str, word: str, before: str = "") -> str:
    *_, body = zones.bodies([*([Page(1, before)] if before else []), Page(2, text)])
    start = body.text.index(word)
    return body.where(start, start + len(word))


def test_a_page_that_is_its_own_summary_has_no_beginning() -> None:
    assert (
        place("They say that a summary is as short as this, and that it is on Ghana.", "Ghana") == zones.TEXT
    )


def test_the_beginning_of_the_document_is_its_beginning() -> None:
    assert place(f"A summary on Ghana. {BODY}", "Ghana") == zones.BEGINNING
    assert place("Ghana, much later in the text.", "Ghana", BODY) == zones.TEXT


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("It ended there.\nMigrants in Ghana\nThey work on farms.", zones.HEADING),
        ("It ended there.\n\n3.2 Migrants in Ghana\nThey work.", zones.HEADING),
        ("it went on to say that in the north of the country\nmigrants in Ghana work\non farms.", zones.TEXT),
        ("It ended there.\nMigrants in Ghana are paid late.\nThey work.", zones.TEXT),
    ],
)
def test_a_short_line_of_its_own_is_a_heading(text: str, where: str) -> None:
    assert place(text, "Ghana", BODY) == where


@pytest.mark.parametrize(
    "heading", ["References", "BIBLIOGRAPHY", "5. Referencias", "Bibliographie :", "参考文献"]
)
def test_a_list_of_sources_is_no_text(heading: str) -> None:
    (body,) = zones.bodies([Page(1, f"{BODY}\n{heading}\n{SOURCES}")])
    assert "Norway" not in body.text
    assert body.text.startswith(BODY[:100])


def test_pages_of_sources_only_are_left_out_up_to_an_annex() -> None:
    pages = [Page(1, BODY), Page(2, f"References\n{SOURCES}"), Page(3, SOURCES), Page(4, f"Annex 1\n{BODY}")]
    assert [body.page for body in zones.bodies(pages)] == [1, 4]


def test_a_chapter_named_like_a_list_of_sources_is_text() -> None:
    (body,) = zones.bodies(
        [Page(1, f"{BODY}\nSources\nThey told us of Norway, and of much else that they had seen.")]
    )
    assert "Norway" in body.text


def test_where_an_author_works_is_an_affiliation_on_the_first_pages_only() -> None:
    line = "Jane Doe, University of Oslo, Norway"
    first, _, third = zones.bodies(
        [Page(1, f"A title\n{line}\n{BODY}"), Page(2, BODY), Page(3, f"{line}\n{BODY}")]
    )
    start, end = first.text.index("Norway"), first.text.index("Norway") + 6
    assert first.is_affiliation(start, end)
    start = third.text.index("Norway")
    assert not third.is_affiliation(start, start + 6)


@given(st.lists(st.text(alphabet="References\n12 hp.:/A", max_size=200), max_size=5))
def test_positions_are_those_of_the_page(texts: list[str]) -> None:
    pages = [Page(number, text) for number, text in enumerate(texts)]
    for body in zones.bodies(pages):
        original = pages[body.page].text
        assert len(body.text) == len(body.lines) <= len(original)
        assert all(ours in (theirs, " ") for ours, theirs in zip(body.lines, original, strict=False))
