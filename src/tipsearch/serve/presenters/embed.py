"""The library in the pages of others: what is pasted there, and the answers of oEmbed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from tipsearch.cite.plain import one_line
from tipsearch.search.request import SELECTED_IN, SearchRequest
from tipsearch.serve.params import Reading, query_string, read
from tipsearch.serve.presenters.text import Run, runs
from tipsearch.serve.tongue import gettext, later

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tipsearch.model import Document
    from tipsearch.search.answer import Passage
    from tipsearch.serve.links import PathLinks

#: Facets that readers may be given, in the order of the search page.
FACETS = {
    "region": later("Region"),
    "origin": later("Country of origin"),
    "transit": later("Country of transit"),
    "destination": later("Country of destination"),
    "topic": later("Topic"),
    "form": later("Form of exploitation"),
    "context": later("Context and people"),
    "response": later("Response"),
    "sector": later("Economic sector"),
    "type": later("Type"),
    "language": later("Language"),
    "year": later("Year"),
    "publisher": later("Publisher"),
}
THEMES = {
    "": later("as the page around"),
    "light": later("light"),
    "dark": later("dark"),
}
assert set(FACETS) == {*SELECTED_IN, "year"}
FACETS_AT_FIRST = ("region", "topic", "type")
MOST_RESULTS = 20
_LIMIT = 5
_MAX_LABEL = 100
#: Width and height of a frame in pixels for those who don't say.
_WIDTH, _HEIGHT = 640, 480
#: Passages of a result at most.
MOST_PASSAGES = 3
#: Paths whose query strings are searches, the last one's with the settings of a frame.
_SEARCHES = ("/", "/search", _FRAME := "/embed")
#: What of a document's address its card knows, too.
_OF_CARDS = frozenset({"q", "ui", "expand"})
_MAX_DIGITS = 6
_DEFAULT = SearchRequest()


@dataclass(frozen=True, slots=True)
class Element:
    """How the element is set up.

    Attributes:
        preset: canonical query string of the search that it starts with.
        facets: facets that readers may choose in.
        limit: results at a time.
        passages: of each result at most.
        is_list: there is no box.
        theme: ``light``, ``dark``, or empty for that of the page around.
        label: what stands over the box, empty for the element's own words.
        is_shown: filters of the preset are shown, and can be taken away.
        lang: language, empty for that of the page around.
    """

    preset: str = ""
    facets: tuple[str, ...] = ()
    limit: int = _LIMIT
    passages: int = MOST_PASSAGES
    is_list: bool = False
    theme: str = ""
    label: str = ""
    is_shown: bool = False
    lang: str = ""

    def attributes(self) -> tuple[tuple[str, str | None], ...]:
        """Attributes of the element that differ from its defaults; None for one without a value."""
        given: tuple[tuple[str, str | None], ...] = (
            ("preset", self.preset),
            ("facets", " ".join(self.facets)),
            ("limit", str(self.limit) if self.limit != _LIMIT else ""),
            ("passages", self._passages),
            ("mode", self._mode),
            ("lang", self.lang),
            ("theme", self.theme),
            ("label", self.label),
            ("show-preset", None if self.is_shown else ""),
        )
        return tuple((name, value) for name, value in given if value != "")

    def query(self) -> str:
        """The query string of the page for a frame that shows this element."""
        settings = (
            ("facets", " ".join(self.facets)),
            ("size", str(self.limit) if self.limit != _LIMIT else ""),
            ("passages", self._passages),
            ("mode", self._mode),
            ("ui", self.lang),
            ("theme", self.theme),
            ("label", self.label),
            ("shown", "yes" if self.is_shown else ""),
        )
        return "&".join(filter(None, (self.preset, urlencode([pair for pair in settings if pair[1]]))))

    @property
    def _passages(self) -> str:
        return str(self.passages) if self.passages != MOST_PASSAGES else ""

    @property
    def _mode(self) -> str:
        return "list" if self.is_list else ""

    @property
    def words(self) -> str:
        """What stands in the box."""
        return dict(parse_qsl(self.preset)).get("q", "")

    def fields(self) -> tuple[tuple[str, str], ...]:
        """What a plain form brings along beside the words: filters and the rest of the preset, and the language."""
        spoken = [("ui", self.lang)] if self.lang else []
        return tuple(pair for pair in (*parse_qsl(self.preset), *spoken) if pair[0] != "q")


def element(arguments: Sequence[tuple[str, str]]) -> Element:
    """The element that the query string of a frame's page asks for; what can't be read is left out."""
    given = dict(reversed(arguments))
    return Element(
        preset=preset_of(read(arguments).request),
        facets=_facets(value for name, value in arguments if name == "facets"),
        limit=_amount(given.get("size", ""), _LIMIT, 1, MOST_RESULTS),
        passages=_amount(given.get("passages", ""), MOST_PASSAGES, 0, MOST_PASSAGES),
        is_list=given.get("mode") == "list",
        theme=_theme(given.get("theme", "")),
        label=one_line(given.get("label", ""))[:_MAX_LABEL],
        is_shown=given.get("shown") == "yes",
        lang=read([("ui", given.get("ui", ""))]).request.ui,
    )


@dataclass(frozen=True, slots=True)
class Card:
    """A document as a card: its facts, what it says or is about, and where it is; with `warning` that is shown on demand."""

    title: str
    language: str | None
    url: str
    facts: tuple[str, ...]
    warning: str
    abstract: str
    passages: tuple[tuple[str, str, tuple[Run, ...]], ...]


def card(document: Document, text: str, hits: Sequence[Passage], links: PathLinks) -> Card:
    """The card of a document; with `hits`, pages on which `text` is found (place, address, runs), in their order."""
    facts = (*document.authors[:3], document.publisher, document.year)
    passages = tuple(
        (
            gettext("Page %(number)s", number=hit.label),
            links.page(document.id, hit.number, text),
            runs(hit.text, hit.spans),
        )
        for hit in hits
    )
    return Card(
        title=one_line(document.title),
        language=document.language,
        url=links.document(document.id, text),
        facts=tuple(dict.fromkeys(one_line(str(fact)) for fact in facts if fact)),
        warning=one_line(document.warning or ""),
        abstract="" if passages else one_line(document.abstract or ""),
        passages=passages,
    )


@dataclass(frozen=True, slots=True)
class Place:
    """What an address of this library shows: a search or a document.

    Attributes:
        query: that of the frame's page.
        document_id: the document, empty for a search.
        page: number of the page, where the address is that of a document's page.
        reading: the search as it was read.
        is_frame: the address is that of a frame's page itself.
    """

    query: str = ""
    document_id: str = ""
    page: int | None = None
    reading: Reading | None = None
    is_frame: bool = False


def place(url: str, root: str) -> Place | None:
    """What the address shows, None if it is none of this library's that can be embedded. http and https are the same."""
    path = path_here(url, root)
    if path is None:
        return None
    arguments = parse_qsl(urlsplit(url).query)
    if path in _SEARCHES:
        made = element(arguments)
        if path != _FRAME:
            made = replace(made, facets=made.facets or FACETS_AT_FIRST, is_shown=True)
        return Place(query=made.query(), reading=read(arguments), is_frame=path == _FRAME)
    return _document_place(path, dict(reversed(arguments)))


