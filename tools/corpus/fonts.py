"""The fonts of the sample library: which ones, where they are and which Debian package has them."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import typst

FONT_DIR = Path("/usr/share/fonts")
#: Debian package by font file under FONT_DIR.
FONT_FILES = {
    "truetype/noto/NotoSerif-Regular.ttf": "fonts-noto-core",
    "truetype/noto/NotoSerif-Bold.ttf": "fonts-noto-core",
    "truetype/noto/NotoSerif-Italic.ttf": "fonts-noto-core",
    "truetype/noto/NotoSerif-BoldItalic.ttf": "fonts-noto-core",
    "truetype/noto/NotoSans-Regular.ttf": "fonts-noto-core",
    "truetype/noto/NotoSans-Bold.ttf": "fonts-noto-core",
    "truetype/noto/NotoNaskhArabic-Regular.ttf": "fonts-noto-core",
    "truetype/noto/NotoNaskhArabic-Bold.ttf": "fonts-noto-core",
    "opentype/noto/NotoSerifCJK-Regular.ttc": "fonts-noto-cjk",
    "opentype/noto/NotoSerifCJK-Bold.ttc": "fonts-noto-cjk",
}


class FontsMissingError(Exception):
    """Fonts are not installed; the message names them and their packages."""


def load_fonts() -> typst.Fonts:
    """Return the fonts the sample needs, and only those; raises FontsMissingError."""
    absent = [name for name in FONT_FILES if not (FONT_DIR / name).is_file()]
    if absent:
        packages = sorted({FONT_FILES[name] for name in absent})
        raise FontsMissingError(
            f"fonts missing under {FONT_DIR}: {', '.join(absent)}\n"
            f"Install the Debian packages: {' '.join(packages)}"
        )
    # Typst takes whole folders: a folder of links keeps this machine's other fonts out.
    with tempfile.TemporaryDirectory() as folder:
        for name in FONT_FILES:
            (Path(folder) / Path(name).name).symlink_to(FONT_DIR / name)
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def font_digests() -> dict[str, str]:
    """Return the SHA-256 digest, as hexadecimal digits, of each font file by its name."""
    return {
        Path(name).name: hashlib.sha256((FONT_DIR / name).read_bytes()).hexdigest() for name in FONT_FILES
    }
