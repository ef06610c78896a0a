"""Pages of sites that nothing is known about: trafilatura finds their text, author and date."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from tipsearch.extract.facts import fact
from tipsearch.extract.web.lines import Line
from tipsearch.extract.web.meta import is_person
from tipsearch.model import Fact, Field

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from lxml.html import HtmlElement

#: Trafilatura takes 7 s for 100,000 links; of a page with more elements or characters the plain text is taken.
MAX_ELEMENTS = 20_000
MAX_CHARACTERS = 2_000_000


def main_lines(tree: HtmlElement) -> list[Line]:
    """The lines of the page's main text, empty if none is found.

    Recall is favoured, as a lost paragraph can't be found any more; the fall-back extractors are left out, as they take
    three times as long.
    """
    from trafilatura import extract  # noqa: PLC0415 - 0.4 s to load, and most pages do without

    _hush()
    text = extract(tree, favor_recall=True, include_comments=False, fast=True) or ""
    stripped = (" ".join(line.replace("|", " ").split()).removeprefix("- ") for line in text.split("\n"))
    return [Line(line) for line in stripped if line]


def generic_facts(tree: HtmlElement, known: AbstractSet[Field]) -> list[Fact]:
    """Author and date that trafilatura finds in the body of a page, with little weight, unless the field is known already."""
    if {Field.AUTHOR, Field.DATE} <= known:
        return []
    from trafilatura import extract_metadata  # noqa: PLC0415 - see above

    _hush()
    found = extract_metadata(tree, extensive=False)
    authors = [name.strip() for name in (found.author or "").split(";")] if found is not None else []
    facts = [fact(Field.AUTHOR, name, "text", weight=0.2) for name in authors if name and is_person(name)]
    if found is not None and found.date:
        facts.append(fact(Field.DATE, found.date, "text", weight=0.2))
    return [one for one in facts if one.field not in known]


def _hush() -> None:
    # It warns of pages without text, which our own answer says.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
