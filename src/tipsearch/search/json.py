"""A search answer and a document as JSON: one shape for the command line, the API and whoever embeds the library.

The functions make plain dicts, lists, strings and numbers. Every key is always there. Text is plain text plus spans in
characters, never HTML. Links are made by whoever serves them: see `Links`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from tipsearch.search.paging import reachable_pages
from tipsearch.vocabulary.roles import parts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from typing import TypeAlias

    from tipsearch.model import Document, Evidence, Tag
    from tipsearch.search.answer import FacetValue, LabelledTag, Passage, Result, SearchAnswer, Understood
    from tipsearch.search.request import SearchRequest
    from tipsearch.search.similar import Similar
    from tipsearch.search.suggest import Suggestion

    JSON: TypeAlias = dict[str, object]


class Links(Protocol):
    """Where things are found; None where there is no such place."""

    def api_search(self, request: SearchRequest) -> str:
        """This search in the API."""

    def api_document(self, document_id: str) -> str:
        """The document in the API."""

    def api_similar(self, document_id: str, size: int | None = None) -> str:
        """The documents most like it in the API, `size` of them if given."""

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


def answer_to_json(answer: SearchAnswer, links: Links) -> JSON:
    """The answer in the shape of ``GET /api/v1/search``."""
    return {
        "query": _query(answer.query),
        "total": answer.total,
        "page": answer.request.page,
        "size": answer.request.size,
        "took_ms": round(answer.took_ms, 1),
        "results": [_result(result, answer.query.searched, links) for result in answer.results],
        "facets": {name: [_facet_value(value) for value in values] for name, values in answer.facets.items()},
        "links": _answer_links(answer, links),
    }


def document_to_json(
    document: Document,
    page_labels: Sequence[str],
    label: Callable[[str, str], str],
    links: Links,
    *,
    ocr_pages: Collection[int] = (),
) -> JSON:
    """The document in the shape of ``GET /api/v1/documents/<id>``: its record, tags with evidence, pages, outline.

    Args:
        document: the document.
        page_labels: the printed label of each page, in order.
        label: facet name and value to the value's label.
        links: where things are found.
        ocr_pages: numbers of the pages whose text was read from a picture.
    """
    pages = enumerate(page_labels, start=1)
    return {
        **_record(document, links),
        "abstract": document.abstract,
        **_grounds(document, label),
        "outline": [
            {"heading": part.heading, "level": part.level, "page": part.page} for part in document.outline
        ],
        "pages": [
            {
                "number": number,
                "label": printed,
                "ocr": number in ocr_pages,
                "link": links.page(document.id, number),
            }
            for number, printed in pages
        ],
        "links": _document_links(document, links) | {"similar": links.api_similar(document.id)},
    }


def similar_to_json(document_id: str, size: int, found: Sequence[Similar], links: Links) -> JSON:
    """Documents like one in the shape of ``GET /api/v1/documents/<id>/similar``.

    Args:
        document_id: of the one.
        size: how many were asked for.
        found: those that are like it.
        links: where things are found.
    """
    return {
        "id": document_id,
        "size": size,
        "results": [
            {
                **_record(one.document, links),
                "relation": str(one.relation),
                "score": one.score,
                "terms": list(one.terms),
                "links": _document_links(one.document, links),
            }
            for one in found
        ],
        "links": {
            "self": links.api_similar(document_id, size),
            "document": links.api_document(document_id),
        },
    }


def suggestions_to_json(text: str, found: Sequence[Suggestion]) -> JSON:
    """Suggestions in the shape of ``GET /api/v1/suggest``.

    Args:
        text: what was typed.
        found: what may be meant.
    """
    return {
        "query": text,
        "suggestions": [
            {"text": one.text, "kind": one.kind, "label": one.label, "count": one.count} for one in found
        ],
    }


def _grounds(document: Document, label: Callable[[str, str], str]) -> JSON:
    """What the document is about and is, each with who says so and why."""

    def tags(facet: str, found: Sequence[Tag]) -> list[JSON]:
        return [_tag_with_evidence(tag, label(facet, tag.value)) for tag in found]

    return {
        "regions": tags("region", document.regions),
        "topics": tags("topic", document.topics),
        "roles": [_of_role(str(tag["value"])) | tag for tag in tags("role", document.roles)],
        "type_tags": tags("type", document.types),
        "basis": [
            {"field": str(one.field), "origin": str(one.origin), "evidence": _evidence(one.evidence)}
            for one in document.basis
        ],
    }


def _query(understood: Understood) -> JSON:
    return {
        "text": understood.text,
        "understood": understood.words,
        "match": understood.match,
        "parts": [
            {"words": part.words, "kind": part.kind, "without": part.without} for part in understood.parts
        ],
        "expansions": [{"term": term, "added": list(added)} for term, added in understood.expansions],
        "did_you_mean": understood.did_you_mean,
        "corrected": understood.corrected,
        "notices": list(understood.notices),
    }


def _record(document: Document, links: Links) -> JSON:
    """What a result and a document have in common."""
    return {
        "id": document.id,
        "title": document.title,
        "url": links.outside(document.url),
        "publisher": document.publisher,
        "authors": list(document.authors),
        "date": document.date,
        "year": document.year,
        "language": document.language,
        "types": [tag.value for tag in document.types],
        "page_count": document.page_count,
        "warning": document.warning,
        "duplicates": list(document.duplicates),
    }


def _result(result: Result, text: str, links: Links) -> JSON:
    document = result.document
    return {
        **_record(document, links),
        "regions": [_region(tag) for tag in result.regions],
        "topics": [
            {"value": tag.value, "label": tag.label, "origin": str(tag.origin)} for tag in result.topics
        ],
        "roles": [_role(tag) for tag in result.roles],
        "score": result.score,
        "pages": [_passage(document.id, passage, text, links) for passage in result.pages],
        "links": _document_links(document, links, text),
    }


def _region(tag: LabelledTag) -> JSON:
    return {"value": tag.value, "label": tag.label, "path": list(tag.path), "origin": str(tag.origin)}


def _role(tag: LabelledTag) -> JSON:
    path = [region for above in tag.path if (region := parts(above)[1])]
    return _of_role(tag.value) | {"label": tag.label, "path": path, "origin": str(tag.origin)}


def _of_role(value: str) -> JSON:
    role, region = parts(value)
    return {"value": value, "role": role, "region": region}


def _tag_with_evidence(tag: Tag, label: str) -> JSON:
    return {
        "value": tag.value,
        "label": label,
        "origin": str(tag.origin),
        "evidence": _evidence(tag.evidence),
    }


def _evidence(evidence: Sequence[Evidence]) -> list[JSON]:
    return [
        {"where": item.where, "quote": item.quote, "count": item.count, "pages": list(item.pages)}
        for item in evidence
    ]


def _passage(document_id: str, passage: Passage, text: str, links: Links) -> JSON:
    return {
        "number": passage.number,
        "label": passage.label,
        "text": passage.text,
        "spans": [list(span) for span in passage.spans],
        "ocr": passage.ocr,
        "link": links.page(document_id, passage.number, text),
    }


def _document_links(document: Document, links: Links, text: str = "") -> JSON:
    return {
        "self": links.api_document(document.id),
        "html": links.document(document.id, text),
        "file": links.file(document),
        "ris": links.cite(document.id, "ris"),
        "bibtex": links.cite(document.id, "bib"),
        "csl-json": links.cite(document.id, "json"),
    }


def _facet_value(value: FacetValue) -> JSON:
    return {
        "value": value.value,
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
        "children": [_facet_value(child) for child in value.children],
    }


def _answer_links(answer: SearchAnswer, links: Links) -> JSON:
    request = answer.request

    def turned_to(page: int) -> str | None:
        return links.api_search(replace(request, page=page)) if 1 <= page <= reachable_pages(answer) else None

    return {
        "self": links.api_search(request),
        "next": turned_to(request.page + 1),
        "prev": turned_to(request.page - 1),
        **{kind: links.export(request, kind) for kind in EXPORTS},
    }
