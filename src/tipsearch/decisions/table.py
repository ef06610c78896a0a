"""Decisions as a table for spreadsheets: written, edited there, and read back.

A row names a document (``id``, else ``file`` or ``url``) or a tag of sources (``tag``); the other columns are its fields. An
empty cell says nothing, ``(none)`` that there is no value, ``(undo)`` takes a decision back.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import process

from tipsearch.cite.csv import guarded, unguarded
from tipsearch.decisions.orders import Order, Wish
from tipsearch.decisions.values import FIELDS, NONE, OF_WORDS
from tipsearch.errors import BadDecision, NotFound
from tipsearch.vocabulary import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tipsearch.decisions.names import Names
    from tipsearch.decisions.values import Values
    from tipsearch.model import Document, Field

#: Columns that name what a row is about; of the first three the first that is filled in counts.
_BY_NAME = ("id", "file", "url")
_TAG = "tag"
COLUMNS = ("id", _TAG, "file", "url", *(field.value for field in FIELDS))
#: Takes a decision back.
UNDO = "(undo)"

_SEPARATORS = ",;\t|"
_HEAD = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a table: the row as spreadsheets count it (the head is 1), the column, and what to do.

    Attributes:
        row: 0 for the table as a whole.
        column: empty where it is the whole row.
    """

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = f"row {self.row}" if self.row else "the table"
        return f"{where}{', ' * bool(self.column)}{self.column}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table says: orders, and what is wrong with it; a row with something wrong gives no order."""

    orders: tuple[Order, ...]
    problems: tuple[Problem, ...]


def write_table(
    documents: Mapping[str, Document],
    decided: Mapping[str, Mapping[Field, Sequence[str]]],
    tags: Mapping[str, Mapping[Field, Sequence[str]]],
) -> str:
    """What stands of all decisions.

    Args:
        documents: by id, all that were decided on.
        decided: document ids to fields and values.
        tags: words of sources likewise.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in sorted(documents.values(), key=lambda document: (document.path or "", document.id)):
        where = {"id": one.id, "file": one.path or "", "url": one.url or ""}
        writer.writerow(_row(where, decided[one.id]))
    for word, fields in sorted(tags.items()):
        writer.writerow(_row({_TAG: word}, fields))
    return out.getvalue()


def read_table(data: bytes, names: Names, values: Values) -> Reading:
    """Read a table in UTF-8, with commas, semicolons, tabs or bars between its cells.

    Args:
        data: the file's bytes.
        names: finds the documents.
        values: reads the values.
    """
    try:
        rows = list(_rows(data))
    except BadDecision as error:
        return Reading((), (Problem(0, "", str(error)),))
    if not rows:
        return Reading(
            (), (Problem(0, "", f"it is empty; its first row names the columns: {', '.join(COLUMNS)}"),)
        )
    head = [unguarded(cell.strip()).casefold() for cell in rows[0]]
    problems = tuple(_wrong_with_head(head))
    return Reading((), problems) if problems else _Rows(head, names, values).read(rows[1:])


def _row(where: Mapping[str, str], fields: Mapping[Field, Sequence[str]]) -> list[str]:
    said = {field.value: "; ".join(values) or NONE for field, values in fields.items()}
    return [guarded({**where, **said}.get(column, "")) for column in COLUMNS]


def _rows(data: bytes) -> Iterator[list[str]]:
    text = _decoded(data)
    first, _, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep=") and len(first.strip()) == len("sep=;"):
        text, separator = rest, first.strip()[-1]
    else:
        separator = max(_SEPARATORS, key=lambda one: _columns_known(first, one))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise BadDecision(
            f"it can't be read from line {reader.line_num} on ({error}); save it as CSV again"
        ) from error


def _decoded(data: bytes) -> str:
    """The table's text; spreadsheets also write UTF-16."""
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadDecision(
            f"it is not text in UTF-8 (line {line}); save it as «CSV UTF-8», in which all names can be written"
        ) from error


def _columns_known(line: str, separator: str) -> int:
    cells = (unguarded(cell.strip().strip('"')).casefold() for cell in line.split(separator))
    return sum(cell in COLUMNS for cell in cells)


