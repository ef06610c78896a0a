"""Processor time of each kind of page and of the API through the application, weight of a first view, requests a second under load.

usage: web.py [--pages 20000] [--seconds 10] [--place FOLDER] [--library FOLDER --made FILE]

Makes a library of pages as `engines.py` does (``$TIPSEARCH_DATA``; nothing is measured without it), or takes one that
``engines.py --keep`` has left. Results are asked for with queries of eight kinds, every other one with filters; of
each address the median of three rounds counts, and what the search took of it is told apart from making the page. Each
document is opened once, and what is like it asked for once. Objects that last are frozen, as ``serve`` does. Weights are gzipped. Load comes from
``wrk`` over 16 connections on ``tipsearch serve``. Prints the figures and writes ``results/web.json``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import made_pages
import made_queries
from measure import write_result, yardstick_us
from under_load import load
from weights import weights

from tipsearch import Library, SearchRequest
from tipsearch.serve.app import create_app
from tipsearch.serve.links import PathLinks
from tipsearch.serve.server import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from flask.testing import FlaskClient

HERE = Path(__file__).parent
_ROUNDS = 3
_DOCUMENTS = 150
#: What is ticked beside every other query, in turn.
_FILTERS: tuple[dict[str, Any], ...] = (
    {"regions": ("asia", "africa")},
    {"languages": ("en",), "year_from": 2015},
    {"regions": ("europe",), "size": 25},
    {"page": 2},
)
_OK, _NOT_MODIFIED = 200, 304


@dataclass(slots=True)
class _Stopwatch:
    """A library that notes what its searches take; everything else is the library's own."""

    library: Library
    spent: float = 0.0

    def search(self, request: SearchRequest, **options: Any) -> Any:  # noqa: ANN401  the library's answer
        begin = time.process_time()
        try:
            return self.library.search(request, **options)
        finally:
            self.spent += time.process_time() - begin

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever the library has
        return getattr(self.library, name)


def main() -> None:
    """Measure, print, write."""
    options = _options()
    data = os.environ.get("TIPSEARCH_DATA")
    if not data and not options.library:
        print("web: TIPSEARCH_DATA is not set, and pages can be made of its literature only; skipped")
        return
    with tempfile.TemporaryDirectory(prefix="tipsearch-web-", dir=options.place) as name:
        folder, made = options.library, options.made
        if not folder:
            folder, made = Path(name) / "library", Path(name) / "made.jsonl"
            made_pages.write(Path(data or "") / "literature", made, options.pages)
            _make(folder, made)
        write_result("web", _measured(folder, made, options.seconds))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        usage=argparse.SUPPRESS, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=20_000, help="how many")
    parser.add_argument("--seconds", type=int, default=10, help="of load; 0 for none")
    parser.add_argument("--place", type=Path, help="folder for what is made")
    parser.add_argument("--library", type=Path, help="one that is there already")
    parser.add_argument("--made", type=Path, help="the pages that it was made of")
    options = parser.parse_args()
    if (options.library is None) != (options.made is None):
        parser.error("--library and --made go together")
    return options


