"""From the API's answers back to the dataclasses that a library gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from tipsearch.model import Basis, Document, Evidence, Field, Origin, Page, Section, Tag
from tipsearch.query import Part
from tipsearch.search.answer import LabelledTag, Passage, Result, SearchAnswer, Understood
from tipsearch.search.similar import Relation, Similar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tipsearch.search import shapes
    from tipsearch.search.request import SearchRequest


def answer(told: shapes.Answer, request: SearchRequest) -> SearchAnswer:
    """The answer to a request."""
    return SearchAnswer(
        request=request,
        query=_understood(told.query, request),
        total=told.total,
        results=tuple(map(_result, told.results)),
        facets=told.facets,
        took_ms=told.took_ms,
    )


def document(told: shapes.FullDocument) -> Document:
    """A document with all that is told of it."""
    return Document(
        **_record(told),
        types=_with_evidence(told.type_tags),
        regions=_with_evidence(told.regions),
        topics=_with_evidence(told.topics),
        roles=_with_evidence(told.roles),
        abstract=told.abstract,
        outline=tuple(Section(part.heading, part.level, part.page) for part in told.outline),
        basis=tuple(
            Basis(Field(one.field), Origin(one.origin), evidence=_evidence(one.evidence))
            for one in told.basis
        ),
    )


def page(told: shapes.PageText) -> Page:
    """A page with its text."""
    label = None if told.label == str(told.number) else told.label
    return Page(told.number, told.text, label=label, language=told.language, ocr=told.ocr)


def similar(told: shapes.SimilarDocument) -> Similar:
    """A document that is like another one."""
    shown = Document(**_record(told), types=_types(told))
    return Similar(shown, Relation(told.relation), told.score, told.terms)


class _Record(TypedDict):
    id: str
    title: str
    url: str | None
    publisher: str | None
    authors: tuple[str, ...]
    date: str | None
    language: str | None
    page_count: int
    warning: str | None
    duplicates: tuple[str, ...]
    is_stub: bool


def _record(told: shapes.Record) -> _Record:
    links: shapes.DocumentLinks | None = getattr(told, "links", None)
    return {
        "id": told.id,
        "title": told.title,
        "url": told.url,
        "publisher": told.publisher,
        "authors": told.authors,
        "date": told.date,
        "language": told.language,
        "page_count": told.page_count,
        "warning": told.warning,
        "duplicates": told.duplicates,
        "is_stub": links is not None and links.file is None,
    }


def _types(told: shapes.Record) -> tuple[Tag, ...]:
    """Kinds of publication; answers to searches don't tell who says so, so the cautious guess is taken."""
    return tuple(Tag(value, Origin.DETECTED) for value in told.types)


def _understood(told: shapes.Query, request: SearchRequest) -> Understood:
    return Understood(
        told.text,
        told.understood,
        told.match,
        told.notices,
        told.did_you_mean,
        tuple((one.term, one.added) for one in told.expansions),
        tuple(Part(one.words, one.kind, one.without) for one in told.parts),
        request.ui or "en",
        told.corrected,
    )


def _result(told: shapes.Result) -> Result:
    return Result(
        document=Document(
            **_record(told),
            types=_types(told),
            regions=_tags(told.regions),
            topics=_tags(told.topics),
            roles=_tags(told.roles),
        ),
        score=told.score,
        regions=tuple(LabelledTag(one.value, one.label, one.path, one.origin) for one in told.regions),
        topics=tuple(LabelledTag(one.value, one.label, (one.value,), one.origin) for one in told.topics),
        pages=tuple(Passage(one.number, one.label, one.text, one.spans, one.ocr) for one in told.pages),
        roles=tuple(LabelledTag(one.value, one.label, _path(one), one.origin) for one in told.roles),
    )


def _path(told: shapes.RoleTag) -> tuple[str, ...]:
    return told.role, *(f"{told.role}:{above}" for above in told.path)


def _tags(told: Iterable[shapes.RegionTag | shapes.TopicTag | shapes.RoleTag]) -> tuple[Tag, ...]:
    return tuple(Tag(one.value, Origin(one.origin)) for one in told)


def _with_evidence(told: Iterable[shapes.TagWithEvidence | shapes.RoleWithEvidence]) -> tuple[Tag, ...]:
    return tuple(Tag(one.value, Origin(one.origin), evidence=_evidence(one.evidence)) for one in told)


def _evidence(told: Iterable[shapes.Evidence]) -> tuple[Evidence, ...]:
    return tuple(Evidence(one.where, one.quote, one.count, one.pages) for one in told)
