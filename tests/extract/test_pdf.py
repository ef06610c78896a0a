"""What reading a PDF gives, and in which state each kind of trouble ends."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfs import FIRST_FREE, SCAN, Text, assemble, lines, pdf

from chance import examples
from tipsearch.extract import read
from tipsearch.model import Extraction, Field, FileState, Record, Section

PARAGRAPH = "Recruitment fees bind workers to their employers\nbefore they have earned a single wage."
LOCKED = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'00' * 32}>/U<{'00' * 32}>>>/ID[<00><00>]"


def record(data: bytes) -> Record:
    extraction = read(data, "report.pdf")
    assert extraction.state is FileState.OK, extraction
    return extraction.records[0]


def issues(extraction: Extraction) -> list[tuple[int, FileState]]:
    return [(issue.page, issue.state) for issue in extraction.issues]


def test_text_comes_page_by_page_with_its_lines() -> None:
    pages = record(pdf("First page\nof two", "Second page")).pages
    assert [(page.number, page.text) for page in pages] == [(1, "First page\nof two"), (2, "Second page")]


def test_word_broken_at_a_line_end_is_whole_again() -> None:
    pages = record(pdf("They had to com-\npile lists of debts", "To compile lists takes time")).pages
    assert pages[0].text == "They had to compile lists of debts"


def test_running_head_stays_on_its_first_page_only() -> None:
    texts = [
        f"Annual report {2020}\n{word} is the matter of this page\n{PARAGRAPH}\n{at}"
        for at, word in enumerate(["Fishing", "Mining", "Farming", "Building"], 1)
    ]
    pages = record(pdf(*texts)).pages
    assert [page.text.startswith("Annual report 2020") for page in pages] == [True, False, False, False]
    assert not any(page.text.endswith(str(page.number)) for page in pages)
    assert "Mining is the matter of this page" in pages[1].text


def test_page_labels_are_kept_where_they_differ_from_the_number() -> None:
    data = pdf("a page", "a page", "a page", catalog="/PageLabels<</Nums[0<</S/r>>2<</S/D/St 3>>]>>")
    assert [page.label for page in record(data).pages] == ["i", "ii", None]


def test_bookmarks_become_sections() -> None:
    more = {
        90: b"<</First 91 0 R/Last 92 0 R/Count 2>>",
        91: b"<</Title(Introduction)/Parent 90 0 R/Next 92 0 R/First 93 0 R/Last 93 0 R/Dest[%d 0 R/Fit]>>"
        % FIRST_FREE,
        92: b"<</Title(Findings)/Parent 90 0 R/Dest[%d 0 R/Fit]>>" % (FIRST_FREE + 2),
        93: b"<</Title(Method)/Parent 91 0 R>>",
    }
    outline = record(pdf("a page", "a page", catalog="/Outlines 90 0 R", more=more)).outline
    assert outline == (Section("Introduction", 0, 1), Section("Method", 1, None), Section("Findings", 0, 2))


def test_bookmarks_that_run_in_a_circle_end_without_a_word_on_stderr(
    capfd: pytest.CaptureFixture[str],
) -> None:
    more = {
        90: b"<</First 91 0 R/Last 92 0 R>>",
        91: b"<</Title(One)/Parent 90 0 R/Next 92 0 R>>",
        92: b"<</Title(Two)/Parent 90 0 R/Next 91 0 R>>",
    }
    outline = record(pdf("a page", catalog="/Outlines 90 0 R", more=more)).outline
    assert [section.heading for section in outline] == ["One", "Two"]
    assert capfd.readouterr().err == ""


def test_title_is_read_from_the_layout_if_the_information_has_none() -> None:
    page = (Text("Hidden chains in fishing", 24, y=700), *lines(PARAGRAPH, top=600))
    facts = record(pdf(page, info={"Title": "Microsoft Word - x12.doc"}))
    assert facts.first(Field.TITLE) == "Hidden chains in fishing"


def test_stated_title_keeps_its_spelling_but_no_invisible_marks() -> None:
    raw = "\\376\\377" + "".join(
        f"\\{byte:03o}" for byte in "Hidden\u00ad chains\uff1a fees".encode("utf-16-be")
    )
    data = pdf("Hidden chains: fees\n" + PARAGRAPH, info={"Title": raw})
    assert record(data).first(Field.TITLE) == "Hidden chains\uff1a fees"


def test_right_to_left_title_stands_in_reading_order() -> None:
    # Drawn from left to right, as layout programs do: the code d, drawn last, is read first.
    hebrew = {"a": "ם", "b": "ו", "c": "ל", "d": "ש"}
    page = (Text("abcd abcd", 24, y=700, font="U"), *lines(PARAGRAPH, top=600))
    assert record(pdf(page, unicode=hebrew)).first(Field.TITLE) == "שלום שלום"


def test_scanned_page_among_others_needs_ocr() -> None:
    extraction = read(pdf(PARAGRAPH, SCAN), "report.pdf")
    assert extraction.state is FileState.OK
    assert issues(extraction) == [(2, FileState.NEEDS_OCR)]
    assert [page.needs_ocr for page in extraction.records[0].pages] == [False, True]


def test_stamp_on_a_scan_does_not_hide_that_it_needs_ocr() -> None:
    extraction = read(pdf(PARAGRAPH, (*SCAN, Text("Digitised 2004"))), "report.pdf")
    assert issues(extraction) == [(2, FileState.NEEDS_OCR)]
    assert extraction.records[0].pages[1].text == "Digitised 2004"


def test_document_of_scans_has_no_text_and_says_why() -> None:
    extraction = read(pdf(SCAN, SCAN), "report.pdf")
    assert (extraction.state, extraction.records) == (FileState.NO_TEXT, ())
    assert extraction.reason == "2 of 2 pages are pictures without text"


def test_blank_pages_are_no_trouble() -> None:
    extraction = read(pdf(PARAGRAPH, "", PARAGRAPH), "report.pdf")
    assert (extraction.state, extraction.issues) == (FileState.OK, ())


def test_document_of_blank_pages_has_no_text() -> None:
    assert read(pdf("", ""), "report.pdf").state is FileState.NO_TEXT


def test_page_whose_font_has_no_characters_is_not_taken_for_text() -> None:
    controls = dict(zip("abcdefgh", "\x01\x02\x03\x04\x05\x06\x07\x08", strict=True))
    extraction = read(pdf(PARAGRAPH, (Text("abcdefgh" * 5, font="U"),), unicode=controls), "report.pdf")
    assert issues(extraction) == [(2, FileState.NEEDS_OCR)]
    assert extraction.records[0].pages[1].text == ""


def test_pages_beyond_those_that_the_second_reader_tries_need_ocr() -> None:
    blanks = {"a": " ", "b": " "}
    page = (Text("abab", font="U"),)
    extraction = read(pdf(PARAGRAPH, *[page] * 51, unicode=blanks), "report.pdf")
    assert {issue.state for issue in extraction.issues} == {FileState.NEEDS_OCR}
    assert len(extraction.issues) == 51
    assert extraction.records[0].pages[51].needs_ocr


def test_document_of_which_no_characters_are_found_says_why() -> None:
    extraction = read(pdf((Text("abab", font="U"),), unicode={"a": " ", "b": " "}), "report.pdf")
    assert extraction.state is FileState.NO_TEXT
    assert extraction.reason.startswith("1 of 1 pages have text, but no characters were found")


@pytest.mark.parametrize("space", [" ", "   ", "\xa0"])
def test_page_of_spaces_is_blank(space: str) -> None:
    extraction = read(pdf(PARAGRAPH, (Text(space), Text(space, y=600))), "report.pdf")
    assert (extraction.state, extraction.issues) == (FileState.OK, ())


@pytest.mark.parametrize(
    ("shapes", "state"), [(30, FileState.NO_TEXT), (200, FileState.NO_TEXT), (201, FileState.NEEDS_OCR)]
)
def test_drawing_without_text_is_reported_and_read_by_ocr_if_it_may_have_letters(
    shapes: int, state: FileState
) -> None:
    strokes = b"".join(b"%d 0 m %d 90 l S\n" % (at, at) for at in range(shapes))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        4: b"<</Length %d>>stream\n%s\nendstream" % (len(strokes), strokes),
    }
    assert issues(read(assemble(objects), "report.pdf")) == [(1, state)]


def test_damaged_page_costs_only_itself() -> None:
    data = pdf(PARAGRAPH, PARAGRAPH, PARAGRAPH).replace(b"12 0 obj\n<<", b"12 0 obj\n[<")
    extraction = read(data, "report.pdf")
    assert extraction.state is FileState.OK
    assert issues(extraction) == [(2, FileState.MALFORMED)]
    assert [page.text for page in extraction.records[0].pages] == [PARAGRAPH, "", PARAGRAPH]


def test_locked_document_asks_for_a_copy_without_password() -> None:
    extraction = read(pdf(PARAGRAPH, trailer=LOCKED), "report.pdf")
    assert extraction.state is FileState.ENCRYPTED
    assert "password" in extraction.reason


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"nonsense " * 50, pdf(PARAGRAPH)[:120]])
def test_damaged_document_is_malformed_with_a_reason(data: bytes) -> None:
    extraction = read(data, "report.pdf")
    assert extraction.state is FileState.MALFORMED
    assert "damaged or cut short" in extraction.reason


def test_document_that_pdfium_refuses_is_read_by_the_second_reader() -> None:
    assert record(pdf(PARAGRAPH, count=0)).pages[0].text == PARAGRAPH


def test_document_with_too_many_pages_is_too_big() -> None:
    extraction = read(pdf(PARAGRAPH, count=30_000), "report.pdf")
    assert extraction.state is FileState.TOO_BIG
    assert "30,000 pages" in extraction.reason


def test_file_cut_short_anywhere_ends_in_a_state_with_a_reason() -> None:
    whole = pdf(PARAGRAPH, SCAN, info={"Title": "Hidden chains"})
    for end in range(1, len(whole), 97):
        extraction = read(whole[:end], "report.pdf")
        assert extraction.state is FileState.OK or extraction.reason, end


@settings(max_examples=examples(40))
@given(st.data())
def test_flipped_bytes_never_raise(data: st.DataObject) -> None:
    damaged = bytearray(pdf(PARAGRAPH, info={"Title": "Hidden chains", "CreationDate": "D:20200101"}))
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    extraction = read(bytes(damaged), "report.pdf")
    assert extraction.state not in {FileState.CRASHED, FileState.MEMORY}


WARM = """
import sys
from tipsearch.extract import read, warm_up
warm_up()
loaded = set(sys.modules)
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        print(read(file.read(), path).state)
print(sorted(name for name in set(sys.modules) - loaded))
"""


def test_nothing_is_loaded_after_warming_up_nor_written_to_stderr(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("warm")
    files = {
        "good.pdf": pdf(PARAGRAPH),
        "refused.pdf": pdf(PARAGRAPH, count=0),
        "bad.pdf": b"%PDF-1.4 nonsense",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", WARM, *(str(folder / name) for name in files)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n")[:4] == ["ok", "ok", "malformed", "[]"]
    assert done.stderr == ""
