"""What is in doubt about one document, by what its record rests on.

Read off 392 documents (reports, saved pages, scans, odd PDFs): titles of less weight than `_SURE_TITLE` were the file's name,
the address, the first line of the text, or a template's title that the first page doesn't show; dates of less weight than
`_SURE_DATE` were those at which a file was saved, or any date on a page.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from tipsearch.decisions.wanted import Kind, Suggestion, Wanted
from tipsearch.model import Field, Origin

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from tipsearch.model import Basis, Document, Fact

_SURE_TITLE, _SURE_DATE = 0.5, 0.4
#: Statements of a date that contradict one another count from this weight on, and if they differ by more than a year: a
#: report on a year comes out in the next.
_STATED_DATE = 0.6
_YEARS_APART = 1
#: There were no reports on this before.
_FIRST_YEAR = 1800
_DETECTED_LINE = "text"
_MISSING = {
    Kind.NO_REGION: (Field.REGION, "no region was found or given", "about no place"),
    Kind.NO_TOPIC: (Field.TOPIC, "no topic was found or given", "about none of the topics"),
    Kind.NO_DATE: (Field.DATE, "nothing says when it was published", "known to be undated"),
    Kind.NO_LANGUAGE: (Field.LANGUAGE, "its text is too short or too mixed to tell", "it has none"),
    Kind.NO_TYPE: (Field.TYPE, "nothing says what kind of publication it is", "it is of no kind"),
    Kind.NO_PUBLISHER: (Field.PUBLISHER, "nothing says who published it", "it has none"),
}


def doubts(
    document: Document,
    decided: Collection[Field],
    titles: Sequence[Fact],
    dates: Sequence[Fact],
    today: str,
) -> Iterator[Wanted]:
    """What wants a decision about a document.

    Args:
        document: as composed.
        decided: fields that librarians have decided on, also that they have no value.
        titles: all that its records state, the weightiest first.
        dates: likewise.
        today: ``YYYY-MM-DD``.
    """
    basis = {one.field: one for one in document.basis}
    if Field.TITLE not in decided:
        yield from _title(document, basis.get(Field.TITLE), titles)
    if Field.DATE not in decided and document.date:
        yield from _date(document, document.date, basis.get(Field.DATE), dates, today)
    for kind, (field, reason, none) in _MISSING.items():
        if field not in decided and not _has(document, field):
            yield _wanted(kind, document, reason, f"{field}=… ({field}= if {none})")


def _has(document: Document, field: Field) -> bool:
    there: Mapping[Field, object] = {
        Field.REGION: document.regions,
        Field.TOPIC: document.topics,
        Field.TYPE: document.types,
        Field.DATE: document.date,
        Field.LANGUAGE: document.language,
        Field.PUBLISHER: document.publisher,
    }
    return bool(there[field])


def _title(document: Document, basis: Basis | None, titles: Sequence[Fact]) -> Iterator[Wanted]:
    reason = _why_no_title(document, basis)
    if not reason:
        return
    others = dict.fromkeys(fact.value for fact in titles if fact.value != document.title)
    suggestions = tuple(Suggestion("title", one, one) for one in [*others][:3])
    yield _wanted(Kind.DOUBTFUL_TITLE, document, reason, "title=…", document.title, suggestions)


def _why_no_title(document: Document, basis: Basis | None) -> str:
    if basis is None and not document.basis and document.language:
        return ""  # of a catalogue of before; the next run tells
    if basis is None:
        made_of = "address" if document.url else "file's name"
        return f"nothing states a title; this one was made from the {made_of}"
    where = basis.evidence[0].where if basis.evidence else ""
    if basis.weight >= _SURE_TITLE:
        return ""
    if where == "url":
        return "the page states no title; this one was made from its address"
    if where != _DETECTED_LINE:
        return "the file's properties say so, but its first page doesn't show it"
    return "it is the first line of the text that may be one" if basis.origin is Origin.DETECTED else ""


def _date(
    document: Document, date: str, basis: Basis | None, dates: Sequence[Fact], today: str
) -> Iterator[Wanted]:
    stated = [fact for fact in dates if fact.origin is not Origin.DETECTED and fact.weight >= _STATED_DATE]
    if reason := _why_no_date(date, basis, today):
        others = dict.fromkeys(fact.value for fact in dates if fact.value != date)
        suggestions = tuple(Suggestion("date", one, one) for one in [*others][:3])
        todo = "date=…" if date > today else f"date={date}"
        todo += " (date= if nobody knows)"
        yield _wanted(Kind.DOUBTFUL_DATE, document, reason, todo, date, suggestions)
        return
    years = [int(fact.value[:4]) for fact in stated]
    if years and max(years) - min(years) > _YEARS_APART:
        said = {fact.value: _source(fact) for fact in stated}
        reason = "its sources disagree: " + ", ".join(f"{value} ({where})" for value, where in said.items())
        suggestions = tuple(Suggestion("date", one, one) for one in said)
        yield _wanted(Kind.CONFLICTING_DATES, document, reason, f"date={date}", date, suggestions)


def _why_no_date(date: str, basis: Basis | None, today: str) -> str:
    if date > today:
        return "it lies in the future"
    if int(date[:4]) < _FIRST_YEAR:
        return f"it lies before {_FIRST_YEAR}"
    if basis is None or basis.origin is Origin.LIBRARIAN or basis.weight >= _SURE_DATE:
        return ""
    where = _source(basis)
    if where == "metadata":
        return "only the file says so; it may be the day on which this copy was saved"
    if where == "title":
        return "it is the year that its series is about"
    return "it is a date that stands somewhere on the page"


def _source(said: Fact | Basis) -> str:
    return said.evidence[0].where if said.evidence else "its source"


def _wanted(  # noqa: PLR0917  positions that all callers keep to
    kind: Kind,
    document: Document,
    reason: str,
    assignment: str,
    value: str | None = None,
    suggestions: tuple[Suggestion, ...] = (),
) -> Wanted:
    todo = f"tipsearch set {shlex.quote(document.id)} {assignment}"
    return Wanted(kind, document.id, document.title, document.path, value, reason, suggestions, todo)
