"""What wasn't indexed, why, and what a librarian can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.model import SEARCHABLE_STATES, FileState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipsearch.catalogue.view import FileReport, View
    from tipsearch.model import PageIssue

_TODO = {
    FileState.NO_TEXT: "look at it: where there is text that a picture shows, index again with --ocr; if it is empty, leave it",
    FileState.NEEDS_OCR: "index again with --ocr, which reads such pages with tesseract (tipsearch doctor says what that needs)",
    FileState.ENCRYPTED: "save a copy without the password and index that",
    FileState.MALFORMED: "get it again from where it came; if a viewer opens it, save it from there to a new file",
    FileState.TOO_BIG: "do what the reason says, or split it",
    FileState.TIMEOUT: "try again with --retry-failed when the machine is idle; else raise cpu_seconds and wall_seconds, or save it anew",
    FileState.MEMORY: "raise memory_mb in tipsearch.toml and index with --retry-failed, or save it anew from a viewer",
    FileState.CRASHED: "save it anew from a viewer; please report the file's kind if that helps",
    FileState.UNSUPPORTED: "do what the reason says, or leave it out",
    FileState.GONE: "nothing, if it was removed on purpose (index --prune forgets it); else put it back and index again",
}
#: … of a page that OCR could not read.
_TODO_UNREADABLE = (
    "do what the reason says; else get a better scan of it (300 dots an inch), or raise the limits of [ocr] in "
    "tipsearch.toml, and index again with --ocr --retry-failed"
)
#: What is wrong with a file of any other state is wrong with all of its pages.
_STATES_WITH_PAGES = SEARCHABLE_STATES | {FileState.NO_TEXT}


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, or one page of it, that can't be searched.

    Attributes:
        path: the file, undecodable bytes and control characters escaped.
        page: the page's number, None where it is the whole file.
    """

    path: str
    page: int | None
    state: FileState
    reason: str
    todo: str


def list_failures(view: View) -> Iterator[Failure]:
    """Files that can't be searched and pages without text, by path; of a file of pictures each page as well."""
    for file in view.files_with_problems():
        if file.state not in SEARCHABLE_STATES:
            yield Failure(file.path, None, file.state, file.reason, _TODO[file.state])
        if file.state in _STATES_WITH_PAGES:
            yield from (_of_page(file, issue) for issue in file.issues)


def _of_page(file: FileReport, issue: PageIssue) -> Failure:
    tried = file.unreadable.get(issue.page) if issue.state is FileState.NEEDS_OCR else None
    if tried is not None:
        return Failure(file.path, issue.page, issue.state, tried, _TODO_UNREADABLE)
    return Failure(file.path, issue.page, issue.state, issue.reason, _TODO.get(issue.state, ""))
