"""The data that the stages hand to one another: frozen, slotted, free of any library's types.

::

    sources ─► Candidate ─► extract ─► Extraction(Record, Page, Fact) ─► enrich ─► Extraction with more Facts
                                                                                        │
    search ◄─ engine ◄─ IndexDocument ◄─ Document ◄─ compose(Records, decisions) ◄─ catalogue

A `Record` is what one file says about one bibliographic item. Several records can speak of the same item (its own
page, a card on a listing page): the catalogue groups them, and `Document` is what they add up to.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: The media type of files with pages, which can be drawn and opened at one of them.
PDF = "application/pdf"
#: The media type of files with a document a line.
JSONL = "application/jsonl"


class FileState(StrEnum):
    """What became of a file; every file that was seen has exactly one."""

    OK = "ok"
    DUPLICATE = "duplicate"
    NO_TEXT = "no_text"
    NEEDS_OCR = "needs_ocr"
    ENCRYPTED = "encrypted"
    MALFORMED = "malformed"
    TOO_BIG = "too_big"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    UNSUPPORTED = "unsupported"
    GONE = "gone"


#: States of a file whose text can be searched (itself, or through its twin).
SEARCHABLE_STATES = frozenset({FileState.OK, FileState.DUPLICATE})


class Origin(StrEnum):
    """Where a fact comes from; a later one wins over an earlier one."""

    DETECTED = "detected"
    SOURCE = "source"
    LIBRARIAN = "librarian"


class Field(StrEnum):
    """What a fact is about.

    `CATEGORY` and `TAG` are raw words of the source, not yet a facet value. `IDENTIFIER` is the source's own name for
    the document, as ``<file name>#<id>``. `ROLE` is what a place is to those trafficked: ``origin:nepal``. `WARNING`
    says what in the document may distress its readers.
    """

    TITLE = "title"
    DATE = "date"
    PUBLISHER = "publisher"
    AUTHOR = "author"
    LANGUAGE = "language"
    TYPE = "type"
    REGION = "region"
    TOPIC = "topic"
    ROLE = "role"
    IDENTIFIER = "identifier"
    ABSTRACT = "abstract"
    URL = "url"
    FILE_URL = "file_url"
    CATEGORY = "category"
    TAG = "tag"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a fact is believed.

    Attributes:
        where: the place: ``title``, ``text``, ``layout``, ``metadata``, ``citation``, ``card``, ``tag``, …
        quote: the words found there (at most 200 characters).
        count: how often they were found.
        pages: the numbers of the first pages where they were found (at most 10), 1-based.
    """

    where: str
    quote: str = ""
    count: int = 1
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement about a document: a field, its value, and why.

    Attributes:
        field: what it is about.
        value: the value as text; dates as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; regions, topics and types as slugs;
            languages as ISO 639-1 (639-3 where there is no shorter).
        origin: who says so.
        weight: 0..1, how much it counts among facts of the same field and origin.
        evidence: why it is believed.
    """

    field: Field
    value: str
    origin: Origin
    weight: float = 1.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    r"""One page of text.

    Attributes:
        number: 1-based position in the file.
        text: cleaned text, lines ended by ``\n``, paragraphs by an empty line where known.
        label: the printed page label (``iv``, ``12``), None where it is the number itself or unknown.
        language: ISO 639 code, None until detected.
        needs_ocr: its text can only be read from a picture of it.
        ocr: its text was read from a picture of it, so that single characters may be wrong.
        breaks: positions in `text` at which a hyphen at a line's end was left out though nothing in the document says
            whether it belongs there (``gender`` and ``responsive`` around it); the collection may know.
    """

    number: int
    text: str
    label: str | None = None
    language: str | None = None
    needs_ocr: bool = False
    ocr: bool = False
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """An entry of a document's outline (bookmark): its heading, depth from 0, and page number."""

    heading: str
    level: int
    page: int | None


