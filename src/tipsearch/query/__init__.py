"""The query language: from what a person types to a small tree that every engine understands."""

from tipsearch.query.parse import Parsed, parse
from tipsearch.query.years import parse_years

__all__ = ["Parsed", "parse", "parse_years"]