def _wrong_with_head(head: Sequence[str]) -> Iterator[Problem]:
    unknown = [column for column in dict.fromkeys(head) if column and column not in COLUMNS]
    if unknown:
        near = process.extractOne(unknown[0], COLUMNS, score_cutoff=75)
        hint = f"Did you mean {near[0]}? " if near else ""
        reason = (
            f"there are no such columns: {', '.join(unknown[:20])}. {hint}There are: {', '.join(COLUMNS)}"
        )
        yield Problem(_HEAD, "", reason)
    for column in dict.fromkeys(head):
        if column in COLUMNS and head.count(column) > 1:
            yield Problem(_HEAD, column, "this column is there twice")
    if not {*_BY_NAME, _TAG} & {*head}:
        yield Problem(
            _HEAD, "", f"no column says which document a row is about: {', '.join(_BY_NAME)} or {_TAG}"
        )
    if not {*FIELDS} & {*head}:
        yield Problem(_HEAD, "", f"no column says what to decide: {', '.join(FIELDS)}")


class _Rows:
    """Reads rows below a head."""

    def __init__(self, head: Sequence[str], names: Names, values: Values) -> None:
        self._head = head
        self._names = names
        self._values = values
        self._problems: list[Problem] = []
        self._seen: dict[tuple[str, str], int] = {}

    def read(self, rows: Sequence[Sequence[str]]) -> Reading:
        orders = []
        for number, row in enumerate(rows, _HEAD + 1):
            cells = [unguarded(cell.strip()) for cell in row]
            if any(cells) and (order := self._order(number, cells)):
                orders.append(order)
        return Reading(tuple(orders), tuple(self._problems))

    def _order(self, number: int, cells: Sequence[str]) -> Order | None:
        before = len(self._problems)
        if any(cells[len(self._head) :]):
            self._wrong(
                number,
                "",
                f"it has {len(cells)} cells, the head {len(self._head)}: put quotes around values with separators",
            )
            return None
        said = {column: cell for column, cell in zip(self._head, cells, strict=False) if column and cell}
        document, tag = self._about(number, said)
        wishes = {field: wish for field, wish in self._wishes(number, said, tag)}  # noqa: C416  mypy
        if len(self._problems) > before:
            return None
        return Order(document, tag, wishes) if wishes else None

    def _about(self, number: int, said: Mapping[str, str]) -> tuple[str, str]:
        """The document or the tag that a row is about."""
        column = next((one for one in _BY_NAME if one in said), None)
        tag = said.get(_TAG, "")
        document = ""
        if column is None and not tag:
            self._wrong(number, "", f"nothing says what it is about: fill in {', '.join(_BY_NAME)} or {_TAG}")
        elif column and tag:
            self._wrong(number, _TAG, "a row is about a document or about a tag, not both")
        elif column:
            try:
                document = self._names.id_of(said[column])
            except (NotFound, BadDecision) as error:
                self._wrong(number, column, str(error))
        elif not fold_name(tag):
            self._wrong(number, _TAG, f"{tag!r} is no tag: there is no letter in it")
        about = document, fold_name(tag)
        if any(about) and self._seen.setdefault(about, number) != number:
            self._wrong(
                number, column or _TAG, f"row {self._seen[about]} is about the same; put all into one row"
            )
        return document, tag

    def _wishes(self, number: int, said: Mapping[str, str], tag: str) -> Iterator[tuple[Field, Wish]]:
        for field in FIELDS:
            cell = said.get(field)
            if cell is None:
                continue
            if tag and field not in OF_WORDS:
                self._wrong(
                    number, field, f"a tag can only mean a {', '.join(OF_WORDS[:-1])} or {OF_WORDS[-1]}"
                )
            elif cell.casefold() == UNDO:
                yield field, Wish(undone=True)
            else:
                try:
                    yield field, Wish(self._values.read(field, [cell]))
                except BadDecision as error:
                    self._wrong(number, field, str(error))

    def _wrong(self, row: int, column: str, reason: str) -> None:
        self._problems.append(Problem(row, column, reason))
