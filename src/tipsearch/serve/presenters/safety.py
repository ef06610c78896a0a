"""The helplines of the country that a reader chose, never of the one that their address tells."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_skeleton

from tipsearch.serve.helplines import dialled
from tipsearch.serve.tongue import gettext, language, later, ngettext

if TYPE_CHECKING:
    from tipsearch.serve.helplines import By, Helpline, Helplines, Page, Trait, Whom

#: What the program's own file was compared with; an operator's file has its own remark.
_HOW = later(
    "Nobody called these numbers. Each was compared, on the day that stands beside it, with a stored copy of the page "
    "named there, not with that page as it is now. Not every language is spoken at all hours."
)
_BY: dict[By, str] = {
    "police": later("The police answer."),
    "state": later("A public body answers."),
    "association": later("An association answers, not the state."),
}
_WHOM: dict[Whom, str] = {
    "trafficking": later("For victims of human trafficking, and for those who suspect it."),
    "labour": later("For people who are exploited at work or in someone’s home."),
    "workers": later("For migrant workers, also where trafficking is suspected."),
    "foreigners": later("For foreigners in the country, also where trafficking is suspected."),
    "women": later("For women who suffer violence, trafficking included."),
    "women-any": later("For women who suffer violence; not only about trafficking."),
    "violence": later("For women and children who suffer violence; not only about trafficking."),
    "violence-any": later("For victims of violence; not only about trafficking."),
    "violence-trafficking": later("For victims of violence and exploitation, trafficking included."),
    "children": later("For children, and for those who worry about a child."),
    "rights": later("For violations of human rights, trafficking included."),
    "hardship": later("For anyone in need, victims of trafficking included."),
}
_TRAITS: dict[Trait, str] = {
    "free": later("Calls are free."),
    "charged": later("Calls cost money."),
    "anonymous": later("You need not give your name."),
    "unbilled": later("The call does not appear on the phone bill."),
}
_SEEN: dict[Page, str] = {
    "": later("Compared with its source on %(date)s."),
    "line": later("Compared on %(date)s with a page of the helpline itself or of those who run it."),
    "public": later("Compared on %(date)s with a page of a public body or of the United Nations."),
    "association": later("Compared on %(date)s with a page of an association."),
    "press": later("Compared on %(date)s with a news report."),
    "other": later("Compared on %(date)s with a page of somebody else."),
}
_WAYS = {
    "call": later("Another number:"),
    "abroad": later("From another country:"),
    "outside": later("From outside the capital:"),
    "then": later("When the call is taken, choose:"),
    "text": later("By text message:"),
    "whatsapp": later("By WhatsApp:"),
    "mail": later("By e-mail:"),
}
_SCHEMES = {"call": "tel:", "abroad": "tel:", "outside": "tel:", "text": "sms:"}
#: A source this many years older than its comparison is called old.
_OLD = 5
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(
    rf"(?:(?P<first>{'|'.join(_DAYS)})(?:-(?P<last>{'|'.join(_DAYS)}))? )?(?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d)"
)


@dataclass(frozen=True, slots=True)
class WayView:
    """Another way to a line: what it is, the number or address, and where a click on it leads, empty if nowhere."""

    label: str
    to: str
    link: str


@dataclass(frozen=True, slots=True)
class LineView:
    """A helpline in the reader's words; `name` stays in its own language, `note` is the operator's."""

    name: str
    lang: str
    phone: str
    link: str
    facts: tuple[str, ...]
    hours: str
    languages: str
    ways: tuple[WayView, ...]
    note: str
    source: str
    checked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EmergencyView:
    """A country's emergency number, where a click on it leads, and its source, empty if it has none."""

    phone: str
    link: str
    source: str


@dataclass(frozen=True, slots=True)
class SafetyPage:
    """Countries to choose from (code, name), the one chosen with its lines, and how the file was checked.

    `chosen` is empty where no country was chosen, `unknown` says that one was of which nothing is known.
    """

    countries: tuple[tuple[str, str], ...]
    chosen: str
    chosen_name: str
    emergency: EmergencyView | None
    lines: tuple[LineView, ...]
    unknown: bool
    how: str


def safety_page(known: Helplines, country: str) -> SafetyPage:
    """The page for that country's code, as it stood in the address."""
    asked = country.strip().lower()
    locale = Locale.parse(language())
    countries = {code: locale.territories.get(code.upper(), code.upper()) for code in known.countries()}
    chosen = asked if asked in countries else ""
    return SafetyPage(
        countries=tuple(sorted(countries.items(), key=lambda one: _without_accents(one[1]))),
        chosen=chosen,
        chosen_name=countries.get(chosen, ""),
        emergency=_emergency(known, chosen),
        lines=tuple(_line(one, locale) for one in known.of(chosen)),
        unknown=bool(asked) and not chosen,
        how=known.how or gettext(_HOW),
    )


