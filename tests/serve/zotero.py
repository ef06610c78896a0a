"""What Zotero's translators find on a page, by their own rules (Embedded Metadata, RDF, COinS, unAPI), without a browser.

Only the rules that our pages meet are here: which tags are read, which of them win, what the item becomes.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

#: From HIGHWIRE_MAPPINGS of "Embedded Metadata".
_FIELDS = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_journal_title": "publicationTitle",
    "citation_technical_report_institution": "institution",
    "citation_publisher": "publisher",
    "citation_doi": "DOI",
    "citation_language": "language",
}
_ITEM_TYPES = {"report", "newspaperArticle", "artwork", "webpage", "document", "journalArticle", "book"}
_GUESSES = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
}


def embedded_metadata(page: Any) -> dict[str, Any]:
    """The item that the translator makes of a page's head."""
    tags = [
        (tag.get("name") or tag.get("property") or "", tag.get("content") or "")
        for tag in page.xpath("/html/head/meta")
    ]
    tags = [(name, content) for name, content in tags if name and content]
    item: dict[str, Any] = {"itemType": _item_type(tags), "attachments": [], "creators": [], "tags": []}
    for name, field in _FIELDS.items():
        if found := [content for tag, content in tags if tag.endswith(name)]:
            item[field] = ", ".join(found)
    for name, content in tags:
        if name == "citation_author":
            # Several names in one tag are told by semicolons.
            item["creators"] += [one.strip() for one in content.split(";")]
        if name == "citation_pdf_url":
            item["attachments"] = [{"url": content, "mimeType": "application/pdf"}]
        if name == "DC.subject":
            item["tags"].append(content)
    return item


def _item_type(tags: list[tuple[str, str]]) -> str:
    """What ``og:type`` or ``DC.type`` name; else what other tags suggest, in the end an article in a journal."""
    given = dict(reversed(tags))
    assert "og:type" not in given, "it would win over DC.type"
    if given.get("DC.type") in _ITEM_TYPES:
        return given["DC.type"]
    for name, kind in _GUESSES.items():
        if name in given:
            return kind
    return "journalArticle" if "citation_title" in given else "webpage"


def coins(page: Any) -> list[dict[str, Any]]:
    """The items that the translator makes of the spans of a page."""
    spans = page.xpath(
        '//span[contains(@class, " Z3988") or contains(@class, "Z3988 ") or @class="Z3988"][@title]'
    )
    return [item for span in spans if (item := _context_object(span.get("title")))]


def _context_object(text: str) -> dict[str, Any] | None:
    """As ``parseContextObject`` of Zotero's utilities reads it: no HTML entities, each part with one equals sign."""
    pairs = [part.split("=") for part in text.split("&")]
    assert all(len(pair) == 2 for pair in pairs), "Zotero would read half of a value"
    values = [(key, unquote(re.sub(r"\+|%2[bB]", " ", value))) for key, value in pairs]
    if ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc") not in values:
        return None
    item: dict[str, Any] = {"itemType": "webpage", "creators": []}
    for key, value in values:
        match key:
            case "rft.type" if value in _ITEM_TYPES:
                item["itemType"] = value
            case "rft.creator":
                item["creators"].append(value)
            case "rft.identifier" if re.match("https?://", value):
                item["url"] = value
            case "rft.title" | "rft.date" | "rft.publisher" | "rft.language":
                item[key.removeprefix("rft.")] = value
    return item


def unapi(page: Any) -> tuple[str, list[str]]:
    """Where the translator would ask, and for which ids."""
    (server,) = page.xpath('//link[@rel="unapi-server"]/@href')
    ids = page.xpath(
        '//abbr[contains(@class, " unapi-id") or contains(@class, "unapi-id ") or @class="unapi-id"][@title]/@title'
    )
    return server, ids
