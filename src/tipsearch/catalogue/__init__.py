"""The truth about a library: what was found where, what became of it, its text, its facts, and what people decided."""

from tipsearch.catalogue.change import Change
from tipsearch.catalogue.scans import Pictured
from tipsearch.catalogue.store import Catalogue, damage, outdated
from tipsearch.catalogue.tagging import TaggedRecord
from tipsearch.catalogue.view import Changed, FileReport, KnownFile, View

__all__ = [
    "Catalogue",
    "Change",
    "Changed",
    "FileReport",
    "KnownFile",
    "Pictured",
    "TaggedRecord",
    "View",
    "damage",
    "outdated",
]
