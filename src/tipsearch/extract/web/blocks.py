"""The text of an HTML tree as lines, and how elements are told apart by class, id and role."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

import lxml.etree

from tipsearch.extract.facts import squeeze
from tipsearch.extract.web.lines import Line, Link
from tipsearch.paths import data_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lxml.html import HtmlElement

#: Characters of a class attribute that are looked at; a hostile one has millions, and is asked for many times.
_MAX_CLASSES = 2000
#: What holds the page as a whole; its classes speak of everything on it.
_NEVER_FURNITURE = frozenset({"html", "body", "main", "article", "h1"})
#: A box to fill in has hardly as many paragraphs.
_TEXTS_OF_PAGE = 4
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class MarkupWords:
    """Names of elements, classes, ids and roles (`data/web_markup.json`), and what meta elements mean.

    Attributes:
        furniture_pattern: parts of classes and ids that plug-ins give to their boxes.
        related_pattern: those of boxes of other publications, where cards are.
        slug_classes: how classes begin that say what the text is about, not what the element is.
        meta_fields: name of a meta element in lower case to field and weight.
    """

    content_classes: frozenset[str]
    card_classes: frozenset[str]
    card_title_classes: frozenset[str]
    card_teaser_classes: frozenset[str]
    category_classes: frozenset[str]
    tag_classes: frozenset[str]
    furniture_classes: frozenset[str]
    furniture_ids: frozenset[str]
    furniture_pattern: re.Pattern[str]
    related_pattern: re.Pattern[str]
    slug_classes: tuple[str, ...]
    furniture_roles: frozenset[str]
    furniture_elements: frozenset[str]
    silent_elements: frozenset[str]
    block_elements: frozenset[str]
    listing_body_classes: frozenset[str]
    single_body_classes: frozenset[str]
    meta_fields: dict[str, tuple[str, float]]


@cache
def markup_words() -> MarkupWords:
    """The names, read once per process."""
    raw = json.loads(data_file("web_markup.json").read_text(encoding="utf-8"))
    fields = {name: (meant, weight) for name, (meant, weight) in raw.pop("meta_fields").items()}
    del raw["about"]
    related = "|".join(raw.pop("related_patterns"))
    return MarkupWords(
        meta_fields=fields,
        related_pattern=re.compile(related),
        furniture_pattern=re.compile("|".join([*raw.pop("furniture_patterns"), related])),
        slug_classes=tuple(raw.pop("slug_classes")),
        **{name: frozenset(values) for name, values in raw.items()},
    )


def classes(element: HtmlElement) -> frozenset[str]:
    """The element's classes in lower case."""
    return frozenset((element.get("class") or "")[:_MAX_CLASSES].lower().split())


def elements(root: HtmlElement, *tags: str) -> Iterator[HtmlElement]:
    """The element itself and all below it, of these tags if any are named; no comments and the like."""
    yield from root.iter(*tags) if tags else root.iter(lxml.etree.Element)


def is_heading(element: HtmlElement) -> bool:
    """Whether it is one of h1 to h6."""
    return element.tag in _HEADINGS


def is_furniture(element: HtmlElement) -> bool:
    """Whether an element is no text of the page: menu, share bar, related items, cookie notice, footer."""
    words = markup_words()
    if element.tag == "form":
        return not _holds_text(element)
    return (
        element.tag in words.furniture_elements
        or (element.get("role") or "").lower() in words.furniture_roles
        or (element.get("id") or "").lower() in words.furniture_ids
        or not words.furniture_classes.isdisjoint(classes(element))
        or _is_plug_in(element)
    )


def is_related(element: HtmlElement) -> bool:
    """Whether it is a box of other publications, by its class or id."""
    names = _names(element)
    return "related" in names or "posts" in names or markup_words().related_pattern.search(names) is not None


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:_MAX_CLASSES].lower()


def _is_plug_in(element: HtmlElement) -> bool:
    """Whether class or id are those of a plug-in's box; what holds the page's title is none, whatever it is called."""
    names = _names(element)
    words = markup_words()
    if element.tag in _NEVER_FURNITURE or not words.furniture_pattern.search(names):
        return False
    if not words.content_classes.isdisjoint(classes(element)):
        return False
    own = " ".join(one for one in names.split() if not one.startswith(words.slug_classes))
    return words.furniture_pattern.search(own) is not None and next(element.iter("h1"), None) is None


