"""When is a publication page's «DOWNLOAD» a file that the library has?

An address and a path tell: the file lies where the address says, as programs that mirror a site save it; or it has the
address's name, and then the titles must agree as well, for a site has many a `report.pdf`. Without a link a page and a
file of the same telling title are one publication if publisher or year agree too.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tipsearch.analysis.sameness import letters
from tipsearch.catalogue import titles
from tipsearch.catalogue.identity import folded_title, split_address
from tipsearch.model import Field, RecordKind
from tipsearch.publishers import identify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tipsearch.model import Record

#: Folders of an address that a path must have in common with it, unless it has all of them: year and month, and one more.
_FOLDERS = 3
#: A title shorter than this (characters, words) is that of a series or a section.
LEAST_TITLE, _LEAST_TITLE_WORDS = 25, 4
_SUFFIX = ".pdf"
#: A title that stands somewhere on a file's first pages agrees with it less than any that is the file's own.
_IN_TEXT = 0.3
#: WordPress appends a number to the name of a file that it has already, browsers one in brackets.
_COPY = re.compile(r"(?:-\d| ?\(\d\))$")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[:+]\d+)?")


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says, page or file, over all its records.

    Attributes:
        titles: what it is called.
        addresses: links to its file (of a page).
        paths: where it lies (of a file), all copies.
        publishers, dates, languages: as stated or detected.
        opening: its first pages as letters (of a file).
    """

    titles: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    paths: tuple[bytes, ...] = ()
    publishers: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    opening: str = ""


def file_name(path: str) -> str:
    """A file's name as it is compared: without its suffix, a copy's number, case, accents and kinds of dashes."""
    name = PurePosixPath(unquote(path)).name
    stem = _COPY.sub("", name[: -len(_SUFFIX)] if name.lower().endswith(_SUFFIX) else name)
    plain = unicodedata.normalize("NFKD", stem.casefold())
    return "-".join(
        re.findall(r"\w+", "".join(one for one in plain if not unicodedata.combining(one)).replace("_", " "))
    )


def addresses(file_urls: Iterable[str], urls: Iterable[str], *, is_card: bool) -> Iterator[str]:
    """Where a page or card says that the publication's file is: cards often link to it in place of a page."""
    yield from file_urls
    if is_card:
        yield from (url for url in urls if _path(url).lower().endswith(_SUFFIX))


def keys(record: Record) -> Iterator[str]:
    """The names of files that a record links to, as ``link:`` and the name."""
    if record.first(Field.IDENTIFIER):  # a source with ids of its own says enough by them
        return
    is_card = record.kind is RecordKind.CARD
    for address in addresses(record.all(Field.FILE_URL), record.all(Field.URL), is_card=is_card):
        if name := file_name(_path(address)):
            yield f"link:{name}"


def fit(page: Side, file: Side, *, distinctive: bool) -> tuple[int, float]:
    """How well a page and a file fit: kind of evidence and agreement of their titles; (0, 0.0) if they don't.

    `distinctive` says that no third document has the title that both have.
    """
    agreed = max((titles.agreement(one, other) for one in page.titles for other in file.titles), default=0.0)
    if not agreed and _all_contradict(page.titles, file.titles):
        return 0, 0.0
    if any(lies_at(path, address) for path in file.paths for address in page.addresses):
        return 3, agreed
    names = {file_name(path.decode("utf-8", "replace")) for path in file.paths}
    if any(file_name(_path(address)) in names for address in page.addresses):
        agreed = agreed or (_IN_TEXT if _stands_in(file.opening, page.titles) else 0.0)
        return (2, agreed) if agreed else (0, 0.0)
    return (1, 1.0) if distinctive and _alike(page, file) else (0, 0.0)


def lies_at(path: bytes, address: str) -> bool:
    """Does a path end as an address does?"""
    parts = split_address(address)
    where = _parts(parts.path) if parts else []
    lies = _parts(path.decode("utf-8", "replace"), quoted=False)
    common = _common_end(lies, where)
    if not parts or not common:
        return False
    above = lies[-common - 1] if common < len(lies) else ""
    if common == len(where) and _HOST.fullmatch(above) and parts.netloc:
        return _host(above) == _host(parts.netloc)
    return common > _FOLDERS or (common == len(where) == _FOLDERS)


def _all_contradict(some: Sequence[str], others: Sequence[str]) -> bool:
    couples = [(one, other) for one in some for other in others]
    return bool(couples) and all(titles.contradict(*couple) for couple in couples)


def _stands_in(opening: str, names: Sequence[str]) -> bool:
    return any(is_telling(folded_title(name)) and letters(name) in opening for name in names)


def _alike(page: Side, file: Side) -> bool:
    same = {folded_title(title) for title in page.titles} & {folded_title(title) for title in file.titles}
    if not any(is_telling(title) for title in same):
        return False
    if page.languages and file.languages and not set(page.languages) & set(file.languages):
        return False
    published = [{identify(name).key for name in side.publishers} for side in (page, file)]
    dated = [{date[:4] for date in side.dates} for side in (page, file)]
    return bool(published[0] & published[1] or dated[0] & dated[1])


def is_telling(folded: str) -> bool:
    """Could a title, folded, be that of one publication only?"""
    return len(folded) >= LEAST_TITLE and len(folded.split()) >= _LEAST_TITLE_WORDS


def _path(address: str) -> str:
    parts = split_address(address)
    return parts.path if parts else ""


def _parts(path: str, *, quoted: bool = True) -> list[str]:
    plain = unicodedata.normalize("NFC", unquote(path) if quoted else path).casefold()
    return [part for part in plain.split("/") if part]


def _common_end(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for mine, theirs in zip(reversed(one), reversed(other), strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _host(name: str) -> str:
    return re.split(r"[:+]", name.casefold())[0].removeprefix("www.")
