"""Where documents come from."""

from tipsearch.sources.folder import Found, Refused, open_file, unchanged, walk

__all__ = ["Found", "Refused", "open_file", "unchanged", "walk"]
