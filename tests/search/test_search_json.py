from __future__ import annotations

import json
from dataclasses import replace

from tipsearch.model import Document
from tipsearch.query import Part
from tipsearch.search.answer import FacetValue, LabelledTag, Passage, Result, SearchAnswer, Understood
from tipsearch.search.json import EXPORTS, answer_to_json
from tipsearch.search.request import SearchRequest

_NEPAL = FacetValue("nepal", "Nepal", 1, selected=True)
_ASIA = FacetValue("asia", "Asia", 1, selected=False, children=(_NEPAL,))


class _Links:
    """Links that name what they were asked for."""

    def api_search(self, request: SearchRequest) -> str:
        return f"search:{request.page}"

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


def test_the_query_says_how_it_was_read() -> None:
    assert answer_to_json(_answer(), _Links())["query"] == {
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
    answer = json.loads(json.dumps(answer_to_json(_answer(), _Links())))
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
    assert answer_to_json(_answer(page=1), _Links())["links"]["prev"] is None  # type: ignore[index]  # a dict, by shape
    assert answer_to_json(_answer(page=3), _Links())["links"]["next"] is None  # type: ignore[index]  # a dict, by shape


def test_no_link_leads_where_a_request_may_not_go() -> None:
    answer = replace(_answer(total=5000), request=SearchRequest("debt", page=10, size=100))
    assert answer_to_json(answer, _Links())["links"]["next"] is None  # type: ignore[index]  # a dict, by shape


def test_facets_nest() -> None:
    assert answer_to_json(_answer(), _Links())["facets"] == {
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
