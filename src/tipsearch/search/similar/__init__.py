"""More like this: the documents most like one, its translations and its own series recognised.

::

    document ─► profile (words, figures, names of a sample of its pages)
                  ├─► words ─────────────► engine ─► others of the same matter
                  ├─► its title's name ──► engine ─► series: titles taken apart (`editions`), publishers, forms
                  └─► figures and names ─► engine ─► translations: texts compared
"""

from tipsearch.search.similar.find import Relation, Similar, find_similar
from tipsearch.search.similar.kept import MoreLikeThis

__all__ = ["MoreLikeThis", "Relation", "Similar", "find_similar"]
