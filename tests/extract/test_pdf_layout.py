"""Lines of a page with type size and weight, and the second reader."""

from __future__ import annotations

from pdfs import Text, lines, pdf

from tipsearch.extract.pdf.layout import read_layout
from tipsearch.extract.pdf.second import read_some, read_whole


def test_lines_come_from_top_to_bottom_with_size_weight_and_place() -> None:
    page = (Text("Below", 11, y=500), Text("A headline", 24, y=700, font="B"))
    head, below = read_layout(pdf(page))
    assert (head.text, head.size, head.bold) == ("A headline", 24, True)
    assert (below.text, below.size, below.bold) == ("Below", 11, False)
    assert (round(head.top, 2), head.left) == (0.12, 60)
    assert head.right > head.left + 100


def test_small_capitals_make_one_line_with_their_capitals() -> None:
    page = (Text("H", 20, x=60), Text("IDDEN", 15, x=75))
    assert [line.text for line in read_layout(pdf(page))] == ["HIDDEN"]


def test_columns_are_lines_of_their_own() -> None:
    page = (Text("left column", x=60), Text("right column", x=320))
    assert [line.text for line in read_layout(pdf(page))] == ["left column", "right column"]


def test_words_set_apart_are_parted_by_a_space() -> None:
    page = (Text("Hidden", 12, x=60), Text("chains", 12, x=103))
    assert [line.text for line in read_layout(pdf(page))] == ["Hidden chains"]


def test_any_page_can_be_asked_for() -> None:
    assert [line.text for line in read_layout(pdf("one", "two"), 2)] == ["two"]


def test_damaged_file_has_no_layout() -> None:
    assert read_layout(b"%PDF-1.4 nonsense") == ()


def test_page_of_endless_text_is_read_only_as_far_as_a_title_goes() -> None:
    long = lines("\n".join(["word " * 200] * 150), size=4)
    assert 0 < sum(len(line.text) for line in read_layout(pdf(long))) <= 20_000


def test_second_reader_reads_whole_documents_with_their_information() -> None:
    raw = read_whole(pdf("A page of text", "Another", info={"Title": "Hidden chains"}))
    assert raw is not None
    assert [page.text.strip() for page in raw.pages] == ["A page of text", "Another"]
    assert raw.info is not None
    assert raw.info["Title"] == "Hidden chains"


def test_second_reader_reads_the_pages_it_is_asked_for() -> None:
    assert {
        number: text.strip() for number, text in read_some(pdf("one", "two", "three"), {2, 3}).items()
    } == {
        2: "two",
        3: "three",
    }


def test_second_reader_gives_nothing_for_what_it_cannot_read() -> None:
    assert read_whole(b"nonsense") is None
    assert read_some(b"nonsense", {1}) == {}
