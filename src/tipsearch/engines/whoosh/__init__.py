"""whoosh, the second engine: pure Python, for small libraries and for machines without a compiled engine.

Whoosh 2.7.4 has not been maintained since 2016. Of it this engine takes what is sound (schema, segments and their writer,
the dictionary of terms, columns) and puts its own behind Whoosh's extension points where it is not:

* its files are pickles, so that opening a stranger's index runs code: `files`, `codec` and `manifest` know none;
* it syncs nothing to the disk and overwrites under readers: `files` and `manifest` do;
* its stemmers and its Arabic analyzer are broken: it gets words that `tipsearch.analysis` has made;
* its query classes recurse, confuse `Require`, and call a method per posting: `matching` works on whole sets of documents.
"""

import warnings

with warnings.catch_warnings():
    # Compiling it warns of invalid escapes and of `is` with a literal, which would be fatal under ``python -W error``.
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from tipsearch.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
