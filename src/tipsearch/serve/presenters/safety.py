"""The helplines of the country that a reader chose, never of the one that their address tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel import Locale

from tipsearch.serve.tongue import language

if TYPE_CHECKING:
    from tipsearch.serve.helplines import Helpline, Helplines


@dataclass(frozen=True, slots=True)
class SafetyPage:
    """Countries to choose from (code, name), the one chosen with its lines, and how the file was checked.

    `chosen` is empty where no country was chosen, `unknown` says that one was of which nothing is known.
    """

    countries: tuple[tuple[str, str], ...]
    chosen: str
    chosen_name: str
    emergency: str
    lines: tuple[Helpline, ...]
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
        unknown=bool(asked) and not chosen,
        how=known.how,
    )
