"""Questions to the catalogue, within one consistent state of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select

from tipsearch.catalogue import arrivals, breaks, codec, decisions, samples, scans, tagging, words
from tipsearch.catalogue.schema import (
    crashes,
    documents,
    facts,
    files,
    identity,
    pages,
    records,
    runs,
    sources,
)
from tipsearch.model import FileState, Page, RecordKind

if TYPE_CHECKING:
    from typing import TypeAlias

    #: SQLAlchemy types rows by position, one way in 2.0 and another in 2.1.
    Row: TypeAlias = Any

    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from tipsearch.catalogue.breaks import OpenBreaks
    from tipsearch.catalogue.decisions import Decided, Decision
    from tipsearch.catalogue.tagging import TaggedRecord
    from tipsearch.catalogue.words import Carried, Meanings
    from tipsearch.model import Document, Fact, Field, PageIssue, Scan


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as it was when it was last looked at.

    Attributes:
        path: as the operating system's bytes.
        reader: version of the code that read it.
        duplicate_of: number of the file whose bytes it has, None if it was read itself.
    """

    id: int
    path: bytes
    size: int
    mtime_ns: int
    inode: int
    sha256: str | None
    state: FileState
    reason: str
    reader: str
    duplicate_of: int | None


@dataclass(frozen=True, slots=True)
class Original:
    """A file that was read itself: its number and its state."""

    id: int
    state: FileState


@dataclass(frozen=True, slots=True)
class FileReport:
    """A file with its state, reason and the pages that gave no text.

    Attributes:
        unreadable: by number, why OCR could not read a page, where it has tried.
    """

    path: str
    state: FileState
    reason: str
    issues: tuple[PageIssue, ...]
    unreadable: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Changed:
    """A document that changed: its number in the order of changes, and what it is now (None: removed)."""

    seq: int
    id: str
    document: Document | None
    pages: tuple[Page, ...]
    beside: tuple[Page, ...] = ()


