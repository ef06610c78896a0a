"""A search answer and a document in the shapes of the API, for it, the command line and whoever embeds the library.

The shapes are declared in `tipsearch.search.shapes`; `msgspec.json.encode` writes them, `msgspec.to_builtins` makes dicts of
them. Links are made by whoever serves them: see `Links`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from tipsearch.search import shapes
from tipsearch.search.paging import reachable_pages
from tipsearch.vocabulary.roles import parts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from tipsearch.model import Document, Evidence, Page, Tag
    from tipsearch.search.answer import LabelledTag, Passage, Result, SearchAnswer, Understood
    from tipsearch.search.request import SearchRequest
    from tipsearch.search.similar import Similar
    from tipsearch.search.suggest import Suggestion


class Links(Protocol):
    """Where things are found; None where there is no such place."""

    def api_search(self, request: SearchRequest) -> str:
        """This search in the API."""

    def api_after(self, answer: SearchAnswer, start: int) -> str:
        """The results of the same search from `start` on, where pages can't be turned any more."""

    def api_document(self, document_id: str) -> str:
        """The document in the API."""

    def api_similar(self, document_id: str, size: int | None = None) -> str:
        """The documents most like it in the API, `size` of them if given."""

    def api_page(self, document_id: str, number: int, text: str = "") -> str:
        """A page of the document in the API, with the words of `text` marked."""

    def document(self, document_id: str, text: str = "") -> str:
        """The document's web page; with `text`, and the pages on which it is found."""

    def page(self, document_id: str, number: int, text: str = "") -> str:
        """A page of the document, with the words of `text` marked."""

    def file(self, document: Document) -> str | None:
        """The document's file."""

    def cite(self, document_id: str, extension: str) -> str:
        """The document's citation; `extension` is ``ris``, ``bib`` or ``json``."""

    def export(self, request: SearchRequest, kind: str) -> str | None:
        """The search as a feed or table; `kind` is ``atom``, ``csv``, ``ris``, ``bibtex`` or ``csl-json``."""

    def outside(self, url: str | None) -> str | None:
        """A URL from a document's metadata if it is safe to follow."""


#: Formats of a whole search, as keys of an answer's ``links``.
EXPORTS = ("atom", "csv", "ris", "bibtex", "csl-json")


def answer_to_json(answer: SearchAnswer, links: Links) -> shapes.Answer:
    """The answer in the shape of ``GET /api/v1/search``."""
    text = answer.query.searched
    return shapes.Answer(
        query=_query(answer.query),
        total=answer.total,
        page=answer.request.page,
        size=answer.request.size,
        took_ms=round(answer.took_ms, 1),
        results=tuple(_result(result, text, links) for result in answer.results),
        facets=dict(answer.facets),
        links=_answer_links(answer, links),
    )


def document_to_json(
    document: Document,
    page_labels: Sequence[str],
    label: Callable[[str, str], str],
    links: Links,
    *,
    ocr_pages: Collection[int] = (),
) -> shapes.FullDocument:
    """The document in the shape of ``GET /api/v1/documents/<id>``: its record, tags with evidence, pages, outline.

    Args:
        document: the document.
        page_labels: the printed label of each page, in order.
        label: facet name and value to the value's label.
        links: where things are found.
        ocr_pages: numbers of the pages whose text was read from a picture.
    """
    return shapes.FullDocument(
        **_record(document, links),
        abstract=document.abstract,
        regions=_tags("region", document.regions, label),
        topics=_tags("topic", document.topics, label),
        roles=tuple(_role_with_evidence(tag, label) for tag in document.roles),
        type_tags=_tags("type", document.types, label),
        basis=tuple(
            shapes.Basis(str(one.field), str(one.origin), _evidence(one.evidence)) for one in document.basis
        ),
        outline=tuple(shapes.Section(part.heading, part.level, part.page) for part in document.outline),
        pages=tuple(
            shapes.PageEntry(number, printed, number in ocr_pages, links.page(document.id, number))
            for number, printed in enumerate(page_labels, start=1)
        ),
        links=shapes.FullDocumentLinks(
            **msgspec.structs.asdict(_document_links(document, links)), similar=links.api_similar(document.id)
        ),
    )


def page_to_json(
    document: Document, page: Page, spans: Sequence[tuple[int, int]], text: str, links: Links
) -> shapes.PageText:
    """A page in the shape of ``GET /api/v1/documents/<id>/pages/<n>``.

    Args:
        document: to which it belongs.
        page: it, with its text.
        spans: of the page's text, what answers the query.
        text: the query.
        links: where things are found.
    """

    def turned_to(number: int) -> str | None:
        there = 1 <= number <= document.page_count
        return links.api_page(document.id, number, text) if there else None

    return shapes.PageText(
        document=document.id,
        number=page.number,
        label=page.label or str(page.number),
        language=page.language or document.language,
        text=page.text,
        spans=tuple(spans),
        ocr=page.ocr,
        links=shapes.PageLinks(
            self_=links.api_page(document.id, page.number, text),
            html=links.page(document.id, page.number, text),
            document=links.api_document(document.id),
            next=turned_to(page.number + 1),
            prev=turned_to(page.number - 1),
        ),
    )


