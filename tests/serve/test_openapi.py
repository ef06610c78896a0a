from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any

import jsonschema  # type: ignore[import-untyped]  # it ships none
import lxml.html
import msgspec
import openapi_spec_validator
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode, checks

from serve.small_library import SmallLibrary
from tipsearch import SearchRequest
from tipsearch.search import shapes
from tipsearch.serve.app import create_app
from tipsearch.serve.declared import FACET_PARAMETERS, Search
from tipsearch.serve.openapi import document
from tipsearch.serve.params import PARAMETERS

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tipsearch import Library

#: What an answer must be, whatever is asked.
_CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.positive_data_acceptance,
    checks.unsupported_method,
]
#: Why what is as described may be refused all the same, by the parameter that is named then: JSON Schema has no words for rules
#: that several parameters follow together, nor for what this library holds.
_BEYOND_SCHEMA = {
    **dict.fromkeys(FACET_PARAMETERS.values(), "no |isn't|50 values at most"),  # names of regions, topics, …
    "to": "lies before the first",
    "year": "years run from the earlier to the later one|50 values at most",
    "page": "lies beyond result 1000",
    "facets": "beside none no facet can be named",
    "cursor": "no cursor of ours|a cursor is the whole search",
}


def _is_beyond_schema(response: Any) -> bool:
    """Was it refused for nothing but such reasons?"""
    return response.status_code == 422 and all(
        re.search(_BEYOND_SCHEMA.get(one["parameter"], "$^"), one["detail"])
        for one in response.json()["errors"]
    )


def _ask_in_english(case: Any) -> None:
    """What is refused for such reasons is told in the reader's language, and known here by its English words."""
    for part in (case.query, case.body):
        if isinstance(part, dict) and "ui" in part:
            part["ui"] = "en"


@pytest.fixture(scope="module")
def asked(sample: Library) -> FlaskClient:
    return create_app(sample).test_client()


@pytest.fixture(scope="module")
def ids(sample: Library) -> list[str]:
    return [result.document.id for result in sample.search(SearchRequest(size=100)).results]


def _validate(answer: Any, name: str) -> None:
    schemas = document()["components"]
    jsonschema.Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": schemas}).validate(
        answer
    )


def test_the_document_is_valid_openapi() -> None:
    openapi_spec_validator.validate(msgspec.json.decode(msgspec.json.encode(document())))


def test_everything_in_the_document_says_what_it_is() -> None:
    for name, schema in document()["components"]["schemas"].items():
        assert schema["description"], name
        for member, declared in schema["properties"].items():
            assert declared.get("description"), f"{name}.{member}"


def test_the_declared_parameters_are_those_that_are_read() -> None:
    assert {one.encode_name for one in msgspec.structs.fields(Search)} == {*PARAMETERS, "facets", "cursor"}


def test_what_may_be_empty_is_as_if_it_were_not_given(asked: FlaskClient) -> None:
    for path, methods in document()["paths"].items():
        if "{document_id}" in path:
            continue
        address = f"/api/v1{path.replace('{name}', 'region')}"
        for one in methods["get"]["parameters"]:
            if one.get("allowEmptyValue"):
                assert asked.get(address, query_string={one["name"]: ""}).status_code == 200, one["name"]


def test_moved_documents_and_years_are_described() -> None:
    described = document()
    for path, methods in described["paths"].items():
        assert ("302" in methods["get"]["responses"]) == ("{document_id}" in path)
    years = described["components"]["schemas"]["Search"]["properties"]["from"]
    assert (years["minimum"], years["maximum"]) == (1000, 9999)


def test_the_document_is_served_from_where_the_application_is_mounted(asked: FlaskClient) -> None:
    response = asked.get("/api/openapi.json", environ_overrides={"SCRIPT_NAME": "/library"})
    assert response.get_json()["servers"] == [{"url": "/library/api/v1"}]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    tag = asked.get("/api/openapi.json").headers["ETag"]
    assert asked.get("/api/openapi.json", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    "query",
    ["", "q=kafala+fees&region=asia&size=1", "q=traffick*&year=2020..", "q=forsed+labour", "size=2&page=2"],
)
def test_answers_of_searches_are_as_declared(asked: FlaskClient, query: str) -> None:
    response = asked.get(f"/api/v1/search?{query}")
    msgspec.json.decode(response.data, type=shapes.Answer, strict=True)
    _validate(response.json, "Answer")


