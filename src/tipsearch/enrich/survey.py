"""All mentions of places in one document, weighed: what regions and roles are told from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.enrich import places
from tipsearch.enrich.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tipsearch.enrich.places import Mention
    from tipsearch.enrich.zones import Body


@dataclass(frozen=True, slots=True)
class Survey:
    """What a document says of places.

    Attributes:
        tallies: by value, how often and where it is named.
        mentions: for each page with a text, the mentions in it, from left to right.
        owners: of a name that several places share, the place that is meant here.
    """

    tallies: dict[str, Tally]
    mentions: tuple[tuple[Body, tuple[Mention, ...]], ...]
    owners: dict[tuple[str, ...], str]

    def values(self, mention: Mention) -> tuple[str, ...]:
        """The places that are meant by a mention."""
        values = mention.name.values
        return (self.owners.get(values, values[0]),) if mention.name.shared else values


def survey(titles: Sequence[str], bodies: Sequence[Body], language: str | None) -> Survey:
    """Look through a document.

    Args:
        titles: its title (or titles).
        bodies: its text.
        language: the language of the titles.
    """
    tallies: dict[str, Tally] = {}
    for title in titles:
        for mention in places.find(title, language):
            for value in mention.name.values[: 1 if mention.name.shared else None]:
                quote = title[mention.start : mention.end]
                tallies.setdefault(value, Tally(value)).entitle(quote, mention.name.kind.value)
    found = tuple((body, tuple(_own(body))) for body in bodies)
    unsure = [(body, one) for body, mentions in found for one in mentions if one.name.shared]
    for body, mentions in found:
        for mention in mentions:
            if not mention.name.shared:
                for value in mention.name.values:
                    _take(tallies, value, body, mention)
    owners = _owners(unsure, tallies)
    for body, mention in unsure:
        _take(tallies, owners[mention.name.values], body, mention)
    return Survey(tallies, found, owners)


def _own(body: Body) -> Iterable[Mention]:
    """The mentions in a page but those that only say where an author works."""
    for mention in places.find_in_flat(body.text, body.language):
        if not body.is_affiliation(mention.start, mention.end):
            yield mention


def _take(tallies: dict[str, Tally], value: str, body: Body, mention: Mention) -> None:
    quote = body.text[mention.start : mention.end]
    place = body.where(mention.start, mention.end)
    tallies.setdefault(value, Tally(value)).take(quote, mention.name.kind.value, body.page, place)


def _owners(unsure: Iterable[tuple[Body, Mention]], tallies: dict[str, Tally]) -> dict[tuple[str, ...], str]:
    """Give "Congo" to the Congo of the title, or the one that the text names first by its own name, else to the likeliest."""
    order = {value: place for place, value in enumerate(tallies)}

    def rank(value: str) -> tuple[float, int]:
        titled = tallies[value].title if value in tallies else 0.0
        return -titled, order.get(value, len(order))

    return {values: min(values, key=rank) for values in {one.name.values for _, one in unsure}}
