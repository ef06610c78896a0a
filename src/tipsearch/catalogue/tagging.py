"""Records whose facets were told by other vocabularies or rules than those of today, and their facts put right."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, func, insert, select, update

from tipsearch.catalogue import codec
from tipsearch.catalogue.schema import documents, facts, files, pages, records
from tipsearch.model import Fact, FileState, Origin, Page, Record, RecordKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Connection

#: Records looked at together, and pages, if that isn't more for the first of them: bounds memory.
_RECORDS_AT_ONCE, _PAGES_AT_ONCE = 100, 2_000
#: Characters of text, likewise: a text file is one page of any length.
_CHARACTERS_AT_ONCE = 20_000_000
#: How a composed document says that a librarian has decided something.
_DECIDED = f'"origin":"{Origin.LIBRARIAN}"'.encode()


@dataclass(frozen=True, slots=True)
class TaggedRecord:
    """A record with its text, and by what its facets were told.

    Attributes:
        id: its number in the catalogue.
        document: the one that it is a part of.
        path: of its file, as text for people.
        media_type: what that file is.
        state: of that file.
        stamp: of vocabularies and rules, as it was handed over with the record.
    """

    id: int
    document: str
    path: str
    media_type: str
    state: FileState
    stamp: str
    record: Record


def otherwise_tagged(connection: Connection, fingerprint: str, after: int) -> list[TaggedRecord]:
    """The first records behind that number whose stamp doesn't begin with the fingerprint, by number; empty at the end."""
    query = (
        select(
            *(records.c.id, records.c.document_id, records.c.kind, records.c.number),
            *(
                records.c.outline,
                records.c.page_count,
                records.c.tagger,
                files.c.path,
                files.c.media_type,
                files.c.state,
            ),
        )
        .join(files, files.c.id == records.c.file_id)
        .where(records.c.id > after, _is_other(fingerprint))
        .order_by(records.c.id)
        .limit(_RECORDS_AT_ONCE)
    )
    found: list[TaggedRecord] = []
    rows = connection.execute(query).all()
    lengths = _lengths(connection, [row.id for row in rows])
    count = length = 0
    for row in rows:
        count, length = count + row.page_count, length + lengths.get(row.id, 0)
        if found and (count > _PAGES_AT_ONCE or length > _CHARACTERS_AT_ONCE):
            break
        bare = Record(RecordKind(row.kind), outline=codec.unpack_outline(row.outline), number=row.number)
        about = (row.document_id, codec.shown_path(row.path), row.media_type, FileState(row.state))
        found.append(TaggedRecord(row.id, *about, row.tagger, bare))
    return _with_contents(connection, found)


def _lengths(connection: Connection, ids: Sequence[int]) -> dict[int, int]:
    """Characters of each record's pages."""
    total = func.sum(pages.c.characters)
    query = select(pages.c.record_id, total).where(pages.c.record_id.in_(ids)).group_by(pages.c.record_id)
    return {record: length for record, length in connection.execute(query)}  # noqa: C416  rows aren't pairs to mypy


def count_otherwise_tagged(connection: Connection, fingerprint: str) -> int:
    """How many records have another stamp."""
    query = select(func.count()).select_from(records).where(_is_other(fingerprint))
    return connection.scalar(query) or 0


def put_tagged(connection: Connection, tagged: TaggedRecord, record: Record, stamp: str) -> bool:
    """Write what a record's text means now; whether that is another thing than before."""
    connection.execute(update(records).where(records.c.id == tagged.id).values(tagger=stamp))
    languages = [
        {"page": new.number, "spoken": new.language}
        for old, new in zip(tagged.record.pages, record.pages, strict=True)
        if old.language != new.language
    ]
    if languages:
        place = (pages.c.record_id == tagged.id) & (pages.c.number == bindparam("page"))
        connection.execute(update(pages).where(place).values(language=bindparam("spoken")), languages)
    if tagged.record.facts == record.facts:
        return bool(languages)
    connection.execute(delete(facts).where(facts.c.record_id == tagged.id))
    rows = [codec.fact_row(tagged.id, number, fact) for number, fact in enumerate(record.facts)]
    if rows:
        connection.execute(insert(facts), rows)
    return True


def decided_documents(connection: Connection) -> frozenset[str]:
    """Documents in which something is as a librarian has decided it."""
    query = select(documents.c.id, documents.c.composed).where(documents.c.composed.is_not(None))
    rows = connection.execution_options(stream_results=True).execute(query)
    return frozenset(id_ for id_, composed in rows if _DECIDED in composed)


def _is_other(fingerprint: str) -> ColumnElement[bool]:
    return func.substr(records.c.tagger, 1, len(fingerprint)) != fingerprint


def _with_contents(connection: Connection, found: Sequence[TaggedRecord]) -> list[TaggedRecord]:
    """The records with their facts and pages."""
    ids = [one.id for one in found]
    said: dict[int, list[Fact]] = defaultdict(list)
    query = select(facts).where(facts.c.record_id.in_(ids)).order_by(facts.c.record_id, facts.c.number)
    for row in connection.execute(query):
        said[row.record_id].append(codec.row_fact(row.field, row.value, row.origin, row.weight, row.evidence))
    texts: dict[int, list[Page]] = defaultdict(list)
    query = select(pages).where(pages.c.record_id.in_(ids)).order_by(pages.c.record_id, pages.c.number)
    for row in connection.execute(query):
        text = codec.unpack_text(row.text)
        texts[row.record_id].append(Page(row.number, text, row.label, row.language, row.needs_ocr, row.ocr))
    return [
        replace(one, record=replace(one.record, facts=tuple(said[one.id]), pages=tuple(texts[one.id])))
        for one in found
    ]