def test_answers_about_documents_are_as_declared(asked: FlaskClient, ids: list[str]) -> None:
    for one in ids:
        there = f"/api/v1/documents/{one}"
        for address, shape in (
            (there, shapes.FullDocument),
            (f"{there}/similar", shapes.SimilarDocuments),
            (f"{there}/pages/1?q=labour", shapes.PageText),
        ):
            response = asked.get(address)
            assert response.status_code == 200, address
            msgspec.json.decode(response.data, type=shape, strict=True)
            _validate(response.json, shape.__name__)


@pytest.mark.parametrize("facet", ["region", "topic", "year", "publisher", "language"])
def test_values_of_facets_are_as_declared(asked: FlaskClient, facet: str) -> None:
    _validate(asked.get(f"/api/v1/facets/{facet}?q=a").json, "FacetValues")


@pytest.mark.parametrize("address", ["search?size=1000", "documents/none", "nowhere", "search?cursor=x"])
def test_errors_are_as_declared(asked: FlaskClient, address: str) -> None:
    response = asked.get(f"/api/v1/{address}")
    assert response.content_type == "application/problem+json"
    _validate(response.json, "Problem")


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(
    ("path", "method"), [(path, method) for path, each in document()["paths"].items() for method in each]
)
def test_whatever_is_asked_the_answer_is_as_described(
    sample: Library, path: str, method: str, mode: GenerationMode
) -> None:
    schema: Any = schemathesis.openapi.from_wsgi("/api/openapi.json", create_app(sample))
    cases = schema[path][method].as_strategy(generation_mode=mode)

    @given(case=cases)
    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:
            _ask_in_english(case)
        # An empty value counts as none, as forms send those of their empty fields; in a body null does, and one value may
        # stand for a list of one.
        given = [str(value).strip() for value in (case.query or {}).values()]
        left_out: list[Any] = [checks.negative_data_rejection] if "" in given or method == "post" else []
        # It reads no compressed answers.
        response = case.call(headers={"Accept-Encoding": "identity"})
        if _is_beyond_schema(response):
            left_out.append(checks.positive_data_acceptance)
        case.validate_response(response, checks=[one for one in _CHECKS if one not in left_out])

    ask()


def test_the_page_for_people_names_every_address_and_its_examples_run(asked: FlaskClient) -> None:
    page = lxml.html.document_fromstring(asked.get("/api/docs").text)
    told = ["".join(map(str, heading.itertext())) for heading in page.findall(".//h2")]
    for path, methods in document()["paths"].items():
        assert all(f"{method.upper()} /api/v1{path}" in told for method in methods)
    examples = [shlex.split(str(code.text)) for code in page.findall(".//pre/code")]
    assert len(examples) == sum(len(methods) for methods in document()["paths"].values())
    for command, address, *body in examples:
        assert command == "curl"
        assert address.startswith("http://localhost/api/v1/")
        sent = {"data": body[1], "content_type": "application/json"} if body else {}
        response = asked.open(address, method="POST" if body else "GET", **sent)  # type: ignore[arg-type]  # keywords
        assert response.status_code == 200


@pytest.mark.parametrize("state", [0, 7])
def test_the_page_for_people_needs_no_documents(state: int) -> None:
    library = SmallLibrary([])
    library.state = state
    page = create_app(library).test_client().get("/api/docs")
    assert page.status_code == 200
    assert page.text.count("curl ") == 4


def test_the_page_for_people_searches_once_in_each_state_of_the_library(
    client: FlaskClient, library: SmallLibrary
) -> None:
    for _ in range(3):
        assert "/api/v1/documents/fees" in client.get("/api/docs").text
    assert len(library.requests) == 1
    del library.entries["fees"]
    library.state += 1
    assert "/api/v1/documents/evil" in client.get("/api/docs").text
    library.changes += 1
    client.get("/api/docs")
    assert len(library.requests) == 3


def test_the_page_for_people_explains_every_type_and_leads_to_it(asked: FlaskClient) -> None:
    page: Any = lxml.html.document_fromstring(asked.get("/api/docs").text)
    places = {
        link.get("href") for link in page.findall(".//main//a") if str(link.get("href")).startswith("#")
    }
    assert all(page.get_element_by_id(place[1:]) is not None for place in places)
    types = set(document()["components"]["schemas"]) - {"Search"}
    assert {f"#{name}" for name in types - {"ParameterProblem"}} <= places | {"#Problem"}
    for name in types:
        names = [
            str(one.text) for one in page.get_element_by_id(name).xpath("following-sibling::dl[1]//dt/code")
        ]
        assert names == list(document()["components"]["schemas"][name]["properties"])