def similar_to_json(
    document_id: str, size: int, found: Sequence[Similar], links: Links
) -> shapes.SimilarDocuments:
    """Documents like one in the shape of ``GET /api/v1/documents/<id>/similar``.

    Args:
        document_id: of the one.
        size: how many were asked for.
        found: those that are like it.
        links: where things are found.
    """
    return shapes.SimilarDocuments(
        id=document_id,
        size=size,
        results=tuple(_similar(one, links) for one in found),
        links=shapes.SimilarLinks(
            self_=links.api_similar(document_id, size), document=links.api_document(document_id)
        ),
    )


def _similar(one: Similar, links: Links) -> shapes.SimilarDocument:
    return shapes.SimilarDocument(
        **_record(one.document, links),
        relation=one.relation.value,
        score=one.score,
        terms=tuple(one.terms),
        links=_document_links(one.document, links),
    )


def suggestions_to_json(text: str, found: Sequence[Suggestion]) -> shapes.Suggestions:
    """Suggestions in the shape of ``GET /api/v1/suggest``.

    Args:
        text: what was typed.
        found: what may be meant.
    """
    return shapes.Suggestions(
        query=text,
        suggestions=tuple(shapes.Suggestion(one.text, one.kind, one.label, one.count) for one in found),
    )


def _query(understood: Understood) -> shapes.Query:
    return shapes.Query(
        text=understood.text,
        understood=understood.words,
        match="any" if understood.match == "any" else "all",
        parts=tuple(shapes.Part(part.words, part.kind, part.without) for part in understood.parts),
        expansions=tuple(shapes.Expansion(term, tuple(added)) for term, added in understood.expansions),
        did_you_mean=understood.did_you_mean,
        corrected=understood.corrected,
        notices=tuple(understood.notices),
    )


def _record(document: Document, links: Links) -> dict[str, Any]:
    """What all documents in answers have in common, as arguments of their shapes."""
    return msgspec.structs.asdict(
        shapes.Record(
            id=document.id,
            title=document.title,
            url=links.outside(document.url),
            publisher=document.publisher,
            authors=tuple(document.authors),
            date=document.date,
            year=document.year,
            language=document.language,
            types=tuple(tag.value for tag in document.types),
            page_count=document.page_count,
            warning=document.warning,
            duplicates=tuple(document.duplicates),
        )
    )


def _result(result: Result, text: str, links: Links) -> shapes.Result:
    document = result.document
    return shapes.Result(
        **_record(document, links),
        regions=tuple(
            shapes.RegionTag(tag.value, tag.label, tuple(tag.path), str(tag.origin)) for tag in result.regions
        ),
        topics=tuple(shapes.TopicTag(tag.value, tag.label, str(tag.origin)) for tag in result.topics),
        roles=tuple(map(_role, result.roles)),
        score=result.score,
        pages=tuple(_passage(document.id, passage, text, links) for passage in result.pages),
        links=_document_links(document, links, text),
    )


def _role(tag: LabelledTag) -> shapes.RoleTag:
    role, region = parts(tag.value)
    path = tuple(above for one in tag.path if (above := parts(one)[1]))
    return shapes.RoleTag(tag.value, role, region, tag.label, path, str(tag.origin))


def _tags(
    facet: str, found: Sequence[Tag], label: Callable[[str, str], str]
) -> tuple[shapes.TagWithEvidence, ...]:
    return tuple(
        shapes.TagWithEvidence(tag.value, label(facet, tag.value), str(tag.origin), _evidence(tag.evidence))
        for tag in found
    )


def _role_with_evidence(tag: Tag, label: Callable[[str, str], str]) -> shapes.RoleWithEvidence:
    role, region = parts(tag.value)
    called = label("role", tag.value)
    return shapes.RoleWithEvidence(tag.value, role, region, called, str(tag.origin), _evidence(tag.evidence))


def _evidence(evidence: Sequence[Evidence]) -> tuple[shapes.Evidence, ...]:
    return tuple(shapes.Evidence(item.where, item.quote, item.count, tuple(item.pages)) for item in evidence)


def _passage(document_id: str, passage: Passage, text: str, links: Links) -> shapes.Passage:
    return shapes.Passage(
        passage.number,
        passage.label,
        passage.text,
        passage.spans,
        passage.ocr,
        links.page(document_id, passage.number, text),
    )


def _document_links(document: Document, links: Links, text: str = "") -> shapes.DocumentLinks:
    return shapes.DocumentLinks(
        self_=links.api_document(document.id),
        html=links.document(document.id, text),
        file=links.file(document),
        ris=links.cite(document.id, "ris"),
        bibtex=links.cite(document.id, "bib"),
        csl_json=links.cite(document.id, "json"),
    )


def _answer_links(answer: SearchAnswer, links: Links) -> shapes.AnswerLinks:
    request = answer.request

    def at(page: int) -> str:
        if page <= reachable_pages(answer):
            return links.api_search(replace(request, page=page, start=None))
        return links.api_after(answer, (page - 1) * request.size)

    def turned_to(page: int) -> str | None:
        return at(page) if 1 <= page <= answer.page_count else None

    return shapes.AnswerLinks(
        self_=links.api_search(request) if request.start is None else at(request.page),
        next=turned_to(request.page + 1),
        prev=turned_to(request.page - 1),
        **{kind.replace("-", "_"): links.export(request, kind) for kind in EXPORTS},
    )
