"""Pages in scripts that a PDF draws otherwise than they are spelt: each file shows one fault of PDFium's text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pdfs import Text, pdf, says

from tipsearch.extract import read
from tipsearch.extract.pdf.signs import Sign
from tipsearch.extract.pdf.spelling import _with_spaces

RUNS_LEFT = "/ViewerPreferences<</Direction/R2L>>"
REVERSED = " /ReversedChars BMC"
HEBREW = {"a": "ם", "b": "ו", "c": "ל", "d": "ש"}
ARABIC = {"h": "ه", "l": "ا", "m": "م", "r": "ر", "t": "ة", "z": "ز", "L": "لا", "F": "\ufefb", "K": "\ufc41"}
ARABIC |= {"C": "ر\u064b", "N": "\u200cط"}


def text(*drawn: Text, unicode: dict[str, str], catalog: str = "") -> str:
    extraction = read(pdf(drawn, unicode=unicode, catalog=catalog), "page.pdf")
    return extraction.records[0].pages[0].text


def signs(*parts: tuple[str, float] | tuple[str, float, str]) -> tuple[Text, ...]:
    """Pieces of one line: the letters of font U, where they begin, and the operators that mark them."""
    return tuple(Text(part[0], 12, x=part[1], font="U", marks="".join(part[2:])) for part in parts)


@pytest.mark.parametrize("catalog", ["", RUNS_LEFT])
def test_a_latin_line_keeps_its_order_on_a_right_to_left_page(catalog: str) -> None:
    drawn = (Text("A head that runs 12.5", 12, y=750), Text("abcd abcd abcd abcd abcd", 12, font="U"))
    assert text(*drawn, unicode=HEBREW, catalog=catalog).split("\n")[0] == "A head that runs 12.5"


@pytest.mark.parametrize("catalog", ["", RUNS_LEFT])
@pytest.mark.parametrize(
    ("drawn", "read_as"),
    [
        ("abcd (abcd) 12.5 abcd", "שלום 12.5 (שלום) שלום"),
        (".2019 abcd", "שלום 2019."),
        ("50% 1/2 abcd", "שלום 1/2 50%"),
        ("abcd NGO abcd", "שלום NGO שלום"),
        ("(3)(abcd)15 abcd", "שלום 15(שלום)(3)"),
        ("MOLISA \xab abcd \xbb abcd abcd", "שלום שלום « שלום » MOLISA"),
    ],
)
def test_numbers_brackets_and_full_stops_stand_where_they_are_read(
    drawn: str, read_as: str, catalog: str
) -> None:
    assert text(Text(drawn, 12, font="U"), unicode=HEBREW, catalog=catalog) == read_as


def test_a_declared_reading_in_a_right_to_left_line_is_not_turned_around() -> None:
    drawn = signs(("m", 60, REVERSED), ("h", 67.2, says("که") + REVERSED), (" m", 74.4, REVERSED))
    assert text(*drawn, unicode=ARABIC) == "م کهم"


def test_a_declared_reading_that_pdfium_takes_for_its_neighbours_is_there() -> None:
    drawn = signs(
        ("m ", 60, REVERSED),
        ("l", 74.4, says("\u200cا") + REVERSED),
        ("h", 81.6, says("ه") + REVERSED),
        (" m", 88.8),
    )
    assert text(*drawn, unicode=ARABIC) == "م ه\u200cا م"


def test_a_mark_drawn_for_itself_says_its_cluster_once() -> None:
    drawn = (*signs(("m ", 60), ("C", 74.4), ("m", 81.6)), Text("C", 12, x=76, y=702, font="U"))
    assert text(*drawn, unicode=ARABIC) == "مرً م"


def test_a_mark_drawn_for_itself_completes_a_letter_that_lacks_it() -> None:
    drawn = (*signs(("m ", 60), ("r", 74.4), ("m", 81.6)), Text("C", 12, x=76, y=702, font="U"))
    assert text(*drawn, unicode=ARABIC) == "مرً م"


def test_a_thai_cluster_is_said_once_though_its_mark_is_drawn_for_itself() -> None:
    thai = {"a": "ก", "b": "ดิ์", "c": "ง"}
    drawn = (*signs(("a", 60), ("b", 67.2, says("ดิ์")), ("c", 74.4)), Text("b", 12, x=69, y=699.4, font="U"))
    assert text(*drawn, unicode=thai) == "กดิ์ง"


def test_a_cluster_said_twice_side_by_side_stays_twice() -> None:
    thai = {"a": "ก", "b": "ชิ"}
    assert text(*signs(("a", 60), ("b", 67.2, says("ชิ")), ("b", 74.4)), unicode=thai) == "กชิชิ"


def test_a_space_drawn_between_declared_clusters_is_there() -> None:
    hindi = {"a": "स", "b": "ब", "c": "र"}
    drawn = signs(("a", 60, says("से")), (" ", 67.2), ("b", 69.3, says("ब")), ("cc", 76.5))
    assert text(*drawn, unicode=hindi) == "से बरर"


@pytest.mark.parametrize(
    ("drawn", "read_as"), [("mLm", "ملام"), ("mFm", "ملام"), ("mKm", "ملخم"), ("mNr", "ر\u200cطم")]
)
def test_a_ligature_is_read_in_its_order_however_the_font_names_it(drawn: str, read_as: str) -> None:
    assert text(Text(drawn, 12, font="U"), unicode=ARABIC) == read_as


def test_words_that_a_program_drew_from_left_to_right_are_read_so() -> None:
    assert text(Text("zlrt mrt", 12, font="U"), unicode=ARABIC) == "زارة مرة"
    assert text(Text("trm trlz", 12, font="U"), unicode=ARABIC) == "زارة مرة"


def test_a_line_with_a_raised_letter_stays_one_line() -> None:
    drawn = (*signs(("abcd ", 60), ("abcd", 110)), Text("d", 12, x=100, y=700.9, font="U"))
    assert text(*drawn, unicode=HEBREW) == "שלום ש שלום"


def test_narrow_gaps_between_thai_letters_are_no_spaces() -> None:
    row = [Sign(letter, 10.0 * at, 10.0 * at + 7.0, 0.0, 14.0, 0.0) for at, letter in enumerate("สทธมนษยชน")]
    tight = [
        Sign(letter, 10.0 * at, 10.0 * at + 9.9, 0.0, 14.0, 0.0) for at, letter in enumerate("สทธมนษยชน")
    ]
    moved = [*tight[:4], *row[4:]]
    assert "".join(_with_spaces(moved)) == "สทธมนษยชน"
    far = [*tight[:4], *(replace(one, left=one.left + 12, right=one.right + 12) for one in tight[4:])]
    assert "".join(_with_spaces(far)) == "สทธม นษยชน"