def _document_place(path: str, arguments: Mapping[str, str]) -> Place | None:
    is_frame = path.startswith(f"{_FRAME}/")
    match path.removeprefix(_FRAME).split("/"):
        case ["", "documents", document_id]:
            page = arguments.get("page", "") if is_frame else ""
        case ["", "documents", document_id, "pages", page] if not is_frame and page_number(page) is not None:
            pass
        case _:
            return None
    if not document_id:
        return None
    known = _OF_CARDS | {"theme"} if is_frame else _OF_CARDS
    kept = {name: value for name, value in arguments.items() if name in known and value}
    if page:
        kept["page"] = page
    query = urlencode(sorted(kept.items()))
    return Place(query, unquote(document_id), page_number(page), is_frame=is_frame)


def page_number(text: str) -> int | None:
    """The number of a page as it stands in an address, None for what is none."""
    return int(text) if text.isdecimal() and len(text) <= _MAX_DIGITS else None


def path_here(url: str, root: str) -> str | None:
    """The path of an address below this library's start page, None if it is elsewhere."""
    try:
        asked, own = urlsplit(url), urlsplit(root)
        is_ours = asked.scheme in ("http", "https") and asked.netloc.lower() == own.netloc.lower()
    except ValueError:
        return None
    prefix = own.path.rstrip("/")
    is_below = asked.path == prefix or asked.path.startswith(f"{prefix}/")
    return asked.path.removeprefix(prefix) or "/" if is_ours and is_below else None


def oembed(
    *, url: str, title: str, frame: str, provider: tuple[str, str], size: tuple[str, str]
) -> dict[str, object]:
    """The answer of oEmbed: a quotation with a link, which stays where frames are taken out, and the frame.

    Args:
        url: the address that the link leads to.
        title: of what it shows.
        frame: absolute address of the page for the frame.
        provider: the library's name and address.
        size: ``maxwidth`` and ``maxheight`` as they were given.
    """
    width, height = _fitting(size[0], _WIDTH), _fitting(size[1], _HEIGHT)
    link = f'<a href="{escape(url)}">{escape(title)}</a>'
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": provider[0],
        "provider_url": provider[1],
        "title": title,
        "html": f"<blockquote>{link}</blockquote>" + frame_tag(frame, title, "", width=width, height=height),
        "width": width,
        "height": height,
        "cache_age": 3600,
    }


def search_title(query: str, name: str) -> str:
    """What a search in this library is called."""
    text = one_line(read(parse_qsl(query)).request.text)
    return gettext("“%(words)s” in %(library)s", words=text, library=name) if text else name


def frame_tag(url: str, title: str, name: str, *, width: int | str = "100%", height: int = _HEIGHT) -> str:
    """A frame as it is written into a page; of class `name` if that isn't empty."""
    named = f' class="{name}"' if name else ""
    return (
        f'<iframe{named} src="{escape(url)}" width="{width}" height="{height}" frameborder="0" '
        f'title="{escape(title)}"></iframe>'
    )


def preset_of(request: SearchRequest) -> str:
    """The search itself as a query string, without page, size and language."""
    return query_string(replace(request, page=_DEFAULT.page, size=_DEFAULT.size, ui=""))


def _facets(given: Iterable[str]) -> tuple[str, ...]:
    names = {name for value in given for name in value.replace(",", " ").split()}
    return tuple(name for name in FACETS if name in names)


def _amount(text: str, usual: int, least: int, most: int) -> int:
    """A number as near to what was asked for as it may be."""
    return min(max(int(text), least), most) if text.isdecimal() and len(text) <= _MAX_DIGITS else usual


def _theme(text: str) -> str:
    return text if text in THEMES else ""


def _fitting(text: str, default: int) -> int:
    """A width or height that is no greater than was asked for."""
    return min(int(text), default) if text.isdecimal() and len(text) <= _MAX_DIGITS and int(text) else default