def _holds_text(form: HtmlElement) -> bool:
    """Whether a form is the frame of the whole page, as some servers make it, and not a box to fill in."""
    if next(form.iter("h1"), None) is not None:
        return True
    return len(list(islice(form.iter("p", "article"), _TEXTS_OF_PAGE))) == _TEXTS_OF_PAGE


def text_of(element: HtmlElement) -> str:
    """The element's text on one line, scripts and the like left out."""
    return " ".join(line.text for line in lines_of(element, furniture=True))


def lines_of(root: HtmlElement, *, skip: Collection[HtmlElement] = (), furniture: bool = False) -> list[Line]:
    """The lines of an element: block elements begin a paragraph, ``<br>`` a line, two of them a paragraph.

    Args:
        root: the element.
        skip: elements below it to leave out.
        furniture: keep what `is_furniture`.
    """
    words = markup_words()
    writer = _Writer()
    walk = lxml.etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            writer.end(element, is_block=element.tag in words.block_elements, is_root=element is root)
        elif element is not root and _is_left_out(element, skip, furniture=furniture):
            walk.skip_subtree()
            writer.silent = element
        else:
            writer.start(element, is_block=element.tag in words.block_elements)
    return writer.finish()


def _is_left_out(element: HtmlElement, skip: Collection[HtmlElement], *, furniture: bool) -> bool:
    return (
        not isinstance(element.tag, str)
        or element.tag in markup_words().silent_elements
        or element in skip
        or (not furniture and is_furniture(element))
    )


@dataclass(slots=True)
class _Writer:
    """Collects the lines while the tree is walked."""

    silent: HtmlElement | None = None
    _lines: list[Line] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _links: list[Link] = field(default_factory=list)
    _open: list[tuple[str, int]] = field(default_factory=list)
    _starts: bool = True
    _breaks: int = 0
    _heading: int = 0
    _pre: int = 0

    def start(self, element: HtmlElement, *, is_block: bool) -> None:
        tag = element.tag
        if is_block:
            self._flush(starts=True)
        self._heading += tag in _HEADINGS
        self._pre += tag == "pre"
        if tag == "a" and element.get("href"):
            self._open.append((element.get("href", ""), len(self._text)))
        elif tag == "br":
            self._break()
        elif tag in {"td", "th", "img"}:
            self._text.append(" ")
        self._write(element.text)

    def end(self, element: HtmlElement, *, is_block: bool, is_root: bool) -> None:
        tag = element.tag
        if element is self.silent:
            self.silent = None
        else:
            if tag == "a" and element.get("href") and self._open:
                href, at = self._open.pop()
                self._link(href, at)
            if is_block:
                self._flush(starts=True)
            self._heading -= tag in _HEADINGS
            self._pre -= tag == "pre"
        if not is_root:
            self._write(element.tail)

    def finish(self) -> list[Line]:
        self._flush(starts=True)
        return self._lines

    def _write(self, text: str | None) -> None:
        if not text:
            return
        if not self._pre:
            self._text.append(text)
            return
        first, *others = text.split("\n")
        self._text.append(first)
        for line in others:
            self._break()
            self._text.append(line)

    def _break(self) -> None:
        before = len(self._lines)
        self._flush(starts=False)
        if len(self._lines) == before:
            # Nothing since the last break: an empty line.
            self._starts = True

    def _link(self, href: str, at: int) -> None:
        text = squeeze("".join(self._text[at:]))
        link = Link(text, href)
        if text or not self._lines:
            self._links.append(link)
        else:
            last = self._lines[-1]
            self._lines[-1] = Line(last.text, last.starts, last.heading, (*last.links, Link(last.text, href)))

    def _flush(self, *, starts: bool) -> None:
        text = squeeze("".join(self._text))
        if text:
            self._lines.append(Line(text, self._starts, bool(self._heading), tuple(self._links)))
            self._starts = starts
            self._links.clear()
        self._starts = self._starts or starts
        self._text.clear()
        self._open = [(href, 0) for href, _ in self._open]
