#!/usr/bin/env python3
"""Build the sample library in `corpus.sample/`: `text/*.md` to `reports/*.pdf`, `web/*.md` to `pages/*.html`.

The format of the sources is described in FORMAT.md. Needs Python 3.11, the packages typst, pypdfium2 and Pillow
(`pip install tipsearch[corpus]`), and the Noto fonts of the Debian packages `fonts-noto-core` and `fonts-noto-cjk`.

    make_corpus.py                 build everything and write build.json
    make_corpus.py SLUG ...        build only these documents or pages
    make_corpus.py --check         build afresh, compare, exit 1 on a difference

Two runs give the same bytes as long as the fonts and the three packages are the same; build.json names those the
stored files were made with.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from documents import SourceError, load_document, load_page
from fonts import FontsMissingError, load_fonts
from pages import render_page
from pdf import page_count, set_document
from provenance import explain, record
from scan import scan

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[1] / "corpus.sample"
#: Folder of the sources, folder and suffix of what is made of them.
KINDS = (("text", "reports", ".pdf"), ("web", "pages", ".html"))


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns 0, or 1 for a source that failed or a difference found."""
    options = _parser().parse_args(arguments)
    try:
        outputs, errors = build(options.slugs)
    except FontsMissingError as error:
        sys.exit(f"make_corpus: {error}")
    if options.verbose:
        report(outputs)
    for line in errors:
        print(f"make_corpus: {line}", file=sys.stderr)
    everything = not options.slugs
    if options.check:
        return 1 if check(outputs, everything=everything) or errors else 0
    write(outputs, everything=everything and not errors)
    print(f"{len(outputs)} files written", file=sys.stderr)
    return 1 if errors else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Build the sample library.")
    parser.add_argument("slugs", nargs="*", metavar="SLUG", help="build only these")
    parser.add_argument("--check", action="store_true", help="compare with the tree, write nothing")
    parser.add_argument("--verbose", action="store_true", help="print page counts and sizes")
    return parser


def build(slugs: list[str]) -> tuple[dict[str, bytes], list[str]]:
    """Return the outputs by their path in corpus.sample, and an error line for each source that failed.

    No slugs stands for all sources. Raises FontsMissingError.
    """
    fonts = load_fonts()
    outputs: dict[str, bytes] = {}
    errors: list[str] = []
    for path, target in _sources(slugs):
        try:
            outputs[target] = _build_one(path, fonts)
        except (SourceError, TypeError, ValueError, typst.TypstError) as error:
            errors.append(f"{path.parent.name}/{path.name}: {error}")
    return outputs, errors


def _sources(slugs: list[str]) -> Iterator[tuple[Path, str]]:
    """Yield the source files wanted and the paths of their outputs."""
    for source, folder, suffix in KINDS:
        for path in sorted((HERE / source).glob("*.md")):
            if not slugs or path.stem in slugs:
                yield path, f"{folder}/{path.stem}{suffix}"


def _build_one(path: Path, fonts: typst.Fonts) -> bytes:
    if path.parent.name == "web":
        return render_page(load_page(path)).encode()
    document = load_document(path)
    pdf = set_document(document, fonts)
    return scan(pdf, document, fonts) if document.layout == "scanned" else pdf


def report(outputs: dict[str, bytes]) -> None:
    """Print each output with its size in bytes and, for a PDF, its page count."""
    for target, content in outputs.items():
        count = ""
        if target.endswith(".pdf"):
            wanted = load_document(HERE / "text" / f"{Path(target).stem}.md").pages
            count = f"{page_count(content)} pages (wanted {wanted or '-'})"
        print(f"{len(content):8d}  {target}  {count}")


def check(outputs: dict[str, bytes], *, everything: bool) -> bool:
    """Print what differs between the tree and a fresh build; returns whether anything does."""
    differences = list(_differences(outputs))
    if everything:
        differences += [f"without source: {target}" for target in sorted(_stored() - set(outputs))]
    for line in differences:
        print(line)
    if differences:
        print(explain())
    return bool(differences)


def _differences(outputs: dict[str, bytes]) -> Iterator[str]:
    for target, content in outputs.items():
        path = CORPUS / target
        if not path.is_file():
            yield f"missing: {target}"
        elif path.read_bytes() != content:
            yield f"differs: {target}"


def write(outputs: dict[str, bytes], *, everything: bool) -> None:
    """Write the outputs; after a full build also drop stale files and note the fonts and packages."""
    for target, content in outputs.items():
        path = CORPUS / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if everything:
        for target in _stored() - set(outputs):
            (CORPUS / target).unlink()
        record()


def _stored() -> set[str]:
    """Return the generated files now in the tree."""
    return {
        f"{folder}/{path.name}"
        for _source, folder, suffix in KINDS
        for path in (CORPUS / folder).glob(f"*{suffix}")
    }


if __name__ == "__main__":
    sys.exit(main())
