"""XML written as it stands: names with the prefixes that the root declares, and text that every parser takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tipsearch.cite.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What XML 1.0 has no place for (section 2.2) beside the controls that `one_line` takes out.
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")


def element(
    name: str, attributes: Mapping[str, str] | None = None, text: str = "", *children: ET.Element
) -> ET.Element:
    """An element with its text, on one line and without control characters, or with its children."""
    made = ET.Element(name, {key: plain(value) for key, value in (attributes or {}).items()})
    made.text = plain(text) or None
    made.extend(children)
    return made


def written(root: ET.Element) -> bytes:
    """The whole document."""
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def plain(text: str) -> str:
    """The text on one line, of characters that may stand in XML."""
    return _NO_CHARACTERS.sub("", one_line(text))
