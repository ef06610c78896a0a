"""JSON lines: one document a line, as catalogues and repositories export them."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

import msgspec

from tipsearch.extract.charset import decode
from tipsearch.extract.clean import clean
from tipsearch.extract.dates import publication_date
from tipsearch.extract.facts import abstract, beginning, fact, has_letters, language_code, unique
from tipsearch.extract.web.lines import lines_of_text, paragraphs
from tipsearch.extract.web.size import CUT, clipped, tame
from tipsearch.extract.web.text import first_title
from tipsearch.model import JSONL, Extraction, Fact, Field, FileState, Page, PageIssue, Record, RecordKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: A file is held in memory as bytes, text and records; an extraction process has 1 GiB.
_MAX_BYTES = 100_000_000

#: Characters of a title that is the beginning of a text.
_TITLE_LENGTH = 80

#: An escaped half of a surrogate pair; what is none of it but begins alike is matched first, and kept.
_SURROGATE = re.compile(
    r"(\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)

Words = str | list[str] | None


class _Line(msgspec.Struct, frozen=True):
    """A line as `spec` names its keys; others are ignored."""

    id: str | int | None = None
    title: str | None = None
    text: str | None = None
    pages: list[str] | None = None
    url: str | None = None
    publisher: str | None = None
    authors: Words = None
    date: str | int | None = None
    lang: str | None = None
    types: Words = None
    regions: Words = None
    topics: Words = None
    content_warning: str | None = None


_DECODER = msgspec.json.Decoder(_Line)


def read_jsonl(data: bytes, name: str) -> Extraction:
    """Read a file of JSON lines.

    Args:
        data: the file.
        name: its name; with the line's ``id`` it identifies the document.

    Returns:
        A document for each line, numbered by line from 0; a line that cannot be read becomes an issue with its line
        number (from 1) as page, and the others are read all the same.
    """
    if len(data) > _MAX_BYTES:
        reason = f"it has {len(data) / 1e6:,.0f} MB, more than the {_MAX_BYTES / 1e6:,.0f} MB of JSON lines that are read: split it"
        return Extraction(FileState.TOO_BIG, JSONL, reason=reason)
    records: list[Record] = []
    issues: list[PageIssue] = []
    # Not splitlines(): U+2028 and its like may stand inside a JSON text.
    for index, line in enumerate(tame(decode(data)).split("\n")):
        if line.strip():
            record, issue = _read_line(line, index, name)
            records += [record] if record else []
            issues += [issue] if issue else []
    if records:
        return Extraction(FileState.OK, JSONL, tuple(records), issues=tuple(issues))
    reason = "no line is a document" + (f"; line {issues[0].page}: {issues[0].reason}" if issues else "")
    return Extraction(FileState.MALFORMED, JSONL, reason=reason, issues=tuple(issues))


def _read_line(line: str, index: int, name: str) -> tuple[Record | None, PageIssue | None]:
    try:
        entry = _decode(line)
    except (msgspec.DecodeError, RecursionError) as error:
        return None, PageIssue(index + 1, FileState.MALFORMED, f"not a JSON object as expected ({error})")
    if entry.id is None or not str(entry.id).strip():
        return None, PageIssue(
            index + 1, FileState.MALFORMED, "it has no id; give each document one of its own"
        )
    pages = _pages(entry)
    facts = list(_facts(entry, name))
    if not entry.title and pages:
        first = paragraphs(lines_of_text(pages[0].text))
        facts += first_title(first) or _first_words(first)
    if any(has_letters(page.text) for page in pages):
        summary = abstract(page.text for page in pages[:2])
        facts.append(fact(Field.ABSTRACT, summary, "text", weight=0.5))
        whole = Record(RecordKind.DOCUMENT, unique(facts), pages, number=index)
        record = clipped(whole)
        return record, None if record is whole else PageIssue(index + 1, FileState.TOO_BIG, CUT)
    issue = PageIssue(
        index + 1, FileState.NO_TEXT, f"document {entry.id} has no text: only its title can be found"
    )
    return (Record(RecordKind.DOCUMENT, unique(facts), number=index) if entry.title else None), issue


def _first_words(paragraphs_of_page: Sequence[str]) -> list[Fact]:
    """The first words of a text as its title: a file of many documents has no name that tells them apart."""
    telling = [" ".join(one.split()) for one in paragraphs_of_page if has_letters(one)]
    title = beginning(telling, _TITLE_LENGTH)
    is_cut = title != " ".join(telling)
    return [fact(Field.TITLE, f"{title}..." if is_cut else title, "text", weight=0.2)] if title else []


def _decode(line: str) -> _Line:
    """A line as an entry; halves of surrogate pairs, which JavaScript writes and no text can hold, become U+FFFD.

    Raises:
        msgspec.DecodeError: it is none.
        RecursionError: it is nested too deeply.
    """
    try:
        return _DECODER.decode(line)
    except msgspec.DecodeError:
        mended = _SURROGATE.sub(lambda match: match[1] or r"\ufffd", line)
        if mended == line:
            raise
        return _DECODER.decode(mended)


def _pages(entry: _Line) -> tuple[Page, ...]:
    """The pages as given; a text is split at form feeds."""
    texts = entry.pages if entry.pages is not None else (entry.text or "").split("\f")
    return tuple(Page(number, clean(text)) for number, text in enumerate(texts, start=1))


def _facts(entry: _Line, name: str) -> Iterator[Fact]:
    stated: tuple[tuple[Field, str, Words], ...] = (
        (Field.IDENTIFIER, "id", f"{PurePath(name).name}#{entry.id}"),
        (Field.URL, "url", (entry.url or "").strip()),
        (Field.TITLE, "title", entry.title),
        (Field.PUBLISHER, "publisher", entry.publisher),
        (Field.DATE, "date", publication_date(str(entry.date or ""))),
        (Field.LANGUAGE, "lang", language_code(entry.lang or "")),
        (Field.AUTHOR, "authors", entry.authors),
        (Field.WARNING, "content_warning", entry.content_warning),
        (Field.CATEGORY, "types", entry.types),
        (Field.TAG, "regions", entry.regions),
        (Field.TAG, "topics", entry.topics),
    )
    for field, where, given in stated:
        values = [given] if isinstance(given, str) else given or []
        yield from (fact(field, value, where) for value in values)
