"""Extraction measured: text, titles, dates, publishers, languages, labels, outlines, cards, and what must not be there."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from metrics import Metric, f1, mean, share, worst
from truth import REGIONS, SAMPLE, SOURCES, TYPES, document_of, listings, publications, reports

from tipsearch import SearchRequest
from tipsearch.enrich import enrich
from tipsearch.extract import read
from tipsearch.model import Field, Origin, RecordKind
from tipsearch.search.request import MAX_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from truth import Source

    from tipsearch import Library
    from tipsearch.model import Document, Record

#: What header and footer of the sample's web pages say.
_FURNITURE = ("Subscribe to our newsletter", "Read More", "DOWNLOAD")
#: The beginning of a teaser by which it is known, in characters.
_TEASER = 60


def measure(library: Library) -> dict[str, Metric]:
    """All measures of extraction."""
    documents = by_name(library)
    texts = texts_of(library, documents)
    return _texts(texts) | _facts(documents) | _layout(library, documents) | _cards() | _noise(texts)


def by_name(library: Library) -> dict[str, Document]:
    """All documents by name; those known from cards only are called ``cards/`` and the end of their address."""
    answer = library.search(SearchRequest(size=MAX_SIZE))
    assert answer.total <= MAX_SIZE, "the sample has outgrown one page of results: read further pages"
    return {_name(one.document): one.document for one in answer.results}


def _name(document: Document) -> str:
    if document.is_stub:
        return f"cards/{(document.url or document.id).rstrip('/').rpartition('/')[2]}"
    assert document.path is not None
    return document.path.removeprefix(f"{SAMPLE.name}/").rpartition(".")[0]


def texts_of(library: Library, documents: Mapping[str, Document]) -> dict[str, str]:
    """The text of each document by its name, and of each publication page as its own file tells it.

    A page that offers a PDF is one document with it, whose text is the PDF's.
    """
    pages = {name: "\n".join(page.text for page in _own_record(name).pages) for name in publications()}
    return {name: text_of(library, document) for name, document in documents.items()} | pages


def text_of(library: Library, document: Document) -> str:
    """The text of all its pages."""
    return "\n".join(library.page(document.id, number + 1).text for number in range(document.page_count))


def _texts(texts: Mapping[str, str]) -> dict[str, Metric]:
    found = {}
    for kind, sources in (("reports", reports()), ("pages", publications())):
        scores = {name: f1(texts.get(name, ""), source.own_text) for name, source in sources.items()}
        for language in sorted({source.keys["lang"] for source in sources.values()}):
            chosen = {name: score for name, score in scores.items() if sources[name].keys["lang"] == language}
            found[f"extraction.text.{kind}.{language}"] = mean(chosen)
        found[f"extraction.text.{kind}.worst"] = worst(scores)
    return found


def _facts(documents: Mapping[str, Document]) -> dict[str, Metric]:
    """Shares of exact values; a date is exact if its month is."""
    sources = reports() | publications()

    def right(test: Callable[[Document, Source], bool], chosen: Mapping[str, Source] = sources) -> Metric:
        return share(
            {
                name: document_of(name) in documents and test(documents[document_of(name)], source)
                for name, source in chosen.items()
            }
        )

    return {
        "extraction.titles": right(lambda ours, true: _plain(ours.title) == _plain(true.keys["title"])),
        "extraction.dates": right(lambda ours, true: (ours.date or "")[:7] == true.keys["date"][:7]),
        "extraction.publishers": right(lambda ours, true: ours.publisher == true.keys["publisher"]),
        "extraction.languages": right(lambda ours, true: ours.language == true.keys["lang"]),
        "extraction.types": right(
            lambda ours, true: (
                {tag.value for tag in ours.types} == {TYPES[label] for label in true.keys["categories"]}
            ),
            publications(),
        ),
    }


def _layout(library: Library, documents: Mapping[str, Document]) -> dict[str, Metric]:
    labels = {}
    headings = {}
    for name, source in reports().items():
        document = documents.get(name)
        ours = library.page_labels(document.id) if document else ()
        for number, true in enumerate(source.labels(source.keys["pages"]), start=1):
            labels[f"{name} page {number}"] = ours[number - 1 : number] == (true,)
        if source.keys.get("outline"):
            outline = [(one.level, _plain(one.heading)) for one in document.outline] if document else []
            for place, (level, text) in enumerate(source.headings):
                headings[f"{name} {text}"] = outline[place : place + 1] == [(level, _plain(text))]
    return {"extraction.page-labels": share(labels), "extraction.outline-headings": share(headings)}


def _cards() -> dict[str, Metric]:
    """Cards as each page's own file tells them, before they are united with what other files say."""
    found: dict[str, Metric] = {}
    for kind, sources in (("listings", listings()), ("publications", publications())):
        titles, types, tags, teasers = {}, {}, {}, {}
        for name, source in sources.items():
            ours = {record.first(Field.TITLE): record for record in _card_records(name)}
            for true in source.cards:
                card = f"{name} > {true['slug']}"
                record = ours.get(true["title"])
                titles[card] = record is not None
                types[card] = _given(record, Field.TYPE) == {TYPES[one] for one in true["categories"]}
                tags[card] = _given(record, Field.REGION) == REGIONS.get(true.get("tag", ""), set())
                teasers[card] = _says(record, " ".join(true["teaser"].split())[:_TEASER])
        found |= {
            f"extraction.cards.{kind}.titles": share(titles),
            f"extraction.cards.{kind}.types": share(types),
            f"extraction.cards.{kind}.tags": share(tags),
            f"extraction.cards.{kind}.teasers": share(teasers),
        }
    return found


