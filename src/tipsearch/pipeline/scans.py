"""What OCR has read before, for whoever reads a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tipsearch.catalogue import Catalogue


class Scans:
    """Texts of pages that are pictures, by the content of their files: whatever reads a file again has them at hand."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        with catalogue.view() as view:
            self._scanned = view.scanned_files()

    def texts(self, sha256: str) -> dict[int, str]:
        """By number, the texts of those pages of a file that OCR has read; none of most files."""
        if sha256 not in self._scanned:
            return {}
        with self._catalogue.view() as view:
            found = view.scans(sha256)
        return {number: scan.text for number, scan in found.items() if not scan.reason}
