"""The thesaurus: SKOS files compiled to the vocabulary of topics, and written out again; a librarian's own."""

from tipsearch.thesaurus.compiling import Compiled, compile_skos
from tipsearch.thesaurus.export import FORMATS, to_skos
from tipsearch.thesaurus.merging import extended
from tipsearch.thesaurus.own import in_force, joined, values_of

__all__ = ["FORMATS", "Compiled", "compile_skos", "extended", "in_force", "joined", "to_skos", "values_of"]
