"""What is in the library: counts, coverage by region, year, language, type and publisher, and what can't be searched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from tipsearch.cite.plain import one_line, web_url
from tipsearch.model import SEARCHABLE_STATES
from tipsearch.search.request import SearchRequest
from tipsearch.serve.presenters.charts import WIDE, YearChart, year_chart
from tipsearch.serve.presenters.facets import facet_groups
from tipsearch.serve.tongue import gettext, later
from tipsearch.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tipsearch.search.answer import SearchAnswer
    from tipsearch.serve.library import Status
    from tipsearch.serve.links import PathLinks
    from tipsearch.serve.presenters.facets import FacetItem
    from tipsearch.serve.presenters.names import Names

#: The search that the page is made of: the facets of all documents.
EVERYTHING = SearchRequest(size=1)
_MAIL = "mailto:"
#: What no mail address holds: such a text is one to read.
_NO_ADDRESS = re.compile(r"[\s:/?#&,;<>]")
#: Bars shown at once; the others are in the search's own filters.
SHOWN = 12
#: Facet to its heading.
_COVERED = {
    "region": later("By region"),
    "language": later("By language"),
    "type": later("By type of document"),
    "publisher": later("By publisher"),
}
#: State of a file to why it can't be searched.
_STATES = {
    "no_text": later("They hold no text."),
    "needs_ocr": later("They are pictures of pages that haven’t been read yet."),
    "encrypted": later("They are locked with a password."),
    "malformed": later("They are damaged."),
    "too_big": later("They are larger than the limit."),
    "timeout": later("Reading them took too long."),
    "memory": later("Reading them took too much memory."),
    "crashed": later("The reading program failed on them."),
    "unsupported": later("Their format can’t be read."),
    "gone": later("They are no longer where they were."),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One value, the search for it, and its share of the longest bar, from 1 to 100."""

    label: str
    count: int
    url: str
    share: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The most frequent values of a facet; `others` is the number of values not shown."""

    name: str
    title: str
    bars: tuple[Bar, ...]
    others: int


@dataclass(frozen=True, slots=True)
class AboutPage:
    """All that the page shows.

    Attributes:
        unreadable: why files can't be searched, and how many; no names or places of files.
        contact: who runs the library, with `contact_url` where that is a web or mail address.
        changed: the day of the last change, None where it isn't known.
    """

    documents: int
    pages: int
    languages: int
    publishers: int
    changed: str | None
    waiting: int
    covered: tuple[Coverage, ...]
    years: YearChart | None
    unreadable: tuple[tuple[str, int], ...]
    engine: str
    version: str
    contact: str
    contact_url: str | None
    all_url: str


def about_page(
    answer: SearchAnswer, status: Status, contact: str, names: Names, links: PathLinks
) -> AboutPage:
    """The page, from the answer to `EVERYTHING`."""
    browse = SearchRequest()
    return AboutPage(
        documents=status.documents,
        pages=status.pages,
        languages=len(answer.facets.get("language", ())),
        publishers=len(answer.facets.get("publisher", ())),
        changed=status.changed,
        waiting=status.waiting,
        covered=tuple(_covered(answer, names, links)),
        years=year_chart(answer.facets.get("year", ()), browse, links, WIDE),
        unreadable=tuple(_unreadable(status)),
        engine=status.engine,
        version=VERSION,
        contact=one_line(contact).removeprefix(_MAIL),
        contact_url=_address(contact),
        all_url=links.search(browse),
    )


def _covered(answer: SearchAnswer, names: Names, links: PathLinks) -> Iterator[Coverage]:
    wanted = {name: answer.facets.get(name, ()) for name in _COVERED}
    groups = {group.name: group for group in facet_groups(wanted, SearchRequest(), names, links)}
    for name, title in _COVERED.items():
        if name in groups:
            items = groups[name].items
            flat = tuple(item for one in items for item in one.children) if name == "region" else items
            shown = sorted(flat or items, key=lambda item: (-item.count, item.label))
            yield Coverage(name, gettext(title), _bars(shown[:SHOWN]), max(0, len(shown) - SHOWN))


def _bars(items: Sequence[FacetItem]) -> tuple[Bar, ...]:
    most = max(item.count for item in items)
    return tuple(
        Bar(item.label, item.count, item.url, max(1, round(100 * item.count / most))) for item in items
    )


def _unreadable(status: Status) -> Iterator[tuple[str, int]]:
    for state, count in sorted(status.files.items(), key=lambda one: -one[1]):
        if count and state not in SEARCHABLE_STATES:
            yield gettext(_STATES[state]) if state in _STATES else state, count


def _address(contact: str) -> str | None:
    address = contact.strip().removeprefix(_MAIL)
    if "@" in address and not _NO_ADDRESS.search(address):
        return f"{_MAIL}{quote(address, safe='@+')}"
    return web_url(contact)
