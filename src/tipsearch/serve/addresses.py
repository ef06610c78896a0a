"""Searches as addresses ask for them: those whose answer is a file are read strictly, as no notice has a place in it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import request

from tipsearch.errors import BadRequest, ParameterError
from tipsearch.query.wording import Notice
from tipsearch.serve.context import in_readers_language, links, site
from tipsearch.serve.declared import FACET_PARAMETERS
from tipsearch.serve.params import Reading, cut_text, pairs_of, read
from tipsearch.serve.validation import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tipsearch.search.answer import Listing, SearchAnswer
    from tipsearch.search.request import SearchRequest
    from tipsearch.serve.links import PathLinks

#: Documents that an export or a feed looks at, at most.
MOST_LISTED = 10_000


def read_address() -> Reading:
    """The search that the address of a page asks for; parameters that mean nothing here, and what is too much, are left out.

    Raises:
        ParameterError: a parameter has a value that can't be; it holds the search without it.
    """
    reading = read(request.args.items(multi=True))
    if problems := [one for one in reading.wrong if not one.is_excess]:
        raise ParameterError(problems, reading.request)
    return reading


def led_here(*, results_page: str = "page") -> PathLinks:
    """Links of a document's pages, which keep the search that their address brings, as far as it can be read.

    Args:
        results_page: the parameter that is the page of results in this address.
    """
    meant = {"page": "", results_page: "page"}
    told = [(meant.get(name, name), value) for name, value in request.args.items(multi=True)]
    pairs = [pair for pair in told if pair[0]]
    return links().led_by(read(pairs).request)


def marked_words() -> str:
    """The words whose places a document's pages show, as the address tells them."""
    return cut_text(request.args.get("q", ""))


def other_names_marked() -> bool:
    """Whether other names of topics are marked there, too."""
    return request.args.get("expand") != "no"


def read_strictly(*, also: Collection[str] = ()) -> SearchRequest:
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
    with _refusals_named(search):
        return site().library.listing(search, limit)


def answered(search: SearchRequest, *, facets: Collection[str] | None = None) -> SearchAnswer:
    """The library's answer, with these facets or all, in the reader's language; addresses made of it name that only if this one does.

    Raises:
        ParameterError: the library doesn't know a value.
    """
    with _refusals_named(search):
        answer = site().library.search(in_readers_language(search), facets=facets)
    return replace(answer, request=replace(answer.request, ui=search.ui))


def _notice(error: BadRequest) -> Notice | None:
    return error.notice if isinstance(error.notice, Notice) else None


@contextmanager
def _refusals_named(search: SearchRequest) -> Iterator[None]:
    """A value that the library doesn't know leads to a page that offers the search without it."""
    try:
        yield
    except BadRequest as error:
        parameter = FACET_PARAMETERS.get(error.parameter, error.parameter)
        without = read(pair for pair in pairs_of(search) if pair[0] != parameter).request
        raise ParameterError([Problem(parameter, str(error), _notice(error))], without) from error
