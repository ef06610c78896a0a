"""References in the styles that journals and universities ask for, written by citeproc-py from CSL styles."""

from __future__ import annotations

import re
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from tipsearch.cite import csl
from tipsearch.cite.names import STYLES
from tipsearch.cite.plain import one_line
from tipsearch.cite.reference import reference
from tipsearch.cite.said import year_of
from tipsearch.paths import data_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tipsearch.model import Document

#: Locales of CSL, by the language of the reader.
_LOCALES = {"en": "en-US", "es": "es-ES", "fr": "fr-FR", "ar": "ar"}
#: Styles in numbered lists, of which only the entry is wanted.
_NUMBER = re.compile(r"^(?:\[1\]|1\.)\s*")
#: Of their own country where the reader's language is English.
_ENGLISH = {"harvard-cite-them-right": "en-GB"}
#: In this one citeproc-py leaves no space between year, month and day. The year is what identifies a report; the day on
#: which it was read stands in brackets.
_TIGHT = "nlm-citation-sequence"
_TIGHT_PLACE = re.compile(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)")
#: Styles in which citeproc-py itself lets the title stand first where there is no author; in the others it says it twice.
_TITLE_FIRST = frozenset({"nlm-citation-sequence", "ieee"})
#: Kinds of items that styles say nonsense of when no newspaper is named, and those that do as well.
_AS = {"article-newspaper": "webpage"}
#: Styles that write given names whole in a list of references; citeproc-py knows no ``initialize="false"``.
_GIVEN_WHOLE = frozenset({"chicago-author-date", "modern-language-association"})
#: Commas and stops stand inside quotation marks in American English, where citeproc-py leaves them behind.
_BEHIND_QUOTES = re.compile(r"(?<![?!…,.])”([,.])")
#: APA begins a subtitle with a capital.
_CAPITAL_AFTER_COLON, _SUBTITLE = "apa", re.compile(r"(?<=: )[^\W\d_]")
_STOP_TOO_MANY = re.compile(r"(?<=[?!…])\.")
#: In an address, before which, at the end, the page is told where a style has no place for it.
_ADDRESS = re.compile(r"https?://\S")
_USED = ("id", "type", "title", "author", "issued", "publisher", "URL")
#: A parsed style keeps what it last wrote, so only one thread at a time may use any.
_lock = Lock()


def formatted(
    document: Document,
    style: str,
    language: str,
    page_label: str | None = None,
    *,
    accessed: date | None = None,
) -> str:
    """The reference to a document as plain text.

    Args:
        document: the document.
        style: one of `tipsearch.cite.names.STYLES`.
        language: of the words around the data ("available at"); English where CSL has no such locale.
        page_label: as printed; the reference is one to that very page.
        accessed: the day on which the document was read, for styles that want it of what is on the web.

    Raises:
        KeyError: there is no such style.
    """
    if style not in STYLES:
        raise KeyError(style)
    item, locale = _item(document, style, page_label, accessed), _locale(style, language)
    with _lock:
        try:
            text = _written(_style(style, locale), item)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            # Of an item that it makes nothing of, the library's own reference says the same.
            return reference(document, page_label)
    if locale == "en-US":
        text = _BEHIND_QUOTES.sub(r"\1”", text)
    return _loosened(text, accessed.year) if style == _TIGHT and accessed else text


def _loosened(text: str, year: int) -> str:
    """With spaces between the parts of the day in brackets."""
    return re.sub(rf"\[[^\[\]]*{year}[^\[\]]*\]", lambda brackets: _TIGHT_PLACE.sub(" ", brackets[0]), text)


def _locale(style: str, language: str) -> str:
    return _ENGLISH.get(style, "en-US") if language == "en" else _LOCALES.get(language, "en-US")


def _item(document: Document, style: str, page_label: str | None, accessed: date | None) -> dict[str, Any]:
    """The document as a CSL item such as the style can make a good reference of.

    Of reports without an author the publisher is the author, as the styles' handbooks say, and isn't named again. Without
    either the title stands in the author's place, and there alone.
    """
    whole: dict[str, Any] = csl.item(document)
    item: dict[str, Any] = {name: whole[name] for name in _USED if name in whole}
    item["type"] = _AS.get(item["type"], item["type"])
    item["language"] = document.language or "und"
    publisher = item.get("publisher")
    if "author" not in item and (publisher or style not in _TITLE_FIRST):
        item["author"] = [{"literal": publisher or item.pop("title")}]
    if item.get("author") == [{"literal": publisher}]:
        del item["publisher"]
    if page_label:
        item["page"] = one_line(page_label)
    if accessed and "URL" in item:
        item["accessed"] = {"date-parts": [[accessed.year, accessed.month, accessed.day]]}
    if style == _TIGHT and (year := year_of(document)):
        item["issued"] = {"date-parts": [[year]]}
    if style == _CAPITAL_AFTER_COLON and "title" in item:
        item["title"] = _SUBTITLE.sub(lambda letter: letter[0].upper(), item["title"])
    return item


def _written(style: CitationStylesStyle, item: dict[str, Any]) -> str:
    text = _STOP_TOO_MANY.sub("", _entry(style, item))
    if "page" not in item:
        return text
    page = f"{style.root.get_single_term('page', 'short')} {item['page']}"
    return text if page in text else _with_page(text, page)


@lru_cache(maxsize=len(STYLES) * len(_LOCALES))
def _style(name: str, locale: str) -> CitationStylesStyle:
    """A style, parsed (3 ms)."""
    style = CitationStylesStyle(str(data_file(f"csl/{name}.csl")), locale=locale, validate=False)
    if name in _GIVEN_WHOLE:
        style.root.attrib.pop("initialize-with", None)
    return style


def _entry(style: CitationStylesStyle, item: dict[str, Any]) -> str:
    """The entry in a list of references."""
    listed = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
    listed.register(Citation([CitationItem(item["id"])]))
    entries: Sequence[object] = listed.bibliography()
    return _NUMBER.sub("", one_line("".join(map(str, entries))))


def _with_page(text: str, page: str) -> str:
    """The page at the end, before the address where that is a sentence of its own."""
    rest, _, address = text.rpartition(" ")
    if not _ADDRESS.search(address):
        return f"{text} {page}."
    if rest.endswith("."):
        return f"{rest} {page}. {address}"
    return f"{text.removesuffix('.')}, {page}."
