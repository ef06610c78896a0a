"""Every error that tipsearch raises on purpose.

::

    TipsearchError                 base: catch this to catch all of ours
    ├── UserError                  the caller can fix it; the message is safe to show (exit 2, HTTP 4xx)
    │   ├── BadRequest             a search request with an unknown parameter or value (HTTP 422)
    │   ├── ParameterError         an address with parameters that there aren't, or with wrong values (HTTP 422)
    │   ├── SourceError            a source that cannot be read: no such folder, no permission
    │   ├── CursorExpired          the library has changed since a cursor was made (HTTP 410)
    │   ├── TooManyRequests        the server wants to be asked less often (HTTP 429)
    │   ├── NotFound               no such document or page (HTTP 404)
    │   ├── BadDecision            a librarian's decision that can't be understood; nothing was written
    │   ├── ConfigError            a setting that is unknown or has a wrong value
    │   ├── ThesaurusError         a thesaurus that can't be used; names its file and concepts
    │   ├── ProgramMissing         a program that was asked for isn't installed; says what to install
    │   └── MassDeletion           a run would remove much of the library; it wants a confirmation
    ├── Unreachable                a library on the network can't be asked, or doesn't answer as one
    ├── LibraryError               the catalogue or the index folder
    │   ├── LibraryMissing         there is no library at that place yet
    │   ├── LibraryLocked          another process is writing
    │   └── LibraryOutdated        made by another version; says which command mends it
    ├── EngineError                the search engine
    │   ├── EngineMissing          its package is not installed; says what to install
    │   ├── EngineFailed           the engine refused or broke
    │   └── UnsupportedQuery       this engine cannot do that; names engine and feature
    ├── BrokenOff                  an answer that is being sent can't be sent to its end
    ├── CannotBeDrawn              there is no picture of a page: the file is gone, no PDF, or broken
    ├── PainterBusy                another page is being drawn; in a moment this one can be
    └── IsolationError             the extraction process could not be started or talked to

A document that cannot be read is not an error but a result: see `tipsearch.model.FileState`.
A message says what happened, to which value, and what to do next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.search.request import SearchRequest
    from tipsearch.serve.validation import Problem


class TipsearchError(Exception):
    """Base of all errors of this package."""


class UserError(TipsearchError):
    """The caller can fix it; the message holds nothing that must not be shown."""


class BadRequest(UserError):
    """A search request has an unknown parameter or a value out of range.

    Attributes:
        parameter: name of the offending parameter.
        notice: the same before it was put into words (a `query.wording.Notice`), where other languages can say it.
    """

    def __init__(self, parameter: str, message: str, notice: object = None) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.notice = notice


class CursorExpired(UserError):
    """A cursor belongs to a state of the library that is gone."""

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message
            or "the library has changed since this cursor was made; begin again with the search itself"
        )


class TooManyRequests(UserError):
    """The server wants to be asked less often.

    Attributes:
        seconds: to wait before the next time.
    """

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class ParameterError(UserError):
    """Parameters of a search are unknown or have values that can't be.

    Attributes:
        problems: what is wrong with which parameter.
        without: the search without them, to offer as a way on.
        back: the search that led here, where nothing is wrong with that.
    """

    def __init__(
        self,
        problems: Sequence[Problem],
        without: SearchRequest | None = None,
        *,
        back: SearchRequest | None = None,
    ) -> None:
        super().__init__("; ".join(problem.detail for problem in problems))
        self.problems = tuple(problems)
        self.without = without
        self.back = back


class SourceError(UserError):
    """A source named by the user cannot be read."""


class NotFound(UserError):
    """There is no document or page of that name."""


class NotShown(NotFound):
    """The web pages can't show something of a document; the message is in the reader's language."""


class DocumentMoved(NotFound):
    """A document is found under another id, as it has turned out to be the same as another one.

    Attributes:
        document_id: the one under which it is found now.
    """

    def __init__(self, message: str, document_id: str) -> None:
        super().__init__(message)
        self.document_id = document_id


class BadDecision(UserError):
    """What a librarian wants to decide can't be understood: a field, a value, a row of a table. Nothing was written."""


class ConfigError(UserError):
    """A setting is unknown or its value is wrong."""


class ThesaurusError(UserError):
    """A thesaurus can't be used.

    Attributes:
        file: where it lies.
        problems: all that is wrong with it, a sentence each with what to do.
    """

    def __init__(self, file: object, *problems: str) -> None:
        more = len(problems) - 1
        others = f" (and {more} more; all: tipsearch thesaurus check {file})" if more else ""
        super().__init__(f"the thesaurus {file}: {problems[0]}{others}")
        self.file = str(file)
        self.problems = problems


class ProgramMissing(UserError):
    """A program that this needs (tesseract for OCR) isn't installed on the machine."""


class MassDeletion(UserError):
    """The run would remove a large part of the library, as when a disk isn't mounted."""


class Unreachable(TipsearchError):
    """A library on the network can't be asked, or doesn't answer as a library does."""


class LibraryError(TipsearchError):
    """Something is wrong with the catalogue or the index folder."""


class LibraryMissing(LibraryError, UserError):
    """No library has been made at that place."""


class LibraryLocked(LibraryError, UserError):
    """Another process is writing to the library."""


class LibraryOutdated(LibraryError, UserError):
    """The library was written by another version of tipsearch."""


class EngineError(TipsearchError):
    """The search engine failed."""


class EngineMissing(EngineError, UserError):
    """The engine is unknown or its package is not installed."""


class EngineFailed(EngineError):
    """The engine refused an operation or broke while doing it."""


class UnsupportedQuery(EngineError, UserError):
    """The engine cannot answer this kind of query.

    Attributes:
        engine: name of the engine.
        feature: what was asked of it.
    """

    def __init__(self, engine: str, feature: str, message: str) -> None:
        super().__init__(message)
        self.engine = engine
        self.feature = feature


class BrokenOff(TipsearchError):
    """An answer of which a part has been sent can't be sent to its end."""


class CannotBeDrawn(TipsearchError):
    """There is no picture of that page: the file is gone, no PDF, or broken."""


class PainterBusy(TipsearchError):
    """Another page is being drawn; in a moment this one can be."""


class IsolationError(TipsearchError):
    """The extraction process could not be started or died as a whole."""
