"""How a document or page is cited: one reference to copy, and the styles in which it can be had.

The short one costs nothing; the others are written when they are asked for, as the address names one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tipsearch.cite.names import STYLES
from tipsearch.cite.plain import web_url
from tipsearch.cite.reference import reference
from tipsearch.serve import tongue

if TYPE_CHECKING:
    from tipsearch.model import Document
    from tipsearch.serve.links import PathLinks


@dataclass(frozen=True, slots=True)
class StyleChoice:
    """A style, the address of the same page with it, and whether the reference is in it."""

    name: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference, and the styles in which it can be had."""

    text: str
    styles: tuple[StyleChoice, ...]


def citation_of(
    document: Document,
    style: str,
    url: str,
    links: PathLinks,
    page_label: str | None = None,
    *,
    address: str | None = None,
) -> Citation:
    """The reference to a document, or with its printed label to a page of it.

    Args:
        document: the document.
        style: the name of a style; empty for the short reference.
        url: the address of the page without a style.
        links: where things are.
        page_label: as printed.
        address: the whole one in this library, told where the document has none of its own.
    """
    if not (web_url(document.url) or web_url(document.file_url)):
        document = replace(document, url=address)
    short = StyleChoice(tongue.gettext("Short"), f"{url}#cite", not style)
    others = (StyleChoice(name, links.styled(url, key), key == style) for key, name in STYLES.items())
    return Citation(_text(document, style, page_label), (short, *others))


def _text(document: Document, style: str, page_label: str | None) -> str:
    if not style:
        return reference(document, page_label)
    from tipsearch.cite.styles import formatted  # noqa: PLC0415  takes 0.2 s to load, and most pages don't need it

    today = datetime.now(UTC).date()
    return formatted(document, style, tongue.language(), page_label, accessed=today)
