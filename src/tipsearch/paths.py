"""Where the files beside the code lie, in a checkout and in an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent

#: In a library's folder: its catalogue, the folder of its indexes, and that of its pages' pictures.
CATALOGUE = "catalogue.sqlite"
ENGINE = "engine"
PICTURES = "pictures"


@cache
def web_folder() -> Path:
    """The folder with templates and static files: ``web/`` of a checkout, ``tipsearch/_web`` of an installation.

    Raises:
        FileNotFoundError: neither is there; the installation is broken.
    """
    for folder in (_PACKAGE / "_web", _PACKAGE.parent.parent / "web"):
        if (folder / "templates").is_dir():
            return folder
    raise FileNotFoundError(
        f"no templates beside {_PACKAGE}: this installation of tipsearch is incomplete; install it again"
    )


def data_file(name: str) -> Path:
    """A data file of the package (``regions.json``, ``topics.json``, …)."""
    return _PACKAGE / "data" / name
