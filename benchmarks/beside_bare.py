"""What `engines.py` does: has indexes made and asked by processes of their own, compares, prints."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, TypeAlias

import made_pages
import made_queries
from measure import write_result

HERE = Path(__file__).parent
#: Variants that index all pages.
_WHOLE = ("reading", "catalogue", "ours", "tantivy", "sqlite")
_COLD_STARTS = 5
#: A word that any of the pages may hold.
_A_WORD = "children"

#: What a process said of itself, from its last line.
Said: TypeAlias = dict[str, Any]


def main(usage: str) -> None:
    """Measure, print, write; `usage` is what ``--help`` shows."""
    options = _options(usage)
    data = os.environ.get("TIPSEARCH_DATA")
    if not data:
        print("engines: TIPSEARCH_DATA is not set, and pages can be made of its literature only; skipped")
        return
    with tempfile.TemporaryDirectory(prefix="tipsearch-engines-", dir=options.place) as name:
        place = Path(name)
        sizes = {
            str(pages): _size(Path(data) / "literature", place / str(pages), pages, options.whoosh)
            for pages in options.pages
        }
        if options.keep:
            shutil.move(place, f"{place}-kept")
            place.mkdir()
    figures: dict[str, object] = {"sizes": sizes}
    if len(sizes) > 1:
        first, *_, last = sizes.values()
        figures["growth_of_p95"] = {
            kind: round(last["queries"][kind]["p95"] / first["queries"][kind]["p95"], 2)
            for kind in first["queries"]
        }
    write_result("engines", figures)
    _print(sizes, figures.get("growth_of_p95"))


def _options(usage: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        usage=argparse.SUPPRESS, description=usage, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=_numbers, default=(20_000, 200_000), help="how many, with commas")
    parser.add_argument("--whoosh", type=int, default=4_000, help="pages that Whoosh indexes at most")
    parser.add_argument("--place", type=Path, help="folder for what is made; 4 GB for 200,000 pages")
    parser.add_argument("--keep", action="store_true", help="leave what was made where it is")
    return parser.parse_args()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(one) for one in text.split(",")))


def _size(literature: Path, place: Path, pages: int, whoosh: int) -> Said:
    """All figures for one number of pages."""
    place.mkdir()
    made = place / "made.jsonl"
    made_pages.write(literature, made, pages)
    variants = {name: _index(name, made, place) for name in _WHOLE}
    variants["whoosh"] = _index("whoosh", made, place, min(pages, whoosh))
    queries = made_queries.queries(made)
    asked = place / "queries.json"
    asked.write_text(json.dumps(queries), "utf-8")
    own, bare = (
        _child("ask.py", way, str(_folder(place, variant)), str(asked))
        for way, variant in (("service", "ours"), ("tantivy", "tantivy"))
    )
    library = str(_folder(place, "ours"))
    cold = [_cold(library) for _ in range(_COLD_STARTS)]
    return {
        "indexing": {"text_mb": _text_mb(made), **variants, "ratios": _ratios(variants)},
        "queries": _by_kind(queries, own),
        "yardstick_us": own["yardstick_us"],
        "bare_tantivy_top_10": _by_kind(queries, bare),
        "cold_start": {key: statistics.median(one[key] for one in cold) for key in cold[0]},
        # The last, as it changes the library.
        "changed_report": _child("ask.py", "change", library, str(made)),
    }


def _folder(place: Path, variant: str) -> Path:
    """A catalogue and the index that follows it are one library."""
    return place / ("library" if variant in {"ours", "catalogue"} else variant)


def _index(variant: str, made: Path, place: Path, pages: int | None = None) -> Said:
    more = [] if pages is None else [str(pages)]
    print(f"… {place.name} pages: {variant}", file=sys.stderr)
    return _child("index_variants.py", variant, str(made), str(_folder(place, variant)), *more)


def _child(script: str, *arguments: str) -> Said:
    """Run a script in a process of its own; what its last line says."""
    done = subprocess.run(
        [sys.executable, str(HERE / script), *arguments], stdout=subprocess.PIPE, check=True
    )
    said: Said = json.loads(done.stdout.splitlines()[-1])
    return said


def _cold(library: str) -> Said:
    """What a process says that answers one request, and how long all of it took."""
    begin = time.perf_counter()
    said = _child("ask.py", "cold", library, _A_WORD)
    del said["found"]
    return {**said, "process_s": round(time.perf_counter() - begin, 3)}


def _text_mb(made: Path) -> float:
    return round(
        sum(len(text.encode()) for document in made_pages.read(made) for text in document.pages) / 1e6, 1
    )


def _ratios(variants: dict[str, Said]) -> dict[str, float]:
    """Ours to the others: processor time a page, and size a page."""
    ours = variants["ours"]
    found = {}
    for name in ("tantivy", "whoosh", "sqlite"):
        other = variants[name]
        for key in ("cpu_s", "index_mb"):
            ratio = (ours[key] / ours["pages"]) / (other[key] / other["pages"])
            found[f"{key.partition('_')[0]}_to_{name}"] = round(ratio, 3)
    found["whoosh_cpu_to_ours"] = round(1 / found["cpu_to_whoosh"], 1)
    return found


def _by_kind(queries: list[made_queries.Query], said: Said) -> dict[str, dict[str, float]]:
    """Milliseconds of each kind of query, and how much half of them find at most."""
    found = {}
    for kind in dict.fromkeys(one.kind for one in queries):
        numbers = [number for number, one in enumerate(queries) if one.kind == kind]
        costs = [said["cpu_ms"][number] for number in numbers]
        found[kind] = {
            "p50": round(made_queries.percentile(costs, 0.5), 2),
            "p95": round(made_queries.percentile(costs, 0.95), 2),
            "found": statistics.median(said["found"][number] for number in numbers),
        }
    return found


def _print(sizes: dict[str, Said], growth: object) -> None:
    for pages, figures in sizes.items():
        print(f"\n{int(pages):,} pages, {figures['indexing']['text_mb']} MB of text")
        print(f"  {'indexing':12} {'CPU s':>8} {'peak MB':>8} {'index MB':>9}  pages")
        for name in (*_WHOLE, "whoosh"):
            one = figures["indexing"][name]
            print(
                f"  {name:12} {one['cpu_s']:8.1f} {one['peak_mb']:8} {one['index_mb']:9.1f}  {one['pages']:,}"
            )
        print("  ratios, a page: " + ", ".join(f"{k} {v}" for k, v in figures["indexing"]["ratios"].items()))
        print(
            f"  {'query, CPU ms':14} {'p50':>7} {'p95':>7} {'found':>8} | bare top 10 {'p50':>7} {'p95':>7}"
        )
        for kind, own in figures["queries"].items():
            bare = figures["bare_tantivy_top_10"][kind]
            print(
                f"  {kind:14} {own['p50']:7.2f} {own['p95']:7.2f} {own['found']:8.0f} | "
                f"{'':11} {bare['p50']:7.2f} {bare['p95']:7.2f}"
            )
        print(f"  yardstick: {figures['yardstick_us']} microseconds (see measure.yardstick_us)")
        print(f"  cold start: {figures['cold_start']}")
        print(f"  changed report of 40 pages: {figures['changed_report']}")
    if growth:
        print(f"growth of p95 from the smallest to the largest: {growth}")
