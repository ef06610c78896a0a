"""Is one document the other in another language? Told by what stays the same: figures, names, dates, cognates, addresses.

A translation that isn't one is worse than one that isn't found. So nothing may speak against it (years, numbers and places
of the titles, dates, lengths, figures that differ), and what speaks for it must do so far more than for the next document
in the same language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.analysis import sameness
from tipsearch.search.similar.alignment import LONG, aligned
from tipsearch.search.similar.order import in_order
from tipsearch.search.similar.series import title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tipsearch.engines.base import Engine
    from tipsearch.model import Document
    from tipsearch.search.similar.profile import Profile
    from tipsearch.vocabulary import Vocabularies

#: How much two texts have in common across their languages (cosine of the weights of cognates, names and numbers, less
#: where their lengths differ) if one is the other's translation: by itself, with something else that says so, and with an
#: address that names it. Of texts of one matter that are none, few have more than 0.15.
_LIKENESS, _LIKENESS_IF_BORNE_OUT, _LIKENESS_IF_NAMED = 0.17, 0.12, 0.05
#: … and how much more it has than the next document in the same language.
_MARGIN = 1.3
#: A translation has this share of the other's length, at least, and of its pages.
_LEAST_LENGTH = 0.6
#: The share of figures in common, where there are so many: of whole texts, and of samples, which needn't hold the same pages.
_SAME_FIGURES, _SAME_FIGURES_OF_SAMPLES, _ENOUGH_FIGURES = 0.5, 0.2, 4
#: So many of these come in the same order: of nine couples of translations in ten, and of hardly any others.
_IN_ORDER = 0.8
#: Where alphabets differ figures speak alone: so many that are neither small ones nor years.
_TELLING_FIGURES = 6
#: Of documents of so few pages the number tells nothing.
_FEW_PAGES = 4
#: Translations come out some years after their original.
_YEARS = 3
#: Letters of a title that is found in another document's opening.
_LEAST_TITLE = 20
#: Letters of a language's code.
_CODE = 2
_TOKENS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two documents in two languages have in common.

    Attributes:
        likeness: 0..1, how much of what could be the same is.
        figures: 0..1, how many of all figures they have in common; 1 if there are too few to tell.
        telling: how many of these are neither small numbers nor years.
        is_borne_out: figures in the same order, or a title that one quotes of the other, say that they belong together.
        is_named: an address says so.
        is_comparable: their alphabets let words be compared.
    """

    likeness: float
    figures: float
    telling: int
    is_borne_out: bool
    is_named: bool
    is_comparable: bool

    @property
    def is_enough(self) -> bool:
        """Would that do, if no other document in the language has nearly as much?"""
        by_figures = self.is_borne_out and self.telling >= _TELLING_FIGURES and self.figures >= _SAME_FIGURES
        if not self.is_comparable:
            return by_figures or (self.is_named and self.is_borne_out)
        if self.is_named:
            return self.likeness >= _LIKENESS_IF_NAMED
        return self.likeness >= (_LIKENESS_IF_BORNE_OUT if self.is_borne_out else _LIKENESS)

    @property
    def strength(self) -> float:
        """By which documents in one language are compared: words, or figures where they are all that there is."""
        return (self.likeness if self.is_comparable else self.figures) + self.is_named


def best(found: Iterable[tuple[Agreement, str]]) -> tuple[Agreement, str] | None:
    """The one of several documents in a language that is the translation; None if none is, or two are nearly as likely."""
    ranked = sorted(found, key=lambda one: (-one[0].strength, one[1]))
    if not ranked or not ranked[0][0].is_enough:
        return None
    if len(ranked) > 1 and ranked[0][0].strength < _MARGIN * ranked[1][0].strength:
        return None
    return ranked[0]


