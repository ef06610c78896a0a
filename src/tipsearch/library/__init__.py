"""A library: one folder with its catalogue and its index, and all that can be done with it."""

from tipsearch.library.library import Library

__all__ = ["Library"]
