"""The page that builds what is pasted into other pages, from an address that is pasted into it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from tipsearch.cite.plain import one_line
from tipsearch.serve.params import read
from tipsearch.serve.presenters.embed import (
    FACETS_AT_FIRST,
    MOST_RESULTS,
    Element,
    Place,
    element,
    frame_tag,
    path_here,
    place,
    preset_of,
)
from tipsearch.serve.presenters.refusals import told
from tipsearch.serve.tongue import gettext, number, speaking

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tipsearch.model import Document
    from tipsearch.serve.asked import Problem
    from tipsearch.serve.links import PathLinks
    from tipsearch.serve.params import Reading

#: What stands around the query string of an address, or of one that begins with its question mark. The element reads its
#: ``preset`` by the same rule. Words may hold question marks: ``q=wom?n``.
_AROUND = re.compile(r"^([^?=#]*|(https?:/)?/[^?#]*)\?|#.*")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
#: An address without its beginning, as some browsers show it.
_HOST_FIRST = re.compile(r"(?:www\.\S+|(?:[\w-]+\.)+\w+(?::\d+)?/\S*)")
#: Addresses that are none of web pages.
_NO_PAGE = re.compile(r"(?:[a-z][a-z0-9+.-]*://|(?:about|data|file|javascript|mailto|tel):)\S", re.IGNORECASE)
#: Settings that addresses of frames bring along, and those of the form.
_OF_FRAMES = frozenset({"facets", "theme", "label", "shown", "mode", "passages"})
_SETTINGS = _OF_FRAMES | {"size", "ui"}
#: Of what was pasted, in a message.
_MOST_TOLD = 80
#: A frame can't know the page around; most pages are light.
_THEME_OF_FRAMES = "light"
#: Pixels of a frame with a document's card, until it has told its height.
_CARD_HEIGHT = 320


@dataclass(frozen=True, slots=True)
class Pasted:
    """What an address that was pasted leads to: a search by these names and values, a document, or neither, and why."""

    search: tuple[tuple[str, str], ...] = ()
    place: Place | None = None
    problem: str = ""


def pasted(text: str, roots: Sequence[str]) -> Pasted:
    """Read what was pasted: the address of a search or a document, a query string, or just words to search for.

    Args:
        text: as it was typed.
        roots: addresses of the library's start page, the one that readers are told first.
    """
    text = text.strip()
    address = _address(text, roots[0])
    if not address:
        return Pasted(search_pairs(text) if _is_query(text) else (("q", text),))
    found = next(filter(None, (place(address, root) for root in roots)), None)
    if found is None:
        return Pasted(problem=_elsewhere(address, roots))
    if found.document_id:
        return Pasted(place=found)
    return Pasted(tuple(pair for pair in search_pairs(address) if pair[0] not in _OF_FRAMES))


def search_pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Names and values of a search's address, or of its query string alone, but for where in the results one is."""
    return tuple(pair for pair in parse_qsl(_AROUND.sub("", text)) if pair[0] not in ("page", "size"))


def _is_query(text: str) -> bool:
    """Is this the query string of a search? Words may hold such a sign as well: ``wages=low``."""
    names = {name for name, _ in parse_qsl(_AROUND.sub("", text), keep_blank_values=True)}
    unknown = {one.parameter for one in read([(name, "") for name in names]).unknown}
    return text.startswith("?") or bool(names - (unknown - _SETTINGS))


def _address(text: str, root: str) -> str:
    """The whole address if the text is one, even without its beginning, else nothing."""
    if _ADDRESS.match(text) or _NO_PAGE.match(text):
        return text
    if text.startswith("/"):
        return urljoin(root, text)
    here = f"{urlsplit(root).netloc}/"
    is_address = _HOST_FIRST.fullmatch(text) or text.lower().startswith(here.lower())
    return f"{urlsplit(root).scheme}://{text}" if is_address else ""


def _elsewhere(address: str, roots: Sequence[str]) -> str:
    """Why nothing of this library can be embedded from that address, and what to do."""
    path = next(filter(None, (path_here(address, root) for root in roots)), "")
    if path:
        return gettext(
            "There is no search and no document at “%(path)s”. Copy the address of a page of results, or of a document.",
            path=_shortened(path),
        )
    return gettext(
        "“%(address)s” isn’t in this library, which is at %(here)s. Copy the address of a search or of a document from there.",
        address=_shortened(address),
        here=roots[0],
    )


