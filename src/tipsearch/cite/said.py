"""What a citation says of a document: its date, if more than the clock of a file speaks for one; keywords in words; its summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.cite.plain import one_line
from tipsearch.model import Field, Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tipsearch.model import Document

    #: Facet and value to what the value is called.
    Label = Callable[[str, str], str]

#: A file's own clock has this weight where nothing in the text speaks for it (`extract.pdf.published`).
_CLOCK_ALONE = 0.2
#: What a sentence may end with.
_ENDS = (".", "?", "!", "…", "。", "？", "！", "؟", "۔", "।", ":", ";")
_CLOSING = "\"'”’»)]」』"
#: A summary is cut at about 300 characters; one of fewer ends where its author ended it.
_CUT = 240


def plain_label(_facet: str, value: str) -> str:
    """The value itself in words, for want of a vocabulary."""
    return value.replace("-", " ")


def date_of(document: Document) -> str | None:
    """The date to cite by: None as well where nothing speaks for one but the day on which a file was made.

    Such a date orders lists and is shown with where it comes from; in a reference nobody could see that.
    """
    return None if rests_on_file(document) else document.date


def year_of(document: Document) -> int | None:
    """The year of `date_of`."""
    date = date_of(document)
    return int(date[:4]) if date else None


def rests_on_file(document: Document) -> bool:
    """Is the date nothing but that of the file?"""
    ground = next((one for one in document.basis if one.field is Field.DATE), None)
    return (
        ground is not None
        and ground.origin is Origin.DETECTED
        and ground.weight <= _CLOCK_ALONE
        and {one.where for one in ground.evidence} == {"metadata"}
    )


def keywords_of(document: Document, label: Label) -> Iterator[str]:
    """Topics, then regions, as they are called."""
    for facet, tags in (("topic", document.topics), ("region", document.regions)):
        for tag in tags:
            if word := one_line(label(facet, tag.value)):
                yield word


def summary_of(document: Document) -> str:
    """The summary on one line, with ``…`` where it breaks off in mid-sentence."""
    text = one_line(document.abstract or "")
    is_whole = len(text) < _CUT or text.rstrip(_CLOSING).endswith(_ENDS)
    return text if is_whole else f"{text} …"
