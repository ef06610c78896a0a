"""The API described for programs (OpenAPI 3.1), and the page that shows the same to people. Both are made of the declared types."""

from __future__ import annotations

import inspect
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec
from flask import Blueprint, Response, request

from tipsearch.errors import TipsearchError
from tipsearch.search import shapes
from tipsearch.search.request import SearchRequest
from tipsearch.serve import api_docs, declared
from tipsearch.serve.context import absolute, links, render, site
from tipsearch.serve.declared import FACET_NAMES
from tipsearch.serve.params import PARAMETERS
from tipsearch.version import VERSION

blueprint = Blueprint("openapi", __name__, url_prefix="/api")

JSON = dict[str, Any]
_REF = "#/components/schemas/{name}"
#: Members of a class docstring: ``name, other: what it is``, on one line or more.
_ATTRIBUTE = re.compile(r"^ {4}([\w, ]+): (.+(?:\n {8}.+)*)", re.MULTILINE)
_MOVED = "The document has become one with another; Location is the same of that one."
_ERRORS = {
    400: "The request can't be read.",
    404: "There is no such document, page or facet.",
    410: "The library has changed since the cursor was made; begin again.",
    413: "The body is too large.",
    415: "The body is neither JSON nor a form.",
    422: "A parameter is unknown, or has a value that can't be.",
    429: "Asked too often; Retry-After says when to ask again.",
    503: "The library can't answer at the moment; Retry-After says when to ask again.",
}
_ALWAYS = (422, 429, 503)
_LOCATION: JSON = {"Location": {"description": "A path on this host.", "schema": {"type": "string"}}}
_DOCUMENT_ID: JSON = {
    "name": "document_id",
    "in": "path",
    "required": True,
    "description": "A document's id, from an answer.",
    "schema": {"type": "string"},
}
_PAGE_NUMBER: JSON = {
    "name": "number",
    "in": "path",
    "required": True,
    "description": "A page's number in its file, from 1.",
    "schema": {"type": "integer", "minimum": 1},
    "example": 1,
}
_FACET: JSON = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "The facet, by its own name or by that of its parameter.",
    "schema": {"type": "string", "enum": list(FACET_NAMES)},
    "example": "region",
}


@dataclass(frozen=True, slots=True)
class _Reading:
    """An address of the API that is read with GET.

    Attributes:
        name: of the operation.
        says: what it gives, in a sentence.
        answer: its type.
        path: parameters in its path.
        asked: type that declares its parameters.
        errors: that it can have beside those that all can.
    """

    name: str
    says: str
    answer: type
    asked: type
    path: tuple[JSON, ...] = ()
    errors: tuple[int, ...] = ()


_READINGS = {
    "/search": _Reading(
        "search", "Search, or list everything.", shapes.Answer, asked=declared.Search, errors=(410,)
    ),
    "/documents/{document_id}": _Reading(
        "document",
        "A document: its record, what it is about and why, its outline and pages.",
        shapes.FullDocument,
        path=(_DOCUMENT_ID,),
        asked=declared.Labels,
        errors=(404,),
    ),
    "/documents/{document_id}/pages/{number}": _Reading(
        "page",
        "The text of one page, with what answers a query marked.",
        shapes.PageText,
        path=(_DOCUMENT_ID, _PAGE_NUMBER),
        asked=declared.Marking,
        errors=(404,),
    ),
    "/documents/{document_id}/similar": _Reading(
        "similar",
        "The documents most like one: its translations, its series, others about the same.",
        shapes.SimilarDocuments,
        path=(_DOCUMENT_ID,),
        asked=declared.Likeness,
        errors=(404,),
    ),
    "/facets/{name}": _Reading(
        "facet",
        "Values of a facet by name, with counts under a search.",
        shapes.FacetValues,
        path=(_FACET,),
        asked=declared.FacetSearch,
        errors=(404,),
    ),
    "/suggest": _Reading(
        "suggest", "What a reader who is typing may mean.", shapes.Suggestions, asked=declared.Typed
    ),
}
_BODY = {"application/json", "application/x-www-form-urlencoded"}
_SENT = {"q": "forced labour fishing", "region": ["asia", "africa"], "facets": ["none"]}


