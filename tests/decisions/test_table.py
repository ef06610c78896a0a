"""Decisions as a table: what a spreadsheet makes of it is read, and what is wrong is named by row and column."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chance import examples
from decisions.shelf import ids
from tipsearch.cite.csv import guarded, unguarded
from tipsearch.cite.plain import one_line
from tipsearch.decisions.table import COLUMNS

if TYPE_CHECKING:
    from tipsearch import Library
    from tipsearch.decisions import Order

HEAD = "id,region,date,title\r\n"


def read(library: Library, text: str, encoding: str = "utf-8") -> tuple[Order, ...]:
    found = library.desk.read_table(text.encode(encoding))
    assert not found.problems
    return found.orders


def wrong(library: Library, data: bytes) -> list[tuple[int, str, str]]:
    found = library.desk.read_table(data)
    return [(one.row, one.column, one.reason) for one in found.problems]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_what_stands_is_written_and_read_back_without_a_change(filled: Library) -> None:
    notes, bare = (ids(filled)[f"texts/{name}.txt"] for name in ("notes", "bare name"))
    filled.decide(
        notes, {"region": ["nepal", "qatar"], "date": "", "publisher": "A, B; C", "title": '=1+1 "or"'}
    )
    filled.decide(bare, {"author": "Rai, Asha; Doe", "role": "origin:nepal", "topic": ""})
    filled.desk.carry_out([filled.desk.order(tag="Sea slavery", values={"topic": "fishing", "region": ""})])
    table = filled.desk.table()
    first, second, third = rows(table)
    assert tuple(first) == COLUMNS
    assert (second["id"], second["file"], second["region"]) == (notes, "texts/notes.txt", "nepal; qatar")
    assert (second["date"], second["title"], second["language"]) == ("(none)", '\'=1+1 "or"', "")
    assert (first["author"], first["topic"]) == ("Rai, Asha; Doe", "(none)")
    assert (third["tag"], third["topic"], third["region"]) == ("Sea slavery", "fishing", "(none)")
    outcome = filled.desk.carry_out(read(filled, table))
    assert not [change for one in outcome.decided for change in one.changes if change.decided]
    assert filled.desk.table() == table


def test_a_table_restores_what_was_taken_back(filled: Library) -> None:
    notes = ids(filled)["texts/notes.txt"]
    filled.decide(notes, {"region": "qatar", "title": "'=quoted"})
    filled.desk.carry_out([filled.desk.order(tag="Sea slavery", values={"topic": "fishing"})])
    table = filled.desk.table()
    filled.undecide(notes)
    filled.desk.carry_out([filled.desk.order(tag="Sea slavery", undo=["all"])])
    assert len(rows(filled.desk.table())) == 0
    filled.desk.carry_out(read(filled, table))
    assert filled.desk.table() == table
    assert filled.document(notes).title == "'=quoted"


@given(st.text(max_size=20))
def test_every_cell_is_read_back_as_it_was(cell: str) -> None:
    assert unguarded(guarded(cell)) == one_line(cell)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_what_spreadsheets_save_is_read(filled: Library, encoding: str, separator: str) -> None:
    notes = ids(filled)["texts/notes.txt"]
    text = f'ID{separator}Title{separator} region \n{notes}{separator}"Fées{separator} and"{separator}"HK, Nepal"\n\n'
    (order,) = read(filled, text, encoding)
    assert order.document == notes
    assert {field.value: wish.values for field, wish in order.wishes.items()} == {
        "title": (f"Fées{separator} and".replace("\t", " ").replace("  ", " "),),
        "region": ("hong-kong", "nepal"),
    }


def test_a_line_that_only_names_the_separator_is_passed_over(filled: Library) -> None:
    (order,) = read(filled, "sep=;\nfile;region\nold/notes.txt;HK\n")
    assert order.document == ids(filled)["texts/old/notes.txt"]


def test_empty_cells_say_nothing_and_two_words_say_all_else(filled: Library) -> None:
    notes = ids(filled)["texts/notes.txt"]
    (order,) = read(filled, f"id,region,date,topic,title,\r\n{notes},(None),(UNDO),,,\r\n,,,,,\r\n")
    wishes = {field.value: wish for field, wish in order.wishes.items()}
    assert wishes.keys() == {"region", "date"}
    assert wishes["region"].values == ()
    assert wishes["date"].undone


def test_a_row_without_decisions_is_no_order(filled: Library) -> None:
    assert read(filled, f"{HEAD}{ids(filled)['texts/notes.txt']},,,\r\n") == ()


def test_everything_wrong_is_named_by_row_and_column(filled: Library) -> None:
    notes = ids(filled)["texts/notes.txt"]
    text = (
        f"{HEAD}{notes},Nepaal,2021-13,\r\n"
        "nobody,asia,,\r\n"
        ",asia,,\r\n"
        f'{notes},asia,,"(none)"\r\n'
        "bare name.txt,asia,2021,x,y\r\n"
    )
    found = wrong(filled, text.encode())
    assert [(row, column) for row, column, _ in found] == [
        (2, "date"),
        (2, "region"),
        (3, "id"),
        (4, ""),
        (5, "id"),
        (5, "title"),
        (6, ""),
    ]
    reasons = [reason for _, _, reason in found]
    assert "did you mean Nepal?" in reasons[1]
    assert "row 2 is about the same" in reasons[4]
    assert "5 cells, the head 4" in reasons[6]


def test_rows_are_counted_as_spreadsheets_do(filled: Library) -> None:
    notes = ids(filled)["texts/notes.txt"]
    text = f'{HEAD}{notes},,,"Two\nlines"\r\n\r\nnobody,asia,,\r\n'
    assert [(row, column) for row, column, _ in wrong(filled, text.encode())] == [(4, "id")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"id,regoin\r\n", "no such columns: regoin. Did you mean region?"),
        (b"id,title,authors,regions,pages\r\n", "no such columns: authors, regions, pages"),
        (b"region,date\r\n", "no column says which document"),
        (b"id,file,url\r\n", "no column says what to decide"),
        (b"id,region,Region\r\n", "twice"),
        (b"id,title\r\nx,f\xfcr\r\n", "not text in UTF-8 (line 2)"),
        (b'id,title\r\nx,"open\r\n', "can't be read from line 2"),
        (b"\xff\xfei", "not text"),
        (b"\0\0\0\0", "no such columns"),
    ],
)
def test_what_is_no_table_of_decisions_says_why(filled: Library, data: bytes, words: str) -> None:
    found = filled.desk.read_table(data)
    assert not found.orders
    assert words in "; ".join(map(str, found.problems))


def test_a_row_about_a_tag_can_only_say_what_a_tag_means(filled: Library) -> None:
    (order,) = read(filled, "tag,topic\r\nSea slavery,fishing\r\n")
    assert (order.document, order.tag) == ("", "Sea slavery")
    found = wrong(
        filled,
        b"id,tag,date,topic\r\nx,Sea slavery,,fishing\r\n,Sea,2021,\r\n,***,,fishing\r\n,SEA,,fishing\r\n",
    )
    assert [(row, column) for row, column, _ in found] == [(2, "tag"), (3, "date"), (4, "tag"), (5, "tag")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(50))
@given(
    data=st.binary(max_size=60),
    head=st.sampled_from([b"", b"id,region,date\n", b"tag;topic\n", b"file\ttitle\n"]),
)
def test_whatever_is_read_is_an_order_or_a_problem(filled: Library, data: bytes, head: bytes) -> None:
    found = filled.desk.read_table(head + data)
    assert all(one.reason for one in found.problems)
    assert all(one.wishes for one in found.orders)
