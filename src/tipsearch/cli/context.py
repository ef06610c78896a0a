"""What all commands share: where the library is, and how to open it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tipsearch import config

if TYPE_CHECKING:
    from tipsearch.config import Settings
    from tipsearch.library import Library


@dataclass(frozen=True, slots=True)
class App:
    """The options given before the command."""

    folder: str
    settings_file: str | None
    debug: bool

    @property
    def settings(self) -> Settings:
        """Settings from the file named, or the default one.

        Raises:
            ConfigError: it can't be used.
        """
        return config.load(Path(self.settings_file) if self.settings_file else None)

    def library(self, *, create: bool = False) -> Library:
        """The library, opened; with `create` an empty one is made where there is none.

        Raises:
            LibraryMissing: there is none, and none is to be made.
        """
        from tipsearch.library import Library  # noqa: PLC0415  `--help` needs no database

        opener = Library.open if create else Library.open_existing
        return opener(self.folder, settings=self.settings)
