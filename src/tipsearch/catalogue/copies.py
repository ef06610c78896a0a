"""Files whose text is another file's: their state says so, and whose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from tipsearch.catalogue import codec
from tipsearch.catalogue.compose import precedence
from tipsearch.catalogue.schema import files, records
from tipsearch.catalogue.union import Union
from tipsearch.model import SEARCHABLE_STATES, FileState, RecordKind

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tipsearch.catalogue.around import Around, Member


def state_copies(connection: Connection, around: Around) -> int:
    """Bring the states of these records' files up to date; how many have become copies."""
    firsts = _firsts(around)
    became = 0
    for member in around.members.values():
        if not member.is_document or member.state not in SEARCHABLE_STATES:
            continue
        first = firsts.get(member.id)
        if first is None and member.state == FileState.OK:
            continue
        if first is not None and not _is_all(connection, member.file_id):
            first = None
        reason = f"the same text as {codec.shown_path(first.path)}" if first else ""
        state = FileState.DUPLICATE if first else FileState.OK
        if (member.state, member.reason) != (state, reason):
            became += member.state == FileState.OK
            connection.execute(
                update(files).where(files.c.id == member.file_id).values(state=state.value, reason=reason)
            )
    return became


def _firsts(around: Around) -> dict[int, Member]:
    """For each record with the text of another the one whose text counts."""
    together: Union[int] = Union()
    for couple in around.couples:
        together.join(*couple)
    found: dict[int, Member] = {}
    for part in together.parts(sorted({one for couple in around.couples for one in couple})):
        members = [around.members[one] for one in part if one in around.members]
        first = min(members, key=lambda one: precedence(one.kind, one.media_type, one.sha256, one.path))
        found |= {one.id: first for one in members if one is not first}
    return found


def _is_all(connection: Connection, file: int) -> bool:
    """Is the file one document, cards apart?"""
    query = select(func.count()).where(records.c.file_id == file, records.c.kind == RecordKind.DOCUMENT.value)
    return connection.scalar(query) == 1
