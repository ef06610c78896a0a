"""Publishers under one name each: «UNODC», «UNODC, Vienna» and «Oficina de las Naciones Unidas contra la Droga y el Delito».

An authority list (`data/publishers.json`) has those of the field with acronyms, names in other languages and former
names. Others are compared among themselves by a key, without case, accents, punctuation, British and American spelling,
articles, legal forms, an acronym in brackets and a city behind them; `catalogue.publishers` groups them by it.

Two publishers under one name are worse than one under two: a misspelt word is mended where it is a common one, never a
name (*Lublin* is no *Dublin*); a country makes another publisher (*UNICEF Nepal*); and a city is only left out where the
rest names one publisher in the world (not *Ministry of Labour, Accra*).
"""

from tipsearch.publishers.authority import Listed, listed, names_of
from tipsearch.publishers.identify import Identity, best_spelling, canonical, identify
from tipsearch.publishers.names import key_of

__all__ = ["Identity", "Listed", "best_spelling", "canonical", "identify", "key_of", "listed", "names_of"]
