"""Helplines by country: a dated file with the source of each number, the program's own or an operator's."""

from __future__ import annotations

from datetime import date  # noqa: TC003  msgspec reads the annotations
from pathlib import Path
from typing import Annotated

import msgspec

from tipsearch.cite.plain import web_url
from tipsearch.errors import ConfigError
from tipsearch.paths import data_file

_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class Helpline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A helpline in one country.

    Attributes:
        country: ISO 3166 code of two letters, small.
        phone: as it is written in that country; `note` says what else there is, or for whom it is.
        source: the page that the number comes from.
        checked: the day on which this entry was last compared with its source, None where it wasn't; nobody has called.
    """

    country: Annotated[str, msgspec.Meta(pattern="^[a-z]{2}$")]
    name: _Text
    phone: _Text
    source: _Text
    hours: str = ""
    languages: str = ""
    note: str = ""
    checked: date | None = None


class Helplines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file: a remark on how it was checked, emergency numbers by country, and the helplines."""

    how: str
    emergency: dict[str, str]
    lines: tuple[Helpline, ...]

    def countries(self) -> tuple[str, ...]:
        """Codes of the countries that it holds anything about."""
        return tuple(sorted({one.country for one in self.lines} | self.emergency.keys()))

    def of(self, country: str) -> tuple[Helpline, ...]:
        """The lines of one country, in the file's order."""
        return tuple(one for one in self.lines if one.country == country)


def load_helplines(own: str = "") -> Helplines:
    """The helplines of an operator's file, or the program's own where none is named.

    Raises:
        ConfigError: the file can't be read, isn't in the form described above, or a source is no web address.
    """
    file = Path(own) if own else data_file("helplines.json")
    try:
        known = msgspec.json.decode(file.read_bytes(), type=Helplines)
    except OSError as error:
        raise ConfigError(f"the file of helplines {file} cannot be read: {error.strerror}") from error
    except msgspec.MsgspecError as error:
        raise ConfigError(f"the file of helplines {file}: {error}") from error
    for one in known.lines:
        if web_url(one.source) is None:
            raise ConfigError(
                f"the file of helplines {file}: the source of {one.name!r} is a web address (https://…), not {one.source!r}"
            )
    return known
