"""When do two records speak of the same document?

A page and the cards that point to it share a URL. Listings often link site-relative (``/slug/``) and have no address
of their own, so a URL is known by its full form and by its path; by path alone two records agree only if one of them
has no host, and if their titles agree. A card without any link is known by its title.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from base64 import b32encode
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qs, urlsplit

from rapidfuzz import fuzz

from tipsearch.model import Field, Record, RecordKind

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Titles of a card and of its page differ by a cut end or a dash at most (`rapidfuzz.fuzz.ratio`, 0..100).
TITLE_AGREEMENT = 90
#: A title shorter than this (characters) says too little to identify a publication.
_LEAST_TITLE = 15
_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def keys(record: Record) -> tuple[str, ...]:
    """The names under which a record's document is known: ``url:``, ``path:``, ``title:``, or ``card:`` and a title."""
    identifier = record.first(Field.IDENTIFIER)
    # The source's own word counts alone: its documents may share an address, such as the years of one report.
    # A page has several addresses: its own, and the short one with its number.
    urls = (key for url in record.all(Field.URL) for key in _url_keys(url))
    found = [f"id:{identifier}"] if identifier else list(dict.fromkeys(urls))
    title = record.first(Field.TITLE)
    if title and len(title) >= _LEAST_TITLE:
        if record.kind is RecordKind.DOCUMENT:
            found.append(f"title:{folded_title(title)}")
        elif not found:
            found.append(f"card:{folded_title(title)}")
    return tuple(found)


def wanted(names: Iterable[str]) -> tuple[str, ...]:
    """The keys of other records that could speak of the same document as a record with these.

    A card without a link meets pages and other such cards of its title; two documents never meet by title alone, for
    yearly reports share theirs.
    """
    found: list[str] = []
    for name in names:
        kind, _, value = name.partition(":")
        match kind:
            case "title":
                found.append(f"card:{value}")
            case "card":
                found += [name, f"title:{value}"]
            case _:
                found.append(name)
    return tuple(found)


def same(one: Iterable[str], other: Iterable[str], titles: tuple[str | None, str | None]) -> bool:
    """Do two records name the same document, given that they share a wanted key? `titles` are their own."""
    mine, theirs = _by_kind(one), _by_kind(other)
    if "id" in mine and "id" in theirs:
        return mine["id"] == theirs["id"]
    if "url" in mine and "url" in theirs:
        return not mine["url"].isdisjoint(theirs["url"])
    if "path" in mine and "path" in theirs:
        return not mine["path"].isdisjoint(theirs["path"]) and _agree(*titles)
    return "card" in mine or "card" in theirs


def own_id(record: Record) -> str | None:
    """The id that the source gives a document, if it can stand in an address as it is."""
    identifier = record.first(Field.IDENTIFIER) or ""
    own = identifier.partition("#")[2]
    return own if _PLAIN_ID.fullmatch(own) else None


def split_address(url: str | None) -> SplitResult | None:
    """The parts of a URL; None if there is none or it makes no sense (``http://[``), which a source may well say."""
    try:
        return urlsplit(url) if url else None
    except ValueError:
        return None


def new_id(seed: str) -> str:
    """A document id from what identifies it first (a key, a content hash): 16 characters of base 32, URL-safe."""
    return b32encode(hashlib.sha256(seed.encode("utf-8", "surrogateescape")).digest()[:10]).decode().lower()


def _url_keys(url: str) -> Iterable[str]:
    parts = split_address(url)
    if parts is None:
        return
    path = parts.path.rstrip("/") or "/"
    post = parse_qs(parts.query).get("p")
    if post:
        path += f"?p={post[0]}"
    if parts.netloc:
        yield f"url:{parts.netloc.lower().removeprefix('www.')}{path}"
    if path != "/":
        yield f"path:{path}"


def _by_kind(names: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name in names:
        kind, _, value = name.partition(":")
        found.setdefault(kind, set()).add(value)
    return found


def _agree(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return True
    return fuzz.ratio(folded_title(one), folded_title(other)) >= TITLE_AGREEMENT


def folded_title(title: str) -> str:
    """A title as it is compared: its words, without case, accents and what stands between them."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    return " ".join(re.findall(r"\w+", "".join(one for one in plain if not unicodedata.combining(one))))
