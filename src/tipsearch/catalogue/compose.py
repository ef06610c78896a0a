"""What several records and decisions about one document add up to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tipsearch.catalogue.identity import split_address
from tipsearch.model import Basis, Document, Fact, Field, Origin, RecordKind, Tag
from tipsearch.publishers import identify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tipsearch.model import Record

PDF, HTML = "application/pdf", "text/html"
_RANK = {Origin.DETECTED: 0, Origin.SOURCE: 1, Origin.LIBRARIAN: 2}
#: Evidence kept for one tag, over all records.
_MOST_EVIDENCE = 8
#: Fields with several values.
_MULTIPLE = (Field.AUTHOR, Field.TYPE, Field.REGION, Field.TOPIC, Field.ROLE)
#: Fields with one value of which readers and librarians want to know what it rests on.
_FOUNDED = (Field.TITLE, Field.DATE, Field.PUBLISHER, Field.LANGUAGE)


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as it stands in the catalogue, without its text.

    Attributes:
        id: its number there; lower ones came first.
        path: the file it comes from, from its source's name on, as text for people.
        media_type: what that file is.
        page_count: pages of text.
        twins: other files with the same bytes.
        sha256: of the file.
        item: what its addresses say that it is.
        text: the same number for records with the same text.
    """

    id: int
    record: Record
    path: str
    media_type: str
    page_count: int
    twins: tuple[str, ...] = ()
    sha256: str | None = None
    item: str = ""
    text: int = 0


def precedence(kind: str, media_type: str, sha256: str | None, path: str | bytes) -> tuple[object, ...]:
    """What is said first of several, by ascending order: the item itself before cards, a file with pages before others.

    Beyond that it only matters that the order in which files came doesn't.
    """
    kinds = (PDF, HTML)
    rank = kinds.index(media_type) if media_type in kinds else len(kinds)
    return kind != RecordKind.DOCUMENT, rank, sha256 or "", path


def _precedence(one: StoredRecord) -> tuple[object, ...]:
    return *precedence(one.record.kind, one.media_type, one.sha256, one.path), one.record.number


def main_record(records: Sequence[StoredRecord]) -> StoredRecord:
    """The record whose text is the document's."""
    return min(records, key=_precedence)


def compose(
    document_id: str, records: Sequence[StoredRecord], decided: Mapping[Field, tuple[str, ...]]
) -> Document:
    """The document as readers see it.

    For a field with one value the origin decides (librarian, source, detection), then whether the item itself says so or
    a card, then the weight, then whether a page says so: what a site says of its publication was written with more care
    than what can be told from a file. Values of a field with several are united; a librarian's replace them all, and may be
    none at all. A type is only guessed where no record gives one.
    """
    records = sorted(records, key=_precedence)
    main = records[0]
    facts = _united(main, records)
    chosen = {field: fact for field, fact in _best(facts).items() if field not in decided} | {
        field: Fact(field, values[0], Origin.LIBRARIAN) for field, values in decided.items() if values
    }
    best = {field: fact.value for field, fact in chosen.items()}
    multiple = {field: _values(field, (fact for _, fact in facts), decided) for field in _MULTIPLE}
    return Document(
        id=document_id,
        title=best.get(Field.TITLE) or _title_from_names(main.record.first(Field.URL), main.path),
        url=best.get(Field.URL),
        file_url=best.get(Field.FILE_URL),
        publisher=_listed(best.get(Field.PUBLISHER)),
        authors=tuple(tag.value for tag in multiple[Field.AUTHOR]),
        date=best.get(Field.DATE),
        language=best.get(Field.LANGUAGE),
        types=multiple[Field.TYPE],
        regions=multiple[Field.REGION],
        topics=multiple[Field.TOPIC],
        roles=multiple[Field.ROLE],
        abstract=best.get(Field.ABSTRACT),
        page_count=main.page_count,
        is_stub=main.record.kind is RecordKind.CARD,
        path=main.path,
        media_type=main.media_type,
        duplicates=_copies(main, records),
        outline=main.record.outline,
        basis=tuple(
            Basis(field, fact.origin, fact.weight, fact.evidence)
            for field in _FOUNDED
            if (fact := chosen.get(field))
        ),
        warning=best.get(Field.WARNING),
    )


