"""Which type a document is when its source doesn't say: told by its title, its text and its length.

======  ===============================================================================================
weight  what speaks
======  ===============================================================================================
0.8     the title names the kind, and the text agrees
0.7     the title names it
0.65    a line at its beginning is nothing but the kind's name
0.7     the text is a law by its enacting formula and its wording
0.6     … by its wording alone; it is a press release by a dateline or words for the press
0.55    it calls itself so (``this handbook``) more than once; 0.45 once
0.5     it is made of numbers
0.45    it has the sections of a report (methodology, abbreviations)
0.4     it is worded as instructions
0.25    a PDF of some length without any of these: a publication
======  ===============================================================================================

All of it is `Origin.DETECTED`: what a source or a librarian says is never added to, let alone overruled (`compose` keeps
to that where several records speak of one document).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tipsearch.enrich.kind_of_text import Sign, signs_of_text
from tipsearch.enrich.kind_of_title import INSTRUMENTS, kind_of_title
from tipsearch.enrich.kind_words import kind_words
from tipsearch.model import Evidence, Fact, Field, Origin, RecordKind
from tipsearch.vocabulary import types

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tipsearch.model import Page

_PDF = "application/pdf"
_OF_TITLE, _OF_BOTH, _OF_LENGTH = 0.7, 0.8, 0.25
#: A text's sign of this weight counts more than the name of a law in a title.
_SURE = 0.55
#: Without any sign a PDF of so many pages or characters is a publication; a web page or a text may be anything.
_MIN_PAGES, _MIN_CHARACTERS = 2, 2_500
#: Between two names of one category: «Guías y manuales», «Graphics/Infographics».
_BETWEEN = re.compile(r"\s*(?:[/&+,]|\s(?:and|y|e|et|und|и)\s|\sو|和|与)\s*")


def warm_up() -> None:
    """Read the word lists and build what texts in English need."""
    kind_of_title("A study")
    kind_words()


def detect(
    kind: RecordKind, media_type: str, said: Iterable[Fact], pages: Sequence[Page], language: str | None
) -> tuple[Fact, ...]:
    """The type of a document as a fact, with why it is believed; none if its source gives one, or nothing tells it.

    Args:
        kind: a card's teaser is too little to judge by, so only its title is.
        media_type: what its file is.
        said: all facts known about it.
        pages: its text.
        language: of its text and title.
    """
    facts = list(said)
    if any(fact.field is Field.TYPE and fact.origin is not Origin.DETECTED for fact in facts):
        return ()
    if given := _of_categories(facts):
        return given
    titles = [fact for fact in facts if fact.field is Field.TITLE]
    title = max(titles, key=lambda fact: fact.weight).value if titles else ""
    of_title = _of_title(title, language)
    is_own = kind is RecordKind.DOCUMENT
    of_text = list(signs_of_text(pages, language)) if is_own else []
    guess = _best(of_title, of_text) or (_of_length(media_type, pages) if is_own else None)
    return (guess,) if guess else ()


def _of_categories(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """What categories of two names mean if both are of one type: «Guías y manuales», but not «News & Publications»."""
    found: dict[str, Fact] = {}
    for fact in facts:
        parts = _BETWEEN.split(fact.value) if fact.field is Field.CATEGORY else []
        meant = {types().resolve(part) for part in parts}
        value = meant.pop() if len(parts) > 1 and len(meant) == 1 else None
        if value:
            evidence = (Evidence("category", fact.value[:200]),)
            found[value] = Fact(Field.TYPE, value, Origin.SOURCE, fact.weight, evidence)
    return tuple(found.values())


def _of_title(title: str, language: str | None) -> Sign | None:
    named = kind_of_title(title, language) if title else None
    return Sign(named.kind, _OF_TITLE, title, 1, ()) if named else None


def _best(of_title: Sign | None, of_text: Sequence[Sign]) -> Fact | None:
    """The weightiest sign, with all that speak for the same type as evidence."""
    values = kind_words().values
    strongest = max(of_text, key=lambda one: one.weight, default=None)
    # An instrument that a title names may be what the document is about: questions and answers on an order.
    is_about = of_title and of_title.kind in INSTRUMENTS and strongest and strongest.weight >= _SURE
    sign = strongest if is_about else of_title or strongest
    if sign is None:
        return None
    value = values[sign.kind]
    agreeing = [one for one in of_text if values[one.kind] == value]
    evidence = [Evidence("title", of_title.quote[:200])] if of_title and sign is of_title else []
    evidence += [Evidence("text", one.quote, one.count, one.pages) for one in agreeing]
    weight = _OF_BOTH if sign is of_title and agreeing else sign.weight
    return Fact(Field.TYPE, value, Origin.DETECTED, weight, tuple(evidence))


def _of_length(media_type: str, pages: Sequence[Page]) -> Fact | None:
    """A publication, by nothing but its length."""
    characters = sum(len(page.text) for page in pages)
    if media_type != _PDF or (len(pages) < _MIN_PAGES and characters < _MIN_CHARACTERS):
        return None
    evidence = (Evidence("length", f"{len(pages)} pages" if len(pages) > 1 else f"{characters} characters"),)
    return Fact(Field.TYPE, "publication", Origin.DETECTED, _OF_LENGTH, evidence)
