"""A test collection as it lies in a folder: ``corpus.jsonl``, ``queries.jsonl`` and ``qrels.tsv``, as in BEIR.

Judgements may have a line of headings or none, and three columns (query, document, grade) or the four of TREC (query,
iteration, document, grade); tabs part them, or any white space in a line without tabs.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from tipsearch.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

#: What can't stand in an id, as lines of judgements and runs are parted by it.
_PARTING = frozenset("\t\n\r")
_COLUMNS = (3, 4)


class Entry(msgspec.Struct, frozen=True):
    """A document or a query; other keys are ignored."""

    id: str | int = msgspec.field(name="_id")
    title: str | None = None
    text: str | None = None


_DECODER = msgspec.json.Decoder(Entry)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of a collection."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """A test collection.

    Attributes:
        papers: by id, in the order of the file.
        queries: texts by id, in the order of the file.
        judgements: grades by query and document, for those of the queries that somebody has judged.
        warnings: what is odd about it, and what becomes of that, a sentence each.
    """

    papers: Mapping[str, Paper]
    queries: Mapping[str, str]
    judgements: Mapping[str, Mapping[str, int]]
    warnings: tuple[str, ...] = ()


def read_collection(folder: Path) -> Collection:
    """The collection in a folder.

    Raises:
        SourceError: a file is missing or a line can't be understood; names both.
    """
    papers = {
        name: Paper(entry.title or "", entry.text or "") for name, entry in _entries(folder / "corpus.jsonl")
    }
    queries = {name: entry.text or "" for name, entry in _entries(folder / "queries.jsonl")}
    judged = _judgements(folder / "qrels.tsv")
    known = {query: grades for query, grades in judged.items() if query in queries}
    if not known:
        raise SourceError(
            f"{folder / 'qrels.tsv'} judges none of the queries in queries.jsonl: check that they belong together"
        )
    strangers = set(chain.from_iterable(known.values())).difference(papers)
    warnings = (
        _missing(len(judged) - len(known), "queries", "queries.jsonl", "they are left out"),
        _missing(len(strangers), "documents", "corpus.jsonl", "they count as not found"),
    )
    return Collection(papers, queries, known, tuple(filter(None, warnings)))


def _missing(count: int, what: str, file: str, consequence: str) -> str:
    return f"qrels.tsv names {count:,} {what} that are not in {file}; {consequence}" if count else ""


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers from 1."""
    try:
        # Lines end as in JSON lines: a text may hold U+2028 and its like.
        with file.open(encoding="utf-8-sig", newline="\n") as opened:
            for number, line in enumerate(opened, start=1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except FileNotFoundError as error:
        raise SourceError(
            f"there is no {file}; a test collection has corpus.jsonl, queries.jsonl and qrels.tsv"
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{file} is not UTF-8 ({error.reason} at byte {error.start}); save it so"
        ) from error
    except OSError as error:
        raise SourceError(f"{file} can't be read: {error.strerror}") from error


def _entries(file: Path) -> Iterator[tuple[str, Entry]]:
    seen: set[str] = set()
    for number, line in _lines(file):
        try:
            entry = _DECODER.decode(line)
        except (msgspec.DecodeError, RecursionError) as error:
            raise _refused(file, number, f'not an object with "_id" and "text" ({error})') from error
        name = str(entry.id)
        if not name.strip() or not _PARTING.isdisjoint(name):
            raise _refused(file, number, f"the _id {name!r} is empty or holds a tab or a line's end")
        if name in seen:
            raise _refused(file, number, f"the _id {name!r} stands there twice")
        seen.add(name)
        yield name, entry
    if not seen:
        raise SourceError(f"{file} is empty")


def _judgements(file: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for number, line in _lines(file):
        columns = line.split("\t") if "\t" in line else line.split()
        if len(columns) not in _COLUMNS:
            raise _refused(file, number, f"{len(columns)} columns instead of query, document and grade")
        query, document, grade = columns[0], columns[-2], _grade(columns[-1])
        if grade is None:
            if number == 1:
                continue  # the headings
            raise _refused(file, number, f"the grade is a whole number, not {columns[-1]!r}")
        if found.setdefault(query, {}).setdefault(document, grade) != grade:
            raise _refused(
                file, number, f"document {document!r} has another grade for query {query!r} before"
            )
    return found


def _grade(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None


def _refused(file: Path, line: int, reason: str) -> SourceError:
    return SourceError(f"{file}, line {line}: {reason}")
