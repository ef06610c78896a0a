"""One page from its picture to its text: in which languages it is read, when once more, and when not at all.

A page is first read in the language that its document is known to be in. A reading that is unsure of itself is followed by a
look at orientation and script, one in another language than it was read in by a reading in that; the surest one counts.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tipsearch.enrich.language import detect
from tipsearch.model import Scan
from tipsearch.ocr.languages import install_command, installed_for, installed_for_all, languages_of, packs_of
from tipsearch.ocr.picture import is_blank, turned
from tipsearch.ocr.tesseract import ORIENTATION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.extract.pdf.picture import Picture
    from tipsearch.ocr.layout import Recognised
    from tipsearch.ocr.tesseract import Tesseract

#: Raise this when pages that couldn't be read may be readable now.
_VERSION = "1"
#: A reading with this sureness (percent) needs no second look. Pages of the UDHR in five languages and three scripts come
#: out with 90 to 96 in their own language, with 25 to 62 in one of another script or upside down.
_SURE = 80.0
#: The share of a page's characters that must be left when noise is out; a page of which less can be read is lost. Pages of
#: another script, upside down or too coarse keep 0.07 to 0.32, tables of contents 0.7, maps 0.9, prose all.
_LEAST_KEPT = 0.5
#: A reading of so few characters, all noise, is a picture without words.
_FEW_CHARACTERS = 100
#: So much less sure (percent) may a reading in the page's own language be.
_HANDICAP = 10.0
#: A page says which language it is in if it is told with this probability.
_CERTAIN = 0.9


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A reading: of which picture (upright or not), with which packs, and what came of it."""

    picture: Picture
    packs: tuple[str, ...]
    found: Recognised


class PageReader:
    """Reads pages with tesseract.

    Args:
        tesseract: the program.
        languages: ISO 639 codes of the languages that a page is first read in when nothing is known of it.
        min_confidence: percent; what is read with less isn't trusted.

    Attributes:
        name: goes with every page, so that those that couldn't be read are tried again when something has changed.
    """

    def __init__(self, tesseract: Tesseract, languages: Sequence[str], min_confidence: float) -> None:
        self._tesseract = tesseract
        self._min_confidence = min_confidence
        installed = tesseract.packs
        self._first = installed_for_all(languages, installed) or (min(installed - {ORIENTATION}),)
        told = f"{sorted(installed)} {sorted(languages)} {min_confidence}"
        self.name = (
            f"{_VERSION} tesseract {tesseract.version} {hashlib.sha256(told.encode()).hexdigest()[:8]}"
        )

    def read(self, page: int, picture: Picture, language: str | None) -> Scan:
        """Read a page (1-based number) of a document in that language (None: unknown)."""
        if is_blank(picture):
            return Scan(page, self.name, 100.0, "")
        packs = (installed_for(language, self._tesseract.packs) if language else ()) or self._first
        attempt, missing = self._attempt(picture, packs), ""
        if attempt.found.sureness < _SURE and not attempt.found.trouble:
            attempt, missing = self._look_again(attempt)
        return self._judged(page, *self._in_its_own_language(attempt), missing)

    def unread(self, page: int, reason: str) -> Scan:
        """A page of which there is no picture."""
        return Scan(page, self.name, 0.0, "", reason)

    def stop(self) -> None:
        """Leave what is being read, and read no more."""
        self._tesseract.stop()

    def _attempt(self, picture: Picture, packs: tuple[str, ...]) -> _Attempt:
        return _Attempt(picture, packs, self._tesseract.read(picture, packs))

    def _look_again(self, first: _Attempt) -> tuple[_Attempt, str]:
        """The surest of some readings, upright and in the page's own script; and what is missing for that."""
        look = self._tesseract.look(first.picture)
        if look is not None and look.turn:  # the script is only known of a page that stands upright
            upright = self._attempt(turned(first.picture, look.turn), first.packs)
            look = self._tesseract.look(upright.picture) if upright.found.sureness < _SURE else None
            first = _surer(first, upright)
        return self._in_its_own_script(first, look.script) if look else (first, "")

    def _in_its_own_script(self, first: _Attempt, script: str) -> tuple[_Attempt, str]:
        written = languages_of(script)
        if not written or any(first.packs[0] in packs_of(one) for one in written):
            return first, ""
        packs = installed_for_all(written, self._tesseract.packs)
        if not packs:
            wanted = install_command(written[:1])
            return first, f"it is in {script} script, for which a language pack is missing: {wanted}"
        return _surer(first, self._attempt(first.picture, packs)), ""

    def _in_its_own_language(self, first: _Attempt) -> tuple[Recognised, str | None]:
        """The first reading, or one in the language that it turns out to be in; and that language.

        Between languages of one script confidence says little: French read as English has 92 percent and 7 % of its words
        wrong, read as French 93 and none. So the page's own language wins unless it does clearly worse.
        """
        guess = detect(first.found.text) if self._is_trusted(first.found) else None
        if guess is None or guess.probability < _CERTAIN:
            return first.found, None
        packs = installed_for(guess.language, self._tesseract.packs)
        if packs and packs[0] not in first.packs:
            own = self._attempt(first.picture, packs)
            first = own if own.found.sureness > first.found.sureness - _HANDICAP else first
        return first.found, guess.language

    def _judged(self, page: int, found: Recognised, language: str | None, missing: str) -> Scan:
        if found.trouble:
            return self.unread(page, found.trouble)
        lost = Scan(page, self.name, round(found.sureness, 1), "")
        if missing and found.sureness < self._min_confidence:
            return replace(lost, reason=missing)
        if self._is_trusted(found):
            return Scan(page, self.name, round(found.confidence, 1), found.text, "", language)
        if found.characters < _FEW_CHARACTERS:
            return lost
        return replace(
            lost, reason=f"OCR could not read it: it is sure of {found.kept:.0%} of the characters"
        )

    def _is_trusted(self, found: Recognised) -> bool:
        return found.confidence >= self._min_confidence and found.kept >= _LEAST_KEPT


def _surer(one: _Attempt, other: _Attempt) -> _Attempt:
    return other if other.found.sureness > one.found.sureness else one
