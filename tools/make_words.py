"""Make ``src/tipsearch/data/words_en.txt``, by which a word is known to be right although an index has it nowhere.

    python tools/make_words.py american-english british-english

The lists are those of SCOWL, as Debian's packages wamerican and wbritish have them: one word a line. The same lists give
the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tipsearch import analysis
from tipsearch.paths import data_file
from tipsearch.search.dictionary import is_correctable


def main(lists: list[str]) -> None:
    """Write the folded words of all lists that could be taken for misspelt ones, by alphabet."""
    lines = (line for path in lists for line in Path(path).read_text("utf-8").split("\n"))
    words = {analysis.fold(line) for line in lines if not line.endswith("'s")}
    kept = sorted(word for word in words if is_correctable(word))
    data_file("words_en.txt").write_text("\n".join(("", *kept, "")), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
