"""How right extraction is: words, titles, publication pages and languages, against the gold beside the measuring material."""

from __future__ import annotations

import html
import json
import re
import tempfile
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from closeness import closeness, overlap, words

from tipsearch import Library, SearchRequest, vocabulary
from tipsearch.enrich import enrich, language
from tipsearch.extract import read
from tipsearch.model import Field, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tipsearch.model import Document

#: Languages of ``languages/pdf`` by kind of script.
GROUPS = {
    "Latin": ("deu", "eng", "fra", "por", "spa", "tur", "vie"),
    "Cyrillic": ("rus", "ukr"),
    "Arabic script": ("arb", "pes"),
    "CJK": ("cmn", "jpn", "kor"),
    "Thai and Hindi": ("tha", "hin"),
}
#: Texts are cut to so many characters for their language, at so many places.
PIECE, PLACES = 300, 40
_PAGE_SIZE = 100
_RUNNING_HEAD = re.compile(r"running head xqz|\bpage \d+\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many are right, and which are not."""

    right: int
    of: int
    wrong: tuple[str, ...] = ()

    @property
    def value(self) -> float:
        """0 to 1."""
        return self.right / self.of


def share(outcomes: dict[str, bool]) -> Share:
    """The share of named things that are right."""
    return Share(
        sum(outcomes.values()), len(outcomes), tuple(name for name, right in outcomes.items() if not right)
    )


def word_scores(folder: Path) -> dict[str, dict[str, dict[str, float]]]:
    """F1 of each PDF of ``languages/pdf``, by kind of script and measure: words, bigrams, strict (words with their signs).

    The running head that was put on its pages isn't in the true text; the one copy that is kept is left out.
    """
    found: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for path in sorted(folder.glob("*.pdf")):
        code = path.name.partition(".")[0]
        kind = next((name for name, codes in GROUPS.items() if code[:3] in codes), "others")
        ours = _RUNNING_HEAD.sub(
            "", "\n".join(page.text for record in _records(path) for page in record.pages)
        )
        true = (folder / f"{code}.txt").read_text("utf-8")
        score = closeness(ours, true)
        found[kind]["words"][path.name] = score.words
        found[kind]["bigrams"][path.name] = score.bigrams
        found[kind]["strict"][path.name] = closeness(ours, true, with_signs=True).words
    return found


def titles(folder: Path) -> Share:
    """Titles of reports, case and spaces around punctuation apart."""
    outcomes = {}
    for gold in _gold(folder / "gold.jsonl"):
        (record, *_) = _records(folder / gold["file"]) or (None,)
        ours = record.first(Field.TITLE) if record else None
        outcomes[gold["file"]] = _plain(ours or "") == _plain(gold["title"])
    return share(outcomes)


def languages(file: Path) -> dict[str, Share]:
    """Languages of texts cut short: at their beginning, and at many places inside."""
    first: dict[str, bool] = {}
    inside: dict[str, bool] = {}
    for gold in _gold(file):
        code, text = gold["bcp47"].partition("-")[0], " ".join(gold["paras"])
        for start, piece in _pieces(text):
            guess = language.detect(piece)
            outcome = guess is not None and guess.language == code
            (inside if start else first)[f"{gold['code']} at {start}"] = outcome
    return {"first": share(first), "inside": share(first | inside)}


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Pieces from the starts of words, or anywhere in scripts without spaces."""
    step = max(1, (len(text) - PIECE) // PLACES)
    for start in range(0, max(1, len(text) - PIECE), step):
        word = text.find(" ", start, start + PIECE // 4) + 1 if start else 0
        begin = word or start
        yield begin, text[begin : begin + PIECE]


@dataclass(frozen=True, slots=True)
class Pages:
    """What was measured on publication pages.

    Attributes:
        texts: F1 of each page's own text.
        foreign: by page, its words that the true text hasn't.
        shares: by field, how many are right.
    """

    texts: dict[str, float]
    foreign: dict[str, tuple[str, ...]]
    shares: dict[str, Share]


def publication_pages(folder: Path) -> Pages:
    """Single pages and listings indexed together, as a librarian would: what a card says completes its page's document.

    Each field is judged on the pages for which it is written anywhere: the title on the page, the date on the page in
    figures or words, categories and region on a card of another file.
    """
    documents, markup = _documents(folder), _markup(folder)
    texts, foreign = {}, {}
    right: dict[str, dict[str, bool]] = defaultdict(dict)
    for gold in _gold(folder / "gold.jsonl"):
        name = gold["file"]
        one, text = documents.get(gold["url"].strip("/"), (None, ""))
        ours, true = Counter(words(text)), Counter(words(gold["main_text"]))
        texts[name], foreign[name] = overlap(ours, true), tuple(word for word in ours if word not in true)
        for what, outcome in _fields(one, gold, _written(gold, markup)):
            right[what][name] = outcome
    return Pages(texts, foreign, {name: share(outcomes) for name, outcomes in right.items()})


def _fields(one: Document | None, gold: dict[str, Any], written: set[str]) -> Iterator[tuple[str, bool]]:
    """Which fields of a page are right, of those written somewhere; a date by its month."""
    region = [gold["region"]] if gold["region"] else []
    outcomes = {
        "title": one is not None and _plain(one.title) == _plain(gold["title"]),
        "date": one is not None and (one.date or "")[:7] == gold["date"][:7],
        "categories": one is not None
        and {tag.value for tag in one.types} == _values("type", gold["categories"]),
        "region tag": one is not None and _tagged(one) == _values("region", region),
        "PDF link": one is not None and _ends_with(one.file_url, gold["pdf"]),
    }
    return ((what, outcome) for what, outcome in outcomes.items() if what in written)


def _written(gold: dict[str, Any], markup: dict[str, str]) -> set[str]:
    """The fields that a reader of all files could know."""
    own = markup[gold["file"]]
    carded = any(f'"{gold["url"]}"' in text for file, text in markup.items() if file != gold["file"])
    day = date.fromisoformat(gold["date"])
    dated = any(form in own for form in (gold["date"], f"{day:%B %Y}"))
    there = {
        "title": gold["title"],
        "date": dated,
        "categories": carded,
        "region tag": carded,
        "PDF link": True,
    }
    return {what for what, is_there in there.items() if is_there}


def _markup(folder: Path) -> dict[str, str]:
    files = [*folder.glob("single/*.html"), *folder.glob("listing/*.html")]
    return {file.relative_to(folder).as_posix(): html.unescape(file.read_text("utf-8")) for file in files}


def _documents(folder: Path) -> dict[str, tuple[Document, str]]:
    """All documents with text by the end of their address, each with its text."""
    found = {}
    with tempfile.TemporaryDirectory() as place, Library.open(place) as library:
        library.index([folder / "single", folder / "listing"])
        for number in range(1, library.status().documents // _PAGE_SIZE + 2):
            for result in library.search(SearchRequest(size=_PAGE_SIZE, page=number)).results:
                one = result.document
                if one.url and not one.is_stub:
                    pages = [library.page(one.id, page + 1).text for page in range(one.page_count)]
                    found[one.url.strip("/").rpartition("/")[2]] = one, "\n".join(pages)
    return found


def _values(facet: str, labels: Sequence[str]) -> set[str]:
    """What a source's labels stand for; a label that means nothing to us stands for itself, and so is never found."""
    tree = vocabulary.standard().get(facet)
    assert tree is not None
    return {value for label in labels for value in tree.resolve_all(label) or (label,)}


def _ends_with(address: str | None, path: str | None) -> bool:
    return address is None if path is None else address is not None and address.endswith(path)


def _tagged(one: Document) -> set[str]:
    return {tag.value for tag in one.regions if tag.origin is Origin.SOURCE}


def _records(path: Path) -> Sequence[Any]:
    return enrich(read(path.read_bytes(), path.name)).records


def _gold(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)


def _plain(text: str) -> str:
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return re.sub(r"\s*([^\w\s])\s*", r"\1", folded)
