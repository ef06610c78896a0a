"""What librarians decided that a source's words mean, for all documents that carry them.

A tag «Sea slavery» stands in the catalogue as the source wrote it. What a librarian says of it takes the place of what the
vocabularies made of it when the file was read, so it holds for documents read earlier and later alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from tipsearch.catalogue import codec
from tipsearch.catalogue.schema import facts, records, word_decisions
from tipsearch.model import Evidence, Fact, Field, Origin
from tipsearch.vocabulary import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import TypeAlias

    from sqlalchemy import Connection

    from tipsearch.catalogue.compose import StoredRecord

    #: A folded word to what it means, by field; nothing at all where a librarian said so.
    Meanings: TypeAlias = dict[str, dict[Field, tuple[str, ...]]]

#: Fields whose values are a source's own words.
RAW = (Field.TAG, Field.CATEGORY)
#: Some sites write all tags into one.
_SEPARATORS = re.compile(r"\s*[,;|]\s*")


@dataclass(frozen=True, slots=True)
class Carried:
    """A source's words and a document that carries them."""

    field: Field
    text: str
    document: str


def words_in(text: str) -> dict[str, str]:
    """The words that a tag may be: itself, and the parts of a list; folded for comparing, to their spelling."""
    parts = dict.fromkeys((text.strip(), *_SEPARATORS.split(text.strip())))
    return {folded: part for part in parts if (folded := fold_name(part))}


def put_word_decision(
    connection: Connection, word: str, field: Field, values: Sequence[str] | None, author: str
) -> None:
    """Log what a word means in a field; None takes earlier decisions back."""
    packed = None if values is None else codec.pack_json(list(values))
    row = {"field": field.value, "values": packed, "author": author, "made": codec.now()}
    connection.execute(insert(word_decisions).values(word=fold_name(word), spelt=word, **row))


def meanings(connection: Connection) -> Meanings:
    """What stands of all decisions on words."""
    query = select(word_decisions.c.word, word_decisions.c.field, word_decisions.c["values"].label("packed"))
    found: Meanings = defaultdict(dict)
    for row in connection.execute(query.order_by(word_decisions.c.id)):
        if row.packed is None:
            found[row.word].pop(Field(row.field), None)
        else:
            found[row.word][Field(row.field)] = codec.unpack_values(row.packed)
    return {word: fields for word, fields in found.items() if fields}


def spellings(connection: Connection) -> dict[str, str]:
    """Each word decided on, folded, as it was typed last."""
    query = select(word_decisions.c.word, word_decisions.c.spelt).order_by(word_decisions.c.id)
    return {row.word: row.spelt for row in connection.execute(query)}


def carriers(connection: Connection, word: str) -> list[str]:
    """The documents that carry a word."""
    folded = fold_name(word)
    raw = facts.c.field.in_([field.value for field in RAW])
    texts = connection.scalars(select(facts.c.value).where(raw).distinct())
    same = [text for text in texts if folded in words_in(text)]
    query = select(records.c.document_id).join(facts, facts.c.record_id == records.c.id)
    return list(connection.scalars(query.where(raw, facts.c.value.in_(same)).distinct()))


def carried(connection: Connection) -> Iterator[Carried]:
    """All words of sources with the documents that carry them, each couple once."""
    query = (
        select(facts.c.field, facts.c.value, records.c.document_id)
        .join(records, records.c.id == facts.c.record_id)
        .where(facts.c.field.in_([field.value for field in RAW]))
        .distinct()
        .order_by(facts.c.value, records.c.document_id)
    )
    for row in connection.execute(query):
        yield Carried(Field(row.field), row.value, row.document_id)


def understood(
    stored: Sequence[StoredRecord], known: Mapping[str, Mapping[Field, tuple[str, ...]]]
) -> list[StoredRecord]:
    """The records with their words understood as librarians decided, in place of what the vocabularies made of them."""
    if not known:
        return list(stored)
    return [
        replace(one, record=replace(one.record, facts=_understood(one.record.facts, known))) for one in stored
    ]


def _understood(
    said: Sequence[Fact], known: Mapping[str, Mapping[Field, tuple[str, ...]]]
) -> tuple[Fact, ...]:
    kept = [fact for fact in said if not _is_overruled(fact, known)]
    meant = [
        Fact(field, value, Origin.SOURCE, fact.weight, (Evidence(fact.field.value, fact.value[:200]),))
        for fact in said
        if fact.field in RAW
        for word in words_in(fact.value)
        for field, values in known.get(word, {}).items()
        for value in values
    ]
    return (*kept, *meant)


def _is_overruled(fact: Fact, known: Mapping[str, Mapping[Field, tuple[str, ...]]]) -> bool:
    """Does a fact only say what a vocabulary made of a word that a librarian understands otherwise?"""
    return bool(fact.evidence) and all(
        one.where in RAW and fact.field in known.get(fold_name(one.quote), {}) for one in fact.evidence
    )
