"""Files that the parsers died of: tried twice, then set aside by content until there is another parser."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from tipsearch.pipeline.plan import READER_VERSION

if TYPE_CHECKING:
    from tipsearch.catalogue import Catalogue

#: The libraries in native code that untrusted bytes reach.
_PARSERS = ("pypdfium2", "pdfminer.six", "lxml")
#: A crash may be the machine's, a second one of the same content is the content's.
_MOST_CRASHES = 2


@cache
def parser() -> str:
    """What reads files: our own version and those of the libraries that parse."""
    return " ".join([f"reader {READER_VERSION}", *(f"{name} {version(name)}" for name in _PARSERS)])


class Quarantine:
    """Knows which content this parser has died of, and how often."""

    def __init__(self, catalogue: Catalogue) -> None:
        with catalogue.view() as view:
            self._crashes = dict(view.crashes(parser()))

    def reason(self, sha256: str | None) -> str | None:
        """Why content with this hash is set aside, None if it isn't."""
        count, reason = self._crashes.get(sha256 or "", (0, ""))
        return reason if count >= _MOST_CRASHES else None

    def crashed(self, sha256: str, reason: str) -> str:
        """Note a crash; the reason as it is to be told."""
        count = self._crashes.get(sha256, (0, ""))[0] + 1
        if count >= _MOST_CRASHES:
            reason = f"{reason}, {count} times; it is set aside until a newer version reads such files"
        self._crashes[sha256] = count, reason
        return reason
