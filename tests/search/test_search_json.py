from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec

from tipsearch.model import Document
from tipsearch.query import Part
from tipsearch.search.answer import LabelledTag, Passage, Result, SearchAnswer, Understood
from tipsearch.search.json import EXPORTS, answer_to_json
from tipsearch.search.request import SearchRequest
from tipsearch.search.shapes import FacetValue

_NEPAL = FacetValue("nepal", "Nepal", 1, selected=True, children=())
_ASIA = FacetValue("asia", "Asia", 1, selected=False, children=(_NEPAL,))


class _Links:
    """Links that name what they were asked for."""

    def api_search(self, request: SearchRequest) -> str:
        return f"search:{request.page}"

    def api_after(self, _answer: SearchAnswer, start: int) -> str:
        return f"after:{start}"

    def api_page(self, document_id: str, number: int, text: str = "") -> str:
        return f"api:{document_id}:{number}:{text}"

    def api_document(self, document_id: str) -> str:
        return f"api:{document_id}"

    def api_similar(self, document_id: str, size: int | None = None) -> str:
        return f"similar:{document_id}:{size}"

    def document(self, document_id: str, text: str = "") -> str:
        return f"document:{document_id}:{text}"

    def page(self, document_id: str, number: int, text: str = "") -> str:
        return f"page:{document_id}:{number}:{text}"

    def file(self, document: Document) -> str | None:
        return f"file:{document.id}"

    def cite(self, document_id: str, extension: str) -> str:
        return f"cite:{document_id}.{extension}"

    def export(self, _request: SearchRequest, kind: str) -> str | None:
        return f"export:{kind}"

    def outside(self, url: str | None) -> str | None:
        return url and f"outside:{url}"


def _answer(total: int = 30, page: int = 2) -> SearchAnswer:
    result = Result(
        document=Document(id="a", title="A", url="u"),
        score=0.5,
        regions=(LabelledTag("nepal", "Nepal", ("asia", "nepal"), "detected"),),
        topics=(),
        pages=(Passage(3, "iii", "the debt", ((4, 8),)),),
    )
    return SearchAnswer(
        request=SearchRequest("debt", page=page),
        query=Understood(
            "debt",
            "“debt”",
            "all",
            ("a notice",),
            "debts",
            (("debt", ("deuda",)),),
            (Part("“debt”", "word", ""),),
        ),
        total=total,
        results=(result,),
        facets={"region": (_ASIA,)},
        took_ms=4.26,
    )


def _dict(answer: SearchAnswer) -> Any:
    return msgspec.json.decode(msgspec.json.encode(answer_to_json(answer, _Links())))


def test_the_query_says_how_it_was_read() -> None:
    assert _dict(_answer())["query"] == {
        "text": "debt",
        "understood": "“debt”",
        "match": "all",
        "parts": [{"words": "“debt”", "kind": "word", "without": ""}],
        "expansions": [{"term": "debt", "added": ["deuda"]}],
        "did_you_mean": "debts",
        "corrected": False,
        "notices": ["a notice"],
    }


def test_links_are_made_by_whoever_serves_them() -> None:
    answer = _dict(_answer())
    (result,) = answer["results"]
    assert result["url"] == "outside:u"
    assert result["links"]["self"] == "api:a"
    assert result["links"]["html"] == "document:a:debt"
    assert result["pages"] == [
        {
            "number": 3,
            "label": "iii",
            "text": "the debt",
            "spans": [[4, 8]],
            "ocr": False,
            "link": "page:a:3:debt",
        }
    ]
    assert answer["links"] == {
        "self": "search:2",
        "next": "search:3",
        "prev": "search:1",
        **{kind: f"export:{kind}" for kind in EXPORTS},
    }


def test_the_first_and_the_last_page_lead_nowhere_beyond() -> None:
    assert _dict(_answer(page=1))["links"]["prev"] is None
    assert _dict(_answer(page=3))["links"]["next"] is None


def test_behind_the_last_page_that_can_be_turned_to_it_goes_on_by_a_cursor() -> None:
    answer = replace(_answer(total=1150), request=SearchRequest("debt", page=10, size=100))
    assert _dict(answer)["links"]["next"] == "after:1000"
    behind = replace(answer, request=SearchRequest("debt", start=1000, size=100))
    assert _dict(behind)["page"] == 11
    assert [_dict(behind)["links"][name] for name in ("self", "prev", "next")] == [
        "after:1000",
        "search:10",
        "after:1100",
    ]
    last = replace(answer, request=SearchRequest("debt", start=1100, size=100))
    assert _dict(last)["links"]["next"] is None


def test_facets_nest() -> None:
    assert _dict(_answer())["facets"] == {
        "region": [
            {
                "value": "asia",
                "label": "Asia",
                "count": 1,
                "selected": False,
                "children": [
                    {"value": "nepal", "label": "Nepal", "count": 1, "selected": True, "children": []},
                ],
            }
        ]
    }
