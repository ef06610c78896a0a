"""What a document's page tells machines: Highwire Press and Dublin Core tags, Open Graph, and schema.org as JSON-LD.

Google Scholar, Zotero and other reference managers read the first two, search engines the last. Zotero's translator
"Embedded Metadata" takes the kind of item from ``DC.type`` before it guesses from what else there is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tipsearch.cite.kinds import kind_of
from tipsearch.cite.people import person
from tipsearch.cite.plain import one_line, shortened, web_url
from tipsearch.cite.said import date_of, summary_of
from tipsearch.model import PDF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tipsearch.model import Document
    from tipsearch.serve.links import PathLinks
    from tipsearch.serve.presenters.names import Names

_REPORT = "report"
_DOI_HOSTS = frozenset({"doi.org", "dx.doi.org", "www.doi.org"})
#: ISO 26324: a prefix, and anything after it.
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
#: Characters of a description.
_MAX_DESCRIPTION = 300


@dataclass(frozen=True, slots=True)
class Metadata:
    """What stands in the head of a document's page.

    Attributes:
        names: names and contents of meta tags, in order; a name may come several times.
        properties: the same for Open Graph.
        linked: the record in schema.org's words, to be written as JSON.
    """

    names: tuple[tuple[str, str], ...]
    properties: tuple[tuple[str, str], ...]
    linked: dict[str, object]


@dataclass(frozen=True, slots=True)
class _Subject:
    """A document with what is known of its places: whole addresses of its page, and of its PDF if that is here."""

    document: Document
    page: str
    file: str | None
    regions: tuple[str, ...]
    topics: tuple[str, ...]

    @property
    def pdf(self) -> str | None:
        return self.file if self.document.media_type == PDF else None


def metadata(
    document: Document,
    names: Names,
    links: PathLinks,
    absolute: Callable[[str], str],
    *,
    library: str,
    has_file: bool,
) -> Metadata:
    """What the document's page tells machines.

    Args:
        document: the document.
        names: what values are called.
        links: paths.
        absolute: makes a path a whole address.
        library: name of the library.
        has_file: is the original file still there?
    """
    path = links.file(document) if has_file else None
    subject = _Subject(
        document,
        absolute(links.document(document.id)),
        absolute(path) if path else None,
        tuple(one_line(names.label("region", tag.value)) for tag in document.regions),
        tuple(one_line(names.label("topic", tag.value)) for tag in document.topics),
    )
    return Metadata(
        names=_cleaned([*_highwire(subject), *_dublin_core(subject)]),
        properties=_cleaned(_open_graph(subject, library)),
        linked=_linked(subject, library),
    )


def doi_of(document: Document) -> str | None:
    """The document's DOI where one of its addresses is one."""
    for url in filter(None, (document.url, document.file_url)):
        try:
            parts = urlsplit(url)
        except ValueError:
            continue
        found = _DOI.fullmatch(parts.path.removeprefix("/"))
        if found and parts.hostname in _DOI_HOSTS:
            return found[0]
    return None


def _cleaned(pairs: list[tuple[str, str]] | Iterator[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    cleaned = ((name, one_line(content)) for name, content in pairs)
    return tuple(pair for pair in cleaned if pair[1])


def _highwire(subject: _Subject) -> Iterator[tuple[str, str]]:
    """As Google Scholar's guide for webmasters names them."""
    document = subject.document
    yield "citation_title", document.title
    for author in document.authors:
        yield "citation_author", author
    if date := date_of(document):
        yield "citation_publication_date", date.replace("-", "/")
    if document.publisher:
        is_report = kind_of(document).csl == _REPORT
        yield (
            "citation_technical_report_institution" if is_report else "citation_publisher",
            document.publisher,
        )
    yield "citation_language", document.language or ""
    yield "citation_doi", doi_of(document) or ""
    for word in (*subject.topics, *subject.regions):
        yield "citation_keywords", word
    yield "citation_abstract_html_url", subject.page
    yield "citation_pdf_url", subject.pdf or ""


def _dublin_core(subject: _Subject) -> Iterator[tuple[str, str]]:
    document = subject.document
    yield "DC.title", document.title
    for author in document.authors:
        yield "DC.creator", author
    yield "DC.publisher", document.publisher or ""
    yield "DC.date", date_of(document) or ""
    yield "DC.type", kind_of(document).dc
    yield "DC.format", document.media_type
    yield "DC.language", document.language or ""
    yield "DC.identifier", subject.page
    yield "DC.description", summary_of(document)
    for topic in subject.topics:
        yield "DC.subject", topic
    for region in subject.regions:
        yield "DC.coverage", region


def _open_graph(subject: _Subject, library: str) -> Iterator[tuple[str, str]]:
    """Without a type: what it has for literature would have reference managers take a report for a web page."""
    yield "og:title", subject.document.title
    yield "og:url", subject.page
    yield "og:site_name", library
    yield "og:description", shortened(summary_of(subject.document), _MAX_DESCRIPTION)


def _linked(subject: _Subject, library: str) -> dict[str, object]:
    document = subject.document
    doi = doi_of(document)
    elsewhere = (web_url(document.url), f"https://doi.org/{doi}" if doi else None)
    fields: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": kind_of(document).schema,
        "@id": subject.page,
        "url": subject.page,
        "name": one_line(document.title),
        "headline": one_line(document.title),
        "author": [_author(author) for author in document.authors],
        "publisher": _named("Organization", document.publisher),
        "datePublished": date_of(document),
        "inLanguage": document.language,
        "abstract": summary_of(document),
        "about": [_named("DefinedTerm", topic) for topic in subject.topics],
        "keywords": [*subject.topics, *subject.regions],
        "spatialCoverage": [_named("Place", region) for region in subject.regions],
        "sameAs": list(dict.fromkeys(filter(None, elsewhere))),
        "isAccessibleForFree": True if subject.file else None,
        "isPartOf": _named("Collection", library),
        "encoding": _encoding(subject),
    }
    return {name: value for name, value in fields.items() if value}


def _author(name: str) -> str | dict[str, str]:
    """A person by form; whether another name is a person's or an organisation's isn't known: as text it may stand for both."""
    one = person(name)
    if one is None:
        return one_line(name)
    whole = " ".join(filter(None, (one.given, one.whole_family, one.suffix)))
    return {"@type": "Person", "name": whole, "familyName": one.whole_family, "givenName": one.given}


def _encoding(subject: _Subject) -> dict[str, object] | None:
    if subject.pdf is None:
        return None
    return {"@type": "MediaObject", "contentUrl": subject.pdf, "encodingFormat": PDF}


def _named(kind: str, name: str | None) -> dict[str, str] | None:
    return {"@type": kind, "name": one_line(name)} if name else None
