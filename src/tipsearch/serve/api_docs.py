"""The OpenAPI document laid out for people: for each operation its address, parameters, an example and its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    JSON = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Member:
    """A parameter, or a member of an answer: its name, what it takes or is, what it says, and its default."""

    name: str
    kind: str
    says: str
    default: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked.

    Attributes:
        method: of HTTP.
        path: its address, with names for what varies.
        says: what it gives.
        parameters: that it takes.
        example: an address that answers; empty where ids of this library would be needed, or a body.
        answer: name of the type of its answer.
        members: of that.
        errors: status and when it comes.
    """

    method: str
    path: str
    says: str
    parameters: tuple[Member, ...]
    example: str
    answer: str
    members: tuple[Member, ...]
    errors: tuple[tuple[str, str], ...]


def operations(document: JSON, prefix: str) -> tuple[Operation, ...]:
    """All operations of an OpenAPI document, in its order.

    Args:
        document: it.
        prefix: where the application is mounted.
    """
    return tuple(
        _operation(document, f"{prefix}/api/v1{path}", method, said)
        for path, methods in document["paths"].items()
        for method, said in methods.items()
    )


def _operation(document: JSON, path: str, method: str, said: JSON) -> Operation:
    schemas = document["components"]["schemas"]
    (content,) = said["responses"]["200"]["content"].values()
    answer = content["schema"]["$ref"].rpartition("/")[2]
    parameters = said.get("parameters", ())
    return Operation(
        method=method.upper(),
        path=path,
        says=said["summary"],
        parameters=tuple(_parameter(one) for one in parameters),
        example=_example(path, parameters) if method == "get" else "",
        answer=answer,
        members=tuple(_members(schemas[answer])),
        errors=tuple(
            (status, told["description"]) for status, told in said["responses"].items() if status >= "400"
        ),
    )


def _parameter(one: JSON) -> Member:
    schema = one["schema"]
    return Member(one["name"], _kind(schema), one["description"], str(schema.get("default", "")))


def _members(schema: JSON) -> Iterator[Member]:
    for name, member in schema["properties"].items():
        yield Member(name, _kind(member), member.get("description", ""))


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


def _example(path: str, parameters: JSON) -> str:
    if "{document_id}" in path:
        return ""
    given = {one["name"]: one["example"] for one in parameters if "example" in one}  # type: ignore[index]  # a list of objects
    query = urlencode([(name, one) for name, each in given.items() for one in _several(each)])
    return f"{path.replace('{name}', 'region')}?{query}"


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
