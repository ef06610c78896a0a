"""How well readers' searches are ranked, measured on a test collection: documents, queries, and who judged what.

A collection is indexed into a folder that is gone afterwards; its queries are read, searched and ranked by the same
functions as a reader's.
"""

from tipsearch.evaluation.collection import Collection, read_collection
from tipsearch.evaluation.measures import Measures, check_installed, measure
from tipsearch.evaluation.trial import Trial, strictly, trial

__all__ = [
    "Collection",
    "Measures",
    "Trial",
    "check_installed",
    "measure",
    "read_collection",
    "strictly",
    "trial",
]
