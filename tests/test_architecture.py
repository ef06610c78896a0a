"""What ARCHITECTURE.md says about the code, checked against the code."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "tipsearch"
#: A module may import what stands on its own line or above; what shares a line knows nothing of its neighbours.
LAYERS = [
    {"errors", "version", "paths", "durable", "recent"},
    {"model", "config", "analysis", "vocabulary", "lock", "isolation"},
    {"thesaurus"},
    {"publishers"},
    {"sources", "extract", "enrich", "catalogue", "query"},
    {"engines", "reading", "ocr"},
    {"search", "indexing", "pictures"},
    {"pipeline", "cite", "doctor", "decisions", "evaluation"},
    {"library", "remote"},
    {"serve"},
    {"cli", "client"},
]
#: Inside a line: who may use a neighbour all the same.
NEIGHBOURS = {
    ("vocabulary", "model"),
    ("vocabulary", "analysis"),
    ("config", "model"),
    ("pipeline", "cite"),
    ("decisions", "cite"),
}
#: Only this folder imports that library.
OWNERS = {
    "tantivy": "engines/tantivy",
    "whoosh.codec": "engines/whoosh",
    "whoosh.columns": "engines/whoosh",
    "whoosh.fields": "engines/whoosh",
    "whoosh.filedb": "engines/whoosh",
    "whoosh.reading": "engines/whoosh",
    "whoosh.writing": "engines/whoosh",
    "pypdfium2": "extract",
    "pdfminer": "extract",
    "trafilatura": "extract",
    "lxml": "extract",
    "langdetect": "enrich",
    "ahocorasick_rs": "enrich",
    "sqlalchemy": "catalogue",
    "flask": "serve",
    "prometheus_client": "serve/metrics.py",
    "waitress": "serve",
    "click": "cli",
    "Stemmer": "analysis",
    "rdflib": "thesaurus",
    "ir_measures": "evaluation",
    "citeproc": "cite",
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@cache
def imports(path: Path) -> frozenset[str]:
    """Dotted names that a module imports, type-checking blocks left out: they are no dependency at run time."""
    found: set[str] = set()
    pending: list[ast.AST] = [ast.parse(path.read_text("utf-8"))]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        pending += ast.iter_child_nodes(node)
    return frozenset(found)


def room(path: Path) -> str:
    """The folder or single module of the package that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def level(name: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if name in layer)


def test_every_module_has_a_place_in_the_layers() -> None:
    rooms = {room(path) for path in modules()} - {"__init__", "__main__", "testing"}
    assert rooms == set().union(*LAYERS)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    here = room(path)
    if here in {"__init__", "__main__", "testing"}:
        return
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "tipsearch" or len(parts) == 1 or parts[1] == here or parts[1] == "__version__":
            continue
        there = parts[1]
        allowed = level(there) < level(here) or (here, there) in NEIGHBOURS
        assert allowed, f"{path.relative_to(PACKAGE)} imports {name}"


@pytest.mark.parametrize(("library", "folder"), OWNERS.items())
def test_a_library_is_known_to_one_folder_only(library: str, folder: str) -> None:
    users = {
        str(path.relative_to(PACKAGE))
        for path in modules()
        if any(f"{name}.".startswith(f"{library}.") for name in imports(path))
    }
    assert users, f"nobody uses {library}: take it out of the dependencies"
    assert all(user.startswith(folder) for user in users), users


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert not {path: length for path, length in lengths.items() if length > 400}


def test_architecture_is_one_page_and_names_every_room() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    assert len(text.splitlines()) <= 110
    named = set(re.findall(r"`([a-z_]+)(?:\.py|/)`", text))
    assert {room(path) for path in modules()} - {"__init__", "__main__"} <= named


def test_architecture_gives_a_reason_for_every_dependency() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8").lower()
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    listed = re.search(r"^dependencies = \[(.*?)^\]", project, re.DOTALL | re.MULTILINE)
    assert listed
    names = re.findall(r'^\s+"([A-Za-z0-9-]+)', listed[1], re.MULTILINE)
    assert len(names) > 10
    missing = [
        name for name in names if f"**{name.lower().replace('pdfminer-six', 'pdfminer.six')}**" not in text
    ]
    assert not missing
