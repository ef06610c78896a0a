"""What several records and decisions about one document add up to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tipsearch.catalogue.identity import split_address
from tipsearch.model import Document, Fact, Field, Origin, RecordKind, Tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tipsearch.model import Record

_RANK = {Origin.DETECTED: 0, Origin.SOURCE: 1, Origin.LIBRARIAN: 2}
#: Evidence kept for one tag, over all records.
_MOST_EVIDENCE = 8


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as it stands in the catalogue, without its text.

    Attributes:
        id: its number there; lower ones came first.
        path: the file it comes from, from its source's name on, as text for people.
        media_type: what that file is.
        page_count: pages of text.
        twins: other files with the same bytes.
    """

    id: int
    record: Record
    path: str
    media_type: str
    page_count: int
    twins: tuple[str, ...] = ()


def main_record(records: Sequence[StoredRecord]) -> StoredRecord:
    """The record whose text is the document's: its own page or file before any card, the first one of several."""
    return min(records, key=lambda one: (one.record.kind is not RecordKind.DOCUMENT, one.id))


def compose(
    document_id: str, records: Sequence[StoredRecord], decided: Mapping[Field, tuple[str, ...]]
) -> Document:
    """The document as readers see it.

    For a field with one value the origin decides (librarian, source, detection), then whether the main record says so,
    then the weight. Values of a field with several are united; a librarian's replace them all.
    """
    main = main_record(records)
    facts = _united(main, records)
    best = {field: fact.value for field, fact in _best(facts).items()}
    best |= {field: values[0] for field, values in decided.items() if values}
    copies = [one for one in records if one.record.kind is RecordKind.DOCUMENT and one is not main]
    multiple = {
        field: _values(field, (fact for _, fact in facts), decided)
        for field in (Field.AUTHOR, Field.TYPE, Field.REGION, Field.TOPIC)
    }
    return Document(
        id=document_id,
        title=best.get(Field.TITLE) or _title_from_names(main.record.first(Field.URL), main.path),
        url=best.get(Field.URL),
        file_url=best.get(Field.FILE_URL),
        publisher=best.get(Field.PUBLISHER),
        authors=tuple(tag.value for tag in multiple[Field.AUTHOR]),
        date=best.get(Field.DATE),
        language=best.get(Field.LANGUAGE),
        types=tuple(tag.value for tag in multiple[Field.TYPE]),
        regions=multiple[Field.REGION],
        topics=multiple[Field.TOPIC],
        abstract=best.get(Field.ABSTRACT),
        page_count=main.page_count,
        is_stub=main.record.kind is RecordKind.CARD,
        path=main.path,
        media_type=main.media_type,
        duplicates=(*main.twins, *(one.path for one in copies)),
        outline=main.record.outline,
    )


def _united(main: StoredRecord, records: Sequence[StoredRecord]) -> list[tuple[bool, Fact]]:
    """All facts, with whether they are the main record's; cards say nothing of a text's language or its abstract."""
    own_only = {Field.LANGUAGE, Field.ABSTRACT}
    return [
        (one is main, fact)
        for one in records
        for fact in one.record.facts
        if one is main or fact.field not in own_only
    ]


def _best(facts: Iterable[tuple[bool, Fact]]) -> dict[Field, Fact]:
    best: dict[Field, tuple[tuple[int, bool, float], Fact]] = {}
    for is_main, fact in facts:
        rank = (_RANK[fact.origin], is_main, fact.weight)
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
    for fact in facts:
        if fact.field is not field:
            continue
        known = tags.get(fact.value)
        tag = Tag(fact.value, fact.origin, fact.weight, fact.evidence)
        tags[fact.value] = _joined(known, tag) if known else tag
    if field is Field.AUTHOR:  # authors keep the order in which the source names them
        return tuple(tags.values())
    return tuple(sorted(tags.values(), key=lambda tag: (-tag.weight, -_RANK[tag.origin], tag.value)))


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