def _card_records(name: str) -> list[Record]:
    return [record for record in _records(name) if record.kind is RecordKind.CARD]


def _own_record(name: str) -> Record:
    return next(record for record in _records(name) if record.kind is RecordKind.DOCUMENT)


@cache
def _records(name: str) -> tuple[Record, ...]:
    path = SAMPLE / f"{name}.html"
    return enrich(read(path.read_bytes(), path.name)).records


def _given(record: Record | None, field: Field) -> set[str] | None:
    if record is None:
        return None
    return {fact.value for fact in record.facts if fact.field is field and fact.origin is Origin.SOURCE}


def _says(record: Record | None, teaser: str) -> bool:
    texts = [*record.all(Field.ABSTRACT), *(page.text for page in record.pages)] if record else []
    return any(teaser in " ".join(text.split()) for text in texts)


def _noise(texts: Mapping[str, str]) -> dict[str, Metric]:
    """Shares of texts without words that are not theirs."""
    return {
        "extraction.clean.post-types": share({name: not any(_leaks(text)) for name, text in texts.items()}),
        "extraction.clean.cards": share(
            {
                name: not any(_holds(texts.get(name, ""), card["teaser"][:_TEASER]) for card in source.cards)
                for name, source in publications().items()
            }
        ),
        "extraction.clean.furniture": share(
            {name: not any(_holds(text, words) for words in _FURNITURE) for name, text in texts.items()}
        ),
    }


def _leaks(text: str) -> Iterator[str]:
    """Names of post types that no prose has, and others where they stand on a line alone."""
    for name in (SOURCES / "post_types.txt").read_text("utf-8").split():
        alone = name.isalpha()
        if re.search(rf"(?m)^\s*{re.escape(name)}\s*$" if alone else re.escape(name), text):
            yield name


def _holds(text: str, words: str) -> bool:
    return words in " ".join(text.split())


def _plain(text: str) -> str:
    """The same characters in their composed form, apostrophes and quotation marks as printed or as typed."""
    straight = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0xA0: " ", 0x202F: " "})
    return " ".join(unicodedata.normalize("NFC", straight).split())
