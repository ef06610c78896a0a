"""A reference to read and copy, in the manner of APA 7: author (year). Title. Publisher. URL, page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.cite.people import person
from tipsearch.cite.plain import one_line, web_url
from tipsearch.cite.said import year_of

if TYPE_CHECKING:
    from tipsearch.model import Document

#: More authors than this are "et al.".
_MAX_AUTHORS = 6


def reference(document: Document, page_label: str | None = None) -> str:
    """The reference in one line, with `page_label` (as printed) one to that very page.

    Where no author is known the publisher stands in the author's place; where no date is known, ``n.d.``.
    """
    author = _authors(document.authors)
    publisher = one_line(document.publisher or "")
    title = one_line(document.title)
    place = f" (p. {one_line(page_label)})" if page_label else ""
    who = author or publisher or title
    parts = [
        f"{who} ({year_of(document) or 'n.d.'})",
        f"{title}{place}" if who != title else place.strip(),
        publisher if publisher != who else "",
    ]
    text = " ".join(_sentence(part) for part in parts if part)
    url = web_url(document.url) or web_url(document.file_url)
    return f"{text} {url}" if url else text


def _sentence(text: str) -> str:
    """The text with a full stop, unless it ends like a sentence already."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _authors(authors: tuple[str, ...]) -> str:
    names = [_name(author) for author in authors]
    if len(names) > _MAX_AUTHORS:
        return f"{names[0]} et al."
    if len(names) <= 1:
        return "".join(names)
    # Names that have a comma themselves want one more.
    before_last = ", & " if any("," in name for name in names) else " & "
    return f"{', '.join(names[:-1])}{before_last}{names[-1]}"


def _name(author: str) -> str:
    """A person with initials, ``van der Berg, P., Jr.``; anybody else whole."""
    one = person(author)
    if one is None:
        return one_line(author)
    return ", ".join(filter(None, (one.whole_family, one.initials, one.suffix)))
