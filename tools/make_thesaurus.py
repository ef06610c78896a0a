"""Makes ``topics.json``, the thesaurus as the program loads it, from ``thesaurus.ttl``, the thesaurus as it is kept.

::

    python tools/make_thesaurus.py            # writes it
    python tools/make_thesaurus.py --check    # writes nothing; exit status 1 if it would change

Both lie in ``src/tipsearch/data``. The same file gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tipsearch.thesaurus import compile_skos

if TYPE_CHECKING:
    from tipsearch.vocabulary import VocabularyData

DATA = Path(__file__).resolve().parent.parent / "src" / "tipsearch" / "data"
SOURCE, TARGET = DATA / "thesaurus.ttl", DATA / "topics.json"


def main() -> int:
    """Write the file, or with ``--check`` compare it; gives the exit status."""
    compiled = compile_skos(SOURCE)
    for warning in compiled.warnings:
        print(f"{SOURCE.name}: {warning}", file=sys.stderr)
    made = written(compiled.content)
    if "--check" not in sys.argv:
        TARGET.write_bytes(made)
        return 0
    if TARGET.is_file() and TARGET.read_bytes() == made:
        return 0
    print(
        f"{TARGET.name} is not what {SOURCE.name} says: run python tools/make_thesaurus.py", file=sys.stderr
    )
    return 1


def written(content: VocabularyData) -> bytes:
    """The vocabulary as JSON, a line a concept, so that a change shows as one line."""
    concepts = b",\n".join(msgspec.json.encode(concept) for concept in content.concepts)
    facets = b",\n".join(
        msgspec.json.encode(name) + b":" + msgspec.json.encode(labels)
        for name, labels in content.facets.items()
    )
    return b'{"concepts":[\n' + concepts + b'\n],"facets":{\n' + facets + b"\n}}\n"


if __name__ == "__main__":
    raise SystemExit(main())
