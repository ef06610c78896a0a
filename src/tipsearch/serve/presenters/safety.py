"""The helplines of the country that a reader chose, never of the one that their address tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel import Locale

from tipsearch.serve.tongue import gettext, language, later, listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tipsearch.serve.helplines import Helpline, Helplines

#: What the program's own file says of itself; what an operator's says is told as it is.
_HOW = later(
    "Nobody called these numbers. Entries with a date were compared on that day with stored copies of pages of the helpline "
    "itself or of a public body, not with the live pages. Those without a date were taken from news reports or general "
    "knowledge."
)
#: Languages by their codes, as a line of the file begins: ``en, es; interpreters for more than 200``.
_CODES = re.compile(r"([a-z]{2,3}(?:, [a-z]{2,3})*)(?=;|$)")


@dataclass(frozen=True, slots=True)
class SafetyPage:
    """Countries to choose from (code, name), the one chosen with its lines, and how the file was checked.

    `chosen` is empty where no country was chosen, `unknown` says that one was of which nothing is known; `spoken` are the
    languages of lines by what the file says of them.
    """

    countries: tuple[tuple[str, str], ...]
    chosen: str
    chosen_name: str
    emergency: str
    lines: tuple[Helpline, ...]
    spoken: Mapping[str, str]
    unknown: bool
    how: str


def safety_page(known: Helplines, country: str) -> SafetyPage:
    """The page for that country's code, as it stood in the address."""
    asked = country.strip().lower()
    names = Locale.parse(language()).territories
    countries = {code: names.get(code.upper(), code.upper()) for code in known.countries()}
    chosen = asked if asked in countries else ""
    return SafetyPage(
        countries=tuple(sorted(countries.items(), key=lambda one: one[1])),
        chosen=chosen,
        chosen_name=countries.get(chosen, ""),
        emergency=known.emergency.get(chosen, ""),
        lines=known.of(chosen),
        spoken={one.languages: _spoken(one.languages) for one in known.of(chosen)},
        unknown=bool(asked) and not chosen,
        how=known.how if known.how != _HOW else gettext(_HOW),
    )


def _spoken(told: str) -> str:
    """What a line of the file says of languages, with their names for the codes that it begins with."""
    found = _CODES.match(told)
    if found is None:
        return told
    names = Locale.parse(language()).languages
    return listed(names.get(code, code) for code in found[1].split(", ")) + told[found.end() :]
