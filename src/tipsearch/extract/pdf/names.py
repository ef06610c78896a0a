"""Who wrote and who published a PDF: from its metadata, its imprint, and what stands above the title."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tipsearch.extract.lexicon import lexicon
from tipsearch.extract.pdf.published import copyrights
from tipsearch.extract.pdf.series import acronyms
from tipsearch.extract.pdf.title_words import is_organisation, names_organisation, title_case
from tipsearch.model import Evidence, Fact, Field, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tipsearch.extract.pdf.meta import Declared
    from tipsearch.model import Page

_MAX_NAME = 120
_MAX_PERSON_WORDS = 5
_MAX_AUTHORS = 20
#: A masthead's lines stand above the title, and not many.
_MASTHEAD_LINES = 6
#: Authors are named on the title page, in the imprint or in the acknowledgements.
_AUTHOR_PAGES = 3
#: «jdoe22», «ann@example.org», «C:\Users»: no name is written like that.
_NO_NAME = re.compile(r"[\d@_/\\<>]")
_BETWEEN_NAMES = re.compile(r"\s*[;،、]\s*|\s+(?:and|&|y|et|und|e|и|та|و)\s+")
_COMMAS = re.compile(r"\s*,\s*")
#: What stands before names but is no part of them.
_HONORIFICS = re.compile(r"\b(?:dra?|prof|professor|mr|mrs|ms|mme|sra?)\.?\s+", re.IGNORECASE)
_HOLDER = re.compile(
    r"(?:©|\(c\)|copyright|[-–,]|\bby\b|\bthe\b|\d{4}|\s)+([^\n,.;|]*[^\W\d_][^\n,.;|]*)", re.IGNORECASE
)
_WRITTEN_LENGTH = 200


def find_names(
    declared: Declared, pages: Sequence[Page], imprints: Sequence[Page], title: str = ""
) -> Iterator[Fact]:
    """Publishers and authors with their evidence, weighted: an imprint before the metadata, a masthead last.

    Args:
        declared: what the metadata say.
        pages: from the first that has text on.
        imprints: those of them that bear an imprint.
        title: the document's, which ends the masthead.
    """
    for name in declared.publishers:
        is_login = " " not in name and name.islower()
        if _is_name(name) and not is_login and not _NO_NAME.search(name):
            yield Fact(Field.PUBLISHER, name, Origin.SOURCE, 0.65, (Evidence("metadata", name[:200]),))
    for name in declared.authors:
        yield from _declared_author(name)
    yield from _published_by(pages)
    yield from _copyright_holder(imprints)
    yield from _written_by(pages)
    yield from _masthead(pages[0], title)


def _declared_author(name: str) -> Iterator[Fact]:
    """An author's entry of the metadata: an organisation is the publisher, and user names are nobody."""
    evidence = (Evidence("metadata", name[:200]),)
    if not _is_name(name):
        return
    if is_organisation(name):
        yield Fact(Field.PUBLISHER, name, Origin.SOURCE, 0.6, evidence)
    else:
        yield from (Fact(Field.AUTHOR, person, Origin.SOURCE, 0.6, evidence) for person in persons(name))


def persons(text: str) -> list[str]:
    """Personal names in a list of them: two to five words each that begin in capitals; no user names.

    ``Pérez, Ana; Li, Bo`` is two people, and so is ``Ana Pérez, Bo Li``.
    """
    found: list[str] = []
    for part in _BETWEEN_NAMES.split(_HONORIFICS.sub("", text)):
        pieces = _COMMAS.split(part.strip(" ,."))
        # Between a family name and given names stands a comma as well.
        several = len(pieces) > 1 and all(len(piece.split()) > 1 for piece in pieces)
        found += pieces if several else [part.strip(" ,.")]
    return [name for name in found if _is_person(name)][:_MAX_AUTHORS]


def _is_person(name: str) -> bool:
    words = name.split()
    spelt = all(
        word[0].isalpha() and (not word.islower() or word in lexicon().name_particles) for word in words
    )
    alone = not _NO_NAME.search(name) and not is_organisation(name)
    return 1 < len(words) <= _MAX_PERSON_WORDS and spelt and alone and _is_name(name)