def _shortened(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= _MOST_TOLD else f"{text[:_MOST_TOLD]}…"


@dataclass(frozen=True, slots=True)
class Snippets:
    """What is pasted into a page: `pinned` and `following` with a script, `frame` without, `address` into WordPress.

    There are none with a script for a document's card.
    """

    frame: str
    address: str
    pinned: str = ""
    following: str = ""


@dataclass(frozen=True, slots=True)
class BuilderPage:
    """The page that builds snippets.

    Attributes:
        pasted: what was pasted, as it was typed.
        element: how the element is set up.
        problems: what of the pasted address can't be had, in sentences.
        size_problem: the same of the number of results.
        snippets: None where there is nothing to embed.
        card: path of the document's card, where a document is embedded.
        title: the document's.
    """

    pasted: str
    element: Element
    problems: tuple[str, ...] = ()
    size_problem: str = ""
    snippets: Snippets | None = None
    card: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """A script to be asked for.

    Attributes:
        path: where it is.
        integrity: the hash by which a browser checks it, empty for one that may change.
        is_released: it never changes any more.
    """

    path: str
    integrity: str = ""
    is_released: bool = False


@dataclass(frozen=True, slots=True)
class Kit:
    """What snippets are made with.

    Attributes:
        title: what a frame is called that shows a search, told by its query string, or a document.
        links: where things are.
        scripts: ``pinned``, ``following`` and ``frame``.
        whole: path to the whole address.
    """

    title: Callable[[str, Document | None], str]
    links: PathLinks
    scripts: Mapping[str, Script]
    whole: Callable[[str], str]


def search_page(
    arguments: Sequence[tuple[str, str]], given: Sequence[tuple[str, str]], reading: Reading, kit: Kit
) -> BuilderPage:
    """The page for a search, which `given` was read as, with what of that was left out."""
    page = blank_page(arguments)
    made = replace(
        page.element, preset=preset_of(reading.request), lang=page.element.lang or reading.request.ui
    )
    framed = replace(made, theme=made.theme or _THEME_OF_FRAMES)
    address = kit.whole(kit.links.embed(framed.query()))
    with speaking(made.lang):
        title = kit.title(made.preset, None)
        tag = _element(made, reading, kit)
    frame = frame_tag(address, title, "tip-search")
    snippets = Snippets(
        pinned=_script(kit.scripts["pinned"], kit.whole) + tag,
        following=_script(kit.scripts["following"], kit.whole) + tag,
        frame=f"{frame}\n{_script(kit.scripts['frame'], kit.whole)}",
        address=address,
    )
    return replace(page, element=made, problems=_left_out(reading, given), snippets=snippets)


def document_page(
    arguments: Sequence[tuple[str, str]], document: Document, found: Place, kit: Kit
) -> BuilderPage:
    """The page for a document, whose card can stand in a frame."""
    page = blank_page(arguments)
    settings = {"ui": page.element.lang, "theme": page.element.theme or _THEME_OF_FRAMES}
    asked = dict(parse_qsl(found.query)) | {name: value for name, value in settings.items() if value}
    card = kit.links.embed(urlencode(sorted(asked.items())), document.id)
    title = one_line(document.title)
    frame = frame_tag(kit.whole(card), kit.title("", document), "tip-search", height=_CARD_HEIGHT)
    snippets = Snippets(
        frame=f"{frame}\n{_script(kit.scripts['frame'], kit.whole)}",
        address=kit.whole(card),
    )
    return replace(page, snippets=snippets, card=card, title=title)


def blank_page(arguments: Sequence[tuple[str, str]], *problems: str) -> BuilderPage:
    """The page with the settings that were chosen in its form, and nothing to embed."""
    made = element([pair for pair in arguments if pair[0] in _SETTINGS])
    given = dict(reversed(arguments))
    if "url" not in given:
        made = replace(made, facets=FACETS_AT_FIRST)
    return BuilderPage(given.get("url", ""), made, problems, _size_problem(given.get("size", ""), made.limit))


def _left_out(reading: Reading, given: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """What of a search's address means nothing or can't be had, in sentences."""

    def without(parameter: str) -> str:
        pairs = "&".join(f"{name}={value}" for name, value in given if name == parameter)
        return gettext("“%(parameter)s” was left out.", parameter=_shortened(pairs))

    unknown = [
        gettext("“%(parameter)s” means nothing here and was left out.", parameter=_shortened(one.parameter))
        for one in reading.unknown
    ]
    wrong = [
        refusal(one) if one.is_excess else f"{refusal(one)} {without(one.parameter)}" for one in reading.wrong
    ]
    return (*unknown, *wrong)


def refusal(problem: Problem) -> str:
    """What is wrong, in a sentence to which others may be added."""
    said = told(problem)
    return said if said.endswith(".") else f"{said}."


def _size_problem(given: str, taken: int) -> str:
    if not given or given == str(taken):
        return ""
    return gettext(
        "There are 1 to %(most)s results at a time: %(taken)s was taken instead of “%(given)s”.",
        most=number(MOST_RESULTS),
        taken=number(taken),
        given=_shortened(given),
    )


def _script(script: Script, whole: Callable[[str], str]) -> str:
    check = f'\n        integrity="{script.integrity}"' if script.integrity else ""
    return (
        f'<script type="module" src="{escape(whole(script.path))}"{check}\n'
        '        crossorigin="anonymous" referrerpolicy="no-referrer"></script>\n'
    )


def _element(made: Element, reading: Reading, kit: Kit) -> str:
    """The element with what readers find inside whose browser doesn't run the script."""
    attributes = "".join(
        f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in made.attributes()
    )
    root = kit.whole(f"{kit.links.prefix}/")
    inside = _link(made, reading, kit) if made.is_list else _form(made, kit)
    return f'<tip-search endpoint="{escape(root)}"{attributes}>\n{inside}</tip-search>'


def _form(made: Element, kit: Kit) -> str:
    hidden = "".join(
        f'    <input type="hidden" name="{escape(name)}" value="{escape(value)}">\n'
        for name, value in made.fields()
    )
    label = escape(made.label or gettext("Search the library"))
    words = f' value="{escape(made.words)}"' if made.words else ""
    return (
        f'  <form action="{escape(kit.whole(kit.links.finder()))}">\n{hidden}'
        f'    <label>{label} <input name="q"{words}></label> <button>{escape(gettext("Search"))}</button>\n'
        "  </form>\n"
    )


def _link(made: Element, reading: Reading, kit: Kit) -> str:
    """A list has no box, so that there is nothing to type."""
    address = kit.whole(kit.links.search(replace(reading.request, ui=made.lang)))
    said = made.label or gettext("Open this search in the library")
    return f'  <p><a href="{escape(address)}">{escape(said)}</a></p>\n'
