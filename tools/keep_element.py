"""Keeps ``<tip-search>`` as it is served now as ``web/widget/released/<version>.js``: a step of every release.

::

    python tools/keep_element.py

Pages elsewhere ask for the element of one version and run it only if its hash is right, so what was released must be served for
ever, byte for byte. A version that is kept already and differs is left alone; exit status 1.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tipsearch.serve.framing import ELEMENT
from tipsearch.serve.widget import asset
from tipsearch.version import VERSION

FOLDER = Path(__file__).resolve().parent.parent / "web" / "widget" / "released"


def keep(folder: Path) -> bool:
    """Write the element's file into `folder`; False if another one of this version is there."""
    there, body = folder / f"{VERSION}.js", asset(ELEMENT).body
    if there.is_file():
        return there.read_bytes() == body
    folder.mkdir(exist_ok=True)
    there.write_bytes(body)
    return True


if __name__ == "__main__":
    if not keep(FOLDER):
        sys.exit(
            f"{VERSION} has been released with another element: raise the version in src/tipsearch/version.py"
        )
