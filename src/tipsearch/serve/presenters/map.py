"""Countries by the number of documents found: shapes and links for a world map, and the same numbers as a tree."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from tipsearch.cite.plain import one_line
from tipsearch.paths import data_file
from tipsearch.search.facets import flat
from tipsearch.serve.presenters.facets import FacetItem, facet_groups, toggled
from tipsearch.serve.presenters.text import quotable
from tipsearch.serve.tongue import gettext, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tipsearch.search.answer import SearchAnswer
    from tipsearch.search.request import SearchRequest
    from tipsearch.search.shapes import FacetValue
    from tipsearch.serve.links import PathLinks
    from tipsearch.serve.presenters.names import Names

#: Steps of shading, the darkest for most documents.
SHADES = 5


class World(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``world_map.json``: outlines (``d`` of an SVG path) and spots by region, in units of the map."""

    source: str
    width: int
    height: int
    shapes: dict[str, str]
    spots: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Land:
    """A country with documents, or selected: its outline or, of a small state, its spot; `url` switches it.

    `shade` is from 1 to `SHADES`; 0 where there is no document.
    """

    value: str
    told: str
    shade: int
    selected: bool
    url: str
    outline: str = ""
    spot: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One shade of the legend and the numbers it stands for."""

    shade: int
    label: str


@dataclass(frozen=True, slots=True)
class MapView:
    """The map: countries that can be clicked, selected ones last so that they lie on top, and the `rest` as one path."""

    width: int
    height: int
    lands: tuple[Land, ...]
    rest: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class MapPage:
    """The page of the map: what was searched for and found, the map, and all regions as a tree of links."""

    text: str
    total: int
    chosen: tuple[str, ...]
    map: MapView
    regions: tuple[FacetItem, ...]
    results_url: str
    map_url: str


@cache
def world() -> World:
    """The outlines of the world's countries."""
    return msgspec.json.decode(data_file("world_map.json").read_bytes(), type=World)


def map_page(answer: SearchAnswer, names: Names, links: PathLinks) -> MapPage:
    """The page of the map that belongs to an answer."""
    values, request = answer.facets.get("region", ()), answer.request
    groups = facet_groups({"region": values}, request, names, links)
    return MapPage(
        text=quotable(answer.query.searched),
        total=answer.total,
        chosen=tuple(one_line(names.label("region", value)) for value in request.regions),
        map=world_map(values, request, names, links),
        regions=tuple(item for group in groups for item in group.items),
        results_url=links.search(request),
        map_url=links.map(request),
    )


def world_map(
    values: Sequence[FacetValue], request: SearchRequest, names: Names, links: PathLinks
) -> MapView:
    """The map of the facet ``region`` of an answer to `request`."""
    drawn = world()
    places = drawn.shapes.keys() | drawn.spots.keys()
    counted = {one.value: one for one in flat(values) if one.value in places and one.count}
    bounds = _bounds(max((one.count for one in counted.values()), default=0))
    shown = counted.keys() | (places & set(request.regions))
    lands = [
        Land(
            value=value,
            told=_told(value, counted.get(value), names),
            shade=_shade(counted[value].count, bounds) if value in counted else 0,
            selected=value in request.regions,
            url=links.search(toggled(request, "region", value)),
            outline=drawn.shapes.get(value, ""),
            spot=drawn.spots.get(value),
        )
        for value in shown
    ]
    return MapView(
        width=drawn.width,
        height=drawn.height,
        lands=tuple(sorted(lands, key=lambda one: (one.selected, one.spot is not None, one.value))),
        rest="".join(outline for value, outline in drawn.shapes.items() if value not in shown),
        steps=tuple(_steps(bounds)),
    )


def _told(value: str, known: FacetValue | None, names: Names) -> str:
    place = one_line(known.label if known else names.label("region", value))
    count = known.count if known else 0
    return ngettext("%(place)s: %(count)s document", "%(place)s: %(count)s documents", count, place=place)


def _bounds(most: int) -> tuple[int, ...]:
    """The greatest number of each shade, palest first: each step is about as many times more as the one before."""
    if not most:
        return ()
    return tuple(sorted({math.ceil(most ** (step / SHADES)) for step in range(1, SHADES)} | {most}))


def _shade(count: int, bounds: Sequence[int]) -> int:
    """The last bound has the darkest shade, however few there are."""
    place = next(place for place, bound in enumerate(bounds) if count <= bound)
    return SHADES - len(bounds) + 1 + place


def _steps(bounds: Sequence[int]) -> Iterator[Step]:
    first = 1
    for last in bounds:
        shade = _shade(last, bounds)
        if first == last:
            yield Step(shade, number(last))
        else:
            yield Step(shade, gettext("%(first)s to %(last)s", first=number(first), last=number(last)))
        first = last + 1
