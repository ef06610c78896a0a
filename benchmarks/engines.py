"""The index beside bare engines, in one run and as ratios: what making it costs, its size, what queries cost, how it keeps up.

usage: engines.py [--pages 20000,200000] [--whoosh 4000] [--place FOLDER] [--keep]

Makes pages of the literature in ``$TIPSEARCH_DATA`` (see `made_pages`; nothing is measured without it), and for each number
of them has an index made by each variant of `index_variants`, in a process of its own, one after another. Ours is two
indexes, follows a catalogue and is sealed; the bare ones are one index of pages each. Whoosh takes only the first pages, as
it needs 23 times as long as tantivy; its time is scaled up, which flatters it, as a page costs it more the more there
are. Then queries of eight kinds are asked through the library. Prints tables and writes ``results/engines.json``.
"""

from __future__ import annotations

from beside_bare import main

if __name__ == "__main__":
    main(__doc__)
