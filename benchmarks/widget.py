"""How soon the element shows a first result after Enter, on a page of another origin, with server and Chromium on this machine.

usage: widget.py [--library FOLDER] [--rounds 40]

Serves a library (the sample, made for it, if none is given) and a page that embeds it, types queries of three kinds and
looks, in the browser, how long it takes from the key press until the first result stands there, and until the first
suggestion does. Prints median and p95 in milliseconds, and what the files weigh packed; writes ``results/widget.json``.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import sys
import tempfile
from pathlib import Path

from measure import write_result

from tipsearch import Library
from tipsearch.serve.widget import asset

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from serve.browser import find_chromium, running_chromium, running_server  # noqa: E402  it lies in the tests
from serve.widget.host import guest_of, running_host  # noqa: E402  the same

_QUERIES = ("labour", "debt bondage", "forced labour fishing", "recruitment fees")
#: What is typed for suggestions: a name that is whole already has none.
_BEGINNINGS = ("labou", "debt bond", "forced lab", "recruitment f")
#: Waits in the page itself, so that the way to the test and back doesn't count.
_UNTIL = """
([text, key, wanted]) => new Promise((done, failed) => {
  const root = document.querySelector("tip-search").shadowRoot;
  const box = root.querySelector("input");
  root.querySelector("[part=results]").replaceChildren();
  root.querySelector("[part=suggestions]").replaceChildren();
  const watcher = new MutationObserver(() => {
    if (!root.querySelector(wanted)) return;
    watcher.disconnect();
    requestAnimationFrame(() => done(performance.now() - start));
  });
  watcher.observe(root, { childList: true, subtree: true });
  setTimeout(() => failed(new Error(`nothing for ${text}`)), 10000);
  box.value = text;
  const start = performance.now();
  if (key) box.dispatchEvent(new KeyboardEvent("keydown", { key }));
  else box.dispatchEvent(new Event("input"));
})
"""


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--library", type=Path)
    parser.add_argument("--rounds", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        write_result("widget", measured(given.library or _sample(Path(place)), given.rounds))


def measured(folder: Path, rounds: int) -> dict[str, object]:
    """Milliseconds until a first result and a first suggestion, and packed bytes."""
    path = find_chromium()
    if path is None:
        raise SystemExit("no Chromium here: sudo apt-get install chromium")
    with (
        running_server(folder) as library,
        running_host(library) as host,
        running_chromium(path) as browser,
        guest_of(host, browser) as guest,
    ):
        guest.open(host.element('facets="region topic type"'))
        guest.box.wait_for()

        def taken(queries: tuple[str, ...], key: str, wanted: str) -> list[float]:
            texts = [queries[turn % len(queries)] for turn in range(rounds)]
            # What a new process does for the first time isn't what readers wait for.
            for text in queries:
                guest.page.evaluate(_UNTIL, [text, key, wanted])
            return [guest.page.evaluate(_UNTIL, [text, key, wanted]) for text in texts]

        results = taken(_QUERIES, "Enter", "[part=result]")
        suggestions = taken(_BEGINNINGS, "", "[part=suggestion]")
    return {
        "results_ms": _summary(results),
        "suggestions_ms": _summary(suggestions),
        "bytes": {
            name: len(gzip.compress(asset(name).body, 9))
            for name in (
                "tip-search.js",
                "embed.js",
                "frame.js",
                "locale/ar.json",
                "locale/es.json",
                "locale/fr.json",
            )
        },
    }


def _summary(values: list[float]) -> dict[str, float]:
    return {
        "median": round(statistics.median(values), 1),
        "p95": round(statistics.quantiles(values, n=20)[-1], 1),
    }


def _sample(place: Path) -> Path:
    with Library.open(place / "library") as library:
        library.index([ROOT / "corpus.sample"])
    return place / "library"


if __name__ == "__main__":
    main()
