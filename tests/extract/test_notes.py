"""Text laid over a page: forms, free text, stamps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfs import pdf

from tipsearch.extract import read
from tipsearch.extract.pdf.notes import unsaid
from tipsearch.model import FileState

PARAGRAPH = "Recruitment fees bind workers to their employers"
HELVETICA = "/DR<</Font<</H 3 0 R>>>>/DA(/H 12 Tf 0 g)"


def shown(*notes: str, page: str = PARAGRAPH, form: str = "", drawn: str = "") -> str:
    """The text of a page on which these annotations lie, with `drawn` as what number 60 looks like."""
    numbers = range(50, 50 + len(notes))
    more = {
        number: f"<</Type/Annot/Rect[60 500 300 520]{note}>>".encode()
        for number, note in zip(numbers, notes, strict=True)
    }
    content = f"BT /H 12 Tf 2 5 Td ({drawn}) Tj ET".encode()
    more[60] = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 240 20]/Resources<</Font<</H 3 0 R>>>>/Length %d>>stream\n%s\nendstream"
        % (
            len(content),
            content,
        )
    )
    references = " ".join(f"{number} 0 R" for number in numbers)
    catalog = f"/AcroForm<</Fields[{references}]{form}{HELVETICA}>>" if form else ""
    extraction = read(pdf(page, catalog=catalog, more=more, page=f"/Annots[{references}]"), "form.pdf")
    return extraction.records[0].pages[0].text if extraction.state is FileState.OK else extraction.state


def test_what_was_filled_into_a_form_is_read_where_it_is_drawn() -> None:
    field = "/Subtype/Widget/FT/Tx/T(a)/V(Hidden chains)/AP<</N 60 0 R>>"
    assert shown(field, form=" ", drawn="Hidden chains") == f"{PARAGRAPH}\nHidden chains"


def test_what_was_filled_in_without_being_drawn_is_read_too() -> None:
    assert "Hidden chains" in shown("/Subtype/Widget/FT/Tx/T(a)/V(Hidden chains)", form=" ")


def test_value_that_a_field_inherits_is_read() -> None:
    assert "Hidden chains" in shown(
        "/FT/Tx/T(a)/V(Hidden chains)/Kids[51 0 R]", "/Subtype/Widget/Parent 50 0 R", form=" "
    )


def test_form_without_other_text_is_a_document() -> None:
    assert shown("/Subtype/Widget/FT/Tx/T(a)/V(Hidden chains)", page="", form=" ") == "Hidden chains"


def test_free_text_is_read_with_its_looks_or_without() -> None:
    assert shown("/Subtype/FreeText/Contents(Not for sale)/DA(/H 12 Tf)").endswith("Not for sale")
    assert (
        shown("/Subtype/FreeText/Contents(Not for sale)/AP<</N 60 0 R>>", drawn="Not for sale").count("sale")
        == 1
    )


def test_stamp_is_read_as_it_is_drawn() -> None:
    assert (
        shown("/Subtype/Stamp/Contents(by me)/AP<</N 60 0 R>>", drawn="APPROVED") == f"{PARAGRAPH}\nAPPROVED"
    )


@pytest.mark.parametrize(
    "note",
    [
        "/Subtype/FreeText/Contents(Not for sale)/F 2",
        "/Subtype/FreeText/Contents(Not for sale)/F 32",
        "/Subtype/Link/Contents(Not for sale)",
        "/Subtype/Text/Contents(Not for sale)",
    ],
)
def test_what_a_reader_does_not_see_is_not_read(note: str) -> None:
    assert shown(note, form=" ") == PARAGRAPH


def test_secret_of_a_form_stays_one() -> None:
    assert "sale" not in shown("/Subtype/Widget/FT/Tx/T(a)/Ff 8192/V(Not for sale)", form=" ")


def test_dynamic_form_says_what_to_do() -> None:
    xfa = "/AcroForm<</Fields[]/XFA 70 0 R/NeedAppearances true>>/NeedsRendering true"
    more = {70: b"<</Length 9>>stream\n<a></a>  \nendstream"}
    extraction = read(pdf("Please wait for the contents of this form", catalog=xfa, more=more), "form.pdf")
    assert extraction.state is FileState.OK
    assert [issue.page for issue in extraction.issues if "XFA" in issue.reason] == [1]


@given(st.lists(st.text("ab \n", max_size=6), max_size=5), st.text("ab \n", max_size=20))
def test_only_what_a_page_does_not_say_is_added(texts: list[str], page: str) -> None:
    added = list(unsaid(texts, page))
    whole = "".join((page + "".join(added)).split())
    assert all("".join(text.split()) in whole for text in texts)
    assert not any("".join(text.split()) in "".join(page.split()) for text in added)
