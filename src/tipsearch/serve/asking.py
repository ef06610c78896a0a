"""A search as a page asks for it: out of the address, in the reader's language, with its errors told as a reader's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import request

from tipsearch.errors import BadRequest
from tipsearch.serve.context import in_readers_language, site
from tipsearch.serve.errors import ParameterError
from tipsearch.serve.params import FACET_PARAMETERS, Problem, Reading, pairs_of, read

if TYPE_CHECKING:
    from tipsearch.search.answer import SearchAnswer
    from tipsearch.search.request import SearchRequest


def read_address() -> Reading:
    """The search that the present address asks for, and parameters that mean nothing here.

    Raises:
        ParameterError: a value can't be read; it holds the search that is left without it.
    """
    reading = read(request.args.items(multi=True))
    if reading.wrong:
        raise ParameterError(reading.wrong, reading.request)
    return reading


def search_library(asked: SearchRequest) -> SearchAnswer:
    """The library's answer in the reader's language; addresses made of it name that only if this one does.

    Raises:
        ParameterError: a value that the library doesn't know; it holds the search without it.
    """
    try:
        answer = site().library.search(in_readers_language(asked))
        return replace(answer, request=replace(answer.request, ui=asked.ui))
    except BadRequest as error:
        parameter = FACET_PARAMETERS.get(error.parameter, error.parameter)
        without = read(pair for pair in pairs_of(asked) if pair[0] != parameter).request
        raise ParameterError([Problem(parameter, str(error))], without) from error
