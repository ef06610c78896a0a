"""Values of one facet, looked for by name: what a long list is searched through with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tipsearch.errors import NotFound, ParameterError
from tipsearch.search.facets import FACETS
from tipsearch.search.request import SearchRequest
from tipsearch.search.shapes import FacetLinks, FacetValues, FoundValue
from tipsearch.serve.api_request import facet_called
from tipsearch.serve.context import in_readers_language, links, site
from tipsearch.serve.declared import FacetSearch
from tipsearch.serve.params import read_as_search
from tipsearch.vocabulary.concepts import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tipsearch.search.shapes import FacetValue

_DEFAULT = SearchRequest()


def facet_values(name: str, pairs: Sequence[tuple[str, str]]) -> FacetValues:
    """The values of a facet that are called so, selected ones first, then by count.

    Args:
        name: the facet, or the parameter that selects in it.
        pairs: ``q`` is what values are called, ``text`` what documents are searched for, ``size`` how many values are wanted;
            all others are those of a search.

    Raises:
        NotFound: there is no such facet.
        ParameterError: a parameter is unknown, or has a value that can't be.
    """
    facet = facet_called(name)
    if facet not in FACETS:
        raise NotFound(f"there is no facet {name!a}; there are {', '.join(FACETS)}")
    reading, told = read_as_search(pairs, FacetSearch, words="text")
    if problems := [*reading.unknown, *reading.wrong]:
        raise ParameterError(problems)
    asked = reading.request
    # How many values are wanted isn't how many results are.
    answer = site().library.search(in_readers_language(replace(asked, size=1)), facets=(facet,))
    found = list(_called(told.q, _flat(answer.facets[facet])))
    if facet != "year":
        found.sort(key=lambda one: (not one.selected, -one.count))
    return FacetValues(
        facet=facet,
        total=len(found),
        values=tuple(found[: asked.size]),
        links=FacetLinks(
            self_=links().api_facet(facet, pairs),
            search=links().api_search(replace(asked, size=_DEFAULT.size)),
        ),
    )


def _flat(values: Iterable[FacetValue], above: tuple[str, ...] = ()) -> Iterator[FoundValue]:
    for one in values:
        path = (*above, one.label)
        yield FoundValue(one.value, one.label, one.count, one.selected, path)
        yield from _flat(one.children, path)


def _called(wanted: str, values: Iterable[FoundValue]) -> Iterator[FoundValue]:
    """Those whose labels, or values, have a word that begins with each word that is wanted."""
    beginnings = fold_name(wanted).split()
    for one in values:
        words = f"{fold_name(one.label)} {fold_name(one.value)}".replace("-", " ").split()
        if all(any(word.startswith(begun) for word in words) for begun in beginnings):
            yield one
