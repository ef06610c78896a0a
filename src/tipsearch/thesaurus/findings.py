"""What is wrong with a thesaurus, gathered so that its librarian learns of all of it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.errors import ThesaurusError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: Examples that a warning names.
_EXAMPLES = 5


class Findings:
    """Errors, a sentence each, and warnings, a sentence a kind."""

    def __init__(self) -> None:
        self._errors: list[str] = []
        self._warnings: dict[str, list[str]] = {}

    def error(self, concept: str, says: str) -> None:
        """Something makes the thesaurus useless: of which concept, what, and what to do."""
        self._errors.append(f"{concept}: {says}")

    def warn(self, says: str, example: str) -> None:
        """Something is taken otherwise than written: what, and where."""
        self._warnings.setdefault(says, []).append(example)

    def raise_errors(self, path: Path) -> None:
        """Give up if there was an error.

        Raises:
            ThesaurusError: with all of them.
        """
        if self._errors:
            raise ThesaurusError(path, *self._errors)

    def warnings(self) -> tuple[str, ...]:
        """The warnings with their numbers and first examples."""
        return tuple(
            f"{says} ({len(examples):,}): {some(examples)}" for says, examples in self._warnings.items()
        )


def some(names: Iterable[str]) -> str:
    """The first few names, and how many more there are."""
    known = list(dict.fromkeys(names))
    more = len(known) - _EXAMPLES
    return ", ".join(known[:_EXAMPLES]) + (f" and {more:,} more" if more > 0 else "")