def _make(folder: Path, made: Path) -> None:
    """A library of these pages, made by processes of their own, so that nothing of it stays in this one."""
    for variant in ("catalogue", "ours"):
        command = [sys.executable, str(HERE / "index_variants.py"), variant, str(made), str(folder)]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def _measured(folder: Path, made: Path, seconds: int) -> dict[str, object]:
    searches = _searches(made)
    with Library.open_existing(folder) as library:
        status = library.status()
        watch = _Stopwatch(library)
        client = create_app(watch).test_client()
        documents = _documents(library)
        views = [f"{one}/pages/1?q=children" for one in documents]
        _get(client, [*searches[:20], documents[0], views[0]])
        settle()
        figures: dict[str, object] = {
            "documents": status.documents,
            "pages": status.pages,
            "result_page": _split(client, watch, searches),
            "api_search": _split(client, watch, [f"/api/v1{one}" for one in searches]),
            "api_not_modified": _figures(_unchanged(client, [f"/api/v1{one}" for one in searches])),
            "start_page": _figures(_get(client, ["/"] * 30)),
            "document_page": _figures(_get(client, documents)),
            "documents_like_it": _figures(_get(client, [f"{one}/similar" for one in documents])),
            "document_page_with_query": _figures(_get(client, [f"{one}?q=children" for one in documents])),
            "page_view": _figures(_get(client, views)),
            "yardstick_us": yardstick_us(),
            "gzipped_bytes": weights(
                client, {"start": "/", "results": searches[0], "document": documents[0]}
            ),
        }
    if seconds:
        kinds = {"result_page": searches, "document_page": documents, "start_page": ["/"]}
        figures["load"] = load(folder, kinds, seconds)
    return figures


def _searches(made: Path) -> list[str]:
    """Addresses of result pages, the same ones for the same pages."""
    links = PathLinks()
    found = []
    for number, one in enumerate(made_queries.queries(made)):
        chosen = dict(_FILTERS[number // 2 % len(_FILTERS)]) if number % 2 else {}
        if one.region:
            chosen["regions"] = (one.region,)
        found.append(links.search(SearchRequest(one.text, **chosen)))
    return found


def _documents(library: Library) -> list[str]:
    answer = [library.search(SearchRequest(size=50, page=page)) for page in range(1, _DOCUMENTS // 50 + 1)]
    return [PathLinks().document(found.document.id) for one in answer for found in one.results]


def _get(
    client: FlaskClient, addresses: Iterable[str], between: Callable[[], None] = lambda: None
) -> list[float]:
    """Processor milliseconds of each page.

    Raises:
        SystemExit: one of them isn't there.
    """
    costs = []
    for address in addresses:
        between()
        begin = time.process_time()
        status = client.get(address).status_code
        costs.append((time.process_time() - begin) * 1000)
        if status != _OK:
            sys.exit(f"web: {address} answers {status}")
    return costs


def _unchanged(client: FlaskClient, addresses: Iterable[str]) -> list[float]:
    """Processor milliseconds of telling somebody who has an answer that it hasn't changed.

    Raises:
        SystemExit: one of them is sent again.
    """
    costs = []
    for address in addresses:
        tag = client.get(address).headers["ETag"]
        begin = time.process_time()
        status = client.get(address, headers={"If-None-Match": tag}).status_code
        costs.append((time.process_time() - begin) * 1000)
        if status != _NOT_MODIFIED:
            sys.exit(f"web: {address} answers {status} to its own tag")
    return costs


def _split(client: FlaskClient, watch: _Stopwatch, addresses: Sequence[str]) -> dict[str, object]:
    """Of each result page all, the search's share, and the rest."""
    whole: list[list[float]] = [[] for _ in addresses]
    inside: list[list[float]] = [[] for _ in addresses]
    for _ in range(_ROUNDS):
        for number, address in enumerate(addresses):
            watch.spent = 0.0
            whole[number] += _get(client, [address])
            inside[number].append(watch.spent * 1000)
    every, search = [[statistics.median(one) for one in costs] for costs in (whole, inside)]
    rest = [one - other for one, other in zip(every, search, strict=True)]
    slowest = sorted(zip(every, search, addresses, strict=True), reverse=True)[:5]
    return {
        **_figures(every),
        "search": _figures(search),
        "page": _figures(rest),
        "slowest": [f"{one:.1f} ({other:.1f} search) {address}" for one, other, address in slowest],
    }


def _figures(costs: Sequence[float]) -> dict[str, float]:
    return {
        "cpu_ms_p50": round(statistics.median(costs), 2),
        "cpu_ms_p95": round(made_queries.percentile(costs, 0.95), 2),
    }


if __name__ == "__main__":
    main()
