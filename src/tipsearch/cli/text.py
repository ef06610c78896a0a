"""Answers and documents as text for a terminal."""

from __future__ import annotations

import shutil
import textwrap
import unicodedata
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import click

from tipsearch.model import Origin
from tipsearch.query.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tipsearch.catalogue.failures import Failure
    from tipsearch.decisions import Decided, Review, Suggestion, Wanted
    from tipsearch.decisions.values import Values
    from tipsearch.library import Library
    from tipsearch.model import Document, Tag
    from tipsearch.pipeline import IndexReport
    from tipsearch.search.answer import Passage, Result, SearchAnswer, Understood
    from tipsearch.search.shapes import FacetValue
    from tipsearch.search.similar import Similar

_RELATIONS = {
    "translation": "In other languages",
    "series": "In the same series",
    "similar": "Similar documents",
}
#: Values of a facet shown below the results.
_VALUES = 6
#: Other names of a topic that are listed; the others are counted.
_NAMES = 8
_HEADINGS = {
    "region": "Region",
    "origin": "Origin",
    "transit": "Transit",
    "destination": "Destination",
    "form": "Form",
    "context": "Context",
    "response": "Response",
    "sector": "Sector",
    "topic": "Topic",
    "type": "Type",
    "language": "Language",
    "year": "Year",
    "publisher": "Publisher",
}


def plain(text: str) -> str:
    """Text without characters that steer a terminal or turn the direction of writing."""
    return "".join(
        one for one in text if one in "\n\t" or unicodedata.category(one) not in {"Cc", "Cf", "Cs"}
    )


def counted(count: int, noun: str) -> str:
    """``1 file``, ``2,000 files``."""
    return f"{count:,} {noun}{'s' * (count != 1)}"


def answer(found: SearchAnswer, library: Library, *, colour: bool) -> str:
    """An answer: what was understood, the results with their passages, and the facets' main values."""
    lines = [*_head(found), ""]
    first = (found.request.page - 1) * found.request.size + 1
    for number, result in enumerate(found.results, first):
        lines += [*_result(number, result, library, colour=colour), ""]
    lines += _facets(found, library)
    return "\n".join(lines).rstrip() + "\n"


def document(found: Document, library: Library) -> str:
    """A document's record."""
    rows = [
        ("id", found.id),
        ("publisher", found.publisher),
        ("authors", "; ".join(found.authors)),
        ("date", found.date),
        ("language", found.language and library.labels("language", found.language)),
        ("type", _tags(found.types, "type", library)),
        ("regions", _tags(found.regions, "region", library)),
        ("topics", _tags(found.topics, "topic", library)),
        ("roles", _tags(found.roles, "role", library)),
        ("warning", found.warning),
        ("pages", str(found.page_count)),
        ("address", found.url),
        ("file", found.path),
        ("copies", ", ".join(found.duplicates)),
        (
            "note",
            "known only from a list; its own page or file is not in the library" if found.is_stub else "",
        ),
    ]
    lines = [plain(found.title), *(f"{name + ':':11}{plain(value)}" for name, value in rows if value)]
    lines += [f"{'  ' * part.level}{plain(part.heading)} ({part.page or '?'})" for part in found.outline]
    return "\n".join(lines)


def similar(found: Sequence[Similar], library: Library) -> Iterator[str]:
    """Documents that are like one, by what they are to it."""
    if not found:
        yield "no document is like this one"
    for relation, some in groupby(found, lambda one: one.relation):
        yield _RELATIONS[relation]
        for one in some:
            yield f"  {plain(one.document.title)}"
            yield f"    {_details(one.document, library)}"
            if one.terms:
                yield f"    shared: {plain(', '.join(one.terms))}"


def _details(one: Document, library: Library) -> str:
    """Publisher, date, language, length and id, as far as they are known."""
    details = [one.publisher, one.date, one.language and library.labels("language", one.language)]
    details += [counted(one.page_count, "page"), one.id]
    return " · ".join(plain(detail) for detail in details if detail)


