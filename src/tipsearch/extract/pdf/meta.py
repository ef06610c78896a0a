"""What a PDF's metadata declare: document information (PDF 1.7, 14.3.3), XMP packet and the catalogue's language.

Both may say the same, one of them nothing, or each something else. XMP is the richer, but the information is what people
fill in, so it comes first.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.extract.dates import iso_date
from tipsearch.extract.facts import language_code
from tipsearch.vocabulary import languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tipsearch.extract.pdf.xmp import Xmp

_TIME_OF_DAY = re.compile(r"(?<=^\d{8})\d.*")
#: The first year of computers' clocks.
_CLOCK_UNSET = "1970"
_FIRST_YEAR = "1900"


@dataclass(frozen=True, slots=True)
class Declared:
    """What the metadata say, as written; several values in the order in which they deserve belief.

    Attributes:
        titles: junk included.
        authors: one string each, which may name several.
        publishers: likewise.
        published: a date of publication that somebody stated.
        created: when the file was made, as ``YYYY-MM-DD`` or shorter; None if unknown.
        created_quote: the words in which the file says that.
        language: ISO 639 code, None if none is declared or it is none we know.
    """

    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    published: str = ""
    created: str | None = None
    created_quote: str = ""
    language: str | None = None


def declared(info: Mapping[str, str], xmp: Xmp) -> Declared:
    """What both say, each statement once.

    Args:
        info: document information by key, with the catalogue's ``Lang``.
        xmp: the packet.
    """
    created_quote = next(filter(parse_info_date, (info.get("CreationDate", ""), xmp.created)), "")
    created = parse_info_date(created_quote)
    # Programs that fill in `dc:date` unasked put the time of creation there.
    stated = parse_info_date(xmp.published)
    authors = _each_once((info.get("Author", ""), *xmp.creators))
    return Declared(
        # Forms filled in by habit have the same name everywhere.
        titles=tuple(
            title for title in _each_once((info.get("Title", ""), xmp.title)) if title not in authors
        ),
        authors=authors,
        publishers=_each_once(xmp.publishers),
        published=xmp.published if stated and stated not in (created, parse_info_date(xmp.created)) else "",
        created=created,
        created_quote=created_quote,
        language=_language((info.get("Lang", ""), *xmp.languages)),
    )


def parse_info_date(raw: str) -> str | None:
    """A date of the document information (``D:20220909125005-04'00'``, PDF 1.7 section 7.9.4) as ``YYYY-MM-DD`` or shorter.

    Returns:
        None if it is no date, lies before 1970 (a clock that was never set) or in the future.
    """
    date = iso_date(_TIME_OF_DAY.sub("", raw.strip().removeprefix("D:")))
    return date if date and date[:4] > _CLOCK_UNSET and has_come(date) else None


def has_come(date: str) -> bool:
    """Whether a date can be one of publication: not before 1900, nor still to come anywhere on earth."""
    # It is tomorrow already where clocks are ahead of Greenwich.
    latest = dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=1)
    return _FIRST_YEAR <= date <= latest.isoformat()[: len(date)]


def _language(declarations: Iterable[str]) -> str | None:
    """The first declared language that the vocabulary knows, by its code (``pt`` of ``pt-BR``)."""
    codes = filter(None, map(language_code, declarations))
    return next(filter(None, map(languages().resolve, codes)), None)


def _each_once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(value.split()) for value in values if value.strip()))
