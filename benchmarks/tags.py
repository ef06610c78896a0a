"""What telling regions, roles, topics, types and languages costs, and on the literature in ``$TIPSEARCH_DATA`` how right it is.

Costs are processor milliseconds a page, on the reports there or else on the sample's; the ratio is to reading the same
pages with PDFium in the same run. Prints a table and writes ``results/tags.json``.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from measure import data_folder, write_result

from tipsearch import enrich
from tipsearch.enrich import language
from tipsearch.extract import read

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "quality"))
import literature

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tipsearch.model import Extraction

#: Times each part is done; the median counts, the first only warms up.
ROUNDS = 7


def main() -> None:
    """Measure, print, write."""
    files = sorted(data_folder("reports").glob("*.pdf"))
    figures: dict[str, object] = {"cost": _cost(files)}
    data = os.environ.get("TIPSEARCH_DATA")
    measured = literature.measure(Path(data)) if data else {}
    if measured:
        figures["quality"] = {name: [metric.value, metric.count] for name, metric in measured.items()}
        figures["fell short"] = {name: metric.misses for name, metric in measured.items() if metric.misses}
    write_result("tags", figures)
    for name, metric in measured.items():
        print(f"{name:50} {metric.value:.4f} of {metric.count}")
    print(f"cost, ms a page: {figures['cost']}")


def _cost(files: Sequence[Path]) -> dict[str, float]:
    """Processor milliseconds a page of each part."""
    extractions = [read(file.read_bytes(), file.name) for file in files]
    pages = sum(len(record.pages) for one in extractions for record in one.records)
    enrich.warm_up()
    parts: dict[str, Callable[[], object]] = {
        "all": lambda: [enrich.enrich(one) for one in extractions],
        "languages": lambda: [_languages(one) for one in extractions],
        "PDFium": lambda: [_bare(file) for file in files],
    }
    cost = {name: _median(part) * 1000 / pages for name, part in parts.items()}
    return {
        "pages": pages,
        "languages": round(cost["languages"], 3),
        "tagging": round(cost["all"] - cost["languages"], 3),
        "tagging to PDFium": round((cost["all"] - cost["languages"]) / cost["PDFium"], 3),
    }


def _median(part: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS + 1):
        begin = time.process_time()
        part()
        times.append(time.process_time() - begin)
    return statistics.median(times[1:])


def _languages(extraction: Extraction) -> list[object]:
    return [language.detect_pages([page.text for page in record.pages]) for record in extraction.records]


def _bare(file: Path) -> int:
    """Characters of a PDF's pages, read with nothing around it."""
    document = pypdfium2.PdfDocument(file)
    return sum(len(page.get_textpage().get_text_range()) for page in document)


if __name__ == "__main__":
    main()
