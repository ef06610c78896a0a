"""Searches whose answer is a file and not a page: read strictly, as there is no place in a file for a notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from tipsearch.errors import BadRequest
from tipsearch.serve.context import site
from tipsearch.serve.errors import ParameterError
from tipsearch.serve.params import FACET_PARAMETERS, Problem, pairs_of, read

if TYPE_CHECKING:
    from collections.abc import Collection

    from tipsearch.search.answer import Listing
    from tipsearch.search.request import SearchRequest

#: Documents that an export or a feed looks at, at most.
MOST_LISTED = 10_000


def asked(*, also: Collection[str] = ()) -> SearchRequest:
    """The search that the address asks for.

    Args:
        also: parameters that aren't part of a search and are read elsewhere.

    Raises:
        ParameterError: a parameter is unknown or has a value that can't be.
    """
    reading = read(pair for pair in request.args.items(multi=True) if pair[0] not in also)
    if problems := reading.unknown + reading.wrong:
        raise ParameterError(problems, reading.request)
    return reading.request


def listed(search: SearchRequest, limit: int = MOST_LISTED) -> Listing:
    """All that the search finds, `limit` documents at most.

    Raises:
        ParameterError: the library doesn't know a value.
    """
    try:
        return site().library.listing(search, limit)
    except BadRequest as error:
        parameter = FACET_PARAMETERS.get(error.parameter, error.parameter)
        without = read(pair for pair in pairs_of(search) if pair[0] != parameter).request
        raise ParameterError([Problem(parameter, str(error))], without) from error