class View:
    """Reads the catalogue; made by `Catalogue.view`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def documents(self, ids: Sequence[str]) -> dict[str, Document]:
        """Documents by id; unknown and removed ones are left out."""
        rows = self._connection.execute(_DOCUMENTS, {"ids": list(ids)})
        return {row.id: codec.unpack_document(row.composed) for row in rows}

    def arrivals(self, ids: Sequence[str]) -> dict[str, str]:
        """By id, when (ISO 8601, UTC) each of these documents came in, new or changed."""
        return arrivals.arrivals(self._connection, ids)

    def roll(self, after: str, limit: int) -> tuple[tuple[str, str], ...]:
        """The next documents behind an id, in the order of ids, each with when it came in; empty at the end."""
        return arrivals.roll(self._connection, after, limit)

    def living(self) -> Iterator[Document]:
        """All documents that there are, by id."""
        query = select(documents.c.composed).where(documents.c.composed.is_not(None)).order_by(documents.c.id)
        for composed in self._connection.scalars(query):
            yield codec.unpack_document(composed)

    def decisions(self, document_id: str | None = None) -> tuple[Decision, ...]:
        """The log of decisions, the oldest first: on one document and what has become part of it, or all."""
        return tuple(decisions.log(self._connection, document_id))

    def decided(self, ids: Sequence[str] | None = None) -> dict[str, Decided]:
        """What stands of the decisions on these documents, or on all that there are."""
        return decisions.all_decided(self._connection, ids)

    def carriers(self, word: str) -> list[str]:
        """The documents that carry a word of a source."""
        return words.carriers(self._connection, word)

    def meanings(self) -> Meanings:
        """What stands of the decisions on words, by folded word."""
        return words.meanings(self._connection)

    def spellings(self) -> dict[str, str]:
        """Each word decided on, folded, as it was typed last."""
        return words.spellings(self._connection)

    def carried(self) -> Iterator[Carried]:
        """All words of sources with the documents that carry them."""
        return words.carried(self._connection)

    def stated(self, field: Field) -> Iterator[tuple[str, Fact]]:
        """All that records say of one field, with the document that they are part of."""
        query = (
            select(records.c.document_id, facts)
            .join(records, records.c.id == facts.c.record_id)
            .where(facts.c.field == field.value)
            .order_by(records.c.document_id, facts.c.weight.desc(), facts.c.record_id, facts.c.number)
        )
        for row in self._connection.execute(query):
            yield row.document_id, codec.row_fact(row.field, row.value, row.origin, row.weight, row.evidence)

    def paths(self) -> Iterator[tuple[str, str]]:
        """Every file that is or speaks of a document itself, copies included, as readers see its path, with the document."""
        original = func.coalesce(files.c.duplicate_of, files.c.id)
        query = (
            select(files.c.path, sources.c.location, records.c.document_id)
            .join(sources, sources.c.id == files.c.source_id)
            .join(records, records.c.file_id == original)
            .where(records.c.kind == RecordKind.DOCUMENT.value)
            .order_by(files.c.path, records.c.id)
        )
        for row in self._connection.execute(query):
            yield codec.public_path(row.path, row.location), row.document_id

    def shown_as(self, item: str) -> str | None:
        """The id under which an item is shown now that it is known to be the same as another one."""
        query = select(records.c.document_id).where(records.c.item == item, records.c.document_id != item)
        return self._connection.scalar(query.order_by(records.c.id).limit(1))

    def page_list(self, document_id: str) -> tuple[tuple[int, str | None], ...]:
        """Number and printed label of each page of a document."""
        query = (
            select(pages.c.number, pages.c.label)
            .join(documents, documents.c.record_id == pages.c.record_id)
            .where(documents.c.id == document_id)
            .order_by(pages.c.number)
        )
        return tuple((row.number, row.label) for row in self._connection.execute(query))

    def ocr_pages(self, document_id: str) -> frozenset[int]:
        """Numbers of the pages of a document whose text OCR has read."""
        query = (
            select(pages.c.number)
            .join(documents, documents.c.record_id == pages.c.record_id)
            .where(documents.c.id == document_id, pages.c.ocr)
        )
        return frozenset(self._connection.scalars(query))

    def pages(self, wanted: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Page]:
        """Pages with their text, by document id and number; unknown ones are left out."""
        asked = json.dumps(list(dict.fromkeys(wanted)))
        return {
            (row.id, row.number): _page(row) for row in self._connection.execute(_PAGES_OF, {"wanted": asked})
        }

    def samples(self, found: Iterable[Document], most: int) -> dict[str, samples.Sample]:
        """By document id some of its pages, at most so many, evenly spread and in the document's own language."""
        return samples.samples(self._connection, {one.id: one.language for one in found}, most)

    def changes(self, after: int, batch: int = 20) -> Iterator[Changed]:
        """All documents that changed after that number, in the order of their changes, with their pages."""
        while rows := self._changed_rows(after, batch):
            main = [row.record_id for row in rows if row.record_id is not None]
            others = self._beside([row.id for row in rows], main)
            texts = self._texts([*main, *(one for records in others.values() for one in records)])
            for row in rows:
                document = codec.unpack_document(row.composed) if row.composed is not None else None
                beside = tuple(page for one in others.get(row.id, ()) for page in texts.get(one, ()))
                yield Changed(row.seq, row.id, document, tuple(texts.get(row.record_id, ())), beside)
            after = rows[-1].seq

    def identity(self) -> str:
        """What tells this catalogue from every other one, even one made anew in its place."""
        return str(self._connection.scalar(select(identity.c.id)))

    def state(self) -> tuple[str, int]:
        """What tells all that it holds from all that it ever held or will hold: `identity`, and the last change's number (0: none)."""
        row = self._connection.execute(_STATE).one()
        return str(row.id), row.seq or 0

    def waiting(self, after: int) -> int:
        """How many documents changed after that number."""
        return self._connection.scalar(select(func.count()).where(documents.c.seq > after)) or 0

    def known_files(self) -> dict[bytes, KnownFile]:
        """All files ever seen (and not pruned), by path."""
        columns = [getattr(files.c, name) for name in KnownFile.__dataclass_fields__]
        rows = self._connection.execute(select(*columns))
        return {row.path: KnownFile(**{**row._asdict(), "state": FileState(row.state)}) for row in rows}

    def file_with(self, sha256: str, *, but: Collection[bytes] = ()) -> Original | None:
        """A file with these bytes that was read itself, if there is one; none of those paths."""
        query = select(files.c.id, files.c.path, files.c.state).where(
            files.c.sha256 == sha256,
            files.c.duplicate_of.is_(None),
            files.c.state != FileState.GONE.value,
        )
        rows = self._connection.execute(query.order_by(files.c.id))
        return next((Original(row.id, FileState(row.state)) for row in rows if row.path not in but), None)

    def open_breaks(self, after: int) -> Iterator[OpenBreaks]:
        """Pages with open hyphens in documents that changed after that number."""
        return breaks.open_breaks(self._connection, after)

    def otherwise_tagged(self, fingerprint: str, after: int) -> list[TaggedRecord]:
        """The next records behind that number whose facets were told by other vocabularies or rules; empty at the end."""
        return tagging.otherwise_tagged(self._connection, fingerprint, after)

    def count_otherwise_tagged(self, fingerprint: str) -> int:
        """How many records there are whose facets were told by other vocabularies or rules."""
        return tagging.count_otherwise_tagged(self._connection, fingerprint)

    def decided_documents(self) -> frozenset[str]:
        """The documents in which something is as a librarian has decided it."""
        return tagging.decided_documents(self._connection)

    def crashes(self, parser: str) -> Iterator[tuple[str, tuple[int, str]]]:
        """Content that this parser died of: its hash, how often, and the last reason."""
        query = select(crashes.c.sha256, crashes.c.count, crashes.c.reason).where(crashes.c.parser == parser)
        for sha256, count, reason in self._connection.execute(query):
            yield sha256, (count, reason)

    def sources(self) -> tuple[bytes, ...]:
        """Places of all sources, in the order in which they came."""
        return tuple(self._connection.scalars(select(sources.c.location).order_by(sources.c.id)))

    def file_states(self) -> Mapping[str, int]:
        """How many files there are of each state."""
        query = select(files.c.state, func.count()).group_by(files.c.state).order_by(files.c.state)
        return {state: count for state, count in self._connection.execute(query)}  # noqa: C416  rows aren't pairs to mypy

    def counts(self) -> tuple[int, int]:
        """Numbers of documents and of their pages."""
        query = (
            select(func.count(func.distinct(documents.c.id)), func.count(pages.c.number))
            .select_from(documents)
            .outerjoin(pages, documents.c.record_id == pages.c.record_id)
            .where(documents.c.composed.is_not(None))
        )
        row = self._connection.execute(query).one()
        return row[0], row[1]

    def languages(self) -> dict[str, int]:
        """Languages of the pages with their numbers, the commonest first."""
        number = func.count()
        query = select(pages.c.language, number).where(pages.c.language.is_not(None))
        rows = self._connection.execute(
            query.group_by(pages.c.language).order_by(number.desc(), pages.c.language)
        )
        return {language: count for language, count in rows}  # noqa: C416  rows aren't pairs to mypy

    def last_run(self) -> str | None:
        """When the last run began (ISO 8601, UTC), None if there was none."""
        started: str | None = self._connection.scalar(select(func.max(runs.c.started)))
        return started

    def files_with_problems(self) -> Iterator[FileReport]:
        """Files that aren't searchable, and searchable ones with pages that gave no text, by path."""
        fine = [FileState.OK.value, FileState.DUPLICATE.value]
        query = (
            select(files).where(files.c.state.not_in(fine) | (files.c.issues != "[]")).order_by(files.c.path)
        )
        tried = scans.unreadable(self._connection)
        for row in self._connection.execute(query):
            issues = codec.unpack_issues(row.issues)
            lost = {
                one.page: tried[row.sha256, one.page] for one in issues if (row.sha256, one.page) in tried
            }
            yield FileReport(codec.shown_path(row.path), FileState(row.state), row.reason, issues, lost)

    def pictured(self) -> Iterator[scans.Pictured]:
        """All files with pages that need OCR, by path."""
        return scans.pictured(self._connection)

    def scans(self, sha256: str) -> dict[int, Scan]:
        """What OCR made of the pages of a file with these bytes, by number."""
        return scans.scans(self._connection, sha256)

    def scanned_files(self) -> frozenset[str]:
        """Hashes of all files of which OCR has read a page."""
        return scans.scanned_files(self._connection)

    def file_path(self, document_id: str) -> bytes | None:
        """The path of the file a document's text comes from."""
        query = (
            select(files.c.path)
            .join(records, records.c.file_id == files.c.id)
            .join(documents, documents.c.record_id == records.c.id)
            .where(documents.c.id == document_id)
        )
        return self._connection.scalar(query)

    def _changed_rows(self, after: int, batch: int) -> Sequence[Row]:
        query = (
            select(documents.c.seq, documents.c.id, documents.c.record_id, documents.c.composed)
            .where(documents.c.seq > after)
            .order_by(documents.c.seq)
            .limit(batch)
        )
        return self._connection.execute(query).all()

    def _beside(self, ids: Sequence[str], main: Sequence[int]) -> dict[str, list[int]]:
        """By document, the records that speak of it beside its main one with a text that is no copy."""
        query = (
            select(records.c.document_id, records.c.id)
            .join(files, files.c.id == records.c.file_id)
            .where(
                records.c.document_id.in_(ids),
                records.c.id.not_in(main),
                records.c.kind == RecordKind.DOCUMENT.value,
                files.c.state == FileState.OK.value,
            )
        )
        found: dict[str, list[int]] = {}
        for document_id, record_id in self._connection.execute(query.order_by(records.c.id)):
            found.setdefault(document_id, []).append(record_id)
        return found

    def _texts(self, record_ids: Sequence[int]) -> dict[int, list[Page]]:
        query = (
            select(pages.c.record_id, *_PAGE)
            .where(pages.c.record_id.in_(record_ids))
            .order_by(pages.c.number)
        )
        found: dict[int, list[Page]] = {}
        for row in self._connection.execute(query):
            found.setdefault(row.record_id, []).append(_page(row))
        return found


