"""The addresses by which a page is known: the one it calls its own, and others that lead to it.

WordPress serves a post under ``/?p=ID`` as well as under its slug; of 523 real pages 80 % name the former as
``rel=shortlink``, and the number of ``postid-ID`` among the body's classes was that of ``?p=`` in 263 of 264.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from tipsearch.extract.facts import resolve
from tipsearch.extract.web.blocks import classes, elements

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_POST_CLASS = re.compile(r"postid-(\d{1,12})")
#: WordPress's own address of a page as data; what is filed under these names is no single text.
_REST = re.compile(
    r"^(.*?)/wp-json/wp/v2/(?!(?:categories|tags|users|media|types|taxonomies)/)([\w-]+)/(\d{1,12})/?$"
)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a page is found.

    Attributes:
        own: canonical, then Open Graph, then short link; None if it names none.
        others: other addresses of the same page, absolute.
        is_post: WordPress says that the page is one post, not an archive or a static page.
    """

    own: str | None
    others: tuple[str, ...]
    is_post: bool


def find_addresses(tree: HtmlElement, og_url: str) -> Addresses:
    """Read the addresses in a page's head.

    Args:
        tree: the page.
        og_url: what Open Graph calls its address, may be empty.
    """
    links = _links(tree)
    base = next((element.get("href") for element in elements(tree, "base") if element.get("href")), None)
    root = resolve(base, og_url or None) if base else og_url or None
    hrefs = (links.get("canonical", ""), og_url, links.get("shortlink", ""))
    named = [address for address in (resolve(href, root) for href in hrefs) if address]
    # Some sites call every page's canonical address that of their home page.
    own = next((address for address in named if not _is_home(address)), named[0] if named else None)
    post = _post(tree, links)
    short = resolve(links.get("shortlink", ""), own)
    others = [address for address in (short, _short_link(post, own)) if address and not _is_home(address)]
    return Addresses(
        own=own,
        others=tuple(address for address in dict.fromkeys(others) if address != own),
        is_post=post is not None and post[2] != "pages",
    )


def _links(tree: HtmlElement) -> dict[str, str]:
    """The first address of each relation; ``rest`` for the page's own data in WordPress."""
    links: dict[str, str] = {}
    for element in elements(tree, "link"):
        href = element.get("href") or ""
        for rel in (element.get("rel") or "").lower().split():
            if rel == "alternate" and _REST.match(href):
                links.setdefault("rest", href)
            links.setdefault(rel, href)
    return links


def _post(tree: HtmlElement, links: dict[str, str]) -> tuple[str, str, str] | None:
    """The site's root, the post's number and kind, as far as the page tells them."""
    rest = _REST.match(links.get("rest", ""))
    if rest is not None:
        return f"{rest[1]}/", rest[3], rest[2]
    body = next(elements(tree, "body"), None)
    found = (_POST_CLASS.fullmatch(name) for name in (classes(body) if body is not None else ()))
    number = next((match[1] for match in found if match), None)
    return ("/", number, "posts") if number else None


def _short_link(post: tuple[str, str, str] | None, own: str | None) -> str | None:
    if post is None or own is None or not urlsplit(own).netloc:
        return None
    root, number, _ = post
    return urljoin(urljoin(own, root), f"?p={number}")


def _is_home(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in {"", "/"} and not parts.query
