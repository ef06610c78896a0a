"""From the catalogue to the engine: an index is a pure function of the catalogue, and follows its changes."""

from tipsearch.indexing.catching_up import catch_up, catch_up_little, full_disk_named, rebuild_named
from tipsearch.indexing.entries import to_index_document
from tipsearch.indexing.follow import Follower
from tipsearch.indexing.opening import OpenIndex, forget_broken, open_index

__all__ = [
    "Follower",
    "OpenIndex",
    "catch_up",
    "catch_up_little",
    "forget_broken",
    "full_disk_named",
    "open_index",
    "rebuild_named",
    "to_index_document",
]
