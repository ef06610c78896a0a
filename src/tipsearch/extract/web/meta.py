"""What a page's markup says about it: meta elements (Highwire, Dublin Core, Open Graph), JSON-LD, links.

The names of meta elements and their weights are in `data/web_markup.json`; Highwire tags are those that Google Scholar
reads (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.extract.dates import publication_date
from tipsearch.extract.facts import as_spelt, fact, language_code, resolve
from tipsearch.extract.lexicon import lexicon
from tipsearch.extract.web.address import Addresses, find_addresses
from tipsearch.extract.web.blocks import elements, markup_words
from tipsearch.extract.web.json_ld import Thing, article_facts, is_text, languages, names, read_json_ld
from tipsearch.model import Fact, Field, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_SITE_SEPARATOR = re.compile(r"\s+(?:[|–—·»-]|::)\s+")
#: What stands behind « - » in a ``<title>`` and has so many words at most is taken for the site's name.
_MAX_SITE_WORDS = 5
_MAX_META = 2000
#: Attributes that name what a meta element says.
_NAMING = ("name", "property", "itemprop", "http-equiv")
_VOCABULARIES = ("dc:", "dcterms:", "prism:", "eprints:", "schema:")

_Values = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PageMeta:
    """What the head of a page says.

    Attributes:
        values: contents of meta elements by name in lower case.
        article: the JSON-LD object about the page's text, empty if there is none.
        addresses: where the page is found.
        site: the name of the site, may be empty.
        title: of the ``<title>`` element, without the site's name; may be empty.
        language: what the page declares as its language, None if it declares none.
    """

    values: _Values
    article: Thing
    addresses: Addresses
    site: str
    title: str
    language: str | None

    @property
    def url(self) -> str | None:
        """The page's own address; None if it names none."""
        return self.addresses.own

    @property
    def is_article(self) -> bool:
        """Whether the head says that the page is one text, not a listing."""
        published = "article:published_time" in self.values or "citation_title" in self.values
        is_article = _first(self.values, "og:type").lower() == "article"
        return self.addresses.is_post or published or is_article or is_text(self.article)


def read_meta(tree: HtmlElement) -> PageMeta:
    """Read the head of a page."""
    values = _meta_values(tree)
    site = _first(values, "og:site_name", "application-name")
    scripts = (s for s in elements(tree, "script") if "ld+json" in (s.get("type") or "").lower())
    article = read_json_ld(script.text or "" for script in scripts)
    title = next((element.text_content() for element in elements(tree, "title")), "")
    return PageMeta(
        values=values,
        article=article,
        addresses=find_addresses(tree, _first(values, "og:url")),
        site=site,
        title=strip_site(title, site, guess=True),
        language=_declared_language(tree, values, article),
    )


def meta_facts(meta: PageMeta, *, cited: bool) -> list[Fact]:
    """Facts of the head, titles left out (see `title_facts`).

    Args:
        meta: the head.
        cited: the page cites a publication: author and publisher of the page are then not those of the publication.
    """
    facts = list(_bibliographic(meta))
    if meta.language:
        # With little weight: of pages in other languages, most declare the site's (en-US).
        facts.append(fact(Field.LANGUAGE, meta.language, "metadata", weight=0.2, origin=Origin.DETECTED))
    if meta.url:
        facts.append(fact(Field.URL, meta.url, "metadata"))
    facts += [fact(Field.URL, other, "shortlink", weight=0.3) for other in meta.addresses.others]
    facts += article_facts(meta.article, meta.url)
    return facts if cited else [*facts, *_makers(meta)]


def title_facts(meta: PageMeta) -> list[Fact]:
    """Titles of bibliographic meta elements, JSON-LD, Open Graph and ``<title>``."""
    headline = next(iter(names(meta.article.get("headline")) or names(meta.article.get("name"))), "")
    said = ((headline, 0.8), (_first(meta.values, "og:title", "twitter:title"), 0.7))
    facts = [
        fact(Field.TITLE, strip_site(title, meta.site), "metadata", weight=weight) for title, weight in said
    ]
    return [*_bibliographic(meta, titles=True), *facts, fact(Field.TITLE, meta.title, "metadata", weight=0.5)]


