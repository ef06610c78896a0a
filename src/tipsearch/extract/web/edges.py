"""What stands above and below a page's own text where no markup tells: menus, share bars, cookie notices, footers.

Saved text has no markup, and themes without known class names tell nothing by theirs. So lines at the top and at the end
are judged by their words (`data/page_edges.json`) and, in a web page, by their being a run of bare links. Only the edges
are looked at: a report may speak of cookies, and «Home» may be a heading.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tipsearch.extract.web.citation import is_link_words, says_download
from tipsearch.paths import data_file

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tipsearch.extract.web.lines import Line

#: Lines looked at from either end; a menu with its sub-menus has some 60.
_REACH = 80
#: An entry of a menu has so many words at most, a cookie notice and a footer so many characters.
_MENU_WORDS = 6
#: So many short lines that nothing is known of may stand between entries of a menu («Our partners», «Resource Centre»).
_MAX_GAP = 6
_MAX_NOTICE, _MAX_FOOTER, _MAX_CRUMBS = 1000, 300, 300
_ENDS_SENTENCE = (".", "!", "?", "。", "؟", "।")


@dataclass(frozen=True, slots=True)
class _EdgeWords:
    """Patterns made of the word lists.

    Attributes:
        entries: one or more entries of menus, share bars and consent forms, and nothing else.
        crumbs: «Home > Resources > …».
        footer: «© …» and «All rights reserved».
    """

    entries: re.Pattern[str]
    crumbs: re.Pattern[str]
    footer: re.Pattern[str]
    cookie: re.Pattern[str]
    consent: re.Pattern[str]


@cache
def _edge_words() -> _EdgeWords:
    raw = json.loads(data_file("page_edges.json").read_text(encoding="utf-8"))
    entries = _any([*raw["menu"], *raw["share"], *raw["consent"]])
    return _EdgeWords(
        entries=re.compile(
            rf"(?:[\s|,;•·/>»›«‹×☰+-]*+(?:{entries})(?![^\W_]))+[\s|,;:•·/>»›«‹×☰+-]*+", re.IGNORECASE
        ),
        crumbs=re.compile(rf"(?:{_any(raw['home'])})\s*(?:[>»›→/|\\]\s*\S|(?<=:)\s*\S)", re.IGNORECASE),
        footer=re.compile(rf"\s*(?:©|\(c\)\s|copyright\s)|(?:{_any(raw['rights'])})", re.IGNORECASE),
        cookie=re.compile(_any(raw["cookie_words"]), re.IGNORECASE),
        consent=re.compile(_any(raw["cookie_phrases"]), re.IGNORECASE),
    )


def trim_edges(lines: Sequence[Line], titles: Collection[str] = ()) -> list[Line]:
    """The lines without furniture at their top and end.

    Args:
        lines: the lines of the page's own text.
        titles: what the page is called; what stands above such a line is no text if it is short or furniture.
    """
    start = _top({title.casefold() for title in titles}, lines)
    end = len(lines)
    for index in range(len(lines) - 1, max(start, len(lines) - _REACH) - 1, -1):
        if _is_furniture(lines[index]) or _is_footer(lines[index]):
            end = index
        elif not _is_bare_link(lines[index]):
            break
    return list(lines[start:end])


def _top(titles: Collection[str], lines: Sequence[Line]) -> int:
    """The index of the first line that is no furniture: behind the last of it that has only furniture and short lines above."""
    start = unknown = 0
    for index, line in enumerate(lines[:_REACH]):
        if line.text.casefold() in titles:
            start, unknown = index, 0
        elif _is_furniture(line) or _is_in_menu(lines, index):
            start, unknown = (index + 1, 0) if unknown <= _MAX_GAP else (start, unknown)
        elif _is_short(line):
            unknown += 1
        else:
            break
    return start


def _is_furniture(line: Line) -> bool:
    words = _edge_words()
    text = line.text
    if len(text) > _MAX_NOTICE:
        return False
    if words.cookie.search(text):
        return words.consent.search(text) is not None or words.entries.fullmatch(text) is not None
    is_crumbs = len(text) <= _MAX_CRUMBS and words.crumbs.match(text) is not None
    return is_crumbs or words.entries.fullmatch(text) is not None


def _is_footer(line: Line) -> bool:
    return len(line.text) <= _MAX_FOOTER and _edge_words().footer.match(line.text) is not None


def _is_in_menu(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is a link and nothing else, and so is one beside it."""
    beside = lines[max(0, index - 1) : index] or lines[index + 1 : index + 2]
    following = lines[index + 1 : index + 2]
    return _is_bare_link(lines[index]) and any(map(_is_bare_link, [*beside, *following]))


def _is_bare_link(line: Line) -> bool:
    if not line.links or line.heading or is_link_words(line.text) or not _is_short(line):
        return False
    linked = sum(len(link.text) for link in line.links)
    is_file = any(says_download(link.text) or link.href.lower().endswith(".pdf") for link in line.links)
    return linked >= len(line.text) - 2 * len(line.links) and not is_file


def _is_short(line: Line) -> bool:
    links = max(1, len(line.links))
    return len(line.text.split()) <= _MENU_WORDS * links and not line.text.endswith(_ENDS_SENTENCE)


def _any(words: Sequence[str]) -> str:
    """A pattern for any of the words, longer ones first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