def throughput(report: IndexReport) -> str:
    """How much a run has read and how fast, from looking at the sources to the finished index; MB are 10^6 bytes."""
    megabytes, seconds = report.bytes / 1e6, max(report.seconds, 0.001)
    return (
        f"{counted(report.pages, 'page')}, {megabytes:,.1f} MB in {seconds:,.1f} s: "
        f"{_rate(report.pages / seconds)} pages/s, {megabytes / seconds:,.1f} MB/s"
    )


def _rate(number: float) -> str:
    return f"{number:,.1f}" if number < 10 else f"{number:,.0f}"  # noqa: PLR2004  one digit before the point


def failures(found: Sequence[Failure]) -> Iterator[str]:
    """What can't be searched: neighbouring pages with the same trouble in one entry."""
    for same, group in groupby(found, lambda one: replace(one, page=one.page and 1)):
        pages = [one.page for one in group if one.page is not None]
        where = f"{same.path}, {_page_runs(pages)}" if pages else same.path
        yield f"{where}\n  {same.state}: {same.reason}\n  to do: {same.todo}"


def decided(found: Decided, values: Values, *, only_changes: bool) -> Iterator[str]:
    """What came of an order: each field with what it is now, who says so, and what it was before."""
    changes = [one for one in found.changes if one.decided or not only_changes]
    if not changes:
        return
    if found.tag is not None:
        yield f"tag “{plain(found.tag)}”, in {found.documents:,} document{'s' * (found.documents != 1)}"
    else:
        yield f"{plain(found.title)} ({found.document})"
    for one in changes:
        now, before = values.labels(one.field, one.after), values.labels(one.field, one.before)
        who = f" ({one.origin})" if one.origin and one.origin is not Origin.LIBRARIAN else ""
        was = f"; was {before}" if before != now else ""
        yield plain(f"  {one.field}: {now}{who}{was}")


def review(found: Review) -> Iterator[str]:
    """What wants a decision, by kind; a reason that all of a kind have in common stands once."""
    for kind, group in groupby(found.wanted, lambda one: one.kind):
        entries, count = list(group), found.counts[kind]
        rest = "" if count == len(entries) else f", the first {len(entries):,}"
        reasons = {one.reason for one in entries}
        common = f": {entries[0].reason}" if len(reasons) == 1 else ""
        yield f"{kind} ({count:,}{rest}){common}"
        for one in entries:
            yield from map(plain, _wanted(one, reason="" if common else one.reason))
        yield ""


def _wanted(one: Wanted, *, reason: str) -> Iterator[str]:
    where = f"{one.title} ({', '.join(filter(None, (one.document, one.path)))})"
    if one.kind.endswith("_tag"):
        where = f"“{one.value}” in {one.documents:,} document{'s' * (one.documents != 1)}, such as {where}"
    elif one.value not in {None, one.title}:
        where = f"{one.value} · {where}"
    yield f"  {where}"
    if reason:
        yield f"    {reason}"
    if one.suggestions:
        likely = (f"{each.label} ({each.field}{_percent(each)})" for each in one.suggestions)
        yield f"    perhaps: {', '.join(likely)}"
    yield f"    to do: {one.todo}"


def _percent(one: Suggestion) -> str:
    return f", {one.similarity} % alike" if one.similarity else ""


def _page_runs(pages: Sequence[int]) -> str:
    """``page 3``, or ``pages 1–12, 15``."""
    runs = [
        [page for _, page in run]
        for _, run in groupby(enumerate(pages), lambda numbered: numbered[1] - numbered[0])
    ]
    words = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return f"page{'s' if len(pages) > 1 else ''} {', '.join(words)}"