def strip_site(title: str, site: str, *, guess: bool = False) -> str:
    """A title without the site's name behind its last separator.

    Args:
        title: as written.
        site: the site's name, empty if unknown.
        guess: if it is unknown, take a few words behind the last separator for it.

    Returns:
        The title; empty if it is nothing but the site's name.
    """
    # Some plug-ins encode twice, so that entities are left.
    text = f" {as_spelt(html.unescape(title))} "
    if site and text.strip().casefold() == site.casefold():
        return ""
    separators = list(_SITE_SEPARATOR.finditer(text))
    if not separators:
        return text.strip()
    before, behind = text[: separators[-1].start()].strip(), text[separators[-1].end() :].strip()
    guessed = guess and not site and len(behind.split()) <= _MAX_SITE_WORDS
    is_site = bool(site) and behind.casefold() == site.casefold()
    return before if guessed or is_site else text.strip()


def is_person(name: str) -> bool:
    """Whether an author's name can be one: no address and no account like «admin»."""
    return "@" not in name and "://" not in name and name.strip().casefold() not in lexicon().user_names


def _meta_values(tree: HtmlElement) -> _Values:
    values: dict[str, list[str]] = {}
    for element in elements(tree, "meta"):
        name = next((element.get(key) for key in _NAMING if element.get(key)), "")
        content = as_spelt((element.get("content") or "")[:_MAX_META])
        if name and content:
            values.setdefault(_meta_name(name), []).append(content)
    return {name: tuple(contents) for name, contents in values.items()}


def _meta_name(name: str) -> str:
    """A name as `markup_words` spells it: Dublin Core is written with dots and colons, repositories put their own before."""
    folded = name.strip().lower().removeprefix("bepress_")
    return folded.replace(":", ".", 1) if folded.startswith(_VOCABULARIES) else folded


def _first(values: _Values, *wanted: str) -> str:
    """The first content among these meta elements; empty if there is none."""
    return next((value for name in wanted for value in values.get(name, ())), "")


def _bibliographic(meta: PageMeta, *, titles: bool = False) -> Iterator[Fact]:
    """Facts of Highwire and Dublin Core elements, titles only or all but titles."""
    for name, (meant, weight) in markup_words().meta_fields.items():
        field = Field(meant)
        if (field is Field.TITLE) is not titles:
            continue
        # A page has one title and one date; a second is that of a related item.
        for raw in meta.values.get(name, ())[: 1 if field in {Field.TITLE, Field.DATE} else None]:
            value = _value(field, raw, meta.url)
            if value:
                yield fact(field, value, "metadata", weight=weight, quote=f"{name}: {raw}")


def _value(field: Field, raw: str, base: str | None) -> str | None:
    if field is Field.DATE:
        return publication_date(raw)
    if field is Field.LANGUAGE:
        return language_code(raw)
    if field is Field.FILE_URL:
        return resolve(raw, base)
    if field is Field.AUTHOR:
        return raw if is_person(raw) else None
    return raw


def _declared_language(tree: HtmlElement, values: _Values, article: Thing) -> str | None:
    declared = (
        *languages(article),
        *values.get("content-language", ()),
        *values.get("og:locale", ()),
        tree.get("lang") or tree.get("xml:lang") or "",
    )
    return next(filter(None, map(language_code, declared)), None)


def _makers(meta: PageMeta) -> Iterator[Fact]:
    """Author and publisher of the page itself."""
    authors = names(meta.article.get("author")) or [_first(meta.values, "author")]
    yield from (
        fact(Field.AUTHOR, name, "metadata", weight=0.4) for name in authors if name and is_person(name)
    )
    yield from (
        fact(Field.PUBLISHER, name, "metadata", weight=0.4)
        for name in names(meta.article.get("publisher"))[:1]
    )
    if meta.site:
        yield fact(Field.PUBLISHER, meta.site, "metadata", weight=0.2)
