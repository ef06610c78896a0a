"""Changes to the catalogue, within one transaction."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from tipsearch.catalogue import breaks, codec, likeness, linking, publishers
from tipsearch.catalogue.around import documents_named
from tipsearch.catalogue.compose import compose, main_record
from tipsearch.catalogue.decisions import decided_values, put_decision
from tipsearch.catalogue.gather import stored_records
from tipsearch.catalogue.grouping import regroup
from tipsearch.catalogue.naming import Before, Naming
from tipsearch.catalogue.rows import Pending, drop_records, file_names, put_records
from tipsearch.catalogue.scans import put_scan
from tipsearch.catalogue.schema import (
    crashes,
    documents,
    files,
    records,
    runs,
    sources,
)
from tipsearch.catalogue.tagging import put_tagged
from tipsearch.catalogue.view import View
from tipsearch.catalogue.words import carriers, meanings, put_word_decision, understood
from tipsearch.model import SEARCHABLE_STATES, Candidate, Extraction, Field, FileState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection, Table

    from tipsearch.catalogue.breaks import OpenBreaks
    from tipsearch.catalogue.tagging import TaggedRecord
    from tipsearch.model import Record, Scan

#: Documents composed at once: bounds memory, and SQLite takes 32,766 values in a statement at most.
_SETTLED_AT_ONCE = 500


class Change:
    """Writes to the catalogue; made by `Catalogue.change`.

    Documents touched by a change are composed anew by `settle`, which every change of files or decisions must end with.

    Attributes:
        copies: files found to have the text of another one, or to have become the same as another, so far.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._pending = Pending()
        self.copies = 0

    @contextmanager
    def step(self) -> Iterator[None]:
        """A part of the change that can fail by itself: what it wrote is undone, the rest stays."""
        pending = self._pending.copy()
        try:
            with self._connection.begin_nested():
                yield
        except BaseException:  # whatever ends it, also Ctrl-C: passed on below
            self._pending = pending
            raise

    def start_run(self, version: str) -> int:
        """Note that a run begins; its number."""
        return self._insert(runs, started=codec.now(), version=version)

    def finish_run(self, run: int, report: str) -> None:
        """Note that a run has ended, with its report (JSON)."""
        self._connection.execute(
            update(runs).where(runs.c.id == run).values(finished=codec.now(), report=report)
        )

    def source(self, location: str) -> int:
        """The number of a source, noted if it is new."""
        where = codec.path_bytes(location)
        known = self._connection.scalar(select(sources.c.id).where(sources.c.location == where))
        return known or self._insert(sources, location=where, kind="folder", added=codec.now())

    def put_file(
        self,
        candidate: Candidate,
        extraction: Extraction,
        *,
        source: int,
        run: int,
        reader: str,
        sha256: str | None,
        stamp: Callable[[Record], str] | None = None,
    ) -> None:
        """Note what became of a file, in place of what was known of that path before.

        A file that has become the same as another is noted as its twin, whatever the run took them for.

        Args:
            candidate: the file.
            extraction: what was read of it.
            source: number of its source.
            run: number of the run.
            reader: version of the code that read it.
            sha256: hash of its bytes, None if they aren't known for sure.
            stamp: says of a record by which vocabularies and rules its facets were told; none of today's if not given.
        """
        path = codec.path_bytes(candidate.path)
        original = self._same_bytes(path, sha256) if extraction.records else None
        if original is not None:
            self.put_twin(candidate, original, source=source, run=run, reader=reader)
            self._pending.copies += 1
            return
        values = {
            "source_id": source,
            "size": candidate.size,
            "mtime_ns": candidate.mtime_ns,
            "inode": candidate.inode,
            "sha256": sha256,
            "state": extraction.state.value,
            "reason": extraction.reason,
            "issues": codec.pack_json(extraction.issues),
            "media_type": extraction.media_type,
            "reader": reader,
            "duplicate_of": None,
            "run_id": run,
            "name": linking.file_name(codec.shown_path(path)),
        }
        known = self._connection.scalar(select(files.c.id).where(files.c.path == path))
        if known is None:
            known, said = self._insert(files, path=path, **values), Before()
        else:
            self._promote_twin(known, unless_sha256=sha256)
            self._connection.execute(update(files).where(files.c.id == known).values(**values))
            said = drop_records(self._connection, known, self._pending)
        seeds = [sha256] if sha256 else []
        naming = Naming(self._connection, said, [*seeds, codec.shown_path(path)])
        put_records(self._connection, known, extraction.records, naming, self._pending, stamp=stamp)

    def put_twin(self, candidate: Candidate, original: int, *, source: int, run: int, reader: str) -> None:
        """Note a file whose bytes are those of another one: searchable through it, or failed like it."""
        row = self._connection.execute(select(files).where(files.c.id == original)).one()
        fine = row.state in SEARCHABLE_STATES
        state = FileState.DUPLICATE if fine else FileState(row.state)
        reason = f"the same file as {codec.shown_path(row.path)}" if fine else row.reason
        issues = () if fine else codec.unpack_issues(row.issues)
        self.put_file(
            candidate,
            Extraction(state, row.media_type, reason=reason, issues=issues),
            source=source,
            run=run,
            reader=reader,
            sha256=row.sha256,
        )
        self._connection.execute(
            update(files)
            .where(files.c.path == codec.path_bytes(candidate.path))
            .values(duplicate_of=original if state is FileState.DUPLICATE else None)
        )
        self._touch_file(original)

    def rename(self, file: int, candidate: Candidate, *, source: int, run: int) -> None:
        """A known file lies elsewhere now; its documents keep their ids."""
        path = codec.path_bytes(candidate.path)
        self._pending.freed |= file_names(self._connection, file)
        self._connection.execute(
            update(files)
            .where(files.c.id == file)
            .values(
                path=path,
                name=linking.file_name(codec.shown_path(path)),
                source_id=source,
                size=candidate.size,
                mtime_ns=candidate.mtime_ns,
                inode=candidate.inode,
                run_id=run,
            )
        )
        self._touch_file(file)
        self._touch_original_of(file)

    def touch(self, file: int, candidate: Candidate) -> None:
        """A known file has another time stamp but the same bytes."""
        self._connection.execute(
            update(files)
            .where(files.c.id == file)
            .values(size=candidate.size, mtime_ns=candidate.mtime_ns, inode=candidate.inode)
        )

    def gone(self, file: int, *, prune: bool, run: int) -> None:
        """A file isn't there any more: its documents go, unless others speak of them; with `prune` its row as well."""
        self._promote_twin(file, unless_sha256=None)
        drop_records(self._connection, file, self._pending)
        if prune:
            self._connection.execute(delete(files).where(files.c.id == file))
            return
        self._connection.execute(
            update(files)
            .where(files.c.id == file)
            .values(
                state=FileState.GONE.value,
                reason="the file is not there any more",
                issues="[]",
                duplicate_of=None,
                run_id=run,
            )
        )

    def unreadable(self, file: int, reason: str, *, run: int) -> None:
        """A known file can't be opened just now: what it said stays, its state tells, and the next run looks again."""
        self._connection.execute(
            update(files)
            .where(files.c.id == file)
            .values(state=FileState.UNSUPPORTED.value, reason=reason, reader="", run_id=run)
        )

    def crashed(self, sha256: str, parser: str, reason: str) -> None:
        """Note that a parser died of this content once more."""
        same = (crashes.c.sha256 == sha256) & (crashes.c.parser == parser)
        count = self._connection.scalar(select(crashes.c.count).where(same)) or 0
        self._connection.execute(delete(crashes).where(same))
        self._connection.execute(
            insert(crashes).values(sha256=sha256, parser=parser, count=count + 1, reason=reason)
        )

    def settle_breaks(self, page: OpenBreaks) -> None:
        """Replace the text of a page some of whose hyphens have been decided."""
        breaks.put_text(self._connection, page)
        self._pending.documents[page.document_id] = None

    def put_scan(self, sha256: str, scan: Scan) -> None:
        """Keep what OCR made of a page of the files with these bytes."""
        put_scan(self._connection, sha256, scan)

    def retag(self, tagged: TaggedRecord, record: Record, stamp: str, *, moved: bool) -> None:
        """Write what a record's text means by other vocabularies or rules.

        Args:
            tagged: the record as it stands in the catalogue.
            record: with its new facts, and its pages with their languages.
            stamp: of those vocabularies and rules.
            moved: whether its document's values may stand at other places in the trees, though they are the same.
        """
        if put_tagged(self._connection, tagged, record, stamp) or moved:
            self._pending.documents[tagged.document] = None

    @property
    def view(self) -> View:
        """The catalogue as this change has left it so far; documents are as they were last settled."""
        return View(self._connection)

    def decide(self, document_id: str, field: Field, values: Sequence[str] | None, author: str) -> None:
        """A librarian's decision on a field; empty values mean that it has none, None takes earlier ones back."""
        put_decision(self._connection, document_id, field, values, author)
        self._pending.documents[document_id] = None

    def decide_word(self, word: str, field: Field, values: Sequence[str] | None, author: str) -> None:
        """A librarian's decision on what a source's word means, for all documents that carry it; else as `decide`."""
        put_word_decision(self._connection, word, field, values, author)
        self._pending.documents |= dict.fromkeys(carriers(self._connection, word))

    def settle(self) -> int:
        """Group and compose all touched documents anew; how many there were."""
        pending, self._pending = self._pending, Pending()
        self.copies += pending.copies
        touched = self._regroup(pending)
        waiting = list(touched)
        while waiting:
            others = set[str]()
            for some in _batches(waiting):
                others |= self._settle(some)
            # The name of a publisher changes in documents that nobody touched: once, and only that.
            waiting = sorted(others)
        return len(touched)

    def _regroup(self, pending: Pending) -> list[str]:
        """Group what is touched and what it may belong with; the documents to be composed anew."""
        likeness.connect(self._connection, pending.sketched)
        touched = dict(pending.documents)
        beside = documents_named(self._connection, pending.freed) - touched.keys()
        for some in _batches([*touched, *sorted(beside)]):
            regrouped = regroup(self._connection, some)
            touched |= dict.fromkeys(sorted(regrouped.documents))
            self.copies += regrouped.copies
        return list(touched)

    def _settle(self, touched: Sequence[str]) -> frozenset[str]:
        """Compose these documents anew; others that have to be as well, as their publisher is called otherwise now."""
        gathered = stored_records(self._connection, touched)
        decided = decided_values(self._connection, touched)
        known_words = meanings(self._connection)
        composed = {
            one: compose(one, understood(own, known_words), decided.get(one, {}))
            for one, own in gathered.items()
        }
        named = publishers.settle(self._connection, touched, composed.values())
        known = set(self._connection.scalars(select(documents.c.id).where(documents.c.id.in_(touched))))
        seq = self._next(documents.c.seq)
        rows: list[dict[str, Any]] = []
        for number, document_id in enumerate(touched):
            own = gathered.get(document_id)
            row: dict[str, Any] = {
                "id": document_id,
                "seq": seq + number,
                "record_id": None,
                "composed": None,
            }
            if own is None and document_id not in known:
                continue  # it was part of another before anybody saw it
            if own:
                row["record_id"] = main_record(own).id
                document = composed[document_id]
                name = named.names.get(document_id, document.publisher)
                row["composed"] = codec.pack_document(replace(document, publisher=name))
            rows.append(row)
        self._connection.execute(delete(documents).where(documents.c.id.in_(touched)))
        if rows:
            self._connection.execute(insert(documents), rows)
        return named.others

    def _same_bytes(self, path: bytes, sha256: str | None) -> int | None:
        """Another file with these bytes and its own text; None as well if this one had these bytes before."""
        query = select(files.c.id, files.c.path, files.c.state, files.c.duplicate_of)
        rows = self._connection.execute(query.where(files.c.sha256 == sha256).order_by(files.c.id)).all()
        if any(row.path == path and row.state != FileState.GONE for row in rows):
            return None
        read = (row for row in rows if row.duplicate_of is None)
        return next((row.id for row in read if row.state in SEARCHABLE_STATES), None)

    def _promote_twin(self, file: int, *, unless_sha256: str | None) -> None:
        """Hand the records of a file that goes or changes to the first of its twins, and the other twins with them."""
        row = self._connection.execute(select(files).where(files.c.id == file)).one()
        if row.sha256 is not None and row.sha256 == unless_sha256:
            return
        heir = self._connection.scalar(select(func.min(files.c.id)).where(files.c.duplicate_of == file))
        if heir is None:
            self._touch_original_of(file)
            return
        self._touch_file(file)
        fine = row.state in SEARCHABLE_STATES
        self._connection.execute(update(records).where(records.c.file_id == file).values(file_id=heir))
        self._connection.execute(
            update(files)
            .where(files.c.id == heir)
            .values(
                duplicate_of=None,
                state=row.state if fine else FileState.OK.value,
                reason=row.reason if fine else "",
                issues=row.issues,
                media_type=row.media_type,
            )
        )
        self._connection.execute(update(files).where(files.c.duplicate_of == file).values(duplicate_of=heir))

    def _touch_original_of(self, twin: int) -> None:
        original = self._connection.scalar(select(files.c.duplicate_of).where(files.c.id == twin))
        if original is not None:
            self._touch_file(original)

    def _touch_file(self, file: int) -> None:
        ids = self._connection.scalars(select(records.c.document_id).where(records.c.file_id == file))
        self._pending.documents |= dict.fromkeys(ids)

    def _insert(self, table: Table, **values: Any) -> int:  # noqa: ANN401  a column's own type
        result = self._connection.execute(insert(table).values(**values))
        assert result.inserted_primary_key is not None
        return int(result.inserted_primary_key[0])

    def _next(self, column: Any) -> int:  # noqa: ANN401  SQLAlchemy's column of int
        return int(self._connection.scalar(select(func.max(column))) or 0) + 1


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for begin in range(0, len(ids), _SETTLED_AT_ONCE):
        yield ids[begin : begin + _SETTLED_AT_ONCE]