class RecordKind(StrEnum):
    """Whether a record is the item itself or another page's card about it."""

    DOCUMENT = "document"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Sketch:
    """By what texts are recognised as the same, however they are typeset.

    Attributes:
        words: how many words the text has.
        marks: the smallest hashes of its distinct pairs of neighbouring words, in ascending order (see `analysis.sketch`).
    """

    words: int
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What one file says about one bibliographic item.

    Attributes:
        kind: the item itself, or a card that points to it.
        facts: all that is known about it, raw or resolved.
        pages: its text; a card has one page with its teaser.
        outline: its bookmarks.
        number: position of the record within its file, from 0 (the item itself first, then cards in order).
        sketch: of its text, None where that is too short to be recognised by.
    """

    kind: RecordKind
    facts: tuple[Fact, ...] = ()
    pages: tuple[Page, ...] = ()
    outline: tuple[Section, ...] = ()
    number: int = 0
    sketch: Sketch | None = None

    def first(self, field: Field) -> str | None:
        """The value of the weightiest fact of that field, or None."""
        found = [fact for fact in self.facts if fact.field is field]
        return max(found, key=lambda fact: fact.weight).value if found else None

    def all(self, field: Field) -> tuple[str, ...]:
        """The values of all facts of that field, in order."""
        return tuple(fact.value for fact in self.facts if fact.field is field)


@dataclass(frozen=True, slots=True)
class PageIssue:
    """Something a librarian should know about one page: its number, the state it would give a file, and the reason."""

    page: int
    state: FileState
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What became of one file.

    Attributes:
        state: its state; `FileState.OK` only when there is text.
        media_type: what its content is (``application/pdf``, ``text/html``, ``text/plain``, …), whatever its name.
        records: what it says, empty unless ok (or no_text with facts worth keeping).
        reason: for any state but ok: what happened, in a sentence.
        issues: pages that gave no text.
    """

    state: FileState
    media_type: str = ""
    records: tuple[Record, ...] = ()
    reason: str = ""
    issues: tuple[PageIssue, ...] = ()


@dataclass(frozen=True, slots=True)
class Scan:
    """What OCR made of one page that is a picture.

    Attributes:
        page: its number in its file, 1-based.
        reader: what read it: versions of ours and of the OCR program, and a mark of its languages and settings.
        confidence: percent, by the program's own judgement.
        text: what the page says; empty where there are no words on it, or none that can be trusted.
        reason: why it could not be read, empty if it was.
        language: ISO 639 code of the text, None if that can't be told or was not kept.
    """

    page: int
    reader: str
    confidence: float
    text: str
    reason: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that a source offers, before anyone has looked inside.

    Attributes:
        path: where it lies, as the operating system names it (surrogate escapes for undecodable bytes).
        size: in bytes.
        mtime_ns: time of its last change, in nanoseconds.
        inode: number of its inode.
    """

    path: str
    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Tag:
    """One of several values of a document's field, with who says so and why."""

    value: str
    origin: Origin
    weight: float = 1.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """Who says what a field with one value is, how surely (0..1), and why."""

    field: Field
    origin: Origin
    weight: float = 1.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One bibliographic item as a reader sees it.

    Attributes:
        id: stable, URL-safe, never reused.
        title: never empty; the file's name as a last resort.
        date: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
        types: kinds of publication, by weight.
        regions, topics: by weight, the main one first; without their ancestors.
        roles: what places are to those trafficked (``origin:nepal``), by weight.
        basis: for title, date, publisher and language, what they rest on.
        is_stub: only cards speak of it; its own page or file has not been seen.
        path: the file its text comes from.
        media_type: what that file is.
        duplicates: other files with the same content.
        warning: what in it may distress readers, in the words of its source or of a librarian.
    """

    id: str
    title: str
    url: str | None = None
    file_url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    language: str | None = None
    types: tuple[Tag, ...] = ()
    regions: tuple[Tag, ...] = ()
    topics: tuple[Tag, ...] = ()
    roles: tuple[Tag, ...] = ()
    abstract: str | None = None
    page_count: int = 0
    is_stub: bool = False
    path: str | None = None
    media_type: str = ""
    duplicates: tuple[str, ...] = ()
    outline: tuple[Section, ...] = ()
    basis: tuple[Basis, ...] = ()
    warning: str | None = None

    @property
    def year(self) -> int | None:
        """The year of publication, if a date is known."""
        return int(self.date[:4]) if self.date else None


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A document as an engine takes it in.

    Attributes:
        id: the document's id.
        title: its title.
        language: ISO 639 code of most of its text, or None.
        pages: number, text and language of each page.
        facets: facet name to values; trees with all ancestors (``region``: ``("asia", "eastern-asia", "hong-kong")``).
        year: of publication, or None.
        date: ``yyyymmdd`` as a number for sorting (unknown month or day 0), or None.
        publisher_text, authors_text: searchable with ``publisher:`` and ``author:``.
        beside: texts of other files on it, as the publication page that offers the PDF: the document is found by their
            words, but they are none of its pages.
    """

    id: str
    title: str
    language: str | None
    pages: tuple[Page, ...]
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    year: int | None = None
    date: int | None = None
    publisher_text: str = ""
    authors_text: str = ""
    beside: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """What a library holds.

    Attributes:
        files: state to number of files.
        generation: grows with every change that readers can see.
        waiting: documents in the catalogue that the index hasn't taken in yet.
        changed: the day (``2026-11-29``, UTC) on which the index last took in a change; None where there is no index.
    """

    documents: int
    pages: int
    files: dict[str, int]
    engine: str
    generation: int
    waiting: int
    changed: str | None = None