def _head(found: SearchAnswer) -> Iterator[str]:
    count = counted(found.total, "document")
    pages = f", page {found.request.page} of {found.page_count}" if found.page_count > 1 else ""
    yield f"{count}{pages}" + (
        f" for: {_one_line(found.query.searched)}" if found.request.text.strip() else ""
    )
    yield from _wordings(found.query)
    yield from _reading(found.query)
    for notice in found.query.notices:
        yield f"note: {plain(notice)}"


def _wordings(understood: Understood) -> Iterator[str]:
    """Better spellings, and the other names of topics that were searched for."""
    spoken = wording(understood.language)
    better = _one_line(understood.did_you_mean or "")
    if understood.corrected:
        yield f"{spoken.say('showing')} {better}"
        yield f"{spoken.say('instead')} {_one_line(understood.text)} (--no-spell)"
    elif better:
        yield f"{spoken.say('did_you_mean')} {better}"
    for term, names in understood.expansions:
        heading = spoken.say("other_names", term=spoken.quoted(term))
        rest = len(names) - _NAMES
        more = (spoken.say("more", count=spoken.number(rest)),) if rest > 0 else ()
        yield plain(f"{heading} {spoken.joined('comma', (*names[:_NAMES], *more))}")
    if understood.expansions:
        yield f"{spoken.say('only_typed')}: --no-expand"


def _reading(query: Understood) -> Iterator[str]:
    """How the query was read, unless it is nothing but its words, all wanted."""
    if query.match == "any" or any(part.kind != "word" for part in query.parts):
        yield f"{wording(query.language).say('read_as')}: {plain(query.words)}"


def _one_line(text: str) -> str:
    return " ".join(plain(text).split())


def _result(number: int, result: Result, library: Library, *, colour: bool) -> Iterator[str]:
    one = result.document
    title = plain(one.title)
    yield f"{number}. {click.style(title, bold=True) if colour else title}"
    yield f"   {_details(one, library)}"
    tags = [tag.label for tag in (*result.regions[:4], *result.topics[:4])]
    if tags:
        yield "   " + ", ".join(tags)
    if one.warning:
        yield f"   content warning: {_one_line(one.warning)}"
    for passage in result.pages:
        yield from _passage(passage, colour=colour)


def _passage(passage: Passage, *, colour: bool) -> Iterable[str]:
    printed = "" if passage.label == str(passage.number) else f" (printed {plain(passage.label)})"
    text = _marked(passage, colour=colour)
    width = min(100, shutil.get_terminal_size().columns) - 3
    where = f"page {passage.number}{printed}: "
    return textwrap.wrap(where + text, width, initial_indent="   ", subsequent_indent="     ")


def _marked(passage: Passage, *, colour: bool) -> str:
    """The passage with its matches set off: in bold on a terminal, between asterisks elsewhere."""
    parts, done = [], 0
    for start, end in passage.spans:
        word = plain(passage.text[start:end])
        parts += [plain(passage.text[done:start]), click.style(word, bold=True) if colour else f"*{word}*"]
        done = end
    return "".join([*parts, plain(passage.text[done:])])


def _facets(found: SearchAnswer, library: Library) -> Iterator[str]:
    """The facets' main values; a topic is shown in its own part of the thesaurus, if it has one."""
    from tipsearch.search.facets import without_parts  # noqa: PLC0415  only answers need it

    parted = {**found.facets, "topic": without_parts(found.facets["topic"], library.facet_of)}
    for name, heading in _HEADINGS.items():
        shown = [f"{plain(one.label)} {one.count:,}" for one in _top(parted[name])]
        if shown:
            yield f"{heading + ':':13}{' · '.join(shown)}"


def _top(values: Sequence[FacetValue]) -> list[FacetValue]:
    """The values that say most: of a tree the ones where it first branches."""
    while len(values) == 1 and values[0].children:
        values = values[0].children
    return list(values[:_VALUES])


def _tags(tags: Sequence[Tag], facet: str, library: Library) -> str:
    return ", ".join(f"{library.labels(facet, tag.value)} ({tag.origin})" for tag in tags)
