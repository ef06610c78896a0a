"""What besides the sources decides on the bytes of the output, and build.json, which records it."""

from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path

from fonts import font_digests

BUILD_FILE = Path(__file__).resolve().parent / "build.json"
PACKAGES = ("typst", "pypdfium2", "Pillow")


def record() -> None:
    """Note the fonts and packages of this build in build.json."""
    text = json.dumps(_environment(), indent=1, sort_keys=True)
    BUILD_FILE.write_text(text + "\n", "utf-8")


def explain() -> str:
    """Return how fonts and packages here differ from those of the stored files, as a sentence."""
    if not BUILD_FILE.is_file():
        return "build.json is missing: cannot tell which fonts the stored files were made with"
    old, new = json.loads(BUILD_FILE.read_text("utf-8")), _environment()
    reasons = []
    if fonts := _changes(old["fonts"], new["fonts"]):
        reasons.append(f"OTHER FONTS than those the stored PDFs were made with: {', '.join(fonts)}")
    if packages := _changes(old["packages"], new["packages"]):
        versions = [f"{name} {old['packages'].get(name)} -> {new['packages'][name]}" for name in packages]
        reasons.append(f"OTHER PACKAGE VERSIONS: {', '.join(versions)}")
    if not reasons:
        return "fonts and packages are those the stored files were made with"
    return "; ".join(reasons) + ". PDF files may then differ although nothing is wrong"


def _environment() -> dict[str, dict[str, str]]:
    return {
        "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
        "fonts": font_digests(),
    }


def _changes(old: dict[str, str], new: dict[str, str]) -> list[str]:
    return sorted(name for name in new if old.get(name) != new[name])
