"""Extraction measured further: phrases, addresses, invented authors, running heads, pictures of pages, short texts.

The sample's documents have no authors, so that only inventing one can be measured on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extraction import by_name, texts_of
from metrics import Metric, bigram_f1, mean, share, worst
from truth import document_of, publications, reports, scans

from tipsearch.enrich import language
from tipsearch.model import FileState

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tipsearch import Library
    from tipsearch.model import Document

#: The site that the sample's web pages are made for (tools/corpus/FORMAT.md).
_SITE = "https://library.example"
#: A language must be known from so many characters, at so many places of each text.
_PIECE = 300
_PLACES = 5


def measure(library: Library) -> dict[str, Metric]:
    """All of these measures."""
    documents = by_name(library)
    return (
        _bigrams(texts_of(library, documents))
        | _addresses(documents)
        | {
            "extraction.clean.authors": share({name: not one.authors for name, one in documents.items()}),
            "extraction.clean.running-heads": _running_heads(library, documents),
            "extraction.needs-ocr": _needs_ocr(library),
            f"extraction.languages.{_PIECE}-characters": share(dict(_pieces_known())),
        }
    )


def _bigrams(texts: Mapping[str, str]) -> dict[str, Metric]:
    found = {}
    for kind, sources in (("reports", reports()), ("pages", publications())):
        scores = {name: bigram_f1(texts.get(name, ""), source.own_text) for name, source in sources.items()}
        for code in sorted({source.keys["lang"] for source in sources.values()}):
            chosen = {name: score for name, score in scores.items() if sources[name].keys["lang"] == code}
            found[f"extraction.bigrams.{kind}.{code}"] = mean(chosen)
        found[f"extraction.bigrams.{kind}.worst"] = worst(scores)
    return found


def _addresses(documents: Mapping[str, Document]) -> dict[str, Metric]:
    """The pages' canonical addresses, those of the files that they offer (none where none is), and their union."""
    canonical, offered, united = {}, {}, {}
    for name, source in publications().items():
        ours, file = documents.get(document_of(name)), source.keys.get("pdf")
        if file:
            united[name] = ours is not None and name not in documents
        canonical[name] = ours is not None and ours.url == f"{_SITE}/{source.keys['slug']}/"
        offered[name] = ours is not None and ours.file_url == (f"{_SITE}/{file}" if file else None)
    return {
        "extraction.addresses": share(canonical),
        "extraction.file-addresses": share(offered),
        "extraction.pages-with-their-file": share(united),
    }


def _running_heads(library: Library, documents: Mapping[str, Document]) -> Metric:
    """Shares of pages after the second whose text begins with no running head; one copy of it may stay before."""
    clean = {}
    for name, source in reports().items():
        head = source.keys.get("short_title") or source.keys["title"]
        for number in range(3, documents[name].page_count + 1 if name in documents else 0):
            text = library.page(documents[name].id, number).text
            clean[f"{name} page {number}"] = not text.lstrip().startswith(head)
    return share(clean)


def _needs_ocr(library: Library) -> Metric:
    """Whether each file of pictures is told from each with text."""
    told = {one.path for one in library.failures() if one.state is FileState.NEEDS_OCR and one.page}
    names = {f"reports/{path.rpartition('/')[2].removesuffix('.pdf')}" for path in told}
    return share({name: (name in names) == (name in scans()) for name in reports() | scans()})


def _pieces_known() -> Iterator[tuple[str, bool]]:
    for name, source in (reports() | publications()).items():
        text = source.own_text
        step = max(1, (len(text) - _PIECE) // _PLACES)
        for start in range(0, max(1, len(text) - _PIECE), step):
            guess = language.detect(text[start : start + _PIECE])
            yield f"{name} at {start}", guess is not None and guess.language == source.keys["lang"]
