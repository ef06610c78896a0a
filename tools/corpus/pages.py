"""Web pages of a resource centre: publications and listings, with what surrounds the text on such pages."""

from __future__ import annotations

import html
import re
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from documents import MONTHS, Card, Page, parse_date
from markdown import list_items, split_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).resolve().parent
SITE = "https://library.example"
SITE_NAME = "Sample Library"
TEASER_LENGTH = 250


def render_page(page: Page) -> str:
    """Return the HTML of one web page; raises ValueError for a date that is none."""
    number = 1000 + _hash(page) % 8000
    direction = ' dir="rtl"' if page.lang == "ar" else ""
    kind = f"single single-post postid-{number}" if page.kind == "publication" else "archive"
    return (
        f'<!DOCTYPE html>\n<html lang="{page.lang}"{direction}>\n{_head(page, number)}'
        f'<body class="{kind}">\n<header><nav><ul>'
        '<li><a href="/">Home</a></li><li><a href="/resources/">Resources</a></li>'
        '<li><a href="/about/">About</a></li></ul></nav></header>\n'
        f"<main>\n{_article(page, number)}{_more_resources(page)}</main>\n"
        f"<footer><p>{SITE_NAME}. Texts: CC0 1.0. Subscribe to our newsletter.</p></footer>\n"
        "</body>\n</html>\n"
    )


def _hash(page: Page) -> int:
    """Return a number that looks random and is the same in each build."""
    return zlib.crc32(page.slug.encode())


def _text(text: str) -> str:
    """Return text as it stands between tags."""
    return html.escape(text, quote=False)


def _slugify(label: str) -> str:
    """Return a label as it stands in a web address."""
    return re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")


def _head(page: Page, number: int) -> str:
    title = html.escape(page.title)
    lines = [
        '<meta charset="utf-8">',
        f"<title>{title} &#8211; {SITE_NAME}</title>",
        '<meta name="generator" content="WordPress 6.5.2">',
        f'<link rel="canonical" href="{SITE}/{page.slug}/">',
        f'<link rel="shortlink" href="{SITE}/?p={number}">',
        f'<meta property="og:title" content="{title}">',
    ]
    if page.kind == "publication":
        day = parse_date(page.date).isoformat()
        lines.append(f'<meta property="article:published_time" content="{day}T09:00:00+00:00">')
    return "<head>\n" + "\n".join(lines) + "\n</head>\n"


def _article(page: Page, number: int) -> str:
    """Return the page's own text."""
    blocks = "\n".join(_block(block) for block in split_blocks(page.body))
    if page.kind == "listing":
        return f"<h1>{_text(page.title)}</h1>\n{blocks}\n"
    classes = "".join(f" category-{_slugify(label)}" for label in page.categories)
    tag = f'<p class="tags">TAGS: {html.escape(page.region_tag)}</p>\n' if page.region_tag else ""
    return (
        f'<article id="post-{number}" class="post-{number} post type-post hentry{classes}">\n'
        f'<h1 class="entry-title">{_text(page.title)}</h1>\n'
        f'<div class="entry-content">\n{blocks}\n{_citation(page)}{tag}</div>\n</article>\n'
    )


def _block(block: str) -> str:
    """Return a paragraph or a list."""
    items = list_items(block)
    if not items:
        return f"<p>{_inline(block)}</p>"
    tag = "ul" if block.startswith("-") else "ol"
    return f"<{tag}>{_joined(f'<li>{_inline(item)}</li>' for item in items)}</{tag}>"


def _inline(text: str) -> str:
    text = _text(" ".join(text.split()))
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"\*(.+?)\*", r"<em>\1</em>", text)


def _citation(page: Page) -> str:
    """Return the citation line with the link to the PDF or the website."""
    if page.citation == "none":
        return ""
    when = parse_date(page.date)
    title, publisher = _text(page.title), _text(page.publisher)
    pdf = f' <a href="../{html.escape(page.pdf)}">DOWNLOAD</a>' if page.pdf else ""
    if page.citation == "short":
        return f"<p>{publisher} {when.year}{pdf}</p>\n"
    dated = f"{title} - {publisher}, {MONTHS[when.month - 1]} {when.year}"
    if page.citation == "website":
        return f'<p>{dated} <a href="{html.escape(page.website)}">click here to go to the website</a></p>\n'
    return f"<p>{dated}{pdf}</p>\n"


def _more_resources(page: Page) -> str:
    """Return the section of other publications' cards; nothing if it has no content."""
    content = (_leaked(page) if page.leaked else "") + _joined(map(_card, page.cards))
    return f'<section class="more-resources">\n{content}</section>\n' if content else ""


@cache
def _post_types() -> list[str]:
    """Return WordPress's and common plug-ins' internal post types, which some sites print by mistake."""
    return (HERE / "post_types.txt").read_text("utf-8").split()


def _leaked(page: Page) -> str:
    """Return the leaked post-type names; the list's length depends on the page."""
    names = _post_types()
    count = (len(names), 16, 13)[_hash(page) % 3]
    return _joined(f"<p>{name}</p>\n" for name in names[:count])


def _card(card: Card) -> str:
    """Return the card of another publication; its labels run together, as on the sites this is modelled on."""
    link = f"/{card.slug}/"
    labels = _joined(
        f'<a href="/category/{_slugify(label)}/">{html.escape(label)}</a>' for label in card.categories
    )
    return (
        '<div class="resource-card">\n'
        f'<h3 class="card-title"><a href="{link}">{_text(card.title)}</a></h3>\n'
        f'<div class="cats">{labels}</div>\n'
        f'<p class="teaser">{_text(_cut_teaser(card.teaser))}...<a class="more" href="{link}">Read More</a></p>\n'
        f"{_card_tag(card.tag)}</div>\n"
    )


def _card_tag(tag: str) -> str:
    if not tag:
        return ""
    return f'<div class="tags">TAGS: <a href="/region/{_slugify(tag)}/">{html.escape(tag)}</a></div>\n'


def _cut_teaser(text: str) -> str:
    """Cut a teaser in the middle of a word, as the sites this is modelled on do."""
    text = " ".join(text.split())
    if len(text) <= TEASER_LENGTH:
        return text
    for end in range(TEASER_LENGTH, len(text)):
        if text[end - 2 : end + 1].isalnum():
            return text[:end]
    return text[:TEASER_LENGTH]


def _joined(parts: Iterable[str]) -> str:
    return "".join(parts)
