"""The years of the documents found as bars: geometry and links only; templates draw them as inline SVG."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tipsearch.engines.base import YearRange
from tipsearch.query.years import UNDATED, format_years
from tipsearch.serve.tongue import gettext, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tipsearch.search.request import SearchRequest
    from tipsearch.search.shapes import FacetValue
    from tipsearch.serve.links import PathLinks

#: Years that one bar may stand for; the first with which all bars fit is taken.
_STEPS = (1, 5, 10, 25, 50, 100, 500, 1000)
_GAP = 0.18
#: A bar that stands for anything can be seen.
_LEAST = 2.0
#: Room below the bars for the years.
_FOOT = 18
#: Room that one year under the axis needs.
_TICK_ROOM = 48


@dataclass(frozen=True, slots=True)
class Frame:
    """Size of a chart in its own units, and how many bars it has room for."""

    width: int
    height: int
    bars: int


#: Beside a list of results, and as wide as a text.
NARROW = Frame(width=272, height=96, bars=40)
WIDE = Frame(width=720, height=180, bars=80)


@dataclass(frozen=True, slots=True)
class YearBar:
    """The documents of some years. `x` and `width` are the place of the bar, `top` and `tall` its height.

    `left` and `room` are where it can be clicked, from top to bottom; `url` is the search narrowed to these years, or
    without them if it is that already. Years without documents have no link.
    """

    label: str
    told: str
    count: int
    url: str
    selected: bool
    x: float
    width: float
    top: float
    tall: float
    left: float
    room: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A year written below the axis, around `x`."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class YearChart:
    """Bars without gaps from the first year to the last, and what stands beside them.

    Attributes:
        step: years that each bar stands for; `note` says so, empty where it is one.
        narrowed: the search is for some years only.
        undated: number of documents without a year, told in `undated_told`; `undated_url` is the search for them.
        summary: the whole in one sentence.
    """

    frame: Frame
    bars: tuple[YearBar, ...]
    ticks: tuple[Tick, ...]
    step: int
    note: str
    narrowed: bool
    undated: int
    undated_told: str
    undated_url: str
    summary: str

    @property
    def base(self) -> int:
        """Where the bars stand."""
        return self.frame.height - _FOOT


def year_chart(
    values: Sequence[FacetValue], request: SearchRequest, links: PathLinks, frame: Frame = NARROW
) -> YearChart | None:
    """The chart of the facet ``year`` of an answer to `request`; None where fewer than two years have documents."""
    counts = {int(one.value): one.count for one in values if one.value != UNDATED and one.count}
    if len(counts) < 2:  # noqa: PLR2004  a single bar says nothing
        return None
    undated = sum(one.count for one in values if one.value == UNDATED)
    first, last = min(counts), max(counts)
    step = next((one for one in _STEPS if _slots(first, last, one) <= frame.bars), _STEPS[-1])
    plain = replace(request, years=(), year_from=None, year_to=None, undated=False, page=1)
    bars = tuple(_bars(_grouped(counts, step), step, request, links, frame))
    return YearChart(
        frame=frame,
        bars=bars,
        ticks=_ticks(first, bars, step, frame),
        step=step,
        note=gettext("Each bar stands for %(count)s years.", count=number(step)) if step > 1 else "",
        narrowed=plain != replace(request, undated=False, page=1),
        undated=undated,
        undated_told=gettext("No date (%(count)s)", count=number(undated)),
        undated_url=links.search(replace(plain, undated=True)),
        summary=_summary(counts),
    )


def _summary(counts: dict[int, int]) -> str:
    peak = max(counts, key=lambda year: counts[year])
    return gettext(
        "Documents by year of publication, %(first)s to %(last)s; most in %(peak)s (%(count)s).",
        first=min(counts),
        last=max(counts),
        peak=peak,
        count=number(counts[peak]),
    )


def _slots(first: int, last: int, step: int) -> int:
    return last // step - first // step + 1


def _grouped(counts: dict[int, int], step: int) -> dict[int, int]:
    """First year of each group, none left out, to its number of documents."""
    groups = dict.fromkeys(range(min(counts) // step * step, max(counts) + 1, step), 0)
    for year, count in counts.items():
        groups[year // step * step] += count
    return groups


def _bars(
    groups: dict[int, int], step: int, request: SearchRequest, links: PathLinks, frame: Frame
) -> Iterator[YearBar]:
    room, most, full = frame.width / len(groups), max(groups.values()), frame.height - _FOOT
    ranges = [YearRange(first, first + step - 1) for first in groups]
    urls = _urls(ranges, request, links)
    for place, (years, url, count) in enumerate(zip(ranges, urls, groups.values(), strict=True)):
        tall = max(_LEAST, full * count / most) if count else 0.0
        label = str(years.first) if step == 1 else f"{years.first}–{years.last}"
        yield YearBar(
            label=label,
            told=ngettext(
                "%(years)s: %(count)s document", "%(years)s: %(count)s documents", count, years=label
            ),
            count=count,
            url=url if count else "",
            selected=_covers(request, years),
            x=round(room * (place + _GAP / 2), 1),
            width=round(room * (1 - _GAP), 1),
            top=round(full - tall, 1),
            tall=round(tall, 1),
            left=round(room * place, 1),
            room=round(room, 1),
        )


def _urls(years: Sequence[YearRange], request: SearchRequest, links: PathLinks) -> Iterator[str]:
    """The search for each of these ranges only; for all years, where it is for that range already.

    The first address is made, and its range replaced for the others: a query string is dear, and holds ``year=`` once.
    """
    only = replace(request, years=(years[0],), year_from=None, year_to=None, undated=False, page=1)
    made = links.search(only)
    chosen = request.years if only == replace(request, years=only.years, page=1) else ()
    for one in years:
        if chosen == (one,):
            yield links.search(replace(only, years=()))
        else:
            yield made.replace(_parameter(years[0]), _parameter(one))


def _parameter(years: YearRange) -> str:
    return f"year={format_years(years.first, years.last)}"  # digits and dots: nothing to be quoted


def _covers(request: SearchRequest, years: YearRange) -> bool:
    """Does what is chosen hold any of these years?"""
    chosen = [(one.first, one.last) for one in request.years]
    if request.year_from is not None or request.year_to is not None:
        chosen.append((request.year_from, request.year_to))
    return any(_meet(one, years) for one in chosen)


def _meet(chosen: tuple[int | None, int | None], years: YearRange) -> bool:
    first, last = chosen
    begins = years.last is None or first is None or first <= years.last
    return begins and (years.first is None or last is None or last >= years.first)


def _ticks(first: int, bars: Sequence[YearBar], step: int, frame: Frame) -> tuple[Tick, ...]:
    """Round years, as many as there is room for; the first and the last where no round one is."""
    every = next(
        (one for one in (*_STEPS, 5000) if one >= step and one / step * bars[0].room >= _TICK_ROOM),
        _STEPS[-1],
    )
    start = first // step * step
    placed = [(start + step * place, bar) for place, bar in enumerate(bars)]
    round_ones = [(year, bar) for year, bar in placed if year % every == 0]
    shown = round_ones if len(round_ones) > 1 else [placed[0], placed[-1]]
    half = _TICK_ROOM * 0.35
    return tuple(
        Tick(round(min(max(bar.left + bar.room / 2, half), frame.width - half), 1), str(year))
        for year, bar in shown
    )
