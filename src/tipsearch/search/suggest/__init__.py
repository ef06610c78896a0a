"""What a reader may be about to type: terms, titles, places, publishers and topics of the library.

Everything comes from the library itself and its vocabularies, nothing from what others have searched for; and nothing is
suggested that finds nothing.

::

    typed ─► what stands before, and the beginning to complete ─► entries that begin so ─► those that find something
"""

from tipsearch.search.suggest.entries import Kind
from tipsearch.search.suggest.find import MOST, Suggester, Suggestion

__all__ = ["MOST", "Kind", "Suggester", "Suggestion"]
