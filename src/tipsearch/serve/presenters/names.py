"""What presenters ask the library's vocabularies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Names:
    """How values are called, and where topics are chosen.

    Attributes:
        label: facet name (or ``role``) and value to the value's label, fit to be shown.
        facet_of: topic to the facet in which it is chosen: ``form``, ``context``, ``response``, ``sector``; or ``topic``.
        topics_named: text to the topics that it names, each followed by those above it; none if it names none.
    """

    label: Callable[[str, str], str]
    facet_of: Callable[[str], str]
    topics_named: Callable[[str], tuple[str, ...]]