#: Statements that every page of results needs stand here: making one takes longer than SQLite takes to answer it.
#: Asked for with every answer of the API.
_STATE = select(identity.c.id, select(func.max(documents.c.seq)).scalar_subquery().label("seq"))
_DOCUMENTS = select(documents.c.id, documents.c.composed).where(
    documents.c.id.in_(bindparam("ids", expanding=True)), documents.c.composed.is_not(None)
)
_PAGE = (pages.c.number, pages.c.label, pages.c.language, pages.c.needs_ocr, pages.c.ocr, pages.c.text)
#: Ids and numbers, as JSON: they are gone through one by one, so that SQLite doesn't go through every page that there is.
_WANTED = func.json_each(bindparam("wanted")).table_valued("value", name="wanted")
_PAGES_OF = (
    select(documents.c.id, *_PAGE)
    .select_from(_WANTED)
    .join(documents, documents.c.id == func.json_extract(_WANTED.c.value, "$[0]"))
    .join(
        pages,
        (pages.c.record_id == documents.c.record_id)
        & (pages.c.number == func.json_extract(_WANTED.c.value, "$[1]")),
    )
)


def _page(row: Row) -> Page:
    return Page(row.number, codec.unpack_text(row.text), row.label, row.language, row.needs_ocr, row.ocr)
