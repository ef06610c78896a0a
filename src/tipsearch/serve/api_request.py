"""What a request to the API asks: read by the types that declare it, and refused as a whole if anything in it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec
from flask import request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from tipsearch.errors import ParameterError
from tipsearch.search.facets import FACETS
from tipsearch.serve.declared import CHOSEN, FACET_PARAMETERS, NO_FACETS
from tipsearch.serve.validation import Problem, read_as, unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

S = TypeVar("S", bound=msgspec.Struct)
_NAMED_OTHERWISE = {parameter: facet for facet, parameter in FACET_PARAMETERS.items()}


def read_parameters(declared: type[S]) -> S:
    """What the address of the present request asks.

    Raises:
        ParameterError: a parameter isn't one of those that the type declares, or has a value that it doesn't allow; names all.
    """
    told, problems = read_as(declared, request.args.items(multi=True))
    if problems:
        raise ParameterError(problems)
    return told


def refuse_parameters() -> None:
    """Raise `ParameterError` if the address of the present request has parameters."""
    if problems := unknown(request.args.keys(), {}):
        raise ParameterError(problems)


def facet_called(name: str) -> str:
    """The facet of that name, or of the parameter of that name."""
    return _NAMED_OTHERWISE.get(name, name)


def chosen_facets(named: Collection[str]) -> tuple[tuple[str, ...] | None, list[Problem]]:
    """The facets that an answer is to hold, in their own order, None for all; and what is wrong with those that are named."""
    if NO_FACETS in named and len(set(named)) > 1:
        return None, [Problem(CHOSEN, f"beside {NO_FACETS} no facet can be named")]
    wanted = set(map(facet_called, named))
    return tuple(one for one in FACETS if one in wanted) if named else None, []


def sent_pairs() -> list[tuple[str, str]]:
    """Names and values that the body of the present request holds, as JSON or as a form.

    Raises:
        ParameterError: a value is neither text nor a number nor a list of these.
        BadRequest, UnsupportedMediaType: the body is neither an object in JSON nor a form.
    """
    if request.mimetype == "application/x-www-form-urlencoded":
        return list(request.form.items(multi=True))
    if request.mimetype != "application/json":
        raise UnsupportedMediaType(
            "A search is sent as application/json or application/x-www-form-urlencoded."
        )
    try:
        sent = msgspec.json.decode(request.get_data(), type=dict[str, object])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadRequest("The body isn't an object in JSON.") from error
    return [(name, text) for name, value in sent.items() for text in _texts(name, value)]


def _texts(name: str, value: object) -> Iterator[str]:
    """A value as an address would have it; what is null or an empty list is empty, so that its name is looked at all the same."""
    for one in (value or [None]) if isinstance(value, list) else [value]:
        if isinstance(one, bool):
            yield "yes" if one else "no"
        elif isinstance(one, str | int | float):
            yield str(one)
        elif one is None:
            yield ""
        else:
            raise ParameterError([Problem(name, f"{name} is text, a number or a list of these")])