def _without_accents(name: str) -> str:
    """What names are sorted by, so that an Égypte doesn't stand after the last letter."""
    return "".join(
        one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one)
    ).casefold()


def _emergency(known: Helplines, country: str) -> EmergencyView | None:
    one = known.emergency.get(country)
    return EmergencyView(one.phone, f"tel:{dialled(one.phone)}", one.source) if one else None


def _line(one: Helpline, locale: Locale) -> LineView:
    says = (_WHOM.get(one.whom, ""), _BY.get(one.by, ""), *(_TRAITS[trait] for trait in one.traits))
    return LineView(
        name=one.name,
        lang=one.lang,
        phone=one.phone,
        link=f"tel:{dialled(one.phone)}",
        facts=tuple(gettext(text) for text in says if text),
        hours=_together(*(_hours(part.strip(), locale) for part in one.hours.split(";"))),
        languages=_languages(one, locale),
        ways=tuple(WayView(gettext(_WAYS[way.how]), way.to, _leads(way.how, way.to)) for way in one.also),
        note=one.note,
        source=one.source,
        checked=tuple(_checked(one, locale)),
    )


def _leads(how: str, to: str) -> str:
    if how == "mail":
        return f"mailto:{to}"
    return f"{_SCHEMES[how]}{dialled(to)}" if how in _SCHEMES else ""


def _hours(text: str, locale: Locale) -> str:
    if text == "24 h":
        return gettext("day and night, every day")
    read = _HOURS.fullmatch(text)
    if not read:
        return text
    times = {"opens": read["opens"], "closes": read["closes"]}
    if not read["first"]:
        return gettext("every day, from %(opens)s to %(closes)s", **times)
    first, last = _day_name(read["first"], locale), _day_name(read["last"] or read["first"], locale)
    if first == last:
        return gettext("%(day)s, from %(opens)s to %(closes)s", day=first, **times)
    return gettext("%(first)s to %(last)s, from %(opens)s to %(closes)s", first=first, last=last, **times)


def _day_name(day: str, locale: Locale) -> str:
    return str(locale.days["stand-alone"]["wide"][_DAYS.index(day)])


def _languages(one: Helpline, locale: Locale) -> str:
    codes = (code.strip() for code in one.languages.split(","))
    names = sorted((locale.languages.get(code, code) for code in codes if code), key=_without_accents)
    # An "and" before the last would have to fit what follows (es: "y", "e").
    named = reduce(locale.list_patterns["standard"]["middle"].format, names) if names else ""
    return _together(named, _further(one.further))


def _together(*parts: str) -> str:
    """Those parts that say something, apart from each other by what the reader's language puts between."""
    said = [part for part in parts if part]
    return (
        reduce(lambda one, other: gettext("%(one)s; %(other)s", one=one, other=other), said) if said else ""
    )


def _further(text: str) -> str:
    if text == "others":
        return gettext("several others")
    if text == "interpreters":
        return gettext("others through interpreters")
    if text.endswith("+"):
        return gettext("more than %(count)s others through interpreters", count=text[:-1])
    return ngettext("%(count)s other", "%(count)s others", int(text)) if text else ""


def _checked(one: Helpline, locale: Locale) -> list[str]:
    """Whether, when and with what the number was compared, and how old that was."""
    if one.checked is None:
        return [gettext("Not compared with its source.")]
    said = [gettext(_SEEN[one.page], date=format_date(one.checked, "long", locale=locale))]
    if one.dated:
        said.append(gettext("Date of that page: %(date)s.", date=_day(one.dated, locale)))
        if one.checked.year - int(one.dated[:4]) >= _OLD:
            said.append(gettext("It is old: make sure of the number before you rely on it."))
    elif one.page:
        said.append(gettext("The date of that page is not known."))
    return said


def _day(text: str, locale: Locale) -> str:
    """A day, a month or a year, as the reader's language writes it; one that no calendar has stays as it is."""
    year, *rest = (int(part) for part in text.split("-"))
    if not rest:
        return text
    try:
        day = date(year, rest[0], rest[1] if rest[1:] else 1)
    except ValueError:
        return text
    return (
        format_date(day, "long", locale=locale) if rest[1:] else format_skeleton("yMMMM", day, locale=locale)
    )