@blueprint.get("/openapi.json")
def description() -> Response:
    """The API as an OpenAPI 3.1 document."""
    body = {**document(), "servers": [{"url": f"{request.script_root}/api/v1"}]}
    response = Response(msgspec.json.encode(body), content_type="application/json")
    response.add_etag(weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response.make_conditional(request)  # type: ignore[return-value]  # it gives itself


@blueprint.get("/docs")
def docs() -> str:
    """The same for people."""
    return render(
        "api_docs.html",
        operations=api_docs.operations(document(), links().prefix, _some_document()),
        shapes=api_docs.shapes(document()),
        whole=absolute,
        version=VERSION,
    )


def _some_document() -> str:
    """The id of one of the newest documents that have pages; empty if there is none, or nothing can be searched."""
    with suppress(TipsearchError, OSError):
        newest = site().library.search(SearchRequest(), facets=()).results
        return next((one.document.id for one in newest if one.document.page_count), "")
    return ""


@lru_cache(maxsize=1)
def document() -> JSON:
    """The OpenAPI document without the place where it is served."""
    asked = [one.asked for one in _READINGS.values()]
    answers = [one.answer for one in _READINGS.values()]
    _, schemas = msgspec.json.schema_components([*answers, *asked, shapes.Problem], ref_template=_REF)
    types = {each.__name__: each for each in (*vars(shapes).values(), *asked) if inspect.isclass(each)}
    for name, schema in schemas.items():
        _describe(schema, types[name])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "tipsearch",
            "version": VERSION,
            "description": "Page-exact search in a library on human trafficking. For everybody to read, without a key.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {path: _path(reading, schemas) for path, reading in _READINGS.items()},
        "components": {"schemas": {**_answers(schemas, asked), "Search": schemas["Search"]}},
    }


def _answers(schemas: JSON, asked: list[type]) -> JSON:
    return {name: schema for name, schema in schemas.items() if name not in _names(asked)}


def _names(types: list[type]) -> set[str]:
    return {one.__name__ for one in types}


def _path(reading: _Reading, schemas: JSON) -> JSON:
    query = _query(schemas[reading.asked.__name__])
    get = {
        "operationId": reading.name,
        "summary": reading.says,
        "parameters": [*reading.path, *query],
        "responses": _responses(reading, also=("304",)),
    }
    if reading.answer is not shapes.Answer:
        return {"get": get}
    post = {
        "operationId": "search_by_body",
        "summary": "The same, for searches that shouldn't stand in an address.",
        "requestBody": {
            "required": True,
            "content": {
                kind: {"schema": {"$ref": _REF.format(name="Search")}, "example": _SENT}
                for kind in sorted(_BODY)
            },
        },
        "responses": _responses(reading, (400, 413, 415)),
    }
    return {"get": get, "post": post}


def _query(schema: JSON) -> list[JSON]:
    """The members of a type as parameters of an address."""
    parameters = []
    for name, said in schema["properties"].items():
        member = {
            key: value for key, value in said.items() if key not in ("description", "default", "examples")
        }
        parameter = {
            "name": name,
            "in": "query",
            # Forms send those of their empty fields.
            "allowEmptyValue": True,
            "description": said.get("description", ""),
            "schema": member,
        }
        if said.get("default"):
            parameter["schema"] = {**member, "default": said["default"]}
        if said.get("examples"):
            parameter["example"] = said["examples"][0]
        parameters.append(parameter)
    # As the pages write them; what pages don't have comes last.
    return sorted(parameters, key=lambda one: (*PARAMETERS, one["name"]).index(one["name"]))


def _responses(reading: _Reading, errors: tuple[int, ...] = (), *, also: tuple[str, ...] = ()) -> JSON:
    problem = {"application/problem+json": {"schema": {"$ref": _REF.format(name="Problem")}}}
    found = {"$ref": _REF.format(name=reading.answer.__name__)}
    return {
        "200": {"description": "The answer.", "content": {"application/json": {"schema": found}}},
        **({"302": {"description": _MOVED, "headers": _LOCATION}} if _DOCUMENT_ID in reading.path else {}),
        **{
            status: {"description": "The answer whose ETag was sent is still the right one."}
            for status in also
        },
        **{
            str(status): {"description": _ERRORS[status], "content": problem}
            for status in sorted({*_ALWAYS, *reading.errors, *errors})
        },
    }


def _describe(schema: JSON, kind: type) -> None:
    """Put what a type's docstring says of it and of its members where it belongs."""
    schema["description"] = (inspect.getdoc(kind) or "").partition("\n\n")[0]
    said: dict[str, str] = {}
    for above in reversed(kind.__mro__):
        for names, text in _ATTRIBUTE.findall(inspect.cleandoc(above.__doc__ or "")):
            plain = " ".join(text.split())
            said |= {name.strip(): f"{plain[:1].upper()}{plain[1:]}" for name in names.split(",")}
    fields = {one.encode_name: one.name for one in msgspec.structs.fields(kind)}
    for name, member in schema["properties"].items():
        told = said.get(fields[name])
        if told and "description" not in member:
            # Beside a reference stands what the reference doesn't say.
            member["description"] = told
