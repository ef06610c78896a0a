"""The yardsticks of reading, each in a process of its own: the text of every page with a library alone.

usage: loops.py pdfium|pdfminer|pdfminer-plain FILE…

Prints JSON: pages, seconds on the clock, seconds of processor time; import and start-up apart. ``pdfminer`` lays out with
its defaults, ``pdfminer-plain`` with ``boxes_flow=None``.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

import pypdfium2
from pdfminer.high_level import extract_text
from pdfminer.layout import LAParams

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def with_pdfium(path: str) -> int:
    """Get every page's text with PDFium; how many pages there are."""
    document = pypdfium2.PdfDocument(path)
    count = len(document)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()
    return count


def with_pdfminer(path: str, layout: LAParams) -> int:
    """Get a file's text with pdfminer.six; how many pages it has."""
    return extract_text(path, laparams=layout).count("\f")


LOOPS: dict[str, Callable[[str], int]] = {
    "pdfium": with_pdfium,
    "pdfminer": lambda path: with_pdfminer(path, LAParams()),
    "pdfminer-plain": lambda path: with_pdfminer(path, LAParams(boxes_flow=None)),
}


def main(name: str, paths: Sequence[str]) -> None:
    """Run one loop over the files."""
    wall, cpu = time.perf_counter(), time.process_time()
    pages = sum(LOOPS[name](path) for path in paths)
    used = {"pages": pages, "wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    print(json.dumps(used))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
