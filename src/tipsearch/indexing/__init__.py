"""From the catalogue to the engine: an index is a pure function of the catalogue, and follows its changes."""

from tipsearch.indexing.entries import to_index_document
from tipsearch.indexing.follow import Follower
from tipsearch.indexing.opening import OpenIndex, forget_broken, open_index

__all__ = ["Follower", "OpenIndex", "forget_broken", "open_index", "to_index_document"]
