"""Helplines by country: a dated file with the source of each number, the program's own or an operator's."""

from __future__ import annotations

import re
from datetime import date  # noqa: TC003  msgspec reads the annotations
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from tipsearch.cite.plain import web_url
from tipsearch.errors import ConfigError
from tipsearch.paths import data_file

if TYPE_CHECKING:
    from collections.abc import Iterator

_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
#: Digits, and between them what makes them easy to read; a number from abroad begins with a plus sign.
_Number = Annotated[str, msgspec.Meta(pattern=r"^\+?[0-9][0-9 ().-]*$", max_length=30)]
#: ISO 3166 code of two letters, small.
_Country = Annotated[str, msgspec.Meta(pattern="^[a-z]{2}$")]
_NOT_DIALLED = re.compile(r"[^+0-9]")

#: Who answers: `association` is any that is neither a public body nor the police.
By = Literal["", "police", "state", "association"]
#: For whom a line is; `-any` ones take every kind of violence, without naming trafficking.
Whom = Literal[
    "",
    "trafficking",
    "labour",
    "workers",
    "foreigners",
    "women",
    "women-any",
    "violence",
    "violence-any",
    "violence-trafficking",
    "children",
    "rights",
    "hardship",
]
#: Whose page the source is: of the line or of those who run it, of another public body or the United Nations, and so on.
Page = Literal["", "line", "public", "association", "press", "other"]
Trait = Literal["free", "charged", "anonymous", "unbilled"]


class Way(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another way to a helpline than its main number.

    Attributes:
        how: another number (`call`), one from `abroad`, one from `outside` the capital, what to choose once the call
            is taken (`then`), or a text message, WhatsApp, mail.
        to: the number, or a mail address.
    """

    how: Literal["call", "abroad", "outside", "then", "text", "whatsapp", "mail"]
    to: _Text


class Helpline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A helpline in one country.

    Attributes:
        name: in its own language, which `lang` says, empty for a name that is none's.
        phone: as it is written in that country.
        hours: `24 h`, or `mon-fri 09:00-17:00`, several parted by semicolons; anything else is shown as it is.
        languages: codes parted by commas; anything else is shown as it is.
        further: languages beside those: `others`, `interpreters`, or how many (`18`, `200+`).
        note: an operator's remark, shown as it is.
        source: the page that the number comes from; `page` says whose it is, `dated` its day, month or year if it tells.
        checked: the day on which this entry was last compared with its source, None where it wasn't; nobody has called.
    """

    country: _Country
    name: _Text
    phone: _Number
    source: _Text
    lang: str = ""
    by: By = ""
    whom: Whom = ""
    hours: str = ""
    languages: str = ""
    further: Annotated[str, msgspec.Meta(pattern=r"^(|others|interpreters|[0-9]+\+?)$")] = ""
    traits: tuple[Trait, ...] = ()
    also: tuple[Way, ...] = ()
    note: str = ""
    page: Page = ""
    dated: Annotated[str, msgspec.Meta(pattern=r"^(|\d{4}(-\d{2}(-\d{2})?)?)$")] = ""
    checked: date | None = None


class Emergency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A country's emergency number, with the page that it comes from if it was compared with one."""

    phone: _Number
    source: str = ""


class Helplines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file: emergency numbers by country, the helplines, and how an operator checked theirs."""

    emergency: dict[_Country, Emergency]
    lines: tuple[Helpline, ...]
    how: str = ""

    def countries(self) -> tuple[str, ...]:
        """Codes of the countries that it holds anything about."""
        return tuple(sorted({one.country for one in self.lines} | self.emergency.keys()))

    def of(self, country: str) -> tuple[Helpline, ...]:
        """The lines of one country, in the file's order."""
        return tuple(one for one in self.lines if one.country == country)


def dialled(number: str) -> str:
    """The number as a `tel:` or `sms:` address writes it: digits, and a plus sign before them if it has one."""
    return _NOT_DIALLED.sub("", number)


def load_helplines(own: str = "") -> Helplines:
    """The helplines of an operator's file, or the program's own where none is named.

    Raises:
        ConfigError: the file can't be read, isn't in the form described above, a source is no web address, or an
            operator's file doesn't say how its numbers were checked.
    """
    file = Path(own) if own else data_file("helplines.json")
    try:
        known = msgspec.json.decode(file.read_bytes(), type=Helplines)
    except OSError as error:
        raise ConfigError(f"the file of helplines {file} cannot be read: {error.strerror}") from error
    except msgspec.MsgspecError as error:
        raise ConfigError(f"the file of helplines {file}: {error}") from error
    for whose, source in _sources(known):
        if web_url(source) is None:
            raise ConfigError(
                f"the file of helplines {file}: the source of {whose!r} is a web address (https://…), not {source!r}"
            )
    if own and not known.how:
        raise ConfigError(
            f'the file of helplines {file}: say in "how" how its numbers were checked; readers rely on them'
        )
    return known


def _sources(known: Helplines) -> Iterator[tuple[str, str]]:
    yield from ((one.name, one.source) for one in known.lines)
    yield from ((one.phone, one.source) for one in known.emergency.values() if one.source)
