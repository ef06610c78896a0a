"""The sample library has the properties its sources promise; see tools/corpus/FORMAT.md for the keys."""

from __future__ import annotations

import re
import tomllib
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from lxml import html

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus.sample"
REPORTS, PAGES = CORPUS / "reports", CORPUS / "pages"
MAX_BYTES = 4_000_000
#: Width and height of a page in points, rounded.
PAPER = {"a4": (595, 842), "a5": (420, 595)}
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
#: Hosts that may be named: the made-up site, and public sources.
PUBLIC_HOST = re.compile(r"library\.example|([\w-]+\.)+(org|int|gov|edu|eu)")
HOST = re.compile(r"https?://([^/\s\"'<>)]+)|\b((?:www|localhost|\d+\.\d+\.\d+)\.[\w.-]+|localhost)\b")
MACHINE_PATH = re.compile(
    r"(?:^|[\s\"'(`])(?:/(?:home|root|work|tmp|usr|var|opt|mnt|etc|Users)/|[A-Z]:\\|file:)"
)


def sources(folder: str) -> dict[str, tuple[dict[str, Any], str]]:
    """Front matter and text by slug."""
    found = {}
    for path in sorted((ROOT / "tools" / "corpus" / folder).glob("*.md")):
        _, front_matter, body = path.read_text("utf-8").split("+++\n", 2)
        found[path.stem] = (tomllib.loads(front_matter), body)
    return found


DOCUMENTS = sources("text")
WEB = sources("web")
document = pytest.mark.parametrize("slug", DOCUMENTS)
web_page = pytest.mark.parametrize("slug", WEB)


def opened(slug: str) -> closing[pdfium.PdfDocument]:
    return closing(pdfium.PdfDocument(REPORTS / f"{slug}.pdf"))


def headings(body: str) -> int:
    return len(re.findall(r"^#{1,3} ", body, flags=re.MULTILINE))


def text_by_page(pdf: pdfium.PdfDocument) -> list[str]:
    return [page.get_textpage().get_text_bounded().strip() for page in pdf]


def test_there_are_enough_documents_and_each_has_a_source() -> None:
    assert len(DOCUMENTS) >= 24
    assert {path.stem for path in REPORTS.iterdir()} == set(DOCUMENTS)


def test_there_are_twelve_pages_of_which_two_are_listings_and_each_has_a_source() -> None:
    assert len(WEB) == 12
    assert sum(keys["kind"] == "listing" for keys, _ in WEB.values()) == 2
    assert {path.stem for path in PAGES.iterdir()} == set(WEB)


def test_only_what_a_library_indexes_is_in_the_corpus() -> None:
    files = [path for path in CORPUS.rglob("*") if not path.is_dir()]
    assert {(path.parent, path.suffix) for path in files} == {(REPORTS, ".pdf"), (PAGES, ".html")}


def test_the_corpus_is_small() -> None:
    assert sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()) < MAX_BYTES


def test_the_documents_are_in_seven_languages() -> None:
    assert {keys["lang"] for keys, _ in DOCUMENTS.values()} == {"en", "es", "fr", "pt", "ar", "ru", "zh"}


@pytest.mark.parametrize(
    ("key", "value"),
    [("layout", "scanned"), ("labels", "roman-front"), ("title_in_metadata", False), ("paper", "a5")],
)
def test_each_peculiarity_has_a_document(key: str, value: object) -> None:
    assert any(keys.get(key) == value for keys, _ in DOCUMENTS.values())


@document
def test_a_document_has_the_pages_it_promises(slug: str) -> None:
    keys, _ = DOCUMENTS[slug]
    with opened(slug) as pdf:
        assert len(pdf) == keys["pages"]
        sizes = {(round(width), round(height)) for width, height in (page.get_size() for page in pdf)}
    assert sizes == {PAPER[keys.get("paper", "a4")]}


@document
def test_a_document_has_its_title_in_the_metadata_unless_told_not_to(slug: str) -> None:
    keys, _ = DOCUMENTS[slug]
    with opened(slug) as pdf:
        title = pdf.get_metadata_value("Title")
    assert title == (keys["title"] if keys.get("title_in_metadata", True) else "")


@document
def test_a_document_has_an_outline_of_its_headings_only_if_it_promises_one(slug: str) -> None:
    keys, body = DOCUMENTS[slug]
    with opened(slug) as pdf:
        assert len(list(pdf.get_toc())) == (headings(body) if keys.get("outline", False) else 0)


@document
def test_every_page_has_text_unless_the_document_is_scanned(slug: str) -> None:
    keys, _ = DOCUMENTS[slug]
    scanned = keys.get("layout") == "scanned"
    with opened(slug) as pdf:
        assert [text == "" for text in text_by_page(pdf)] == [scanned] * len(pdf)


@document
def test_front_matter_has_roman_page_labels_and_the_text_arabic_ones(slug: str) -> None:
    keys, body = DOCUMENTS[slug]
    with opened(slug) as pdf:
        labels = [pdf.get_page_label(index) for index in range(len(pdf))]
        targets = [mark.get_dest() for mark in pdf.get_toc()]
        starts = [target.get_index() for target in targets if target is not None]
    if keys.get("labels") != "roman-front":
        assert set(labels) == {""}
        return
    front = starts[headings(body.split("\n===\n")[0])]  # the page of the first heading after it
    assert front > 0
    assert labels == [*ROMAN[:front], *map(str, range(1, len(labels) - front + 1))]


@web_page
def test_a_page_states_its_title_and_language(slug: str) -> None:
    keys, _ = WEB[slug]
    tree = html.fromstring((PAGES / f"{slug}.html").read_bytes())
    assert tree.get("lang") == keys["lang"]
    assert tree.xpath("string(//h1)") == keys["title"]


@web_page
def test_a_page_links_to_the_document_it_promises(slug: str) -> None:
    keys, _ = WEB[slug]
    tree = html.fromstring((PAGES / f"{slug}.html").read_bytes())
    links = [link.get("href", "") for link in tree.iter("a") if link.text == "DOWNLOAD"]
    assert links == ([f"../{keys['pdf']}"] if "pdf" in keys else [])
    assert all((PAGES / link).is_file() for link in links)


def test_the_texts_name_no_machine_s_path_and_only_public_hosts() -> None:
    texts = [body + str(keys) for keys, body in (*DOCUMENTS.values(), *WEB.values())]
    texts += [path.read_text("utf-8") for path in PAGES.iterdir()]
    hosts = {"".join(match) for text in texts for match in HOST.findall(text)}
    assert hosts
    assert not {host for host in hosts if not PUBLIC_HOST.fullmatch(host)}
    assert not [text for text in texts if MACHINE_PATH.search(text)]
