"""The query language: from what a person types to a small tree that every engine understands, and back to words."""

from tipsearch.query.parse import Parsed, parse
from tipsearch.query.parts import Part, Reading, read
from tipsearch.query.render import written
from tipsearch.query.wording import Notice, accepted_language, spoken_language
from tipsearch.query.years import parse_years

__all__ = [
    "Notice",
    "Parsed",
    "Part",
    "Reading",
    "accepted_language",
    "parse",
    "parse_years",
    "read",
    "spoken_language",
    "written",
]
