"""Names within the thesaurus: its namespaces, and the ids of concepts."""

from __future__ import annotations

import re
import unicodedata

#: Of our own properties (``weakLabel``), of concepts and of facets; the id of either follows.
TIP = "urn:tipsearch:ns:"
TOPIC = "urn:tipsearch:topic:"
FACET = "urn:tipsearch:facet:"
#: The order of the facets; others follow by name.
FACETS = ("form", "context", "response", "sector")

_NO_SLUG = re.compile(r"[^a-z0-9]+")
_LAST_PART = re.compile(r"[^/#:?=]+$")


def slug(text: str) -> str:
    """Lower case Latin letters, digits and single hyphens; empty if the text has none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NO_SLUG.sub("-", plain.lower()).strip("-")


def last_part(uri: str) -> str:
    """What follows the last separator of an address: ``kafala`` of ``urn:tipsearch:topic:kafala``."""
    found = _LAST_PART.search(uri.rstrip("/#"))
    return found[0] if found else ""


def facet_rank(facet: str) -> tuple[int, str]:
    """By what facets are sorted; none comes last."""
    return (FACETS.index(facet) if facet in FACETS else len(FACETS) + (not facet), facet)
