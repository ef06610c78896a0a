"""The record of a search, as reviews of literature have to keep one (PRISMA-S): where, when, what exactly, how many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.cite.plain import one_line
from tipsearch.engines.base import Sort
from tipsearch.query.wording import wording
from tipsearch.search.facets import flat
from tipsearch.serve.presenters.facets import chips
from tipsearch.serve.tongue import gettext, language, later, listed, ngettext, number
from tipsearch.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from tipsearch.search.answer import SearchAnswer
    from tipsearch.search.shapes import FacetValue
    from tipsearch.serve.library import Status
    from tipsearch.serve.links import PathLinks
    from tipsearch.serve.presenters.names import Names

_SORTS = {
    Sort.RELEVANCE: later("Relevance"),
    Sort.NEWEST: later("Newest first"),
    Sort.OLDEST: later("Oldest first"),
    Sort.TITLE: later("Title"),
}
_MATCHES = {"all": later("all words"), "any": later("any of the words")}
#: Facets that are chosen as parts of the year's.
_YEAR = "year"


@dataclass(frozen=True, slots=True)
class Where:
    """The library that was searched: its name, what tells it from others, what it holds, and the search's address."""

    library: str
    identity: str
    status: Status
    address: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the record: what it is, and its values."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """The record to read and print, the same as plain text, and where it is for programs."""

    lines: tuple[Line, ...]
    text: str
    note: str
    back_url: str
    json_url: str


def search_record(
    answer: SearchAnswer, where: Where, names: Names, links: PathLinks, back_url: str
) -> SearchRecord:
    """The record of the search that has this answer; `back_url` is where its reader comes from."""
    lines = tuple(_lines(answer, where, names, links))
    note = gettext(
        "The same search finds the same documents as long as the state of the index is the same. Export what was found "
        "together with this record."
    )
    text = "\n".join([*map(_told, lines), "", note])
    return SearchRecord(lines, text, note, back_url, links.record_json(answer.request))


def record_json(
    answer: SearchAnswer, where: Where, absolute: Callable[[str], str], links: PathLinks
) -> dict[str, object]:
    """The same for programs; values of filters with the number of documents that each alone would bring."""
    query, request = answer.query, answer.request
    return {
        "database": where.library,
        "platform": {"name": "tipsearch", "version": VERSION, "engine": where.status.engine},
        "library": {
            "identity": where.identity,
            "generation": answer.generation,
            "documents": where.status.documents,
            "pages": where.status.pages,
        },
        "searched": where.when.isoformat(timespec="seconds"),
        "url": where.address,
        "query": {
            "typed": query.text,
            "searched": query.searched,
            "understood": query.words,
            "parts": [{"words": part.words, "kind": part.kind} for part in query.parts],
            "match": query.match,
            "expand": request.expand,
            "expansions": [{"term": term, "added": list(added)} for term, added in query.expansions],
            "notices": list(query.notices),
        },
        "filters": [
            {"facet": facet, "value": value.value, "label": value.label, "count": value.count}
            for facet, value in _chosen(answer)
        ],
        "years": {
            "ranges": [[one.first, one.last] for one in request.selected_years],
            "undated": request.undated,
        },
        "sort": str(request.sort),
        "total": answer.total,
        "exports": {
            kind: absolute(links.export(request, kind)) for kind in ("csv", "ris", "bibtex", "csl-json")
        },
    }


def _lines(answer: SearchAnswer, where: Where, names: Names, links: PathLinks) -> Iterator[Line]:
    query = answer.query
    yield _line(gettext("Database"), where.library)
    platform = gettext(
        "tipsearch %(version)s, search engine %(engine)s", version=VERSION, engine=where.status.engine
    )
    yield _line(gettext("Platform"), platform)
    yield _line(gettext("Searched on"), f"{where.when:%Y-%m-%d %H:%M:%S} UTC")
    yield _line(gettext("Search as typed"), query.text or gettext("(no words: all documents)"))
    if query.corrected:
        yield _line(gettext("Searched for instead, as nothing was found"), query.searched)
    yield _line(gettext("Search as read"), query.words)
    if len(query.parts) > 1:
        yield Line(gettext("Parts of the search"), tuple(part.words for part in query.parts))
    yield _line(gettext("Words to be found"), gettext(_MATCHES[query.match]))
    forms = gettext(
        "also in their other forms (plural, inflection) and in British or American spelling; not in phrases"
    )
    yield _line(gettext("Forms of words"), forms)
    yield from _expansions(answer)
    if query.notices:
        yield Line(gettext("Notices"), query.notices)
    yield Line(gettext("Limits"), tuple(_limits(answer, names, links)) or (gettext("no filters"),))
    yield _line(gettext("Order"), gettext(_SORTS[_sort(answer)]))
    yield _line(gettext("Documents found"), number(answer.total))
    holds = ngettext("%(count)s document", "%(count)s documents", where.status.documents)
    yield _line(gettext("The library then held"), holds)
    state = gettext(
        "%(identity)s, generation %(generation)s", identity=where.identity, generation=answer.generation
    )
    yield _line(gettext("State of the index"), state)
    yield _line(gettext("Address"), where.address)


def _expansions(answer: SearchAnswer) -> Iterator[Line]:
    name = gettext("Other names searched for, too")
    if answer.query.expansions:
        yield Line(name, tuple(f"{term} → {listed(added)}" for term, added in answer.query.expansions))
    else:
        yield _line(
            name,
            gettext("no other names") if answer.request.expand else gettext("not asked for: switched off"),
        )


def _limits(answer: SearchAnswer, names: Names, links: PathLinks) -> Iterator[str]:
    """The filters in force, each with the number of documents that it alone would bring in its facet."""
    counts = {(facet, one_line(value.label)): value.count for facet, value in _chosen(answer)}
    for chip in chips(answer.request, names, links):
        said = gettext("%(facet)s: %(value)s", facet=chip.title, value=chip.label)
        count = counts.get((chip.facet, chip.label))
        if count is None or chip.facet == _YEAR:
            yield said
        else:
            yield ngettext(
                "%(said)s (%(count)s document)", "%(said)s (%(count)s documents)", count, said=said
            )


def _chosen(answer: SearchAnswer) -> Iterator[tuple[str, FacetValue]]:
    """Facet and value of all that is chosen."""
    for facet, values in answer.facets.items():
        for value in flat(values):
            if value.selected:
                yield facet, value


def _sort(answer: SearchAnswer) -> Sort:
    """Without words there is no relevance: the newest come first."""
    sort = answer.request.sort
    return Sort.NEWEST if sort is Sort.RELEVANCE and not answer.request.text else sort


def _told(line: Line) -> str:
    values = wording(language()).joined("semicolon", line.values)
    return gettext("%(name)s: %(values)s", name=line.name, values=values)


def _line(name: str, value: str) -> Line:
    return Line(name, (one_line(value),))
