"""«This search as …»: the ways to take away what was found, or to come back to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tipsearch.cite import FORMATS
from tipsearch.serve.params import query_string
from tipsearch.serve.tongue import gettext, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from tipsearch.search.answer import SearchAnswer
    from tipsearch.serve.links import PathLinks

#: In the order of the page: the table first, which everybody can open.
_ORDER = ("csv", "ris", "bibtex", "csl-json")


@dataclass(frozen=True, slots=True)
class FileLink:
    """A format: its name, the link to all that was found, and where the form with the picked documents leads."""

    title: str
    url: str
    picked_url: str


@dataclass(frozen=True, slots=True)
class Takeaway:
    """The ways to take a search away; `cut` says that files will not hold all of it, empty if they will.

    Attributes:
        asked: the search as a query string, so that a form with picked documents knows the way back.
        permalink: the whole address of this very page.
    """

    files: tuple[FileLink, ...]
    cut: str
    asked: str
    permalink: str
    feed_url: str
    api_url: str
    record_url: str
    unapi_url: str


def takeaway_view(
    answer: SearchAnswer, links: PathLinks, absolute: Callable[[str], str], most: int
) -> Takeaway:
    """How to take away what this answer has; files hold `most` documents."""
    request = answer.request
    cut = ""
    if answer.total > most:
        cut = gettext(
            "Files hold the first %(most)s of %(total)s documents; narrow the search to have all.",
            most=number(most),
            total=number(answer.total),
        )
    return Takeaway(
        files=tuple(
            FileLink(FORMATS[kind].title, links.export(request, kind), links.picked(kind)) for kind in _ORDER
        ),
        cut=cut,
        asked=query_string(replace(request, ui=request.ui or links.ui)),
        permalink=absolute(links.search(request)),
        feed_url=links.export(request, "atom"),
        api_url=links.api_search(replace(request, ui=request.ui or links.ui)),
        record_url=links.record(request),
        unapi_url=links.unapi(),
    )
