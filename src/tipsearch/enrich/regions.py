"""Decides which countries and regions a document is about.

Every place named is weighed by where and how often it is named; the title counts most. A document has few regions:
those of its title, and those that clearly lead its text. A country named once in a footnote is none of them, nor is
one that only appears in the names of agencies (`tipsearch.enrich.places`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.enrich import places, roles
from tipsearch.enrich.survey import Survey, survey
from tipsearch.enrich.tally import Sight, Tally, facts
from tipsearch.enrich.zones import HEADING, TEXT
from tipsearch.model import Field
from tipsearch.vocabulary import regions
from tipsearch.vocabulary.roles import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tipsearch.enrich.zones import Body
    from tipsearch.model import Fact

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
#: … (however little that is, if it is so many times that of any other country),
DOMINANT = 1.8
#: … (beside a place of the title),
MIN_SHARE_BESIDE_TITLE = 0.3
#: … this part of the leading place's score (as a rival of the title's own places, of theirs),
MIN_OF_LEADER = 0.4
MIN_OF_TITLE = 0.6
#: … and to be on this share of the pages.
MIN_PAGES = 0.15
#: Added to the score of the country named first, where no title names a place.
FIRST_BONUS = 1.0
#: A country with a heading of its own is treated by itself if it is named so often,
MIN_UNDER_HEADING = 3
#: … one of a region that is treated, if it has this part of the score of the place named most, and so few others have.
MIN_PART = 0.4
MAX_PARTS = 5
#: Without a leader, so many countries in so many continents make a document global.
GLOBAL_COUNTRIES = 8
GLOBAL_CONTINENTS = 3
#: … and so many are at least needed for a region to stand for its countries.
REGION_COUNTRIES = 3
#: Without a leader, the region that holds this share of the mentions of countries stands for them.
REGION_SHARE = 0.75


def detect(titles: Sequence[str], bodies: Sequence[Body], language: str | None) -> tuple[Fact, ...]:
    """The regions of a document, and the roles of countries that it states, as facts, the main ones first.

    Args:
        titles: its title (or titles).
        bodies: its text (see `zones.bodies`).
        language: the language of the titles.

    Returns:
        At most `MAX_REGIONS` regions and as many roles as are stated; all of origin ``detected``, weights from 1 down.
    """
    titles = titles or _first_line(bodies)
    seen = survey(titles, bodies, language)
    _prefer_first(seen.tallies)
    stated = roles.detect(seen, main_country(seen))
    chosen = _choose(seen.tallies, bodies)
    if not any(tally.title for tally in chosen) and any(
        places.says_worldwide(title, language) for title in titles
    ):
        world = Tally(places.GLOBAL)
        world.entitle(titles[0], 1.0)
        chosen = [world]
    chosen += _parts(chosen, seen.tallies)
    chosen += _with_role(chosen, stated, seen.tallies)
    return facts(Field.REGION, chosen) + stated


def _first_line(bodies: Sequence[Body]) -> tuple[str, ...]:
    """The first line of a text without a title, if it is as short as a title is."""
    line = next((line for body in bodies[:1] for line in body.lines.splitlines() if line.strip()), "")
    return (line,) if len(line) <= MAX_HEADING else ()


def _prefer_first(tallies: dict[str, Tally]) -> None:
    """Where no title names a place, the country named first counts more: a text begins with its subject."""
    first = next((tally for tally in tallies.values() if _is_country(tally.value)), None)
    if first and not any(tally.title for tally in tallies.values()):
        first.score += FIRST_BONUS


def main_country(seen: Survey) -> str | None:
    """The country of which a document speaks most, if it clearly does."""
    countries = [tally for tally in seen.tallies.values() if _is_country(tally.value)]
    order = sorted(countries, key=lambda tally: (-tally.title, -tally.score, tally.value))
    if not order or (len(order) > 1 and (order[1].title, order[1].score) >= (order[0].title, order[0].score)):
        return None
    return order[0].value


def _parts(chosen: Sequence[Tally], tallies: dict[str, Tally]) -> list[Tally]:
    """The countries that a report on a region, or on no place above all, treats each by itself: under a heading, or often."""
    if chosen and (_is_country(chosen[0].value) or chosen[0].value == places.GLOBAL):
        return []
    known = {tally.value for tally in chosen}
    countries = [one for one in tallies.values() if _is_country(one.value) and one.value not in known]
    top = max((tally.score for tally in tallies.values()), default=0.0)
    headed = [one for one in countries if HEADING in one.sights and one.count >= MIN_UNDER_HEADING]
    often = [one for one in countries if one.count > 1 and one.score >= MIN_PART * top]
    found = (
        headed
        if not chosen or len(often) > MAX_PARTS
        else list({id(one): one for one in headed + often}.values())
    )
    found.sort(key=lambda one: (-one.score, one.value))
    return found[: MAX_REGIONS - len(chosen)]


def _with_role(chosen: Sequence[Tally], stated: Sequence[Fact], tallies: dict[str, Tally]) -> list[Tally]:
    """The places of which a report on a country says that people are trafficked from, through or to them.

    Where they are many, each is one of a list.
    """
    if not chosen or not _is_country(chosen[0].value):
        return []
    known = {above for tally in chosen for above in regions().path(tally.value)}
    values = dict.fromkeys(parts(fact.value)[1] for fact in stated)
    others = [value for value in values if value not in known]
    return [tallies[value] for value in others] if len(chosen) + len(others) <= MAX_REGIONS else []


def _choose(tallies: dict[str, Tally], bodies: Sequence[Body]) -> list[Tally]:
    """The places that the document is about."""
    order = sorted(tallies.values(), key=lambda tally: (-tally.title, -tally.score, tally.value))
    titled = [tally for tally in order if tally.title]
    countries = [tally for tally in order if _is_country(tally.value)]
    total = sum(tally.score for tally in countries)
    leading = [tally for tally in countries if not tally.title and _leads(tally, order, total, bodies)]
    if titled:
        return _without_implied(titled + leading)[:MAX_REGIONS]
    wholes = _leading_wholes(order, leading, bodies)
    top = max((tally.score for tally in wholes), default=0.0)
    if leading and top > leading[0].score:
        leading = [tally for tally in leading if tally.score >= MIN_OF_TITLE * top]
    if not leading and len(_continents(wholes)) >= GLOBAL_CONTINENTS:
        return [_sum(places.GLOBAL, wholes)]
    return _without_implied(leading + wholes or _of_many(countries, total))[:MAX_REGIONS]


def _leads(tally: Tally, order: Sequence[Tally], total: float, bodies: Sequence[Body]) -> bool:
    """Whether a country is named often enough, also beside those named most and those of the title."""
    has_title = order[0].title > 0
    rivals = [one.score for one in order if one.title or _is_country(one.value)]
    if not has_title and tally.score >= max(
        (DOMINANT * one.score for one in order if one is not tally and _is_country(one.value)), default=0.0
    ):
        return _is_frequent(tally, bodies)
    share = MIN_SHARE_BESIDE_TITLE if has_title else MIN_SHARE
    part = MIN_OF_TITLE if has_title else MIN_OF_LEADER
    return _is_frequent(tally, bodies) and tally.score >= max(share * total, part * max(rivals))


def _leading_wholes(order: Sequence[Tally], leading: Sequence[Tally], bodies: Sequence[Body]) -> list[Tally]:
    """The regions (not countries) named nearly as often as the leading places."""
    wholes = [tally for tally in order if not _is_country(tally.value) and _is_frequent(tally, bodies)]
    top = max((tally.score for tally in [*leading, *wholes]), default=0.0)
    return [tally for tally in wholes if tally.score >= MIN_OF_TITLE * top]


def _is_frequent(tally: Tally, bodies: Sequence[Body]) -> bool:
    length = sum(len(body.text) for body in bodies)
    needed = next(score for limit, score in MIN_SCORES if length < limit)
    often = tally.count > 1 or length < ONE_IS_ENOUGH
    return often and tally.score >= needed and len(tally.pages) >= MIN_PAGES * len(bodies)


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
    seen = Sight(sum(tally.count for tally in tallies), pages, names)
    return Tally(value, 0.0, sum(tally.score for tally in tallies), pages, {TEXT: seen})


def _continents(tallies: Iterable[Tally]) -> set[str]:
    return {regions().path(tally.value)[0] for tally in tallies}


def _is_country(value: str) -> bool:
    return not regions().children(value)


def _without_implied(tallies: Sequence[Tally]) -> list[Tally]:
    """Without the regions that a place among them implies (the index adds them anyway).

    The title's regions stay, and those that are named as often as any of their places.
    """
    implied: dict[str, float] = {}
    for tally in tallies:
        for value in regions().ancestors(tally.value):
            implied[value] = max(implied.get(value, 0.0), tally.score)
    return [tally for tally in tallies if tally.title or tally.score >= implied.get(tally.value, -1.0)]
