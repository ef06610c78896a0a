"""Loads what readers would load on first use: in a child that may open no files it would be too late.

What a reader of ours imports inside a function belongs here as well; `tests/isolation/test_warm_up.py` finds what was
forgotten.
"""

from __future__ import annotations

import encodings
import gzip
import json
import sys
from functools import partial
from importlib import import_module
from inspect import signature
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

import pdfminer
from pdfminer.cmapdb import CMapDB

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Modules that other libraries or readers of ours import when the first file needs them.
_LATE = (
    "charset_normalizer",
    "cryptography.hazmat.backends.openssl.backend",  # pdfminer's, for documents encrypted with AES
    "tipsearch.extract.pdf.layout",
    "tipsearch.extract.pdf.second",
    "trafilatura",
)
#: With the first page whose address ends in no usual suffix trafilatura reads the list of all public ones.
_ADDRESSED_PAGE = (
    '<html><head><title>A</title><link rel="canonical" href="https://l.example/a/"></head></html>'
)
#: Encodings that Windows alone has.
_FOREIGN = frozenset({"mbcs", "oem"})


def load_all() -> None:
    """Load modules, encodings (25 ms, 5 MB), character maps (25 ms, 8 MB) and our own tables."""
    for name in _LATE:
        import_module(name)
    load_encodings()
    import_module("trafilatura").extract_metadata(_ADDRESSED_PAGE)
    hold_character_maps()
    build_tables()


def load_encodings() -> None:
    """Import every encoding that Python knows, as a page may name any."""
    for module in iter_modules(encodings.__path__):
        if module.name not in _FOREIGN:
            import_module(f"encodings.{module.name}")


def hold_character_maps() -> None:
    """Have pdfminer find its predefined character maps (ISO 32000-1, 9.7.5.2) in memory, packed as they come.

    A font names them, mostly in East Asian documents; unpacking one takes 10 ms, and all would take 0.8 s and 157 MB.
    As a map is looked up by its name here, a name like ``../../x`` leads nowhere, nor does `CMAP_PATH`.
    """
    folder = Path(pdfminer.__file__).parent / "cmap"
    packed = {path.name.partition(".")[0]: path.read_bytes() for path in folder.glob("*.json.gz")}
    # There is no public way to tell it where its maps are but an environment variable with the name of a folder.
    CMapDB._load_data = partial(_character_map, packed)  # type: ignore[method-assign]  # noqa: SLF001


def build_tables() -> None:
    """Call what readers keep after its first call: the functions under `functools.cache` that take nothing.

    They read data files and compile patterns of what stands there, which each child would have to do for itself.
    """
    ours = [module for name, module in sys.modules.items() if name.startswith(f"{__package__}.")]
    for module in ours:
        for function in tuple(vars(module).values()):
            if hasattr(function, "cache_info") and not signature(function).parameters:
                function()


def _character_map(packed: Mapping[str, bytes], name: str) -> type[Any]:
    """A character map as pdfminer's own loader gives it: its entries are attributes of a class."""
    name = name.replace("\0", "")
    if name not in packed:
        raise CMapDB.CMapNotFound(name)
    return type(name, (), json.loads(gzip.decompress(packed[name]), object_hook=_numbered))


def _numbered(entries: dict[str, Any]) -> dict[Any, Any]:
    """A table of a map with numbers for keys again, which JSON can't have."""
    return {int(key) if key.isdecimal() else key: value for key, value in entries.items()}
