"""Which records make up one document: a function of what the records say, whatever the order in which they came.

Records of one *item* (one address, one place in a file: `naming`) belong together, and items that have the same text. So do
a publication's page or card and its file; of several pages that link to one file, or files that one link may mean, only the
couple that fits best, and none if two fit equally well.

What is shown as one document keeps its id as long as any record of it is left; a part that falls off gets its item's id
back, or a new one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from tipsearch.catalogue import identity
from tipsearch.catalogue.around import look_around
from tipsearch.catalogue.copies import state_copies
from tipsearch.catalogue.matching import matches
from tipsearch.catalogue.schema import records
from tipsearch.catalogue.union import Union

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from tipsearch.catalogue.around import Around, Member


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What has changed: documents that gained or lost records, and the number of files found to be copies."""

    documents: frozenset[str]
    copies: int


def regroup(connection: Connection, documents: Iterable[str]) -> Regrouped:
    """Group the records of these documents, and all that may belong with them, anew."""
    around = look_around(connection, documents)
    changed = _rename(connection, _parts(connection, around))
    return Regrouped(frozenset(changed), state_copies(connection, around))


def _parts(connection: Connection, around: Around) -> list[list[Member]]:
    """The records by document, each part by age, the oldest part first."""
    together: Union[int] = Union()
    first_of: dict[str, int] = {}
    for member in sorted(around.members.values(), key=lambda one: one.id):
        together.join(member.id, first_of.setdefault(member.item, member.id))
    for couple in around.couples:
        together.join(*couple)
    groups = [[around.members[one] for one in part] for part in together.parts(sorted(around.members))]
    for page, file in matches(connection, around, groups):
        together.join(groups[page][0].id, groups[file][0].id)
    return [[around.members[one] for one in part] for part in together.parts(sorted(around.members))]


def _rename(connection: Connection, parts: Sequence[Sequence[Member]]) -> set[str]:
    """Give each part its document; the documents that are others than before."""
    changed: set[str] = set()
    taken: set[str] = set()
    ids: list[str | None] = []
    for part in parts:
        kept = next((one.document for one in part if one.document not in taken), None)
        taken |= {kept} if kept else set()
        ids.append(kept)
    for part, kept in zip(parts, ids, strict=True):
        document = kept or _fresh(connection, part, taken)
        taken.add(document)
        moved = [one.id for one in part if one.document != document]
        if moved:
            changed |= {document, *(one.document for one in part)}
            connection.execute(update(records).where(records.c.id.in_(moved)).values(document_id=document))
    return changed


def _fresh(connection: Connection, part: Sequence[Member], taken: set[str]) -> str:
    """An id that no document has: an item's own, else a new one."""
    own = (member.item for member in part)
    more = (identity.new_id(f"{part[0].item}#{number}") for number in count())
    for names in (own, more):
        for name in names:
            in_use = select(records.c.id).where(records.c.document_id == name).limit(1)
            if name not in taken and connection.scalar(in_use) is None:
                return name
    raise AssertionError  # pragma: no cover  there is no end of new ids
