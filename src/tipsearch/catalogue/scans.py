"""What OCR has read of pages that are pictures, by the content of their files, and what it is still to read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from tipsearch.catalogue import codec
from tipsearch.catalogue.schema import files, ocr, pages, records
from tipsearch.model import Candidate, FileState, Scan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

#: A file in another state has no pages, or its pages are another file's.
_STATES = (FileState.OK.value, FileState.NO_TEXT.value)


@dataclass(frozen=True, slots=True)
class Pictured:
    """A file with pages that are pictures and have no text yet.

    Attributes:
        id: its number in the catalogue.
        candidate: the file as it was when it was read.
        sha256: of its bytes then.
        state: its state.
        pages: numbers of those pages.
        language: ISO 639 code of most of its other pages, None if they have none.
    """

    id: int
    candidate: Candidate
    sha256: str
    state: FileState
    pages: tuple[int, ...]
    language: str | None


def pictured(connection: Connection) -> Iterator[Pictured]:
    """All files with pages that need OCR, by path."""
    query = select(files).where(
        files.c.state.in_(_STATES),
        files.c.sha256.is_not(None),
        files.c.issues.contains(FileState.NEEDS_OCR.value),
    )
    for row in connection.execute(query.order_by(files.c.path)).all():
        issues = codec.unpack_issues(row.issues)
        wanted = tuple(issue.page for issue in issues if issue.state is FileState.NEEDS_OCR)
        if wanted:
            candidate = Candidate(os.fsdecode(row.path), row.size, row.mtime_ns, row.inode)
            language = _language(connection, row.id)
            yield Pictured(row.id, candidate, row.sha256, FileState(row.state), wanted, language)


def scans(connection: Connection, sha256: str) -> dict[int, Scan]:
    """What OCR made of the pages of a file with these bytes, by number."""
    rows = connection.execute(select(ocr).where(ocr.c.sha256 == sha256))
    return {
        row.page: Scan(row.page, row.reader, row.confidence, codec.unpack_text(row.text), row.reason)
        for row in rows
    }


def scanned_files(connection: Connection) -> frozenset[str]:
    """Hashes of all files of which OCR has read a page."""
    return frozenset(connection.scalars(select(ocr.c.sha256).where(ocr.c.reason == "").distinct()))


def unreadable(connection: Connection) -> dict[tuple[str, int], str]:
    """Pages that OCR could not read, by hash and number, with the reason."""
    query = select(ocr.c.sha256, ocr.c.page, ocr.c.reason).where(ocr.c.reason != "")
    return {(row.sha256, row.page): row.reason for row in connection.execute(query)}


def put_scan(connection: Connection, sha256: str, scan: Scan) -> None:
    """Keep what OCR made of a page, in place of what it made of it before."""
    connection.execute(delete(ocr).where(ocr.c.sha256 == sha256, ocr.c.page == scan.page))
    connection.execute(
        insert(ocr).values(
            sha256=sha256,
            page=scan.page,
            reader=scan.reader,
            confidence=scan.confidence,
            text=codec.pack_text(scan.text),
            reason=scan.reason,
        )
    )


def _language(connection: Connection, file: int) -> str | None:
    query = (
        select(pages.c.language)
        .join(records, records.c.id == pages.c.record_id)
        .where(records.c.file_id == file, pages.c.language.is_not(None))
        .group_by(pages.c.language)
        .order_by(func.sum(pages.c.characters).desc(), pages.c.language)
        .limit(1)
    )
    return connection.scalar(query)
