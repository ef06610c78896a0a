"""The OpenAPI document laid out for people: for each operation its address, parameters, an example and its answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    JSON = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Member:
    """A parameter, or a member of an answer.

    Attributes:
        name: of it.
        kind: what it takes or is, in words; if it is of one of our types, all but that type's name.
        of: the name of that type.
        says: what it means.
        default: what stands for it if it isn't given.
        is_required: it must be given.
    """

    name: str
    kind: str
    says: str
    of: str = ""
    default: str = ""
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A type that answers are made of: its name, what it is, its members."""

    name: str
    says: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked.

    Attributes:
        method: of HTTP.
        path: its address, with names for what varies.
        says: what it gives.
        parameters: that it takes.
        example: an address that answers; empty where a document would be needed and there is none.
        body: what an example sends, as JSON; empty if nothing is sent.
        answer: name of the type of its answer.
        errors: status and when it comes.
    """

    method: str
    path: str
    says: str
    parameters: tuple[Member, ...]
    example: str
    body: str
    answer: str
    errors: tuple[tuple[str, str], ...]


def operations(document: JSON, prefix: str, document_id: str) -> tuple[Operation, ...]:
    """All operations of an OpenAPI document, in its order.

    Args:
        document: it.
        prefix: where the application is mounted.
        document_id: of a document of this library that has pages, for examples; empty if there is none.
    """
    return tuple(
        _operation(f"{prefix}/api/v1{path}", method, said, document_id)
        for path, methods in document["paths"].items()
        for method, said in methods.items()
    )


def shapes(document: JSON) -> tuple[Shape, ...]:
    """All types of an OpenAPI document that answers are made of, by name."""
    asked = {named for _, _, named in _sent(document)}
    return tuple(
        Shape(name, schema["description"], tuple(_members(schema)))
        for name, schema in sorted(document["components"]["schemas"].items())
        if name not in asked
    )


def _sent(document: JSON) -> Iterator[tuple[str, str, str]]:
    """Path and method of each operation that takes a body, and the name of the body's type."""
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            if "requestBody" in said:
                content = said["requestBody"]["content"]["application/json"]
                yield path, method, _of(content["schema"])


def _operation(path: str, method: str, said: JSON, document_id: str) -> Operation:
    (content,) = said["responses"]["200"]["content"].values()
    parameters = said.get("parameters", ())
    return Operation(
        method=method.upper(),
        path=path,
        says=said["summary"],
        parameters=tuple(_parameter(one) for one in parameters),
        example=_example(path, parameters, document_id) if method == "get" else path,
        body=_body(said),
        answer=_of(content["schema"]),
        errors=tuple(
            (status, told["description"]) for status, told in said["responses"].items() if status >= "400"
        ),
    )


def _body(said: JSON) -> str:
    if "requestBody" not in said:
        return ""
    return json.dumps(said["requestBody"]["content"]["application/json"]["example"])


def _parameter(one: JSON) -> Member:
    schema = one["schema"]
    kind = f"{_kind(schema['items'])}; several times" if schema.get("type") == "array" else _kind(schema)
    default = str(schema.get("default", ""))
    return Member(
        one["name"], kind, one["description"], default=default, is_required=one.get("required", False)
    )


def _members(schema: JSON) -> Iterator[Member]:
    for name, member in schema["properties"].items():
        of = _of(member)
        yield Member(name, _kind(member).removesuffix(of), member.get("description", ""), of)


def _of(schema: JSON) -> str:
    """The name of the type of ours that a schema is, or holds several of; empty if it is none."""
    inner = schema.get("items") or schema.get("additionalProperties")
    if isinstance(inner, dict):
        return _of(inner)
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _kind(schema: JSON) -> str:
    """What values are of that schema, in words."""
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    return _of_type(schema)


def _of_type(schema: JSON) -> str:
    kind = str(schema.get("type", "anything"))
    inner = schema.get("items") or schema.get("additionalProperties")
    if isinstance(inner, dict) and inner:
        return f"{'list' if kind == 'array' else kind} of {_kind(inner)}"
    if "maximum" in schema:
        return f"{kind}, {schema.get('minimum', 0)} to {schema['maximum']}"
    return "list" if kind == "array" else kind


def _example(path: str, parameters: Sequence[JSON], document_id: str) -> str:
    """An address with the examples of its parameters."""
    given = {one["name"]: one["example"] for one in parameters if "example" in one}
    for one in parameters:
        if one["in"] == "path":
            value = document_id if one["name"] == "document_id" else given.pop(one["name"])
            if not value:
                return ""
            path = path.replace(f"{{{one['name']}}}", quote(str(value), safe=""))
    query = urlencode([(name, one) for name, each in given.items() for one in _several(each)])
    return f"{path}?{query}" if query else path


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
