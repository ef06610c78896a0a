"""Where documents come from."""

from tipsearch.sources.folder import Found, Refused, open_file, walk

__all__ = ["Found", "Refused", "open_file", "walk"]
