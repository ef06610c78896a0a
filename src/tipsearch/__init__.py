"""Page-exact full-text search for the literature on human trafficking.

::

    from tipsearch import Library, SearchRequest

    with Library.open("index") as library:
        library.index(["reports/"])
        answer = library.search(SearchRequest("forced labour", regions=["asia"]))
        answer.total, answer.results[0].pages[0].number, answer.facets["region"]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tipsearch.errors import TipsearchError
    from tipsearch.library import Library
    from tipsearch.pipeline import IndexReport, Options
    from tipsearch.search.answer import SearchAnswer
    from tipsearch.search.request import SearchRequest

__all__ = ["IndexReport", "Library", "Options", "SearchAnswer", "SearchRequest", "TipsearchError"]

_HOMES = {
    "IndexReport": "tipsearch.pipeline",
    "Library": "tipsearch.library",
    "Options": "tipsearch.pipeline",
    "SearchAnswer": "tipsearch.search.answer",
    "SearchRequest": "tipsearch.search.request",
    "TipsearchError": "tipsearch.errors",
}


def __getattr__(name: str) -> object:
    """Load a public name when it is first used: the reading process and ``--help`` need few of them."""
    from importlib import import_module  # noqa: PLC0415  wanted by few of those that import us

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