def may_be(one: Document, other: Document, vocabularies: Vocabularies) -> bool:
    """Does nothing that is known of them speak against it?"""
    if not one.language or not other.language or one.language == other.language:
        return False
    if one.year and other.year and abs(one.year - other.year) > _YEARS:
        return False
    mine, theirs = (title_of(some, vocabularies.regions) for some in (one, other))
    if mine and theirs:
        told = ((mine.years, theirs.years), (mine.numbers, theirs.numbers), (mine.places, theirs.places))
        if any(ours and others and ours != others for ours, others in told):
            return False
    pages = sorted((one.page_count, other.page_count))
    return pages[0] >= _LEAST_LENGTH * pages[1] or pages[1] <= _FEW_PAGES


def compare(one: Profile, other: Profile, engine: Engine, vocabularies: Vocabularies) -> Agreement | None:
    """What two documents have in common, None if their texts can't be translations."""
    if min(one.document.page_count, other.document.page_count) < LONG:
        return _compare_texts(one, other, vocabularies)
    share = aligned(one, other.document, engine)
    if share is None:
        return None
    return Agreement(
        likeness=share,
        figures=share,
        telling=_TELLING_FIGURES,
        is_borne_out=True,
        is_named=_named(one.document, other.document, vocabularies),
        is_comparable=False,
    )


def _compare_texts(one: Profile, other: Profile, vocabularies: Vocabularies) -> Agreement | None:
    lengths = sorted((one.length, other.length))
    shorter = lengths[0] / max(1, lengths[1])
    if shorter < _LEAST_LENGTH:
        return None
    places = {figure: at for at, figure in enumerate(other.figures)}
    shared = [figure for figure in one.figures if figure in places]
    most = max(len(one.figures), len(other.figures))
    figures = len(shared) / most if most >= _ENOUGH_FIGURES else 1.0
    if figures < (_SAME_FIGURES if one.is_whole and other.is_whole else _SAME_FIGURES_OF_SAMPLES):
        return None
    told = len(shared) >= _ENOUGH_FIGURES
    if told and in_order([places[figure] for figure in shared]) < _IN_ORDER:
        return None
    return Agreement(
        likeness=_cosine(one.across, other.across) * sqrt(shorter),
        figures=figures,
        telling=len(one.telling_figures.intersection(shared)),
        is_borne_out=told or _quoted(one, other),
        is_named=_named(one.document, other.document, vocabularies),
        is_comparable=one.alphabet == other.alphabet != "",
    )


def _cosine(mine: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    together = sum(weight * theirs[key] for key, weight in mine.items() if key in theirs)
    squares = (sum(weight * weight for weight in some.values()) for some in (mine, theirs))
    return together / sqrt(max(1e-9, next(squares) * next(squares)))


def _quoted(one: Profile, other: Profile) -> bool:
    """Does one of them name the other's title in its opening, as translations name their original?"""
    for mine, theirs in ((one, other), (other, one)):
        title = sameness.letters(mine.document.title)
        if len(title) >= _LEAST_TITLE and title in sameness.letters(
            theirs.pages[0] if theirs.pages else theirs.text
        ):
            return True
    return False


def _named(one: Document, other: Document, vocabularies: Vocabularies) -> bool:
    """Is an address or a file's name the same but for the language: ``/en/report.pdf`` and ``/es/report.pdf``?"""
    couples = (
        (one.url, other.url),
        (one.file_url, other.file_url),
        (one.path, other.path),
        (one.id, other.id),
    )
    for mine, theirs in couples:
        if not mine or not theirs or mine == theirs:
            continue
        bare = [_without_language(name, some, vocabularies) for name, some in ((mine, one), (theirs, other))]
        if bare[0] and bare[0] == bare[1]:
            return True
    return False


def _without_language(name: str, document: Document, vocabularies: Vocabularies) -> tuple[str, ...]:
    """The words of an address but for those that mean the document's own language."""
    words = [analysis.fold(word) for word in _TOKENS.findall(name)]
    meant = vocabularies.languages.resolve
    return tuple(word for word in words if len(word) < _CODE or meant(word) != document.language)
