"""What a PDF's metadata declare: document information (PDF 1.7, 14.3.3), XMP packet and the catalogue's language.

Both may say the same, one of them nothing, or each something else. XMP is the richer, but the information is what people
fill in, so it comes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.extract.dates import publication_date
from tipsearch.extract.facts import language_code
from tipsearch.extract.lexicon import lexicon
from tipsearch.vocabulary import languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tipsearch.extract.pdf.xmp import Xmp

_TIME_OF_DAY = re.compile(r"(?<=^\d{8})\d.*")
#: No file was made before (PDF is of 1993, but files of older programs were made into it).
_FIRST_YEAR = "1970"


@dataclass(frozen=True, slots=True)
class Declared:
    """What the metadata say, as written; several values in the order in which they deserve belief.

    Attributes:
        titles: junk included.
        authors: one string each, which may name several.
        publishers: likewise.
        published: a date of publication that somebody stated.
        created: when the file was made, as ``YYYY-MM-DD`` or shorter; None if unknown, or if it was made out of something
            that was published before (a scan, a web page).
        created_quote: the words in which the file says that, with their key.
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
    made = [("CreationDate", info.get("CreationDate", "")), ("xmp:CreateDate", xmp.created)]
    key, raw = next((one for one in made if parse_info_date(one[1])), ("", ""))
    is_original = not _is_remade(info.get("Creator", ""), info.get("Producer", ""), xmp.tool)
    # Programs that fill in `dc:date` unasked put the time of creation or of the last change there.
    of_file = {parse_info_date(one) for one in (raw, xmp.created, xmp.changed, info.get("ModDate", ""))}
    stated = publication_date(xmp.published)
    authors = _each_once((info.get("Author", ""), *xmp.creators))
    return Declared(
        # Forms filled in by habit have the same name everywhere.
        titles=tuple(
            title for title in _each_once((info.get("Title", ""), xmp.title)) if title not in authors
        ),
        authors=authors,
        publishers=_each_once(xmp.publishers),
        published=xmp.published if stated and stated not in of_file else "",
        created=parse_info_date(raw) if is_original else None,
        created_quote=f"{key}: {raw}" if key and is_original else "",
        language=_language((info.get("Lang", ""), *xmp.languages)),
    )


def _is_remade(*programs: str) -> bool:
    """Whether a file was made out of something older: by a scanner, a browser, or a program that splits and joins."""
    said = " ".join(programs).casefold()
    return any(name in said for name in lexicon().remaking_programs)


def parse_info_date(raw: str) -> str | None:
    """A date of the document information (``D:20220909125005-04'00'``, PDF 1.7 section 7.9.4) as ``YYYY-MM-DD`` or shorter.

    Returns:
        None if it is no date, lies before 1970 (a clock that was never set) or in the future.
    """
    date = publication_date(_TIME_OF_DAY.sub("", raw.strip().removeprefix("D:")))
    return date if date and date[:4] > _FIRST_YEAR else None


def _language(declarations: Iterable[str]) -> str | None:
    """The first declared language that the vocabulary knows, by its code (``pt`` of ``pt-BR``)."""
    codes = filter(None, map(language_code, declarations))
    return next(filter(None, map(languages().resolve, codes)), None)


def _each_once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(value.split()) for value in values if value.strip()))