def _is_name(name: str) -> bool:
    """Whether an entry can name somebody: no user's or program's name, no address, no firm that only set the type."""
    folded = name.casefold().strip(" .")
    words = frozenset(re.findall(r"\w+", folded))
    if not words or len(name) > _MAX_NAME or "@" in name or "\\" in name or folded.startswith("http"):
        return False
    known = folded in lexicon().user_names or folded.rstrip("0123456789 -_") in lexicon().user_names
    return not known and lexicon().typesetters.isdisjoint(words)


@cache
def _publisher_pattern() -> re.Pattern[str]:
    phrases = "|".join(map(re.escape, sorted(lexicon().published_by, key=len, reverse=True)))
    return re.compile(
        rf"^(?:{phrases})\s*:?\s+(?:the\s+)?([^\n,.;]{{3,{_MAX_NAME}}})", re.IGNORECASE | re.MULTILINE
    )


def _published_by(pages: Sequence[Page]) -> Iterator[Fact]:
    """The name after ``Published by`` on one of the first pages or the last."""
    for page in (*pages[:_AUTHOR_PAGES], *pages[_AUTHOR_PAGES:][-1:]):
        found = _publisher_pattern().search(page.text)
        name = found[1].strip() if found else ""
        if found and _is_name(name) and not name[0].islower():
            yield _imprinted(Field.PUBLISHER, name, 0.7, found[0], page)
            return


def _copyright_holder(imprints: Sequence[Page]) -> Iterator[Fact]:
    """The organisation in a copyright notice: ``© 2020 International Labour Organization``."""
    for page in imprints:
        for notice in copyrights(page):
            holder = _HOLDER.match(notice[0])
            name = re.sub(r"\s*\b(?:19|20)\d\d.*", "", holder[1]).strip(" -–()") if holder else ""
            if names_organisation(name) and _is_name(name):
                yield _imprinted(Field.PUBLISHER, name, 0.55, notice[0], page)
                return


@cache
def _author_pattern() -> re.Pattern[str]:
    """``Written by`` goes on with names; a word like ``Authors`` only after a colon or in a line of its own."""
    words = lexicon().written_by
    phrases = "|".join(re.escape(phrase) for phrase in words if " " in phrase)
    single = "|".join(re.escape(word) for word in words if " " not in word)
    return re.compile(
        rf"^(?:(?:{phrases})\s*:?\s+|(?:{single})\s*(?::\s*|\n))([^\n]{{3,{_WRITTEN_LENGTH}}})",
        re.IGNORECASE | re.MULTILINE,
    )


def _written_by(pages: Sequence[Page]) -> Iterator[Fact]:
    """The people named after ``Written by`` or ``Authors:``."""
    for page in pages[:_AUTHOR_PAGES]:
        for found in _author_pattern().finditer(page.text):
            people = persons(_sentence(_HONORIFICS.sub("", found[1])))
            yield from (_imprinted(Field.AUTHOR, one, 0.55, found[0], page) for one in people)
            if people:
                return


def _sentence(text: str) -> str:
    """The text up to the end of its sentence; initials don't end one."""
    return re.split(
        r"(?<=[^\W\d_]{3})\.(?:\s|$)|\s(?:for|of|from|with|under|on behalf)\s|\(", text, maxsplit=1
    )[0]


def _masthead(page: Page, title: str) -> Iterator[Fact]:
    """The first organisation named in a line of its own above the title."""
    wanted = _letters(title)
    for line in map(str.strip, page.text.split("\n", _MASTHEAD_LINES)[:_MASTHEAD_LINES]):
        letters = _letters(line)
        if letters and letters in wanted:
            return
        if names_organisation(line) and _is_name(line):
            name = title_case(line, acronyms(page.text)) if line.isupper() else line
            yield Fact(Field.PUBLISHER, name, Origin.DETECTED, 0.3, _evidence("masthead", line, page))
            return


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _imprinted(field: Field, value: str, weight: float, quote: str, page: Page) -> Fact:
    return Fact(field, value, Origin.SOURCE, weight, _evidence("imprint", quote, page))


def _evidence(where: str, quote: str, page: Page) -> tuple[Evidence, ...]:
    return (Evidence(where, " ".join(quote.split())[:200], pages=(page.number,)),)