def _listed(publisher: str | None) -> str | None:
    """A publisher by its listed name; one that isn't listed as it is spelt, for `publishers` to settle."""
    identity = identify(publisher) if publisher else None
    return identity.name if identity and identity.listed else publisher


def _copies(main: StoredRecord, records: Sequence[StoredRecord]) -> tuple[str, ...]:
    """Other files with the main record's bytes or text, or saved from the same address; a page about it is none."""
    copies = [
        one
        for one in records
        if one.record.kind is RecordKind.DOCUMENT
        and one is not main
        and (one.text == main.text or one.item == main.item)
    ]
    return (*main.twins, *sorted(path for one in copies for path in (one.path, *one.twins)))


def _united(main: StoredRecord, records: Sequence[StoredRecord]) -> list[tuple[StoredRecord, Fact]]:
    """All facts with their records; only the main one knows the text's language, and cards cut their abstracts short."""
    return [
        (one, fact)
        for one in records
        for fact in one.record.facts
        if one is main
        or (fact.field is not Field.LANGUAGE and (fact.field is not Field.ABSTRACT or _is_item(one)))
    ]


def _is_item(one: StoredRecord) -> bool:
    return one.record.kind is RecordKind.DOCUMENT


def _best(facts: Iterable[tuple[StoredRecord, Fact]]) -> dict[Field, Fact]:
    best: dict[Field, tuple[tuple[int, bool, float, bool], Fact]] = {}
    for one, fact in facts:
        rank = (_RANK[fact.origin], _is_item(one), fact.weight, one.media_type == HTML)
        if fact.field not in best or rank > best[fact.field][0]:
            best[fact.field] = (rank, fact)
    return {
        field: fact
        for field, (_, fact) in best.items()
        # A site-relative link tells records apart, but nobody can open it.
        if field not in {Field.URL, Field.FILE_URL} or _is_web_address(fact.value)
    }


def _is_web_address(url: str) -> bool:
    parts = split_address(url)
    return parts is not None and parts.scheme in {"http", "https"} and bool(parts.netloc)


def _values(field: Field, facts: Iterable[Fact], decided: Mapping[Field, tuple[str, ...]]) -> tuple[Tag, ...]:
    if field in decided:
        return tuple(Tag(value, Origin.LIBRARIAN) for value in decided[field])
    tags: dict[str, Tag] = {}
    own = (fact for fact in facts if fact.field is field)
    for fact in _types(own) if field is Field.TYPE else own:
        known = tags.get(fact.value)
        tag = Tag(fact.value, fact.origin, fact.weight, fact.evidence)
        tags[fact.value] = _joined(known, tag) if known else tag
    if field is Field.AUTHOR:  # authors keep the order in which the source names them
        return tuple(tags.values())
    return tuple(sorted(tags.values(), key=lambda tag: (-tag.weight, -_RANK[tag.origin], tag.value)))


def _types(facts: Iterable[Fact]) -> list[Fact]:
    """The types that sources give; only where none does the surest guess, of equal ones the main record's."""
    found = list(facts)
    given = [fact for fact in found if fact.origin is not Origin.DETECTED]
    return given or sorted(found, key=lambda fact: -fact.weight)[:1]


def _joined(one: Tag, other: Tag) -> Tag:
    return replace(
        one,
        origin=max(one.origin, other.origin, key=_RANK.__getitem__),
        weight=max(one.weight, other.weight),
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence)))[:_MOST_EVIDENCE],
    )


def _title_from_names(url: str | None, path: str) -> str:
    """A readable title when nothing states one: the last part of the address, or the file's name."""
    parts = split_address(url)
    slug = PurePath(unquote(parts.path)).name if parts else ""
    words = re.sub(r"[\s_\-+]+", " ", slug or PurePath(path).stem).strip()
    return words or "Untitled document"
