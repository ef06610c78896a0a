"""Decides which countries and regions a document is about.

Every place named is weighed by where and how often it is named; the title counts most. A document has few regions:
those of its title, and those that clearly lead its text. A country named once in a footnote is none of them, nor is
one that only appears in the names of agencies (`tipsearch.enrich.places`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.enrich import places
from tipsearch.enrich.tally import LEAD_FACTOR, LEAD_LENGTH, Tally, facts
from tipsearch.model import Field
from tipsearch.vocabulary import regions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tipsearch.model import Fact, Page

#: Characters of a first line that stands for a title where none is known.
MAX_HEADING = 80
#: Regions a document, at most.
MAX_REGIONS = 8
#: A place that isn't in the title needs this score, by the length of the text in characters.
MIN_SCORES = ((1_500, 1.0), (6_000, 2.0), (float("inf"), 3.0))
#: … more than one mention in a text of so many characters, wherever it stands (10 of the 12 regions that this takes from
#: 803 country reports were wrong),
ONE_IS_ENOUGH = 3_000
#: … this share of all mentions of countries,
MIN_SHARE = 0.2
#: … (beside a place of the title),
MIN_SHARE_BESIDE_TITLE = 0.3
#: … this part of the leading place's score (as a rival of the title's own places, of theirs),
MIN_OF_LEADER = 0.4
MIN_OF_TITLE = 0.6
#: … and to be on this share of the pages.
MIN_PAGES = 0.15
#: Without a leader, so many countries in so many continents make a document global.
GLOBAL_COUNTRIES = 8
GLOBAL_CONTINENTS = 3
#: … and so many are at least needed for a region to stand for its countries.
REGION_COUNTRIES = 3
#: Without a leader, the region that holds this share of the mentions of countries stands for them.
REGION_SHARE = 0.75


def detect(titles: Sequence[str], pages: Sequence[Page], language: str | None) -> tuple[Fact, ...]:
    """The regions of a document as facts, the main one first.

    Args:
        titles: its title (or titles).
        pages: its text, with the languages of the pages.
        language: the language of the titles.

    Returns:
        At most `MAX_REGIONS` facts of origin ``detected``, weights from 1 down.
    """
    titles = titles or _heading(pages)
    tallies = _count(titles, pages, language)
    chosen = _choose(tallies, pages)
    if not any(tally.title for tally in chosen) and any(
        places.says_worldwide(title, language) for title in titles
    ):
        chosen = [Tally(places.GLOBAL, title=1.0, quote=titles[0])]
    return facts(Field.REGION, chosen)


def _heading(pages: Sequence[Page]) -> tuple[str, ...]:
    """The first line of a text without a title, if it is as short as a title is."""
    line = next((line for page in pages[:1] for line in page.text.splitlines() if line.strip()), "")
    return (line,) if len(line) <= MAX_HEADING else ()


def _count(titles: Sequence[str], pages: Sequence[Page], language: str | None) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    unsure: list[tuple[places.Mention, str, float, int]] = []
    for title in titles:
        for mention in places.find(title, language):
            quote = title[mention.start : mention.end]
            for value in mention.name.values[: 1 if mention.name.shared else None]:
                tally = tallies.setdefault(value, Tally(value, quote=quote))
                tally.title = max(tally.title, mention.name.weight)
    offset = 0
    for page in pages:
        for mention in places.find(page.text, page.language):
            weight = mention.name.weight * (LEAD_FACTOR if offset + mention.start < LEAD_LENGTH else 1.0)
            quote = page.text[mention.start : mention.end]
            if mention.name.shared:
                unsure.append((mention, quote, weight, page.number))
                continue
            for value in mention.name.values:
                tallies.setdefault(value, Tally(value)).take(quote, weight, page.number)
        offset += len(page.text)
    _share_out(unsure, tallies)
    return tallies


def _share_out(unsure: Iterable[tuple[places.Mention, str, float, int]], tallies: dict[str, Tally]) -> None:
    """Give "Congo" to the Congo that the document otherwise speaks of most."""
    owners: dict[tuple[str, ...], str] = {}
    for mention, quote, weight, page in unsure:
        values = mention.name.values
        if values not in owners:
            owners[values] = max(values, key=lambda value: _strength(tallies.get(value)))
        tallies.setdefault(owners[values], Tally(owners[values])).take(quote, weight, page)


def _strength(tally: Tally | None) -> tuple[float, float]:
    return (tally.title, tally.score) if tally else (0.0, 0.0)


def _choose(tallies: dict[str, Tally], pages: Sequence[Page]) -> list[Tally]:
    """The places that the document is about."""
    order = sorted(tallies.values(), key=lambda tally: (-tally.title, -tally.score, tally.value))
    titled = [tally for tally in order if tally.title]
    countries = [tally for tally in order if _is_country(tally.value)]
    total = sum(tally.score for tally in countries)
    leading = [tally for tally in countries if not tally.title and _leads(tally, order, total, pages)]
    if titled:
        return _without_implied(titled + leading)[:MAX_REGIONS]
    wholes = _leading_wholes(order, leading, pages)
    top = max((tally.score for tally in wholes), default=0.0)
    if leading and top > leading[0].score:
        leading = [tally for tally in leading if tally.score >= MIN_OF_TITLE * top]
    if not leading and len(_continents(wholes)) >= GLOBAL_CONTINENTS:
        return [_sum(places.GLOBAL, wholes)]
    return _without_implied(leading + wholes or _of_many(countries, total))[:MAX_REGIONS]


def _leads(tally: Tally, order: Sequence[Tally], total: float, pages: Sequence[Page]) -> bool:
    """Whether a country is named often enough, also beside those named most and those of the title."""
    has_title = order[0].title > 0
    share = MIN_SHARE_BESIDE_TITLE if has_title else MIN_SHARE
    part = MIN_OF_TITLE if has_title else MIN_OF_LEADER
    top = max(rival.score for rival in order if rival.title or _is_country(rival.value))
    return _is_frequent(tally, pages) and tally.score >= max(share * total, part * top)


def _leading_wholes(order: Sequence[Tally], leading: Sequence[Tally], pages: Sequence[Page]) -> list[Tally]:
    """The regions (not countries) named nearly as often as the leading places."""
    wholes = [tally for tally in order if not _is_country(tally.value) and _is_frequent(tally, pages)]
    top = max((tally.score for tally in [*leading, *wholes]), default=0.0)
    return [tally for tally in wholes if tally.score >= MIN_OF_TITLE * top]


def _is_frequent(tally: Tally, pages: Sequence[Page]) -> bool:
    length = sum(len(page.text) for page in pages)
    needed = next(score for limit, score in MIN_SCORES if length < limit)
    often = tally.count > 1 or length < ONE_IS_ENOUGH
    return often and tally.score >= needed and len(tally.pages) >= MIN_PAGES * len(pages)


def _of_many(countries: Sequence[Tally], total: float) -> list[Tally]:
    """What a document without a leading place is about: the world, or the region that holds most of its countries."""
    if len(countries) >= GLOBAL_COUNTRIES and len(_continents(countries)) >= GLOBAL_CONTINENTS:
        return [_sum(places.GLOBAL, countries)]
    if len(countries) < REGION_COUNTRIES:
        return []
    holder = _common_region(countries, total)
    return [_sum(holder, countries)] if holder else []


def _common_region(countries: Sequence[Tally], total: float) -> str | None:
    """The smallest region that holds most mentions of countries, None if not even a continent does."""
    held: dict[str, float] = {}
    for tally in countries:
        for value in regions().ancestors(tally.value):
            held[value] = held.get(value, 0.0) + tally.score
    enough = [value for value, score in held.items() if score >= REGION_SHARE * total]
    return max(enough, key=lambda value: len(regions().path(value)), default=None)


def _sum(value: str, tallies: Sequence[Tally]) -> Tally:
    """One tally for a region in the place of those of its countries."""
    names = ", ".join(tally.quote for tally in tallies[:5])
    pages = sorted({page for tally in tallies for page in tally.pages})
    return Tally(value, 0.0, sum(t.score for t in tallies), sum(t.count for t in tallies), pages, names)


def _continents(tallies: Iterable[Tally]) -> set[str]:
    return {regions().path(tally.value)[0] for tally in tallies}


def _is_country(value: str) -> bool:
    return not regions().children(value)


def _without_implied(tallies: Sequence[Tally]) -> list[Tally]:
    """Without the regions that a place among them implies (the index adds them anyway).

    The title's regions stay, and those that are named more often than any of their places.
    """
    implied: dict[str, float] = {}
    for tally in tallies:
        for value in regions().ancestors(tally.value):
            implied[value] = max(implied.get(value, 0.0), tally.score)
    return [tally for tally in tallies if tally.title or tally.score > implied.get(tally.value, -1.0)]
