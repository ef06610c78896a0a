"""Do two documents belong to one series: another year, another number, another country of the same publication?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.analysis import sketch
from tipsearch.model import Field, Sketch
from tipsearch.publishers import identify
from tipsearch.search.similar.editions import edition

if TYPE_CHECKING:
    from tipsearch.model import Document
    from tipsearch.search.similar.editions import Edition
    from tipsearch.search.similar.profile import Profile
    from tipsearch.vocabulary import Vocabulary

#: Words and letters of a name that is no everyday one, such as *annual report*.
_TELLING_WORDS, _TELLING_LETTERS = 3, 15
#: Reports of one form share stock sentences: couples of country reports of one year have 14 % of their pairs of words in
#: common (see `analysis.sketch`), texts that have nothing to do with one another hardly any.
_ONE_FORM = 0.08
#: Headings that two tables of contents have in common, at least, and the share of all.
_LEAST_HEADINGS, _COMMON_HEADINGS = 4, 0.5


def title_of(document: Document, regions: Vocabulary) -> Edition | None:
    """The title taken apart; None if it is only made from a file's name or an address."""
    if all(one.field is not Field.TITLE for one in document.basis):
        return None
    return edition(document.title, document.language, regions)


def same_publisher(one: Document, other: Document) -> bool | None:
    """Have they the same publisher? None if one has none."""
    if not one.publisher or not other.publisher:
        return None
    return identify(one.publisher).key == identify(other.publisher).key


def is_telling(name: tuple[str, ...], language: str | None) -> bool:
    """Does a series' name say enough to know it by?"""
    stop = analysis.stop_words(language or "en")
    said = [word for word in name if word not in stop]
    return len(said) >= _TELLING_WORDS and sum(map(len, said)) >= _TELLING_LETTERS


def in_series(one: Document, other: Document, regions: Vocabulary) -> bool | None:
    """Is each a member of one series, and another one? None if they are in case they are `of_one_form`."""
    mine, theirs = title_of(one, regions), title_of(other, regions)
    ours = same_publisher(one, other)
    if mine is None or theirs is None or ours is False or one.language != other.language:
        return False
    if mine.column and mine.column == theirs.column and mine.position != theirs.position:
        return ours
    if mine.name != theirs.name or not _differ(one, other, mine, theirs):
        return False
    # Two authors may each have written on child labour in two countries; a publisher or a form in common makes it one work.
    if is_telling(mine.name, one.language) and mine.places == theirs.places:
        return True
    return True if ours and mine.name else None


def of_one_form(one: Profile, other: Profile) -> bool:
    """Are they written after one pattern: the same stock sentences, or the same headings?"""
    sketches = [Sketch(*sketch.marks([some.body])) for some in (one, other)]
    if all(some.words > sketch.MARKS for some in sketches) and sketch.resemblance(*sketches) >= _ONE_FORM:
        return True
    mine, theirs = _headings(one.document), _headings(other.document)
    common = len(mine & theirs)
    return common >= _LEAST_HEADINGS and common >= _COMMON_HEADINGS * max(len(mine), len(theirs))


def distance(one: Document, other: Document, regions: Vocabulary) -> tuple[bool, int]:
    """How far apart two members stand: is it another place, and by how many years?"""
    mine, theirs = (edition(some.title, some.language, regions) for some in (one, other))
    years = [_year(some, said) for some, said in ((one, mine), (other, theirs))]
    apart = abs(years[0] - years[1]) if all(years) else 0
    return mine.places != theirs.places, apart


def _year(document: Document, said: Edition) -> int:
    return max(map(int, said.years), default=document.year or 0)


def _differ(one: Document, other: Document, mine: Edition, theirs: Edition) -> bool:
    if (mine.years, mine.numbers, mine.places) != (theirs.years, theirs.numbers, theirs.places):
        return True
    return one.date != other.date and bool(one.date and other.date)


def _headings(document: Document) -> frozenset[str]:
    return frozenset(" ".join(analysis.words(part.heading)).strip("0123456789 ") for part in document.outline)
