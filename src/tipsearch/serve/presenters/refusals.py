"""Why a search can't be made, in the reader's language: what a parameter of the address has to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.engines.base import Sort
from tipsearch.query.wording import wording
from tipsearch.search.request import MAX_SIZE, MAX_WINDOW
from tipsearch.serve.declared import MOST_TEXT, MOST_VALUES
from tipsearch.serve.params import PARAMETERS
from tipsearch.serve.tongue import gettext, later, number, wanted

if TYPE_CHECKING:
    from tipsearch.serve.validation import Problem

_YEARS = later("“%(name)s” is a year in digits, such as 2015, and “to” is not before “from”.")
_SWITCH = later("“%(name)s” is yes or no.")
#: What a parameter has to be.
_RULES = {
    "from": _YEARS,
    "to": _YEARS,
    "year": later("“%(name)s” is written 2019, 2015..2020, 2015.. or unknown."),
    "match": later("“%(name)s” is all or any."),
    "expand": _SWITCH,
    "spell": _SWITCH,
    "sort": later("“%(name)s” is one of these: %(sorts)s."),
    "page": later(
        "“%(name)s” is a number from 1. Only the first %(most)s results can be reached; narrow the search instead."
    ),
    "size": later("“%(name)s” is a number from 1 to %(size)s."),
}
_TOO_LONG = later("The query is too long; only its first %(most)s characters count.")
_TOO_MANY = later("Too many filters are chosen; only the first %(most)s count.")
_OTHER = later("The value of “%(name)s” can’t be used.")
_UNKNOWN = later("The address holds “%(name)s”, which means nothing here.")


def told(problem: Problem) -> str:
    """What is wrong, in a sentence."""
    if problem.is_excess:
        said, most = (_TOO_LONG, MOST_TEXT) if problem.parameter == "q" else (_TOO_MANY, MOST_VALUES)
        return gettext(said, most=number(most))
    if problem.notice is not None:
        said = wording(wanted()).notice(problem.notice)
        return f"{said[:1].upper()}{said[1:]}"
    rule = _RULES.get(problem.parameter, _OTHER) if problem.parameter in PARAMETERS else _UNKNOWN
    return gettext(
        rule, name=problem.parameter, sorts=", ".join(Sort), most=number(MAX_WINDOW), size=number(MAX_SIZE)
    )
