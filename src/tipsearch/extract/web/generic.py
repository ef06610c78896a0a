"""Pages of sites that nothing is known about: trafilatura finds their text, author and date."""

from __future__ import annotations

import copy
import logging
from itertools import islice
from typing import TYPE_CHECKING

from tipsearch.extract.dates import iso_date
from tipsearch.extract.facts import fact
from tipsearch.extract.web.blocks import elements, is_furniture
from tipsearch.extract.web.lines import Line
from tipsearch.extract.web.marked import is_other_time
from tipsearch.extract.web.meta import is_person
from tipsearch.model import Fact, Field, Origin

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from lxml.html import HtmlElement

#: Trafilatura takes 7 s for 100,000 links; of a page with more elements or characters the plain text is taken.
_MAX_ELEMENTS = 20_000
_MAX_CHARACTERS = 2_000_000
#: Its expressions look at class and id of every element many times: 5 s for a class of 15 MB.
_MAX_NAMES = 20_000


def is_large(tree: HtmlElement, lines: Sequence[Line]) -> bool:
    """Whether a page has too much for trafilatura; `lines` are all of it."""
    has_many = next(islice(elements(tree), _MAX_ELEMENTS, None), None) is not None
    characters = sum(len(line.text) for line in lines)
    return has_many or characters > _MAX_CHARACTERS or any(map(_has_endless_names, elements(tree)))


def _has_endless_names(element: HtmlElement) -> bool:
    return len(element.get("class") or "") + len(element.get("id") or "") > _MAX_NAMES


def main_lines(tree: HtmlElement) -> list[Line]:
    """The lines of the page's main text, empty if none is found.

    Recall is favoured, as a lost paragraph can't be found any more; the fall-back extractors are left out, as they take
    three times as long.
    """
    from trafilatura import extract  # noqa: PLC0415 - 0.4 s to load, and most pages do without

    _hush()
    text = extract(_without_furniture(tree), favor_recall=True, include_comments=False, fast=True) or ""
    stripped = (" ".join(line.replace("|", " ").split()).removeprefix("- ") for line in text.split("\n"))
    return [Line(line) for line in stripped if line]


def _without_furniture(tree: HtmlElement) -> HtmlElement:
    """A copy without what we know to be no text: trafilatura knows menus and comments, but few cookie notices."""
    copied = copy.deepcopy(tree)
    for element in [one for one in elements(copied) if is_furniture(one)]:
        if element.getparent() is not None:
            element.drop_tree()
    return copied


def generic_facts(tree: HtmlElement, known: AbstractSet[Field]) -> list[Fact]:
    """Author and date that trafilatura finds in the body of a page, with little weight, unless the field is known already."""
    if {Field.AUTHOR, Field.DATE} <= known:
        return []
    from trafilatura import extract_metadata  # noqa: PLC0415 - see above

    _hush()
    found = extract_metadata(tree, extensive=False)
    authors = [name.strip() for name in (found.author or "").split(";")] if found is not None else []
    facts = [fact(Field.AUTHOR, name, "text", weight=0.2) for name in authors if name and is_person(name)]
    others = {iso_date(time.get("datetime") or "") for time in elements(tree, "time") if is_other_time(time)}
    if found is not None and found.date and found.date not in others:
        facts.append(fact(Field.DATE, found.date, "text", weight=0.3, origin=Origin.DETECTED))
    return [one for one in facts if one.field not in known]


def _hush() -> None:
    # It warns of pages without text, which our own answer says.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
